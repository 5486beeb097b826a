"""The worked example in the URL: vectors as ``0.8,0.2``, rows joined by ``;``.

``w``, ``wa``, ``wc``: the matrices of general, concat and of the join. A usual value leaves no trace.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ui import state
from ui.components.worked import LARGEST, MOST_STATES, SCORES, USES, WIDTHS, WorkedState, usual
from ui.components.worked.view import STAGES, Matrix, Vector


def vector(text: str, widths: Sequence[int] = WIDTHS) -> Vector:
    """Read ``0.8,0.2``; ValueError where it is not one of these lengths, or not finite within ±`LARGEST`."""
    values = [float(number) for number in text.split(",")]
    if len(values) not in widths or not all(
        math.isfinite(value) and abs(value) <= LARGEST for value in values
    ):
        raise ValueError(text)
    return values


def matrix(width: int, fewest: int, most: int) -> state.Parser[Matrix]:
    """Read ``fewest`` to ``most`` rows of ``width`` numbers each."""

    def parse(text: str) -> Matrix:
        rows = [vector(row, (width,)) for row in text.split(";")]
        if not fewest <= len(rows) <= most:
            raise ValueError(text)
        return rows

    return parse


def vector_text(values: Vector) -> str:
    """Write what `vector` reads, every digit kept."""
    return ",".join(repr(float(value)).removesuffix(".0") for value in values)


def matrix_text(rows: Matrix) -> str:
    """Write what `matrix` reads."""
    return ";".join(vector_text(row) for row in rows)


def from_url() -> WorkedState:
    """What the address asks for; the decoder state's length is that of all vectors."""
    query = state.param("h", usual()["h"], vector)
    width = len(query)
    found = usual(width)
    square, wide = matrix(width, width, width), matrix(2 * width, width, width)
    return WorkedState(
        h=query,
        states=state.param("states", found["states"], matrix(width, 1, MOST_STATES)),
        general=state.param("w", found["general"], square),
        concat=state.param("wa", found["concat"], wide),
        v=state.param("v", found["v"], lambda text: vector(text, (width,))),
        join=state.param("wc", found["join"], wide),
        score=state.param("score", found["score"], state.choices(SCORES)),
        use=state.param("next", found["use"], state.choices(USES)),
        stage=state.param("stage", found["stage"], state.integers(0, STAGES)),
    )


def to_url(chosen: WorkedState) -> None:
    """Keep what the picture stands at."""
    found = usual(len(chosen["h"]))
    state.put_all(
        {
            "h": (vector_text(chosen["h"]), vector_text(usual()["h"])),
            "states": (matrix_text(chosen["states"]), matrix_text(found["states"])),
            "w": (matrix_text(chosen["general"]), matrix_text(found["general"])),
            "wa": (matrix_text(chosen["concat"]), matrix_text(found["concat"])),
            "v": (vector_text(chosen["v"]), vector_text(found["v"])),
            "wc": (matrix_text(chosen["join"]), matrix_text(found["join"])),
            "score": (chosen["score"], found["score"]),
            "next": (chosen["use"], found["use"]),
            "stage": (chosen["stage"], found["stage"]),
        }
    )
