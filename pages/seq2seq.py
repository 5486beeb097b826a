"""Seq2seq with attention: one decoder step worked out by hand, before the trained models do the same."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.parts.alignment import trained
from pages.parts.bottleneck import bottleneck
from ui import course, frame, worked_url
from ui.code_panel import code_panel
from ui.components.worked import WorkedState, worked_picture
from ui.i18n import _
from ui.lessons import seq2seq as lesson
from ui.provenance import provenance

URL: Final = "seq2seq"
_RESTART: Final = "seq2seq-restart"


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    worked_url.to_url(lesson.PRESETS[name].numbers())
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1


def worked_example() -> None:
    """The example by hand, and its code."""
    chosen: WorkedState = worked_picture(
        key="seq2seq-worked",
        initial=worked_url.from_url(),
        restart=str(st.session_state.get(_RESTART, 0)),
    )
    worked_url.to_url(chosen)
    provenance("illustrative", {"name": _("vectors chosen by hand, computed in the browser")})
    code_panel(lesson.snippet(chosen), lesson.KERAS, tabs=("NumPy", "Keras · PyTorch"))


def page() -> None:
    """The header, the example, the trained models, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    worked_example()
    trained()
    bottleneck()
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
