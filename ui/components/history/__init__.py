"""Keeps the Back button useful: a change of the page's own choices is no step of the browser's history."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_mount = st.components.v2.component(
    "glassbox_history", js=(Path(__file__).parent / "history.js").read_text(encoding="utf-8")
)


def quiet_history() -> None:
    """From now on only a change of page is a step back; call once a run."""
    _mount(key="glassbox-history")
