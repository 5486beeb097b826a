"""What can be chosen of the networks that learn in several precisions, and the buttons around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import streamlit as st

from ui import state
from ui.i18n import N_, _

UNITS: Final = (1.0, 1e-2, 1e-4, 1e-5, 1e-6)
POWERS: Final = tuple(range(0, 41, 2))  # of the fixed scale
PATIENCE: Final = (20, 50, 200, 2000)
LARGEST_RATE: Final = 1e6
MOST_SHIFT: Final = 60
PRESETS: Final = {  # those of core.live_mixed
    "usual": N_("Usual numbers"),
    "absorbed": N_("Updates too small"),
    "vanished": N_("Gradients too small"),
    "cliff": N_("A scale too large"),
}
_VALUES: Final = "mixed-values"
_PICKED: Final = "mixed-picked"


@dataclass(frozen=True)
class Choice:
    """What is to be trained; the fields are those of ``core.numerics.mixed.Settings``, the scale as a power of two."""

    unit: float = 1.0
    rate: float = 0.05
    power: int = 10
    patience: int = 200
    seed: int = state.SEED


_PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "unit": lambda text: float(state.choices([f"{one:g}" for one in UNITS])(text)),
    "rate": state.numbers(0.0, LARGEST_RATE),
    "power": lambda text: int(state.choices([str(one) for one in POWERS])(text)),
    "patience": lambda text: int(state.choices([str(one) for one in PATIENCE])(text)),
    "seed": state.integers(0, 2**31 - 1),
}


def pick(choice: Choice) -> None:
    """Set the widgets for a preset (from a callback)."""
    st.session_state[_VALUES] = asdict(choice)
    st.session_state[_PICKED] = st.session_state.get(_PICKED, 0) + 1


def choose(usual: Choice) -> Choice:
    """Draw what can be set and return it; it lives in the URL too."""
    if _VALUES not in st.session_state:
        st.session_state[_VALUES] = {
            name: state.param(name, value, _PARSERS[name]) for name, value in asdict(usual).items()
        }
    values: dict[str, Any] = st.session_state[_VALUES]
    columns = st.columns(5)
    with columns[0]:
        _kept("unit", _unit)
    with columns[1]:
        _kept("rate", _rate)
    with columns[2]:
        _kept("power", _scale)
    with columns[3]:
        _kept("patience", _patience)
    with columns[4]:
        _kept("seed", _seed)
    choice = Choice(**values)
    plain = asdict(usual)
    state.put_all({name: (value, plain[name]) for name, value in asdict(choice).items()})
    return choice


def shown(ways: tuple[str, ...], told: tuple[str, int] | None) -> tuple[str, int]:
    """Return the way that is chosen and what its gradients are multiplied by, a power of two; both live in the URL."""
    way, shift = told or (
        state.param("way", "fp32", state.choices(ways)),
        state.param("shift", 0, state.integers(-MOST_SHIFT, MOST_SHIFT)),
    )
    state.put_all({"way": (way, "fp32"), "shift": (shift, 0)})
    return way, shift


def _kept(name: str, draw: Callable[[str], Any]) -> None:
    """Draw a widget that begins as the value that is kept; after a preset it is a new one."""
    values = st.session_state[_VALUES]
    key = f"mixed-{st.session_state.get(_PICKED, 0)}-{name}"
    st.session_state.setdefault(key, values[name])
    values[name] = draw(key)


def _unit(key: str) -> Any:
    return st.select_slider(
        _("Height of the curve"),
        UNITS,
        key=key,
        format_func=lambda unit: f"{unit:g}",
        help=_("Targets in a small unit have small gradients."),
    )


def _rate(key: str) -> Any:
    return st.number_input(_("Learning rate"), 0.0, LARGEST_RATE, step=1e-3, format="%g", key=key)


def _scale(key: str) -> Any:
    return st.select_slider(
        _("Fixed loss scale"), POWERS, key=key, format_func=lambda power: f"{2.0**power:,.0f}"
    )


def _patience(key: str) -> Any:
    return st.select_slider(
        _("Dynamic: doubles after"),
        PATIENCE,
        key=key,
        help=_("Steps without an overflow. PyTorch waits for 2,000."),
    )


def _seed(key: str) -> Any:
    return st.number_input(_("Seed"), 0, 2**31 - 1, step=1, key=key)
