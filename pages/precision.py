"""Precision: numbers bit by bit, what becomes of lr × grad, and training in sixteen bits."""

from __future__ import annotations

import streamlit as st

from pages.parts import machine, mixed
from ui import course, frame, precision_page
from ui.code_panel import code_panel
from ui.components import bits, step
from ui.i18n import _
from ui.lessons import precision as lesson
from ui.provenance import provenance

URL = "precision"
BITS, STEP = "precision-bits", "precision-step"


def pick_number(name: str) -> None:
    """Show a preset's number."""
    precision_page.pick_number(lesson.NUMBERS[name].chosen)


def pick_step(name: str) -> None:
    """Take a preset's step."""
    precision_page.pick_step(lesson.STEPS[name].chosen)


@st.fragment
def pictures() -> None:
    """Both pictures; what is chosen in them runs nothing else anew."""
    numbers, steps = precision_page.restart("number"), precision_page.restart("step")
    precision_page.to_url(bits.told_by(BITS, numbers), step.told_by(STEP, steps))
    bits.bits_picture(key=BITS, initial=precision_page.number(), restart=numbers)
    provenance("counted", key="bits")
    st.subheader(_("What becomes of lr × gradient"), anchor=False)
    frame.preset_chips({n: _(one.label) for n, one in lesson.STEPS.items()}, pick_step, key="step")
    lesson.step_head()
    step.step_picture(key=STEP, initial=precision_page.step(), restart=steps)
    provenance("counted", key="step")
    code_panel(lesson.snippet(precision_page.number(), precision_page.step()), lesson.KERAS)


def page() -> None:
    """The header, both pictures, the trainings, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title),
        _(registered.question),
        {n: _(one.label) for n, one in lesson.NUMBERS.items()},
        pick_number,
    )
    pictures()
    mixed.mixed()
    machine.machine()
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
