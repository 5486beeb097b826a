"""How a decoding ends: by itself, in a loop, or at the limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from core.text.tokenizer import END

# How often something must stand in a row to be a loop. "No, no, no" and laughter are none.
REPEATED, REPEATED_ALONE = 3, 5  # a unit of several tokens, a single token

Ending = Literal["end", "loop", "length"]


def loop_of(tokens: Sequence[int]) -> int:
    """Return the length of the unit with which ``tokens`` end again and again, or 0.

    A unit of several tokens stands there at least 3 times in a row, a single token at least 5 times; of several
    such units the shortest counts.
    """
    if _repeats(tokens, 1, REPEATED_ALONE):
        return 1
    for unit in range(2, len(tokens) // REPEATED + 1):
        if tokens[-1] == tokens[-1 - unit] and _repeats(tokens, unit, REPEATED):
            return unit
    return 0


def _repeats(tokens: Sequence[int], unit: int, times: int) -> bool:
    """Whether the last ``times`` units are the same: each token equals the one a unit before it."""
    end, length = len(tokens), unit * times
    return length <= end and tokens[end - length : end - unit] == tokens[end - length + unit :]


def until_loop(tokens: Sequence[int]) -> Sequence[int]:
    """Return ``tokens`` up to where a decoding that stops at loops would have stopped."""
    for length in range(REPEATED_ALONE, len(tokens) + 1):
        if loop_of(tokens[:length]):
            return tokens[:length]
    return tokens


def ending_of(tokens: Sequence[int], longest: int) -> Ending:
    """Return why a decoding of at most ``longest`` tokens stopped after these, the end token included.

    Raises:
        ValueError: it need not have stopped here.
    """
    if tokens and tokens[-1] == END:
        return "end"
    if loop_of(tokens):
        return "loop"
    if len(tokens) >= longest:
        return "length"
    raise ValueError("this decoding has not ended")
