"""Attention against deletion: which source words the model looked at, and which ones mattered.

A word mattered if the same translation becomes less probable without it (leaving one out, Li et al. 2016). That the
two need not agree is the point (Jain and Wallace 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from core.decoding.distribution import check_tokens
from core.decoding.scoring import token_scores
from core.text.tokenizer import START
from core.translator import Translator

SPACE = "▁"
TOGETHER = 64  # sources a batch: a text of thousands of words must not take gigabytes


@dataclass(frozen=True)
class Deletion:
    """The effect of deleting each source word on one output, beside the attention to that word."""

    words: tuple[str, ...]  # of the normalised text; of a text of one word, its pieces as they are stored
    spans: tuple[
        tuple[int, int], ...
    ]  # (word,): first place and last + 1 in the source ids, the direction being 0
    output: tuple[int, ...]  # (step,)
    effect: NDArray[
        np.float64
    ]  # (word,): log p(output | source) − log p(output | source without the word), nats
    effects: NDArray[np.float64]  # (word, step): the same for each output token; sums to ``effect``
    attention: NDArray[
        np.float32
    ]  # (layer, head, word): summed over the word's pieces, mean of the output's steps

    @property
    def attention_with_means(self) -> NDArray[np.float32]:
        """The attention with its means in front: (1 + layer, 1 + head, word)."""
        heads = np.concatenate([self.attention.mean(1, keepdims=True), self.attention], axis=1)
        return np.concatenate([heads.mean(0, keepdims=True), heads])


def word_spans(pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Return first place and last + 1 of each word in a text's pieces: a word begins with the space before it."""
    begins = [place for place, piece in enumerate(pieces) if place == 0 or piece.startswith(SPACE)]
    return list(zip(begins, [*begins[1:], len(pieces)], strict=False))  # no piece, no word


def deletion(translator: Translator, text: str, direction: str, output_ids: Sequence[int]) -> Deletion:
    """Score one output with the whole source and without each of its words, as one padded batch.

    The other words keep their pieces: no piece of the vocabulary reaches over a space.

    Args:
        output_ids: what was said, without the start token; with the end token if that is to count.

    Raises:
        ValueError: the text holds a lone surrogate, or the output is empty or holds what no translation can.
        KeyError: the direction is neither ``ko-en`` nor ``en-ko``.
    """
    if not output_ids:
        raise ValueError("there is no output to score")
    check_tokens(output_ids, translator.model.config.vocabulary)
    ids = translator.source_ids(text, direction)
    pieces = translator.tokenizer.pieces(ids[1:-1])
    spans = word_spans(pieces)
    if len(spans) == 1:
        spans = [(place, place + 1) for place in range(len(pieces))]
        words = pieces
    else:
        words = [translator.tokenizer.decode(ids[1 + first : 1 + end]) for first, end in spans]
    spans = [(first + 1, end + 1) for first, end in spans]  # the direction token stands before the text
    sources = [ids, *([*ids[:first], *ids[end:]] for first, end in spans)]
    scores = np.concatenate(
        [
            token_scores(translator.model, sources[begin : begin + TOGETHER], output_ids).numpy()
            for begin in range(0, len(sources), TOGETHER)
        ]
    ).astype(np.float64)  # (1 + word, step)
    effects = scores[0] - scores[1:]
    looks = _looks(translator, ids, output_ids).mean(2)  # (layer, head, source)
    attention = [looks[..., first:end].sum(-1) for first, end in spans]
    return Deletion(
        words=tuple(words),
        spans=tuple(spans),
        output=tuple(output_ids),
        effect=effects.sum(-1),
        effects=effects,
        attention=(torch.stack(attention, -1) if attention else looks[..., :0]).numpy(),
    )


@torch.inference_mode()
def _looks(translator: Translator, source: Sequence[int], output: Sequence[int]) -> Tensor:
    """The source–target attention's weights (layer, head, step, source), in main memory."""
    read = [START, *output[:-1]]
    batches = [torch.tensor([list(ids)], device=translator.device) for ids in (source, read)]
    memory, _ = translator.model.encode(batches[0])
    _, trace = translator.model.decode(batches[1], memory, record=True)
    assert trace is not None  # it was asked for
    layers = [layer.cross_attention.weights for layer in trace.layers if layer.cross_attention is not None]
    return torch.stack(layers).cpu()


def rank_correlation(a: ArrayLike, b: ArrayLike) -> float | None:
    """Return Spearman's rank correlation of two lists of the same length, −1 to 1; equal values share their mean rank.

    ``None`` where it says nothing: fewer than three values, or a list of equal ones.

    Raises:
        ValueError: the lists differ in length.
    """
    x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if x.shape != y.shape:
        raise ValueError(f"{len(x)} values cannot be ranked against {len(y)}")
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    x, y = (_ranks(values) - (len(values) + 1) / 2 for values in (x, y))  # mean 0
    return float((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()))


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 for the smallest; equal values get the mean of the ranks that they take up."""
    below = (values[:, None] > values).sum(1)
    equal = (values[:, None] == values).sum(1)
    return below + (equal + 1) / 2
