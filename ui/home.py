"""The home page's parts: the invitation to type, the example picture and the course map."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui import course, frame, state
from ui.components.lines import attention_lines
from ui.i18n import _
from ui.sentence import LONGEST
from ui.urls import SENTENCE

COLUMNS = 5  # pages in a row, at most
NAME, PLACE = 1.9, 3.0  # widths of a section's name and of a page
WIDTH = NAME + PLACE * COLUMNS


@dataclass(frozen=True)
class Picture:
    """What the example picture shows. ``weights``: (query, key)."""

    queries: Sequence[str]
    keys: Sequence[str]
    weights: NDArray[np.float32]


def invitation() -> None:
    """One sentence to type, and the way to the page that opens it up."""
    call, promise = (
        _("Type a sentence. See every number inside the model."),
        _("A real translation model reads it on this machine. Nothing is drawn by hand."),
    )
    st.html(f'<div class="gb-hero"><h2>{html.escape(call)}</h2><p>{html.escape(promise)}</p></div>')
    attention = course.find("attention")
    if attention is None:
        return
    with st.form("glassbox-way-in", border=False):
        text = st.text_input(
            _("Your sentence"),
            placeholder=_("The train left the station on time."),
            max_chars=LONGEST,
            label_visibility="collapsed",
        )
        pressed = st.form_submit_button(_("Look inside"), type="primary", icon=":material/search:")
    if pressed:
        # An empty box opens the page with its own example.
        sentence = {SENTENCE: text.strip()} if text.strip() else {}
        st.switch_page(attention.file, query_params={**state.sticky(), **sentence})


def picture(shown: Picture, sentence: str, layer: int, head: int) -> None:
    """The example: what each piece of the translation looked at in the source."""
    title = _("Which words of “{sentence}” each piece of its translation looks at").format(sentence=sentence)
    where = _("Source–target attention, layer {layer}, head {head}; a line's thickness is the weight.")
    labels = {
        "title": title,
        "caption": f"{title}. {where.format(layer=layer, head=head)}",
        "png": _("PNG"),
        "csv": _("CSV"),
    }
    attention_lines(shown.queries, shown.keys, shown.weights, labels, key="glassbox-home-picture")


def course_map() -> None:
    """Every page that exists, in course order with the question it answers; a section's name stands beside its row.

    No cards: the course has to stand below the picture without scrolling.
    """
    number = 0
    for row in _rows():
        widths = [width for _name, pages in row for width in (NAME, *[PLACE] * len(pages))]
        places = iter(
            st.columns([*widths, WIDTH - sum(widths)] if sum(widths) < WIDTH else widths, gap="xsmall")
        )
        for section, pages in row:
            name = next(places)
            if section:
                name.html(f'<h2 class="gb-section">{html.escape(_(section))}</h2>')
            for page in pages:
                number += 1
                with next(places), st.container(gap=None, key=f"glassbox-course-{page.url}"):
                    st.page_link(
                        page.file,
                        label=f"**{number} · {_(page.title)}**",
                        icon=page.icon,
                        query_params=state.sticky(),
                    )
                    frame.caption(_(page.question))


def _rows() -> list[list[tuple[str, list[course.CoursePage]]]]:
    """The sections in rows, each with its pages: short ones share a row, a long one goes on in the next, unnamed."""
    rows: list[list[tuple[str, list[course.CoursePage]]]] = []
    left = 0.0
    for section, pages in course.sections().items():
        for first in range(0, len(pages), COLUMNS):
            part = ("" if first else section, pages[first : first + COLUMNS])
            width = NAME + PLACE * len(part[1])
            if width > left:
                rows.append([])
                left = WIDTH
            rows[-1].append(part)
            left -= width
    return rows
