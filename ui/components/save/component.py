"""Mounts the row; the numbers of the file travel with it, and the picture is taken in the browser."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.shared import joined_script, save_words

FOLDER: Final = Path(__file__).parent
Column = Sequence[Any] | NDArray[Any]

_mount = st.components.v2.component(
    "glassbox_save",
    js=joined_script(FOLDER, ["save.js"], shared=["elements.js", "drawing.js", "colours.js", "export.js"]),
    css=(FOLDER / "save.css").read_text(encoding="utf-8"),
)


def save_row(*, key: str, within: str, title: str, caption: str, table: Mapping[str, Column]) -> None:
    """Draw the caption and the buttons.

    `within` is the key of the container that holds the chart. `title` names the files. `table`: column heads
    and columns of one length, as in `table_rows`.
    """
    data = {
        "within": f"st-key-{within}",
        "title": title,
        "caption": caption,
        "columns": list(table),
        "rows": table_rows(table),
        "labels": save_words(),
    }
    _mount(key=key, data=data)


def table_rows(table: Mapping[str, Column]) -> list[list[Any]]:
    """Return the rows of a table of columns, ready for JSON: what is not finite becomes ``{"number": "NaN"}``.

    A cell is a number, a string, a boolean or None. Raises `ValueError` where the columns differ in length.
    """
    columns = [
        column.tolist() if isinstance(column, np.ndarray) else list(column) for column in table.values()
    ]
    if len({len(column) for column in columns}) > 1:
        lengths = ", ".join(f"{name}: {len(column)}" for name, column in zip(table, columns, strict=True))
        raise ValueError(f"the columns of a table have one length, not {lengths}")
    return [[_cell(value) for value in row] for row in zip(*columns, strict=True)]


def _cell(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value).encode(errors="replace").decode()  # half of a surrogate pair cannot travel
