"""Mounts the worked example: where it begins goes out, its numbers come back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from ui.components.shared import joined_script, joined_style
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change
from ui.components.worked.labels import worked_labels
from ui.components.worked.view import LARGEST, MOST_STATES, SCORES, STAGES, USES, WIDTHS, WorkedState

FOLDER: Final = Path(__file__).parent
SHARED: Final = (
    "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "life.js", "tell.js", "numbers.js",
)  # fmt: skip
SCRIPTS: Final = (
    "../tokens/life.js", "maths.js", "reading.js", "fields.js", "sums.js", "steps.js", "scores.js", "plane.js",
    "onward.js", "diagram.js", "actions.js", "save.js", "main.js",
)  # fmt: skip

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_worked",
    js=joined_script(FOLDER, SCRIPTS, shared=SHARED),
    # What chips and buttons look like is the Tokens page's.
    css=joined_style(TOKENS / "base.css", FOLDER / "worked.css"),
)


def worked_picture(*, key: str, initial: WorkedState, restart: str = "") -> WorkedState:
    """Draw the picture, and return what it stands at.

    ``initial`` counts at the first call of a session and again whenever ``restart`` is another one than before.
    """
    held = cast(WorkedState, held_initial(key, restart, initial))
    data = {
        "labels": worked_labels(),
        "limits": {"widths": WIDTHS, "states": MOST_STATES, "largest": LARGEST, "stages": STAGES},
        "scores": SCORES,
        "uses": USES,
        "initial": held,
        "restart": restart,
        "key": key,
    }
    told: Any = _mount(key=key, data=data, on_state_change=no_change).get("state")
    if not isinstance(told, Mapping) or told.get("restart") != restart:
        return held
    return cast(WorkedState, {name: told.get(name, value) for name, value in held.items()})
