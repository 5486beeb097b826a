"""How the Translate page's next token is chosen: greedily, by beam search, by drawing, after a typed beginning."""

from __future__ import annotations

from typing import Final

import streamlit as st

from ui import state
from ui.i18n import N_, _
from ui.switch import switch
from ui.text_field import text_field

MODES: Final = ("greedy", "beam", "sample")
MODE_NAMES: Final = {
    "greedy": N_("Greedy"),
    "beam": N_("Beam"),
    "sample": N_("Sampling"),
}
LONGEST_PREFIX: Final = 200  # characters
WIDEST: Final = 8
USUAL_WIDTH: Final = 4
USUAL_PENALTY: Final = 0.6  # as in Wu et al. 2016
LARGEST_PENALTY: Final = 2.0
_MODE: Final = "translate-mode"
_PREFIX: Final = "translate-prefix"
_WIDTH: Final = "translate-width"
_PENALTY: Final = "translate-penalty"


def begin_with(mode: str) -> None:
    """Let the page choose by ``mode``, without a typed beginning (from a callback)."""
    st.session_state[_MODE] = mode
    st.session_state[_PREFIX] = ""
    state.put_all({"prefix": ("", ""), "mode": (mode, MODES[0])})


def mode_row() -> tuple[str, str]:
    """Draw the choice of search and the window for a prefix; return both."""
    asked = state.param("mode", MODES[0], state.choices(MODES))
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key="glassbox-translate-modes"
    ):
        mode = switch(_("How the next token is chosen"), MODE_NAMES, MODES, _MODE, asked)
        prefix = prefix_field()
    state.put("mode", mode, MODES[0])
    return mode, prefix


def prefix_field() -> str:
    """The beginning that the translation must have, typed in a small window."""
    kept = st.session_state.get(f"{_PREFIX}-kept", "")
    asked = state.param("prefix", kept, state.words(LONGEST_PREFIX))
    shown = st.session_state.get(_PREFIX, asked)
    label = _("“{prefix}” …").format(prefix=_plain(shown[:12])) if shown else _("Beginning")
    with st.popover(label, icon=":material/edit:", key="glassbox-translate-prefix"):
        typed = text_field(
            _("What the translation must begin with, in its own language"),
            key=_PREFIX,
            begin=asked,
            max_chars=LONGEST_PREFIX,
            placeholder=_("empty: the model begins by itself"),
        )
    st.session_state[f"{_PREFIX}-kept"] = typed
    state.put("prefix", typed, "")
    return typed.strip()


def beam_now() -> tuple[int, float]:
    """The beam's width and length penalty, before their sliders are drawn."""
    width = st.session_state.get(_WIDTH) or state.param("width", USUAL_WIDTH, state.integers(1, WIDEST))
    penalty = st.session_state.get(_PENALTY)
    if penalty is None:
        penalty = state.param("penalty", USUAL_PENALTY, state.numbers(0.0, LARGEST_PENALTY))
    return int(width), float(penalty)


def beam_sliders() -> tuple[int, float]:
    """Draw the sliders of the beam search; return width and length penalty."""
    begun = beam_now()
    st.session_state[_WIDTH], st.session_state[_PENALTY] = begun
    left, right = st.columns(2)
    with left:
        width = st.slider(_("Beam width"), 1, WIDEST, key=_WIDTH)
    with right:
        penalty = st.slider(_("Length penalty α"), 0.0, LARGEST_PENALTY, step=0.1, key=_PENALTY)
    state.put_all({"width": (width, USUAL_WIDTH), "penalty": (float(penalty), USUAL_PENALTY)})
    return int(width), float(penalty)


def _plain(text: str) -> str:
    """Text whose Markdown signs are taken literally, for a button's label."""
    return "".join("\\" + sign if sign in r"\`*_{}[]()<>#+-.!|~$:" else sign for sign in text)
