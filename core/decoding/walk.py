"""The loop that every search of one path shares: step, choose, feed the choice back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import torch
from torch import Tensor

from core.changes import Changes
from core.decoding.distribution import check_tokens, log_distribution
from core.decoding.loops import loop_of
from core.decoding.model import EncoderDecoder
from core.decoding.step import LONGEST, Step
from core.text.tokenizer import END, START

# Log-probabilities (vocabulary,) and the step's number, from 0 → the token to say.
Choose = Callable[[Tensor, int], int]


def forced_prefix(prefix: Sequence[int], vocabulary: int) -> dict[int, int]:
    """Return the place of each token of a prefix, the start token not counted.

    Raises:
        ValueError: a translation cannot hold one of them, or the end token stands before the last place.
    """
    check_tokens(prefix, vocabulary)
    if END in prefix[:-1]:
        raise ValueError("nothing follows the end token")
    return dict(enumerate(prefix))


@torch.inference_mode()  # as a decorator: a `with` around `yield` would leave the caller in inference mode
def walk(
    model: EncoderDecoder,
    source: Tensor,
    choose: Choose,
    *,
    forced: Mapping[int, int],
    longest: int = LONGEST,
    record: bool = False,
    stop_loops: bool = False,
    changes: Changes | None = None,
) -> Iterator[Step]:
    """Yield the steps of one path, the end token included.

    Args:
        source: (1, source) ids.
        choose: what is said where nothing is forced.
        forced: tokens by their place; each gets a step with the distribution the model had there.
        longest: the most tokens to emit, forced ones counted.
        record: each step carries the decoder's trace.
        stop_loops: stop where what is said repeats (`core.decoding.loops`), not before the last forced place.
        changes: those of the encoder and the heads that are off hold at every step. An edit of the decoder
            names a place in a text that is not yet said: it is left out.
    """
    memory, _ = model.encode(source, changes=changes)
    heads_off = changes.heads_off() if changes else None
    caches = model.start(memory)
    token = source.new_full((1, 1), START)
    said: list[int] = []
    last_forced = max(forced, default=0)
    for position in range(longest):
        logits, trace = model.step(token, caches, position, record=record, changes=heads_off)
        log_probabilities = log_distribution(logits[0])
        chosen = forced[position] if position in forced else choose(log_probabilities, position)
        said.append(chosen)
        yield Step(chosen, log_probabilities, trace)
        if chosen == END or (stop_loops and position >= last_forced and loop_of(said)):
            return
        token = source.new_full((1, 1), chosen)
