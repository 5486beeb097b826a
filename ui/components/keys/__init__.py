"""Arrow keys for the page's main picture, and Escape: a part without a picture of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_keys = st.components.v2.component(
    "glassbox_keys", js=(Path(__file__).parent / "keys.js").read_text(encoding="utf-8")
)


def arrow_keys(on_leave: Callable[[], None]) -> None:
    """Turn arrow keys that no control uses into ``glassbox:step`` events on the document.

    Escape calls ``on_leave``. The event's detail is ``{delta: 1 | -1, axis: "x" | "y"}``.
    """
    _keys(key="glassbox-keys", height=1, on_leave_change=on_leave)
