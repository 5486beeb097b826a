"""The positions page's pictures: five components that share their life, their axes and their look."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.shared import joined_script

FOLDER: Final = Path(__file__).parent
_SHARED: Final = (
    "elements.js",
    "drawing.js",
    "colours.js",
    "export.js",
    "controls.js",
    "life.js",
    "tell.js",
    "numbers.js",
)
_OWN: Final = ("life.js", "axes.js", "derive.js")
_KEY: Final = "glassbox-positions-{}"
_STYLE: Final = (FOLDER / "style.css").read_text(encoding="utf-8")


def packed(array: NDArray[np.floating[Any]]) -> str:
    """Return an array's numbers as little-endian float32 in base64, row by row."""
    return base64.b64encode(np.ascontiguousarray(array, dtype="<f4").tobytes()).decode()


def _component(name: str, *own: str) -> Callable[..., Any]:
    script = joined_script(FOLDER, (*_OWN, *own), _SHARED)
    return st.components.v2.component(f"glassbox_positions_{name}", js=script, css=_STYLE)


# Registered when imported, once in a process: registering again would replace the running definition.
_MOUNTS: Final = {
    name: _component(name, f"{name}.js") for name in ("tables", "shuffle", "blanks", "drowning", "erasure")
}


def picture(
    name: str,
    data: Mapping[str, Any],
    *,
    labels: Mapping[str, str],
    initial: Mapping[str, Any] | None = None,
    restart: str = "",
    sentence: str = "",
    own: Mapping[str, Any] | None = None,
    on_change: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """Draw one of the five pictures, and return what has been chosen in it: empty until the browser says so.

    ``initial`` counts when the picture is first drawn and whenever ``restart`` changes; in between it is held
    fast, since a page copies the choices into the URL and reads them back. A picture that is left and found
    again is as it was left, and says so. ``own`` are the choices that belong to one ``sentence``, with the values
    that a new sentence begins with. ``on_change`` is called before the page runs again, and may ask `chosen_in`.
    """
    key = _KEY.format(name)
    held = st.session_state.get(f"{key}:initial")
    if held is None or held[0] != restart:
        held = st.session_state[f"{key}:initial"] = (restart, dict(initial or {}))
    names = {"restart": restart, "sentence": sentence}
    whole = {**data, **names, "labels": dict(labels), "initial": held[1], "own": dict(own or {})}
    state = _MOUNTS[name](key=key, data=whole, on_state_change=on_change or _nothing).get("state")
    # After a change of `restart` the old choices are still there for one run.
    if not isinstance(state, Mapping) or state.get("restart") != restart:
        return {}
    # So are, after a change of the sentence, the choices that belonged to the last one.
    left_out = {*names, *(own or {})} if state.get("sentence") != sentence else {*names}
    return cast(dict[str, Any], {name: value for name, value in state.items() if name not in left_out})


def chosen_in(name: str) -> dict[str, Any]:
    """What has been chosen in a picture, for its ``on_change``."""
    held = st.session_state.get(_KEY.format(name))
    return dict((held.get("state") if held else None) or {})


def _nothing() -> None:
    """A state is only sent back where a callback is registered."""
