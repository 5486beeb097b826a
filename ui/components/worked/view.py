"""What the worked example stands at: vectors, matrices, and what has been chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypedDict

Vector = Sequence[float]
Matrix = Sequence[Sequence[float]]

SCORES: Final = ("dot", "general", "concat")
USES: Final = ("feed", "join")  # the context enters the next step, or is joined with the present state
WIDTHS: Final = (2, 3, 4)  # numbers in a vector
MOST_STATES: Final = 5
LARGEST: Final = 100.0  # of one number: beyond it the arithmetic no longer fits a line
STAGES: Final = 5  # score, softmax, weighting, sum, onward; 0 lights all of them
LESSON_QUERY: Final = (0.7, 0.3)
LESSON_STATES: Final = ((0.8, 0.2), (-0.4, 0.18))


class WorkedState(TypedDict):
    """All numbers and choices of the picture. d numbers in a vector."""

    h: Vector  # the decoder's state, (d,)
    states: Matrix  # the encoder's, (state, d)
    general: Matrix  # W of the score "general", (d, d)
    concat: Matrix  # W of the score "concat", (d, 2 d)
    v: Vector  # v of the score "concat", (d,)
    join: Matrix  # W_c, (d, 2 d)
    score: str
    use: str
    stage: int


def identity(width: int) -> Matrix:
    """The matrix that changes nothing, (d, d)."""
    return [[float(row == column) for column in range(width)] for row in range(width)]


def both(width: int) -> Matrix:
    """Two identities side by side, (d, 2 d): W [h; s] is then h + s."""
    return [[*row, *row] for row in identity(width)]


def usual(width: int = 2) -> WorkedState:
    """The lesson's example; with more than two numbers a vector, zeros follow."""
    rest = [0.0] * (width - 2)
    return WorkedState(
        h=[*LESSON_QUERY, *rest],
        states=[[*state, *rest] for state in LESSON_STATES],
        general=identity(width),
        concat=both(width),
        v=[1.0] * width,
        join=both(width),
        score=SCORES[0],
        use=USES[0],
        stage=0,
    )
