"""A choice of one among few, all of them in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ui.i18n import _


def switch(label: str, names: Mapping[str, str], offered: Sequence[str], key: str, asked: str) -> str:
    """Draw it and return what is chosen.

    Args:
        label: what is chosen, for readers who do not see it.
        names: what the reader sees of each, not yet translated.
        key: where the choice is kept; one that is not offered gives way to ``asked``.
    """
    kept = st.session_state.get(key)
    st.session_state[key] = kept if kept in offered else asked
    chosen = st.segmented_control(
        label,
        offered,
        required=True,
        format_func=lambda name: _(names[name]),
        key=key,
        label_visibility="collapsed",
        width="content",
    )
    return chosen or asked  # one is always chosen; the types do not know
