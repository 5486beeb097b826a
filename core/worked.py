"""The lesson's example of attention, small enough to do by hand: plain arithmetic, in the order it is written.

Vectors are sequences of numbers, matrices sequences of rows; sums run from left to right in float64, so that a
browser can repeat them digit for digit. The score functions are those of Luong et al. 2015, section 3.1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Vector = Sequence[float]
Matrix = Sequence[Vector]
Score = Callable[[Vector, Vector], float]  # the decoder's state h and an encoder state s

Kind = Literal["not finite", "length", "no state", "no number", "too large"]
_SENTENCES: dict[Kind, str] = {
    "not finite": "a number is infinite or none",
    "length": "the vectors do not have the lengths that go together",
    "no state": "there is no encoder state",
    "no number": "a vector is empty",
    "too large": "the numbers are too large to be multiplied",
}


class ExampleError(ValueError):
    """The example cannot be computed; ``kind`` says why."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(_SENTENCES[kind])
        self.kind: Kind = kind


@dataclass(frozen=True)
class Worked:
    """The example from its scores to its context."""

    scores: tuple[float, ...]  # (state,)
    weights: tuple[float, ...]  # (state,): softmax of the scores
    weighted: tuple[tuple[float, ...], ...]  # (state, number): weight · state
    context: tuple[float, ...]  # (number,): the sum of the weighted states


def worked(h: Vector, states: Matrix, score: Score | None = None) -> Worked:
    """Return every stage of the example.

    Args:
        h: the decoder's state.
        states: the encoder's, each of one length.
        score: compares ``h`` with a state; ``None`` is `dot`.

    Raises:
        ExampleError: a number is not finite or too large, lengths do not go together, or there is no state.
    """
    if not states:
        raise ExampleError("no state")
    _check(h, *states)
    scores = tuple((score or dot)(h, state) for state in states)
    weights = softmax(scores)
    return Worked(scores, weights, weighted(weights, states), context(weights, states))


def dot(h: Vector, s: Vector) -> float:
    """Return hᵀ s.

    Raises:
        ExampleError: as in `worked`.
    """
    _check(h, s)
    if len(h) != len(s):
        raise ExampleError("length")
    return _finite(sum(a * b for a, b in zip(h, s, strict=True)))


def general(h: Vector, s: Vector, matrix: Matrix) -> float:
    """Return hᵀ W s, W having a row for each number of ``h`` and a column for each of ``s``.

    Raises:
        ExampleError: as in `worked`.
    """
    return dot(h, times(matrix, s, rows=len(h)))


def concat(h: Vector, s: Vector, matrix: Matrix, v: Vector) -> float:
    """Return vᵀ tanh(W [h; s]), W having a row for each number of ``v`` and columns for those of ``h``, then ``s``.

    Raises:
        ExampleError: as in `worked`.
    """
    return dot(v, tuple(math.tanh(x) for x in times(matrix, (*h, *s), rows=len(v))))


def softmax(scores: Vector) -> tuple[float, ...]:
    """Return e^score over the sum of them all; the largest score is taken off first, which changes nothing but
    keeps e^score finite.

    Raises:
        ExampleError: there is no score, or one is not finite.
    """
    if not scores:
        raise ExampleError("no state")
    _check(scores)
    largest = max(scores)
    powers = [math.exp(score - largest) for score in scores]
    total = sum(powers)
    return tuple(power / total for power in powers)


def weighted(weights: Vector, states: Matrix) -> tuple[tuple[float, ...], ...]:
    """Return each state times its weight.

    Raises:
        ExampleError: as in `worked`, or there are not as many weights as states.
    """
    if not states:
        raise ExampleError("no state")
    _check(weights, *states)
    if len(weights) != len(states) or len({len(state) for state in states}) != 1:
        raise ExampleError("length")
    return tuple(
        tuple(_finite(weight * number) for number in state)
        for weight, state in zip(weights, states, strict=True)
    )


def context(weights: Vector, states: Matrix) -> tuple[float, ...]:
    """Return the sum of the weighted states.

    Raises:
        ExampleError: as in `weighted`.
    """
    return tuple(_finite(sum(column)) for column in zip(*weighted(weights, states), strict=True))


def joined(context_vector: Vector, h: Vector, matrix: Matrix) -> tuple[float, ...]:
    """Return Luong's h̃ = tanh(W_c [c; h]), W_c having columns for the context's numbers, then for those of ``h``.

    Raises:
        ExampleError: as in `worked`.
    """
    return tuple(math.tanh(x) for x in times(matrix, (*context_vector, *h), rows=len(matrix)))


def times(matrix: Matrix, vector: Vector, rows: int) -> tuple[float, ...]:
    """Return the product of a matrix that must have so many ``rows``, and a vector.

    Raises:
        ExampleError: as in `worked`.
    """
    _check(vector)
    if len(matrix) != rows:
        raise ExampleError("length")
    return tuple(dot(row, vector) for row in matrix)


def _check(*vectors: Vector) -> None:
    for vector in vectors:
        if not len(vector):
            raise ExampleError("no number")
        if not all(map(math.isfinite, vector)):
            raise ExampleError("not finite")


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ExampleError("too large")
    return number
