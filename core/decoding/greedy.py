"""Greedy search: the most probable token at every step."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from core.changes import Changes
from core.decoding.step import Step
from core.models.transformer import Transformer, padding_mask
from core.text.tokenizer import END, PAD, START, UNKNOWN

# Tokens that a translation cannot hold; the direction tokens stand in the source alone.
FORBIDDEN = (PAD, UNKNOWN, START)
LONGEST = 128  # tokens; a model that has lost its thread would otherwise never stop


@torch.inference_mode()  # as a decorator: a `with` around `yield` would leave the caller in inference mode
def greedy(
    model: Transformer,
    source: Tensor,
    *,
    longest: int = LONGEST,
    record: bool = False,
    changes: Changes | None = None,
) -> Iterator[Step]:
    """Yield the steps of the most probable translation, token by token, the end token included.

    Args:
        source: (1, source) ids.
        longest: the most tokens to emit.
        record: each step carries the decoder's trace.
        changes: those of the encoder and the heads that are off hold at every step. An edit of the decoder
            names a place in a text that is not yet said: it is left out.
    """
    memory, _ = model.encode(source, changes=changes)
    heads_off = changes.heads_off() if changes else None
    caches = model.start(memory)
    token = source.new_full((1, 1), START)
    for position in range(longest):
        logits, trace = model.step(token, caches, position, record=record, changes=heads_off)
        logits[:, FORBIDDEN] = -torch.inf
        log_probabilities = torch.log_softmax(logits[0], dim=-1)
        token = log_probabilities.argmax().reshape(1, 1)
        step = Step(int(token), log_probabilities, trace)
        yield step
        if step.token == END:
            return


@torch.inference_mode()
def greedy_batch(model: Transformer, source: Tensor, *, longest: int = LONGEST) -> list[list[int]]:
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
    return [row[: row.index(END)] if END in row else row for row in rows]
