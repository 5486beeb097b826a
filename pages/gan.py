"""The adversaries: a generator and a discriminator of points and of pictures, in training."""

from __future__ import annotations

import streamlit as st

from pages.parts import gan as part
from pages.parts import gan_pictures, gan_recorded
from pages.parts.gan_view import choice_of
from ui import course, frame, gan_page
from ui.components.gan import told_by
from ui.i18n import _
from ui.lessons import gan as lesson

URL = "gan"


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    gan_page.pick(choice_of(name))
    st.session_state[part.NUMBER] = 0


def page() -> None:
    """The header, the training of points, what belongs to it, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title),
        _(registered.question),
        {n: _(label) for n, label in lesson.PRESETS.items()},
        pick,
    )
    part.show(gan_page.choose(told_by(part.KEY, gan_page.restart()).get("drawn")))
    lesson.notes()
    gan_page.settings()
    gan_recorded.recorded()
    gan_pictures.live()
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
