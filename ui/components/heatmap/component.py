"""Mounts the heat map: the matrices go out; where the reader stands comes back only if asked for."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.heatmap.panels import HeatmapState, Panel, pack
from ui.components.shared import SHARED, joined_script, save_words
from ui.i18n import N_, _

FOLDER: Final = Path(__file__).parent
# Plain functions in reading order, behind the shared ones; only the last file exports.
SCRIPTS: Final = ("panels.js", "scale.js", "layout.js", "paint.js", "actions.js", "main.js")
WORDS: Final = {
    "panels": N_("Which picture"),
    "size": N_("{rows} rows × {columns} columns, smallest number {low}, largest {high}."),
    "no_number": N_("{rows} rows × {columns} columns."),
    "keys_help": N_("Arrow keys move from cell to cell, Escape leaves the cell."),
}

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_heatmap",
    js=joined_script(FOLDER, SCRIPTS, shared=SHARED),
    css=(FOLDER / "heatmap.css").read_text(encoding="utf-8"),
)


def heatmap(
    panels: NDArray[np.floating[Any]] | Sequence[Panel],
    *,
    key: str,
    labels: Mapping[str, str],
    row_labels: Sequence[str] | None = None,
    column_labels: Sequence[str] | None = None,
    signed: bool = False,
    low: float | None = None,
    high: float | None = None,
    height: int | None = None,
    report: bool = False,
    initial: Mapping[str, Any] | None = None,
    restart: str = "",
    steps: bool = True,
) -> HeatmapState:
    """Draw one matrix, or several of which one is in view; buttons switch in the browser.

    `panels` is an array (row, column), described by the arguments from `row_labels` to `high`, or a sequence of
    `Panel`, each with its own. `labels`, in the reader's language: `title` (of the files, too), `caption`
    (where a panel has none of its own), `row` and `column` (what they are: "position", "dimension").
    `height`: the picture's in px; else it takes the room that the window has left.

    With `report` the answer is where the reader stands, and a change runs the page again. `initial` is a
    `HeatmapState` to begin with; it counts at first and whenever `restart` (a preset's name, say) is another
    one than before. With `steps` the arrow keys of projector mode switch the panels: for a page's main picture.
    """
    if isinstance(panels, np.ndarray):
        panels = [
            Panel(
                panels,
                row_labels=row_labels,
                column_labels=column_labels,
                signed=signed,
                low=low,
                high=high,
            )
        ]
    data = pack(
        panels,
        labels={**save_words(), **{name: _(words) for name, words in WORDS.items()}, **labels},
        initial=dict(initial or {}),
        restart=restart,
        key=key,
        height=height,
        report=report,
        steps=steps,
    )
    result = _mount(key=key, data=data, on_state_change=_nothing)
    state = result.get("state")
    # After a change of `restart` the old state is still there for a run, since Streamlit keeps it by `key`.
    if not report or not isinstance(state, Mapping) or state.get("restart") != restart:
        return HeatmapState()
    return cast(HeatmapState, {name: value for name, value in state.items() if name != "restart"})


def _nothing() -> None:
    """A state is only sent back where a callback is registered."""
