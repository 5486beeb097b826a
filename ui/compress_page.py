"""What can be chosen on the Compression page, and its place in the URL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import streamlit as st

from ui import state
from ui.i18n import N_, _
from ui.switch import switch

BITS: Final = {"16": "fp16", "8": "int8", "4": "int4", "3": N_("3 bits"), "2": N_("2 bits")}
PER: Final = {"channel": N_("a scale for each row"), "tensor": N_("one scale for a matrix")}
_VALUES: Final = "compress-values"
_PICKED: Final = "compress-picked"


@dataclass(frozen=True)
class Choice:
    """What is done to the translator."""

    bits: int = 4
    per: str = "channel"
    pruned: int = 0  # percent
    kept: tuple[str, ...] = ()  # parts, in alphabetical order


FIRST: Final = Choice()


def parsers(parts: Collection[str]) -> Mapping[str, Callable[[str], Any]]:
    """Return how the address is read; ``parts``: the model's."""

    def kept(text: str) -> tuple[str, ...]:
        names = text.split(",") if text else []
        if set(names) - set(parts):
            raise ValueError(text)
        return tuple(sorted(set(names)))

    return {
        "bits": lambda text: int(state.choices(BITS)(text)),
        "per": state.choices(PER),
        "pruned": state.integers(0, 100),
        "kept": kept,
    }


def pick(choice: Choice) -> None:
    """Set the page up for a preset (from a callback)."""
    st.session_state[_VALUES] = asdict(choice)
    st.session_state[_PICKED] = st.session_state.get(_PICKED, 0) + 1


def restart() -> str:
    """Return the name of the present beginning, which another preset changes."""
    return f"compress-{st.session_state.get(_PICKED, 0)}"


def choose(parts: Collection[str], kept: list[str] | None) -> Choice:
    """Draw what can be chosen and return it; ``kept``: the parts that the browser says are to stay, if it has."""
    if _VALUES not in st.session_state:
        read = parsers(parts)
        st.session_state[_VALUES] = {
            name: state.param(name, value, read[name]) for name, value in asdict(FIRST).items()
        }
    values: dict[str, Any] = st.session_state[_VALUES]
    if kept is not None:
        values["kept"] = tuple(sorted(set(kept) & set(parts)))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        values["bits"] = int(switch(_("Bits"), BITS, list(BITS), f"{restart()}-bits", str(values["bits"])))
        values["per"] = switch(_("Scales"), PER, list(PER), f"{restart()}-per", values["per"])
        key = f"{restart()}-pruned"
        st.session_state.setdefault(key, values["pruned"])
        values["pruned"] = st.slider(
            _("Pruned: the smallest weights become 0"), 0, 100, step=5, format="%d %%", key=key, width=300
        )
    choice = Choice(**values)
    state.put_all(
        {
            name: (
                ",".join(value) if name == "kept" else value,
                "" if name == "kept" else getattr(FIRST, name),
            )
            for name, value in asdict(choice).items()
        }
    )
    return choice


def shown(parts: Sequence[str], told: str | None) -> str:
    """Return the part whose weights are shown; it lives in the URL too."""
    part = told or state.param("part", parts[0], state.choices(parts))
    state.put("part", part, parts[0])
    return part
