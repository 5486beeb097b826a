"""Mounts the main picture: the comparison goes out, a small state comes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from ui.components.bleu.labels import bleu_labels
from ui.components.bleu.view import BleuState, BleuView
from ui.components.shared import joined_script, joined_style
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change

FOLDER: Final = Path(__file__).parent
# What the pictures of the Tokens page share serves here too: the choices' life, the look of chips and buttons.
LIFE: Final = "../tokens/life.js"
DRAWING: Final = ("elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "life.js", "tell.js")


def style(*own: str) -> str:
    """Return the style of chips and buttons, and a picture's own style sheets."""
    return joined_style(TOKENS / "base.css", *(FOLDER / name for name in own))


# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_bleu",
    js=joined_script(
        FOLDER,
        (LIFE, "grams.js", "light.js", "bars.js", "curve.js", "formula.js", "sheet.js", "save.js", "main.js"),
        shared=DRAWING,
    ),
    css=style("bleu.css"),
)


def bleu_picture(view: BleuView, *, key: str, initial: BleuState, restart: str = "") -> BleuState:
    """Draw the picture, and return what has been chosen in it: empty until the browser has said so.

    ``initial`` counts at the first call of a session and again whenever ``restart`` is another one than before.
    """
    data = {
        **view.packed,
        "labels": bleu_labels(view.waiting),
        "initial": held_initial(key, restart, initial),
        "restart": restart,
        "key": key,
    }
    state: Any = _mount(key=key, data=data, on_state_change=no_change).get("state")
    if not isinstance(state, Mapping) or state.get("restart") != restart:
        return BleuState()
    told = {name: value for name, value in state.items() if name not in ("restart", "digest")}
    if state.get("digest") != view.packed["digest"]:
        told["at"] = -1  # the pinned n-gram is another text's
    return cast(BleuState, told)
