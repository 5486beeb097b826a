"""Mounts the picture of the latent space: points and codes go out, what is chosen and drawn comes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from ui.components.latent.labels import latent_labels
from ui.components.latent.view import LatentState, LatentView
from ui.components.shared import joined_script, joined_style
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change

FOLDER: Final = Path(__file__).parent
WEIGHTS: Final = "../attention/weights.js"
SCRIPTS: Final = (
    WEIGHTS,
    "network.js",
    "gauss.js",
    "space.js",
    "model.js",
    "pad.js",
    "plane.js",
    "strip.js",
    "panels.js",
    "compare.js",
    "controls.js",
    "save.js",
    "main.js",
)
SHARED: Final = (
    "payload.js",
    "elements.js",
    "drawing.js",
    "svg.js",
    "colours.js",
    "export.js",
    "snapshot.js",
    "controls.js",
    "life.js",
    "tell.js",
    "numbers.js",
    "sampler.js",
)

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_latent",
    js=joined_script(FOLDER, SCRIPTS, shared=SHARED),
    css=joined_style(TOKENS / "base.css", FOLDER / "latent.css"),
)


def latent_picture(view: LatentView, *, key: str, initial: LatentState, restart: str) -> None:
    """Draw the picture. ``initial`` counts at the first call and again whenever ``restart`` is another one."""
    held = held_initial(key, restart, cast(Mapping[str, Any], initial))
    data = view.packed(labels=latent_labels(), initial=dict(held), restart=restart, key=key)
    _mount(key=key, data=data, on_state_change=no_change)


def told_by(key: str, restart: str) -> LatentState:
    """Return what the browser has told of the picture before this run: nothing where it began anew since."""
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(told, Mapping) or told.get("restart") != restart:
        return LatentState()
    return cast(LatentState, {name: value for name, value in told.items() if name != "restart"})
