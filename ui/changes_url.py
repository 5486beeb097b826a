"""What was changed by hand, as it stands in the URL: edits and heads switched off."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, Final

from ui import state
from ui.components.attention import WIRINGS, CanvasEdit
from ui.i18n import _

LONGEST: Final = 4_000  # characters of the address; a link must stay one that can be sent
LARGEST: Final = 1e6  # core.changes.LARGEST; a test compares them
_EDIT = re.compile(r"([a-z_.0-9]{1,40})~(\d{0,2})~(\d{1,3})~(\d{1,3})~(-?[-+.e0-9,]{1,4000})", re.ASCII)


def edits(text: str) -> list[CanvasEdit]:
    """Read ``place~head~row~column~value,value`` joined by ``!``; rows, columns and heads count from 0.

    Raises:
        ValueError: it is not of this form, or a value is not a finite number within ±`LARGEST`.
    """
    found: list[CanvasEdit] = []
    for part in text.split("!") if text else []:
        match = _EDIT.fullmatch(part)
        if match is None:
            raise ValueError(part)
        place, head, row, column, numbers = match.groups()
        values = [float(number) for number in numbers.split(",")]
        if not all(math.isfinite(value) and abs(value) <= LARGEST for value in values):
            raise ValueError(numbers)
        found.append(
            CanvasEdit(
                place=place, head=int(head) if head else None, row=int(row), column=int(column), values=values
            )
        )
    return found


def edits_text(made: Sequence[CanvasEdit]) -> str:
    """Return what `edits` reads."""
    return "!".join(
        f"{e['place']}~{'' if e['head'] is None else e['head']}~{e['row']}~{e['column']}~"
        + ",".join(f"{value:.9g}" for value in e["values"])
        for e in made
    )


def heads(layers: int, count: int, wirings: Sequence[str] = WIRINGS) -> state.Parser[list[list[Any]]]:
    """Read ``wiring-layer-head`` joined by ``.``; layers and heads count from 1 there and from 0 in the result."""

    def parse(text: str) -> list[list[Any]]:
        found = []
        for part in text.split(".") if text else []:
            wiring, layer, head = part.split("-")
            place = [state.integers(1, layers)(layer) - 1, state.integers(1, count)(head) - 1]
            found.append([state.choices(wirings)(wiring), *place])
        return found

    return parse


def heads_text(off: Sequence[Sequence[Any]]) -> str:
    """Return what `heads` reads."""
    return ".".join(f"{wiring}-{layer + 1}-{head + 1}" for wiring, layer, head in off)


def short_edits_text(made: Sequence[CanvasEdit]) -> str:
    """Return `edits_text`, or nothing where it would make the address too long; then the page says so."""
    text = edits_text(made)
    if len(text) <= LONGEST:
        return text
    state.note(
        _("So many numbers were changed that the address leaves them out: a link shows the model's own.")
    )
    return ""
