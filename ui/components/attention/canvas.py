"""Mounts the attention canvas: the payload goes out, a small state comes back."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import streamlit as st

from ui.components.attention.view import AttentionView, CanvasState, pack
from ui.components.shared import SHARED, joined_script

FOLDER = Path(__file__).parent
# Plain functions in reading order: the browser gets them as one module, and only the last file exports.
SCRIPTS = (
    "unpack.js",
    "maths.js",
    "changes.js",
    "derive.js",
    "stages.js",
    "grain.js",
    "weights.js",
    "lines.js",
    "products.js",
    "heads.js",
    "reconcile.js",
    "arithmetic.js",
    "learned.js",
    "plain.js",
    "editor.js",
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
    return joined_script(FOLDER, SCRIPTS, shared=SHARED)


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
    labels: Mapping[str, str],
    initial: Mapping[str, Any],
    restart: str = "",
) -> CanvasState:
    """Draw the canvas, and return where it stands: empty until the browser has said so.

    `labels` are the visible strings in the reader's language (`attention_labels()`). `initial` is a
    `CanvasState` to begin with; what it leaves out takes its default. It counts at the first call of a session
    and again whenever `restart` (the name of a preset, say) is another one than before, and is held fast in
    between: a page copies the state into the URL and reads it back.

    After a change of `restart` the old state is still there for a run, since Streamlit keeps it by `key`. It
    says which beginning it belongs to, and is not returned for another one.
    """
    data = pack(view, labels=labels, initial=_held_initial(key, restart, initial), key=key, restart=restart)
    return _state_of(_mount(key=key, data=data, on_state_change=_nothing), restart)


def canvas_state(key: str, restart: str = "") -> CanvasState:
    """Return where the canvas stands without drawing it: what it shows may depend on what was chosen in it.

    Where the browser has said nothing yet, it is as it began; empty before that. A state of another beginning does
    not count.
    """
    told = _state_of(st.session_state.get(key), restart)
    began, initial = st.session_state.get(f"{key}:initial", (None, {}))
    return told or cast(CanvasState, dict(initial) if began == restart else {})


def _state_of(result: object, restart: str) -> CanvasState:
    state = result.get("state") if isinstance(result, Mapping) else None
    if not isinstance(state, Mapping) or state.get("restart") != restart:
        return CanvasState()
    return cast(CanvasState, {name: value for name, value in state.items() if name != "restart"})


def _held_initial(key: str, restart: str, initial: Mapping[str, Any]) -> Mapping[str, Any]:
    slot = f"{key}:initial"
    held = st.session_state.get(slot)
    if held is None or held[0] != restart:
        held = st.session_state[slot] = (restart, dict(initial))
    return cast(Mapping[str, Any], held[1])


def _nothing() -> None:
    """A state is only sent back where a callback is registered."""
