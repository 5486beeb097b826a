"""A text box that keeps its text: over a change of page, the browser's Back, and runs that overtake each other."""

from __future__ import annotations

import time
from typing import Any, Final, NamedTuple

import streamlit as st

from ui import state

_BEGAN: Final = "{}-began"  # what the box began with on this page
_PAGE: Final = "{}-page"
_PUT: Final = "{}-put"
_ECHO: Final = 3.0  # seconds that a message from before may be on its way


class _Put(NamedTuple):
    """A text that a callback put into a box."""

    before: str
    text: str
    at: float
    drawn: bool = False  # a run has sent it to the browser


def put_text(key: str, text: str) -> None:
    """Put another text into the box with this ``key`` (from a callback)."""
    before = str(st.session_state.get(key, ""))
    st.session_state[key] = text
    st.session_state[_PUT.format(key)] = _Put(before, text, time.monotonic())


def _keep_put(key: str) -> None:
    """Undo what a picture's message does that the browser sent before it heard of the new text.

    Each message carries every box's text; one that overtakes the answer would bring the old text back.
    """
    name = _PUT.format(key)
    put: _Put | None = st.session_state.get(name)
    if put is None:
        return
    if put.drawn and (st.session_state.get(key) != put.before or time.monotonic() - put.at > _ECHO):
        del st.session_state[name]
        return
    st.session_state[key] = put.text
    st.session_state[name] = put._replace(drawn=True)


def text_field(label: str, *, key: str, begin: str, **options: Any) -> str:
    """Draw a text box and return its text; ``begin`` is what it holds when the visitor comes to the page.

    Other pages may draw a box with the same ``key``. Streamlit then takes their state for this box's and shows it
    empty; so a box that was last drawn on another page begins anew. The beginning is the box's own default and no
    value set from here: that would write over what is being typed, and a browser that misses it stays empty.
    ``options`` are `st.text_input`'s. A callback puts another text with `put_text`.
    """
    page = state.page()
    elsewhere = st.session_state.get(_PAGE.format(key), page) != page
    if elsewhere:
        st.session_state.pop(key, None)
    if elsewhere or key not in st.session_state:
        st.session_state[_BEGAN.format(key)] = begin
    st.session_state[_PAGE.format(key)] = page
    _keep_put(key)
    began = st.session_state.setdefault(_BEGAN.format(key), begin)
    return str(st.text_input(label, value=began, key=key, **options))
