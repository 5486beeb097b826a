"""A text box that keeps its text: over a change of page, the browser's Back, and runs that overtake each other."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from ui import state

_BEGAN: Final = "{}-began"  # what the box began with on this page
_PAGE: Final = "{}-page"


def text_field(label: str, *, key: str, begin: str, **options: Any) -> str:
    """Draw a text box and return its text; ``begin`` is what it holds when the visitor comes to the page.

    Other pages may draw a box with the same ``key``. Streamlit then takes their state for this box's and shows it
    empty; so a box that was last drawn on another page begins anew. The beginning is the box's own default and no
    value set from here: that would write over what is being typed, and a browser that misses it stays empty.
    ``options`` are `st.text_input`'s. A callback may set ``st.session_state[key]``.
    """
    page = state.page()
    elsewhere = st.session_state.get(_PAGE.format(key), page) != page
    if elsewhere:
        st.session_state.pop(key, None)
    if elsewhere or key not in st.session_state:
        st.session_state[_BEGAN.format(key)] = begin
    st.session_state[_PAGE.format(key)] = page
    began = st.session_state.setdefault(_BEGAN.format(key), begin)
    return str(st.text_input(label, value=began, key=key, **options))
