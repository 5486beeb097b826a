"""The Precision page's choices in the URL."""

from __future__ import annotations

import re
from typing import Any, Final

import streamlit as st

from ui import state
from ui.components.bits import BitsState
from ui.components.step import StepState

FORMATS: Final = ("fp64", "fp32", "fp16", "bf16", "e5m2", "e4m3")
RULES: Final = ("nearest", "truncated", "stochastic")
FIRST_NUMBER: Final[BitsState] = {"form": "fp16", "number": "0.1"}
FIRST_STEP: Final[StepState] = {
    "form": "fp16", "lr": 1e-3, "grad": 1e-5, "w": 1.0, "rule": "nearest", "master": False,
}  # fmt: skip
LONGEST: Final = 80  # characters of a number
# What the box reads: a decimal number, a power of two, bits, infinity, NaN (ui/components/bits/written.js).
READABLE: Final = re.compile(
    r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?|[+-]?2(\^|\*\*)[+-]?\d{1,4}|0x[0-9a-f]{1,16}|[+-]?(nan|inf(inity)?|∞)",
    re.IGNORECASE,
)
_NUMBERS: Final = {name: state.numbers(-1e300, 1e300) for name in ("lr", "grad", "w")}


def _number(text: str) -> str:
    if len(text) > LONGEST or not READABLE.fullmatch(text.strip().replace("−", "-")):
        raise ValueError(text)
    return text


def restart(part: str) -> str:
    """Return the name of a part's present beginning, which a preset changes."""
    return f"{part}-{st.session_state.get(_picked(part), 0)}"


def pick_number(chosen: BitsState) -> None:
    """Let the bits begin with a preset (from a callback)."""
    _begin_anew("number")
    state.put_all(_number_values(chosen))


def pick_step(chosen: StepState) -> None:
    """Let the step begin with a preset (from a callback)."""
    _begin_anew("step")
    state.put_all(_step_values(chosen))


def number() -> BitsState:
    """Return the number that the address names."""
    return {
        "form": state.param("form", FIRST_NUMBER["form"], state.choices(FORMATS)),
        "number": state.param("number", FIRST_NUMBER["number"], _number),
    }


def step() -> StepState:
    """Return the step that the address names."""
    return {
        "form": state.param("step", FIRST_STEP["form"], state.choices(FORMATS)),
        "lr": state.param("lr", FIRST_STEP["lr"], _NUMBERS["lr"]),
        "grad": state.param("grad", FIRST_STEP["grad"], _NUMBERS["grad"]),
        "w": state.param("w", FIRST_STEP["w"], _NUMBERS["w"]),
        "rule": state.param("rule", FIRST_STEP["rule"], state.choices(RULES)),
        "master": state.param("master", FIRST_STEP["master"], state.flag),
    }


def to_url(bits: BitsState, made: StepState) -> None:
    """Keep what the browser has told; what is usual leaves no trace."""
    if bits:
        state.put_all(_number_values(bits))
    if made:
        state.put_all(_step_values(made))


def _number_values(bits: BitsState) -> dict[str, tuple[Any, Any]]:
    return {"form": (bits["form"], FIRST_NUMBER["form"]), "number": (bits["number"], FIRST_NUMBER["number"])}


def _step_values(made: StepState) -> dict[str, tuple[Any, Any]]:
    first: dict[str, Any] = {**FIRST_STEP}
    values: dict[str, Any] = {**made}
    return {
        ("step" if name == "form" else name): (_exact(value), _exact(first[name]))
        for name, value in values.items()
    }


def _exact(value: Any) -> Any:
    """A number with all the digits that name it."""
    return repr(float(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _picked(part: str) -> str:
    return f"precision-{part}-picked"


def _begin_anew(part: str) -> None:
    st.session_state[_picked(part)] = st.session_state.get(_picked(part), 0) + 1
