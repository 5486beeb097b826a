"""The code: a snippet that reproduces the numbers on the screen, and beside it the Keras call."""

from __future__ import annotations

import streamlit as st

from ui.i18n import _


def code_panel(
    snippet: str,
    keras: str,
    key: str = "page",
    *,
    tabs: tuple[str, str] = ("NumPy · PyTorch", "Keras"),
    note: str = "",
) -> None:
    """A folded panel of two tabs: ``snippet`` runs when pasted; ``keras`` is labelled as not run here.

    Where Keras has no such call, ``tabs`` names what stands there instead, and ``note`` says so.

    The panel's contents are sent only once it is opened: the highlighter is the largest script of the page.
    """
    panel = st.expander(_("The code"), icon=":material/code:", key=f"glassbox-code-{key}", on_change="rerun")
    if not panel.open:
        return
    with panel:
        runs, not_run = st.tabs(tabs)
        with runs:
            st.caption(_("Paste it into a notebook: it prints the numbers on the screen."))
            st.code(snippet, language="python")
        with not_run:
            st.caption(note or _("Not run here: the same calculation as a Keras call."))
            st.code(keras, language="python")
