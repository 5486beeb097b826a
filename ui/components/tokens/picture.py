"""Mounts the tokens picture: the cuts go out, a small state comes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from ui.components.shared import joined_script, joined_style
from ui.components.tokens.labels import tokens_labels
from ui.components.tokens.view import Pressed, TokensState, TokensView

FOLDER: Final = Path(__file__).parent
SCRIPTS: Final = (
    "life.js",
    "size.js",
    "cuts.js",
    "chips.js",
    "light.js",
    "controls.js",
    "save.js",
    "main.js",
)
DRAWING: Final = (
    "elements.js",
    "drawing.js",
    "colours.js",
    "export.js",
    "life.js",
    "tell.js",
)  # of ui/components/shared


def style(own: str) -> str:
    """Return what the pictures of this folder share, and a picture's own style sheet."""
    return joined_style(FOLDER / "base.css", FOLDER / own)


# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_tokens",
    js=joined_script(FOLDER, SCRIPTS, shared=DRAWING),
    css=style("tokens.css"),
)


def tokens_picture(view: TokensView, *, key: str, initial: TokensState, restart: str = "") -> TokensState:
    """Draw the picture, and return what has been chosen in it: empty until the browser has said so.

    ``initial`` counts at the first call of a session and again whenever ``restart`` is another one than before.
    """
    data = {
        **view.packed,
        "labels": tokens_labels(),
        "initial": held_initial(key, restart, initial),
        "restart": restart,
        "key": key,
    }
    result = _mount(key=key, data=data, on_state_change=no_change)
    state: Any = result.get("state")
    if not isinstance(state, Mapping) or state.get("restart") != restart:
        return TokensState()
    told = {name: value for name, value in state.items() if name != "restart"}
    return cast(TokensState, {**told, "word": _of_text(told.get("word"), view.packed["digest"])})


def _of_text(word: Any, digest: str) -> Pressed | None:
    """Return the pressed token if it belongs to the text that is shown: another one may be on its way already."""
    if isinstance(word, Mapping) and word.get("text") == digest:
        return cast(Pressed, dict(word))
    return None


def held_initial(key: str, restart: str, initial: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the beginning of a picture, held fast until ``restart`` changes: a page copies its state to the URL."""
    slot = f"{key}:initial"
    held = st.session_state.get(slot)
    if held is None or held[0] != restart:
        held = st.session_state[slot] = (restart, dict(initial))
    return cast(Mapping[str, Any], held[1])


def no_change() -> None:
    """A state is only sent back where a callback is registered."""
