"""Mounts the attention canvas: the payload goes out, a small state comes back."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import streamlit as st

from ui.components.attention.view import AttentionView, CanvasState, pack

FOLDER = Path(__file__).parent
# Plain functions in reading order: the browser gets them as one module, and only the last file exports.
SCRIPTS = (
    "unpack.js",
    "maths.js",
    "derive.js",
    "stages.js",
    "weights.js",
    "colours.js",
    "elements.js",
    "plot.js",
    "matrix.js",
    "lines.js",
    "products.js",
    "heads.js",
    "reconcile.js",
    "arithmetic.js",
    "learned.js",
    "plain.js",
    "words.js",
    "export.js",
    "controls.js",
    "layout.js",
    "input.js",
    "state.js",
    "paint.js",
    "actions.js",
    "main.js",
)


@cache
def canvas_script() -> str:
    """Return the canvas' JavaScript, all files in order."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def canvas_style() -> str:
    """Return the canvas' style sheet."""
    return (FOLDER / "canvas.css").read_text(encoding="utf-8")


# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component("glassbox_attention", js=canvas_script(), css=canvas_style())


def attention_canvas(
    view: AttentionView,
    *,
    key: str,
    restart: str = "",
    on_change: Callable[[], None] | None = None,
) -> CanvasState:
    """Draw the canvas, and return what the user has chosen in it so far (empty before the first choice).

    `view.initial` counts at the first call of a session and again whenever `restart` (the name of a preset,
    say) is another one than before. It is held fast in between: a page that copies the state into the URL
    and reads it back would otherwise send the whole payload again after each click.

    `on_change` is called, without arguments, before the rerun that a new state starts.
    """
    initial = _held_initial(key, restart, view.initial)
    result = _mount(
        key=key,
        data=pack(view, initial=initial, key=key, restart=restart),
        on_state_change=on_change or _nothing,
    )
    state = result.get("state")
    return cast(CanvasState, dict(state)) if isinstance(state, Mapping) else CanvasState()


def _held_initial(key: str, restart: str, initial: Mapping[str, Any]) -> Mapping[str, Any]:
    slot = f"{key}:initial"
    held = st.session_state.get(slot)
    if held is None or held[0] != restart:
        held = st.session_state[slot] = (restart, dict(initial))
    return cast(Mapping[str, Any], held[1])


def _nothing() -> None:
    """A state is only sent back where a callback is registered."""
