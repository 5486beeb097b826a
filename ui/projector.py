"""Projector mode: large type, strong contrast, no navigation, arrow keys that step the main picture."""

from __future__ import annotations

import streamlit as st

from ui.components.keys import arrow_keys
from ui.i18n import _
from ui.state import flag, param, stick

PARAMETER = "projector"


def active() -> bool:
    """Whether this session's screen is a projector's."""
    on = param(PARAMETER, False, flag)
    if on:
        stick(PARAMETER, "1")
    return on


def enter() -> None:
    """Switch projector mode on and keep it from page to page."""
    stick(PARAMETER, "1")


def leave() -> None:
    """Switch projector mode off."""
    stick(PARAMETER, None)


def switch(on: bool) -> None:
    """The button that enters or leaves; Escape leaves too."""
    if on:
        st.button(
            _("Leave projector mode"),
            icon=":material/close_fullscreen:",
            on_click=leave,
            key="glassbox-projector",
            help=_("Escape does the same."),
        )
        arrow_keys(on_leave=leave)
    else:
        st.button(
            _("Projector"),
            icon=":material/co_present:",
            on_click=enter,
            key="glassbox-projector",
            help=_("Large type, strong contrast, no menu; arrow keys step the picture."),
        )
