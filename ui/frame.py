"""What every page has in common: the header, cards, sentences for problems, and the way to the next page."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from ui import course, state
from ui.i18n import _

FRAMED: Final = "glassbox_framed"


def guard() -> None:
    """Call this first on every page: a page that was started without the frame starts the frame instead."""
    if st.session_state.get(FRAMED):
        return
    from ui import main  # only here: main imports the pages' registry, and the pages import this module

    main.run()
    st.stop()


def header(
    title: str,
    question: str,
    presets: Mapping[str, str] | None = None,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """The page's title, its one question and its preset chips; notes about the URL appear below them.

    ``presets`` maps a short ASCII name to a translated label; ``on_pick`` is called with the name before the
    page runs again, so that it may set widgets.
    """
    # One row where there is room: every line saved here is a line more for the picture.
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="glassbox-header"):
        st.html(
            '<header class="gb-header" data-glassbox-header>'
            f"<h1>{html.escape(title)}</h1><p>{html.escape(question)}</p></header>",
            width="content",
        )
        if presets:
            preset_chips(presets, on_pick)
    state.open_notes()


def preset_chips(
    presets: Mapping[str, str], on_pick: Callable[[str], None] | None, key: str = "preset"
) -> None:
    """A row of chips; each sets the page up for one lesson. ``key`` tells two rows on one page apart."""
    with st.container(horizontal=True, gap="xsmall", key=f"glassbox-{key}s", width="content"):
        for name, label in presets.items():
            st.button(
                label,
                key=f"glassbox-{key}-{name}",
                on_click=on_pick,
                args=(name,) if on_pick else None,
                width="content",
            )


def caption(sentence: str) -> None:
    """A picture's caption, shown as plain characters."""
    st.html(f'<p class="gb-caption">{html.escape(sentence)}</p>')


def problem(sentence: str) -> None:
    """One clear sentence about what went wrong, shown as plain characters; never a traceback."""
    st.html(f'<p class="gb-problem" role="alert">{html.escape(sentence)}</p>')


def next_page(url: str) -> None:
    """The link to the page that follows in the course; nothing after the last page."""
    following = course.after(url)
    if following is None:
        return
    st.page_link(
        following.file,
        label=_("Next: {title}").format(title=_(following.title)) + " · " + _(following.question),
        icon=":material/arrow_forward:",
        query_params=state.sticky(),
    )
