"""The controls of sampling, used unchanged by every page that draws tokens: temperature, top-k, top-p, min-p, seed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypedDict

import streamlit as st

from ui.components.shared import joined_script
from ui.i18n import _
from ui.state import SEED

_FOLDER: Final = Path(__file__).parent
LARGEST_SEED: Final = 2**31 - 1
LARGEST_TEMPERATURE: Final = 100.0  # beyond it nothing is seen to change

_mount = st.components.v2.component(
    "glassbox_sampling",
    js=joined_script(_FOLDER, ("controls.js",), shared=("elements.js", "life.js", "tell.js", "sampler.js")),
    css=(_FOLDER / "sampling.css").read_text(encoding="utf-8"),
)


class SamplerState(TypedDict):
    """What the controls stand at. ``top_k`` 0, ``top_p`` 1 and ``min_p`` 0 are off; ``temperature`` 0 is argmax."""

    temperature: float
    top_k: int
    top_p: float
    min_p: float
    seed: int


USUAL: Final[SamplerState] = {"temperature": 1.0, "top_k": 0, "top_p": 1.0, "min_p": 0.0, "seed": SEED}


def sampling_controls(*, key: str, vocabulary: int, initial: SamplerState, restart: str = "") -> SamplerState:
    """Draw the controls and return what they stand at once they were released; ``initial`` before that.

    While a slider moves, the pictures of the page hear of it in the browser: a ``glassbox:sampler`` event on the
    document, ``{key, sampler}``. ``vocabulary`` is how many tokens there are to draw from. ``initial`` counts at the
    first call of a session and whenever ``restart`` changes.
    """
    slot = f"{key}:initial"
    held = st.session_state.get(slot)
    if held is None or held[0] != restart:
        held = st.session_state[slot] = (restart, initial)
    data = {
        "key": key,
        "vocabulary": vocabulary,
        "initial": held[1],
        "seed": SEED,
        "restart": restart,
        "labels": _labels(),
    }
    state = _mount(key=key, data=data, on_state_change=_nothing).get("state")
    if not isinstance(state, Mapping) or state.get("restart") != restart:
        return initial
    return _sane(state, vocabulary)


def _sane(state: Mapping[str, Any], vocabulary: int) -> SamplerState:
    """The browser's numbers within their ranges, whatever was sent."""
    return {
        "temperature": min(max(float(state["temperature"]), 0.0), LARGEST_TEMPERATURE),
        "top_k": min(max(int(state["top_k"]), 0), vocabulary),
        "top_p": min(max(float(state["top_p"]), 0.0), 1.0),
        "min_p": min(max(float(state["min_p"]), 0.0), 1.0),
        "seed": min(max(int(state["seed"]), 0), LARGEST_SEED),
    }


def _labels() -> dict[str, str]:
    return {
        "component": _("Controls of sampling"),
        "temperature": _("Temperature"),
        "top_k": "top-k",
        "top_p": "top-p",
        "min_p": "min-p",
        "seed": _("Seed"),
        "about_temperature": _(
            "p ∝ exp(ln p / T): 0 always takes the likeliest, 1 leaves p as it is, large is even."
        ),
        "about_top_k": _("Only the k likeliest tokens stay."),
        "about_top_p": _("Only the likeliest tokens that together have p stay."),
        "about_min_p": _("Only tokens with at least this share of the largest probability stay."),
        "about_seed": _("The same seed draws the same numbers."),
        "exact": _("{name}, exactly"),
        "off": _("off"),
        "greedy": _("greedy"),
        "reset": _("Reset"),
        "dice": _("Draw again"),
    }


def _nothing() -> None:
    """A state is only sent back where a callback is registered."""
