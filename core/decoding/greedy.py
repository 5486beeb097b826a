"""Greedy search: the most probable token at every step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from core.changes import Changes
from core.decoding.distribution import FORBIDDEN
from core.decoding.loops import until_loop
from core.decoding.model import EncoderDecoder
from core.decoding.step import LONGEST, Step
from core.decoding.walk import forced_prefix, walk
from core.models.transformer import padding_mask
from core.text.tokenizer import END, START


def most_probable(log_probabilities: Tensor, position: int) -> int:
    """Return the token of the highest log-probability (vocabulary,), whatever the place."""
    return int(log_probabilities.argmax())


def greedy(
    model: EncoderDecoder,
    source: Tensor,
    *,
    prefix: Sequence[int] = (),
    longest: int = LONGEST,
    record: bool = False,
    stop_loops: bool = False,
    changes: Changes | None = None,
) -> Iterator[Step]:
    """Yield the steps of the most probable translation, token by token, the end token included.

    Args:
        source: (1, source) ids.
        prefix: tokens that it must begin with, without the start token; they are yielded as steps too.
        longest: the most tokens to emit, the prefix counted.
        record: each step carries the decoder's trace.
        stop_loops: stop where what is said repeats; see `core.decoding.loops.loop_of`.
        changes: see `core.decoding.walk.walk`.

    Raises:
        ValueError: a translation cannot begin with this prefix.
    """
    return walk(
        model,
        source,
        most_probable,
        forced=forced_prefix(prefix, model.config.vocabulary),
        longest=longest,
        record=record,
        stop_loops=stop_loops,
        changes=changes,
    )


@torch.inference_mode()
def greedy_batch(
    model: EncoderDecoder, source: Tensor, *, longest: int = LONGEST, stop_loops: bool = False
) -> list[list[int]]:
    """Return the greedy translation of each padded source (batch, source), without the end token.

    The same tokens as `greedy`, for scoring many sentences at once.
    """
    memory, _ = model.encode(source)
    memory_mask = padding_mask(source)
    caches = model.start(memory)
    token = source.new_full((len(source), 1), START)
    done = torch.zeros(len(source), dtype=torch.bool, device=source.device)
    emitted: list[Tensor] = []
    for position in range(longest):
        logits, _ = model.step(token, caches, position, memory_mask)
        logits[:, FORBIDDEN] = -torch.inf
        token = logits.argmax(-1, keepdim=True)
        done |= token[:, 0] == END
        if bool(done.all()):
            break
        emitted.append(token[:, 0].masked_fill(done, END))
    rows = torch.stack(emitted, 1).tolist() if emitted else [[] for _ in range(len(source))]
    rows = [row[: row.index(END)] if END in row else row for row in rows]
    return [list(until_loop(row)) for row in rows] if stop_loops else rows
