"""The widgets of the Translate page's folded parts, and their choices in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from ui import state
from ui.i18n import _
from ui.text_field import text_field

LONGEST_REFERENCE: Final = 300  # characters
LONGEST_WORD: Final = 30
_REFERENCE: Final = "translate-reference"
_OF: Final = "translate-reference-of"
_PLACE: Final = "translate-place"
_WORD: Final = "translate-word"


def reference_field(text: str, usual: str) -> str:
    """The box of the reference translation. It belongs to ``text``: another sentence begins with its own ``usual``."""
    before = st.session_state.get(_OF)
    if before not in (None, text):
        st.session_state[_REFERENCE] = usual
        state.put_all({"ref": ("", ""), "place": ("", ""), "word": ("", "")})
        st.session_state.pop(_PLACE, None)
    st.session_state[_OF] = text
    begin = state.param("ref", usual, state.words(LONGEST_REFERENCE))
    typed = text_field(_("Reference translation"), key=_REFERENCE, begin=begin, max_chars=LONGEST_REFERENCE)
    state.put("ref", typed, usual)
    return typed


def injection(pieces: Sequence[str], usual: str) -> tuple[int | None, str]:
    """Choose a place of the reference and the word that is said there instead; no place: nothing is put in."""
    left, right = st.columns(2)
    with left:
        asked = state.param("place", 0, state.integers(0, len(pieces)))
        if st.session_state.get(_PLACE, asked) not in range(len(pieces) + 1):
            st.session_state.pop(_PLACE, None)
        st.session_state[_PLACE] = st.session_state.get(_PLACE, asked)
        place = st.selectbox(
            _("Put in a wrong token at"),
            range(len(pieces) + 1),
            format_func=lambda index: f"{index} · {pieces[index - 1]}" if index else _("nowhere"),
            key=_PLACE,
        )
    with right:
        begin = state.param("word", usual, state.words(LONGEST_WORD))
        word = text_field(_("the wrong word"), key=_WORD, begin=begin, max_chars=LONGEST_WORD)
    state.put_all({"place": (place, 0), "word": (word, usual)})
    return (place - 1 if place else None), word


def shown(piece: str) -> str:
    """A piece as a reader knows it: without the sign for the space before it, the model's own signs in brackets."""
    if piece == "</s>":
        return _("⟨end⟩")
    if piece == "<s>":
        return _("⟨start⟩")
    if piece == "▁":
        return "␣"
    return piece.removeprefix("▁")
