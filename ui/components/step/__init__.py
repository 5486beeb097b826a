"""A step of gradient descent in a number format: what is stored, what is lost, and many such steps; in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypedDict, cast

import streamlit as st

from ui.components.bits import FOLDER as BITS
from ui.components.bits import NUMBERS
from ui.components.shared import joined_script, joined_style, save_words
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change
from ui.i18n import N_, _

FOLDER: Final = Path(__file__).parent
_SCRIPTS: Final = (
    *(f"../bits/{name}" for name in (*NUMBERS, "row.js", "axis.js")),
    "update.js", "fields.js", "chain.js", "maps.js", "main.js",
)  # fmt: skip
_SHARED: Final = (
    "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "controls.js", "life.js",
    "tell.js", "numbers.js", "curves.js", "sampler.js",
)  # fmt: skip

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_step",
    js=joined_script(FOLDER, _SCRIPTS, shared=_SHARED),
    css=joined_style(TOKENS / "base.css", BITS / "bits.css", FOLDER / "step.css"),
)


class StepState(TypedDict, total=False):
    """What has been chosen in the picture."""

    form: str  # one of `core.numerics.formats.FORMATS`
    lr: float
    grad: float
    w: float
    rule: str  # of rounding: one of `core.numerics.formats.RULES`
    master: bool  # the weight is kept in fp32


def step_picture(*, key: str, initial: StepState, restart: str) -> None:
    """Draw the picture. ``initial`` counts at the first call and again whenever ``restart`` is another one."""
    held = held_initial(key, restart, cast(Mapping[str, Any], initial))
    data = {
        "labels": {**{name: _(words) for name, words in LABELS.items()}, **save_words()},
        "initial": dict(held),
        "restart": restart,
    }
    _mount(key=key, data=data, on_state_change=no_change)


def told_by(key: str, restart: str) -> StepState:
    """Return what the browser has told of the picture; nothing where it began anew since."""
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(told, Mapping) or told.get("restart") != restart:
        return StepState()
    return cast(StepState, {name: value for name, value in told.items() if name != "restart"})


LABELS: Final[dict[str, str]] = {
    "component": N_("A step of gradient descent, w − lr · grad, in a number format"),
    "file": N_("Update"),
    "format": N_("Format"),
    "sign": N_("Sign"),
    "exponent": N_("Exponent"),
    "mantissa": N_("Mantissa"),
    "field_lr": N_("Learning rate"),
    "field_grad": N_("Gradient"),
    "field_w": N_("Weight"),
    "exact_lr": N_("Learning rate, exactly"),
    "exact_grad": N_("Gradient, exactly"),
    "exact_w": N_("Weight, exactly"),
    "box_empty": N_("Type a number; the last one still counts."),
    "box_wrong": N_("“{text}” is no finite number; the last one still counts."),
    "turn": N_("± gradient"),
    "turn_title": N_(
        "A negative gradient makes the weight larger: above 1 the numbers lie twice as far apart."
    ),
    "chain_gradient": N_("gradient"),
    "chain_product": "lr · grad",
    "chain_weight": N_("weight"),
    "chain_after": "w − lr · grad",
    "outcome_works": N_("works"),
    "outcome_coarse": N_("coarse"),
    "outcome_absorbed": N_("absorbed"),
    "outcome_product": N_("product underflow"),
    "outcome_gradient": N_("gradient underflow"),
    "outcome_overflow": N_("overflow"),
    "outcome_nothing": N_("no step"),
    "why_works": N_("The weight moves by {moved}: {share} of lr · grad."),
    "why_coarse": N_(
        "The weight moves by {moved}, {share} of lr · grad = {wanted}: the next number is {gap} away."
    ),
    "why_absorbed": N_(
        "There is a step of {step}, but the next number after {weight} is {gap} away: w stays w."
    ),
    "why_product": N_(
        "The gradient is stored, but lr · grad = {wanted} is not: half of the smallest number of {form} is {half}."
    ),
    "why_gradient": N_(
        "The gradient {grad} is lost before any rate is applied: half of the smallest number of {form} is {half}."
    ),
    "why_overflow": N_("A number lies beyond {largest}, the largest of {form}."),
    "why_nothing": N_("Rate or gradient is 0."),
    "limits_even": N_(
        "At {weight}, {form} absorbs additions of {up} or less and subtractions of {down} or less."
    ),
    "limits_odd": N_("At {weight}, {form} absorbs additions below {up} and subtractions below {down}."),
    "maps_title": N_(
        "What becomes of a step, by learning rate (across) and gradient (up); squares: 1e−3 × 1e−3 and 1e−3 × 1e−5"
    ),
    "map_label": N_("Map of {form}: drag to choose rate and gradient. Here:"),
    "repeat": N_("The way that was made in 10,000 equal steps"),
    "repeat_title": N_("The same step 10,000 times: the share of the way that was made"),
    "rule": N_("Rounding"),
    "rule_nearest": N_("nearest"),
    "rule_truncated": N_("truncated"),
    "rule_stochastic": N_("stochastic"),
    "rule_master": N_("fp32 master copy"),
    "about_nearest": N_("To the nearest number, a tie to the even one: the usual"),
    "about_truncated": N_("Towards zero"),
    "about_stochastic": N_("Up or down by chance, so that the mean is right"),
    "about_master": N_("The weight is kept and updated in fp32; the format holds a rounded copy"),
    "caption": N_(
        "Everything is computed in the browser, rounded after every operation. As in PyTorch the rate is no tensor: "
        "rate times gradient is rounded to the format once."
    ),
}
