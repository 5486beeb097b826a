"""A lesson that stands folded below the page's main picture, and is built only once it is opened."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import state


def folded(name: str, label: str, icon: str) -> DeltaGenerator | None:
    """Draw the panel and return it while it is open; ``name=1`` in the address opens it."""
    key = f"glassbox-{name}"
    begun, kept = f"{key}-begun", f"{key}-kept"
    # In another language, or after a look at another page, the panel is a new one and begins as the last one was.
    if key not in st.session_state or st.session_state.get(begun, (label,))[0] != label:
        opened = st.session_state.get(kept)
        st.session_state[begun] = label, state.param(name, False, state.flag) if opened is None else opened
    panel = st.expander(label, expanded=st.session_state[begun][1], icon=icon, key=key, on_change="rerun")
    st.session_state[kept] = bool(panel.open)
    state.put(name, bool(panel.open), False)
    return panel if panel.open else None
