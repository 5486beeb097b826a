"""Mounts the picture of the judges: a judged text goes out, an order and the other choices come back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from ui.components.judges.labels import judges_labels
from ui.components.judges.view import JudgesState, JudgesView
from ui.components.shared import joined_script, joined_style
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import no_change

FOLDER: Final = Path(__file__).parent
LIFE: Final = "../tokens/life.js"
SCRIPTS: Final = (
    LIFE,
    "order.js",
    "numbers.js",
    "words.js",
    "tip.js",
    "drag.js",
    "lines.js",
    "sum.js",
    "controls.js",
    "save.js",
    "main.js",
)
DRAWING: Final = (
    "elements.js",
    "drawing.js",
    "colours.js",
    "export.js",
    "snapshot.js",
    "life.js",
    "tell.js",
)

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_judges",
    js=joined_script(FOLDER, SCRIPTS, shared=DRAWING),
    css=joined_style(TOKENS / "base.css", FOLDER / "judges.css"),
)


def judges_picture(view: JudgesView, *, key: str, state: JudgesState, restart: str) -> None:
    """Draw the picture. ``state``: what Python has followed so far; ``restart`` names the present beginning."""
    data = {
        **view.packed,
        "labels": judges_labels(),
        "kind": state["kind"],
        "seed": state["seed"],
        "made": state["made"],
        "restart": restart,
        "key": key,
    }
    _mount(key=key, data=data, on_state_change=no_change)


def told_by(key: str, digest: str, restart: str) -> JudgesState:
    """Return what the browser has told of the picture before this run: nothing where it began anew since.

    Of another text its order, and how many orders were made, count for nothing.
    """
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(told, Mapping) or told.get("restart") != restart:
        return JudgesState()
    left_out = {"restart", "digest"} | (set() if told.get("digest") == digest else {"order", "made"})
    return cast(JudgesState, {name: value for name, value in told.items() if name not in left_out})
