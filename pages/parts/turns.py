"""Who may train on this server: one number for all pages."""

from __future__ import annotations

import streamlit as st

from core.training.live import Turns, allowed


@st.cache_resource(show_spinner=False)
def turns() -> Turns:
    """Who may train at once on this server."""
    return Turns(allowed())
