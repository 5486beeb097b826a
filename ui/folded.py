"""A lesson that stands folded below the page's main picture, and is built only once it is opened."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import state


def folded(name: str, label: str, icon: str) -> DeltaGenerator | None:
    """Draw the panel and return it while it is open; ``name=1`` in the address opens it."""
    key = f"glassbox-{name}"
    st.session_state.setdefault(key, state.param(name, False, state.flag))
    panel = st.expander(label, icon=icon, key=key, on_change="rerun")
    state.put(name, bool(panel.open), False)
    return panel if panel.open else None
