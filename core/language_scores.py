"""How well a language model foretells texts that it has not seen: nats a piece, perplexity, bits a byte."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from core.language import CONTEXT
from core.models.language import LanguageModel
from core.text.texts import Document
from core.text.tokenizer import END, PAD, START, Tokenizer

SCORED_TOGETHER = 16  # windows


class Held(NamedTuple):
    """A held-back text in pieces, from the start to the end token."""

    ids: list[int]
    size: int  # bytes of its UTF-8 form
    source: str


def held_back(documents: Iterable[Document], tokenizer: Tokenizer) -> list[Held]:
    """Return documents as they are scored."""
    return [Held([START, *tokenizer.encode(d.text), END], len(d.text.encode()), d.source) for d in documents]


def next_losses(model: LanguageModel, blocks: Tensor) -> tuple[Tensor, Tensor]:
    """Return −ln p of each piece after the first, and which of them count: both (block, length).

    ``blocks``: ids (block, length + 1), padded with ``PAD``. A start token is not foretold: it follows every end.
    """
    wanted = blocks[:, 1:]
    x, _ = model.read(blocks[:, :-1])
    # Flat: along the last dimension a CPU's softmax is twice as fast.
    nats = F.cross_entropy(model.logits(x).flatten(0, 1), wanted.flatten(), reduction="none").view_as(wanted)
    return nats, (wanted != PAD) & (wanted != START)


def windows(ids: Sequence[int]) -> list[tuple[list[int], int]]:
    """Cut a text into windows of at most `CONTEXT` + 1 pieces, and say from which foretold piece on each counts.

    Each window but the first begins half a context before what it counts.
    """
    half = CONTEXT // 2
    return [
        (list(ids[max(0, first - half) : first + (half if first else CONTEXT) + 1]), min(first, half))
        for first in (0, *range(CONTEXT, len(ids) - 1, half))
    ]


@torch.inference_mode()
def nats_of(model: LanguageModel, texts: Sequence[Sequence[int]]) -> list[float]:
    """Return the −ln p of each text, summed over its pieces after the first."""
    device = next(model.parameters()).device
    cut = [(text, ids, first) for text, one in enumerate(texts) for ids, first in windows(one)]
    cut.sort(key=lambda window: len(window[1]))
    totals = [0.0] * len(texts)
    for at in range(0, len(cut), SCORED_TOGETHER):
        group = cut[at : at + SCORED_TOGETHER]
        blocks = pad_sequence([torch.tensor(ids) for _, ids, _ in group], batch_first=True, padding_value=PAD)
        nats, kept = next_losses(model, blocks.to(device))
        nats = nats.double() * kept
        for row, (text, _, first) in enumerate(group):
            totals[text] += float(nats[row, first:].sum())
    return totals


def score(model: LanguageModel, held: Sequence[Held]) -> dict[str, dict[str, float]]:
    """Return the scores by source, and under ``all`` those of all together."""
    return scores_of(held, lambda texts: nats_of(model, texts))


def scores_of(
    held: Sequence[Held], nats: Callable[[Sequence[Sequence[int]]], Sequence[float]]
) -> dict[str, dict[str, float]]:
    """Return nats a piece, perplexity and bits a byte by source; ``nats`` gives the −ln p of each text."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0, 0, 0])
    for text, total in zip(held, nats([text.ids for text in held]), strict=True):
        for name in (text.source, "all"):
            for i, more in enumerate((total, len(text.ids) - 1, text.size, 1)):
                sums[name][i] += more
    return {
        name: {
            "nats": round(total / pieces, 4),
            "perplexity": round(math.exp(total / pieces), 2),
            "bits_per_byte": round(total / math.log(2) / size, 4),
            "pieces": int(pieces),
            "bytes": int(size),
            "texts": int(texts),
        }
        for name, (total, pieces, size, texts) in sums.items()
    }
