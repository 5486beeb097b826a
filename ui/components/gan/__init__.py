"""A generator and a discriminator of points, drawn while they learn and afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from ui.components.gan.labels import gan_labels
from ui.components.gan.view import GanState, GanView, Moment, Told
from ui.components.shared import joined_script, joined_style
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change

FOLDER: Final = Path(__file__).parent
SCRIPTS: Final = (
    "../latent/space.js", "mlp.js", "view.js", "moments.js", "charts.js", "plane.js", "drawing.js", "walk.js",
    "path.js", "save.js", "main.js",
)  # fmt: skip
SHARED: Final = (
    "payload.js", "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "controls.js",
    "life.js", "tell.js", "numbers.js", "curves.js",
)  # fmt: skip

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_gan",
    js=joined_script(FOLDER, SCRIPTS, shared=SHARED),
    css=joined_style(TOKENS / "base.css", FOLDER / "gan.css"),
)


def gan_picture(view: GanView, *, key: str, initial: GanState, restart: str) -> None:
    """Draw the picture. ``initial`` counts at the first call and again whenever ``restart`` is another one."""
    held = held_initial(key, restart, cast(Mapping[str, Any], initial))
    data = view.packed(labels=gan_labels(), initial=dict(held), restart=restart)
    _mount(key=key, data=data, on_state_change=no_change)


def told_by(key: str, restart: str) -> GanState:
    """Return what the browser has told of the picture before this run: nothing where it began anew since.

    Of several runs that began one after the other, ``restart`` may name the part of their names that they share.
    """
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(told, Mapping) or f"{told.get('restart')}/".partition(f"{restart}/")[:2] != (
        "",
        f"{restart}/",
    ):
        return GanState()
    return cast(GanState, {name: value for name, value in told.items() if name != "restart"})


__all__ = ["GanState", "GanView", "Moment", "Told", "gan_picture", "told_by"]
