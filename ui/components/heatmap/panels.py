"""What a heat map is given, and how it travels."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from ui.components.shared import json_part


class HeatmapState(TypedDict, total=False):
    """Where the reader stands: the panel in view and the chosen cell, counted from 0."""

    panel: str
    cell: list[int] | None  # [row, column]


@dataclass(frozen=True)
class Panel:
    """One matrix with its own scale.

    `values`: (row, column), finite or not: −∞ and NaN are drawn apart and do not count for the scale. Labels
    that are left out are numbers from 1. A `signed` scale is symmetric about 0; others reach from `low` to
    `high`, by default the smallest and the largest number, and what lies beyond has the end's colour.

    Raises `ValueError` where the shapes do not go together or the scale is empty.
    """

    values: NDArray[np.floating[Any]]
    name: str = "panel"  # for the address and for Python: plain ASCII
    label: str = ""  # on its button, in the reader's language
    caption: str = ""  # instead of the picture's
    row_labels: Sequence[str] | None = None
    column_labels: Sequence[str] | None = None
    signed: bool = False
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or 0 in self.values.shape:
            raise ValueError(
                f"{self.name}: a heat map has rows and columns, not the shape {self.values.shape}"
            )
        for labels, count in zip((self.row_labels, self.column_labels), self.values.shape, strict=True):
            if labels is not None and len(labels) != count:
                raise ValueError(f"{self.name}: {len(labels)} labels for {count} rows or columns")
        ends = [end for end in (self.low, self.high) if end is not None]
        if not all(math.isfinite(end) for end in ends) or (len(ends) == 2 and ends[0] >= ends[1]):
            raise ValueError(f"{self.name}: a scale from {self.low} to {self.high}")


def pack(panels: Sequence[Panel], **choices: Any) -> bytes:
    """Return the payload: `choices` and what belongs to the panels as JSON, then their numbers, little-endian.

    Its "digest" names numbers and labels, so that the browser sees whether a rerun brought anything new. Raises
    `ValueError` where there is no panel or two have the same name.
    """
    if not panels or len({panel.name for panel in panels}) != len(panels):
        raise ValueError("a heat map needs at least one panel, and a name of its own for each")
    heads = [_head(panel) for panel in panels]
    # What float32 cannot hold becomes an infinity, as it would in the browser.
    with np.errstate(over="ignore"):
        blob = b"".join(np.ascontiguousarray(panel.values, dtype="<f4").tobytes() for panel in panels)
    digest = hashlib.blake2b(repr(heads).encode(errors="replace"), digest_size=16)
    digest.update(blob)
    return json_part({**choices, "panels": heads, "digest": digest.hexdigest()}) + blob


def _head(panel: Panel) -> Mapping[str, Any]:
    rows, columns = panel.values.shape
    return {
        "name": panel.name,
        "label": panel.label or panel.name,
        "caption": panel.caption,
        "rows": rows,
        "columns": columns,
        "row_labels": None if panel.row_labels is None else list(panel.row_labels),
        "column_labels": None if panel.column_labels is None else list(panel.column_labels),
        "kind": "signed" if panel.signed else "sequential",
        "low": panel.low,
        "high": panel.high,
    }
