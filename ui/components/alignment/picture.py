"""Mounts the alignment picture: all steps of all models go out, where the reader stands comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from ui.components.alignment.labels import alignment_labels
from ui.components.alignment.view import AlignmentState, LookView, pack
from ui.components.shared import SAID, joined_script, joined_style
from ui.components.tokens.picture import held_initial, no_change

FOLDER: Final = Path(__file__).parent
SCRIPTS: Final = ("model.js", "states.js", "grid.js", "next.js", "save.js", "main.js")
SHARED: Final = (
    "payload.js", "elements.js", "drawing.js", "svg.js", "colours.js", "plot.js", "matrix.js", "export.js",
    "snapshot.js", "controls.js", "player.js", "pieces.js", "said.js", "life.js", "tell.js",
)  # fmt: skip

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_alignment",
    js=joined_script(FOLDER, SCRIPTS, shared=SHARED),
    css=joined_style(SAID, FOLDER / "alignment.css"),
)


def alignment_picture(
    looks: Sequence[LookView],
    *,
    key: str,
    text: str,
    sentence: str,
    initial: AlignmentState,
    restart: str = "",
) -> AlignmentState:
    """Draw the picture, and return where the reader stands: empty until the browser has said so.

    ``sentence`` names what all ``looks`` belong to. ``initial`` counts at the first call of a session and again
    whenever ``restart`` changes.
    """
    data = pack(
        looks,
        text=text,
        sentence=sentence,
        labels=alignment_labels(),
        initial=held_initial(key, restart, initial),
        restart=restart,
    )
    state: Any = _mount(key=key, data=data, on_state_change=no_change).get("state")
    if not isinstance(state, Mapping) or state.get("restart") != restart or state.get("sentence") != sentence:
        return AlignmentState()
    return cast(AlignmentState, {name: state[name] for name in ("model", "step", "row") if name in state})
