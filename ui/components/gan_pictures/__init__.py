"""A GAN of small pictures: the same noise at every moment of a run, and the run's curves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.gan import Moment, Told
from ui.components.gan.labels import LABELS as POINTS
from ui.components.shared import joined_script, joined_style, json_part, save_words
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change
from ui.i18n import N_, _

FOLDER: Final = Path(__file__).parent
SHARED: Final = (
    "payload.js", "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "life.js",
    "tell.js", "numbers.js", "curves.js",
)  # fmt: skip
_TAKEN: Final = (
    "moment", "step_told", "step_discriminator", "step_generator", "play", "back", "forward", "losses", "right",
    "norms",
    "layer", "real", "fake", "seed", "step", "csv_real", "csv_fake", "csv_pull",
)  # fmt: skip
_LABELS: Final = {
    "component": N_("A GAN of pictures"),
    "file": N_("GAN pictures"),
    "sheet": N_("What the generator makes of the same forty points at this moment"),
    "walk": N_("last row: a walk from one point to another"),
    "classes": N_("Classes covered, of {count}"),
    "distance": N_("Fréchet distance"),
    "real_sheet": N_("Real"),
    "not_fetched": N_("The pictures could not be fetched."),
}

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_gan_pictures",
    js=joined_script(FOLDER, ("../gan/moments.js", "../gan/charts.js", "main.js"), shared=SHARED),
    css=joined_style(TOKENS / "base.css", FOLDER.parent / "gan" / "gan.css", FOLDER / "pictures.css"),
)


def gan_pictures(
    moments: Sequence[Moment],
    curve: Sequence[Moment],
    *,
    key: str,
    restart: str,
    classes: int,
    side: int,
    grid: tuple[int, int],
    distances: Sequence[float] = (),
    sheets: Sequence[NDArray[np.uint8]] = (),
    strip: str = "",
    real: NDArray[np.uint8] | None = None,
    running: bool = False,
) -> None:
    """Draw a run.

    Args:
        moments: those that can be looked at; ``curve``: all points of the curves. ``modes`` are classes.
        side: pixels along a picture; ``grid``: rows and columns of a moment's sheet.
        distances: of Fréchet, one a point of the curve; may be left out.
        sheets: each moment's pictures (row · side, column · side); or ``strip``: the address of a picture that has
            them one below the other.
        real: real pictures (row · side, column · side), to compare with.
    """
    layers = max((len(one.told[0].norms) for one in curve), default=0)
    head = {
        "moments": [{"number": one.number, "who": one.who, "step": one.told[0].step} for one in moments],
        "curve": [_row(one.told[0]) for one in curve],
        "distances": [round(float(one), 3) for one in distances],
        "classes": classes,
        "layers": layers,
        "side": side,
        "rows": grid[0],
        "columns": grid[1],
        "strip": strip,
        "real": 0 if real is None else real.shape[0],
        "running": running,
        "restart": restart,
        "initial": dict(held_initial(key, restart, {"moment": None})),
        "labels": {
            **{name: _(POINTS[name]) for name in _TAKEN},
            **{name: _(words) for name, words in _LABELS.items()},
            **save_words(),
        },
    }
    pictures = [*sheets] if real is None else [real, *sheets]
    _mount(
        key=key,
        data=json_part(head) + b"".join(np.ascontiguousarray(one).tobytes() for one in pictures),
        on_state_change=no_change,
    )


def told_by(key: str, restart: str) -> int | None:
    """Return the number of the moment that the browser has told of; None: the last."""
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    return told.get("moment") if isinstance(told, Mapping) and told.get("restart") == restart else None


def _row(told: Told) -> dict[str, Any]:
    """What JSON knows of a point: nothing where there is no number."""

    def one(value: float) -> float | None:
        return float(f"{value:.5g}") if math.isfinite(value) else None

    numbers = ("loss_d", "loss_g", "right_real", "right_fake", "pull")
    return {
        "step": told.step,
        "modes": told.modes,
        "norms": [one(norm) for norm in told.norms],
        **{name: one(getattr(told, name)) for name in numbers},
    }
