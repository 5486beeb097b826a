"""The frame: language, projector mode, look and navigation. The server runs this script for every visitor."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st

from ui import course, frame, i18n, projector, state
from ui.components.history import quiet_history
from ui.i18n import LANGUAGES, _
from ui.theme_menu import translate_menu
from ui.urls import ROOT

STYLES = Path(__file__).parent / "styles"
# A file of our own: a Material or emoji icon would make every visitor's browser fetch it from another host.
ICON = ROOT / "assets" / "images" / "icon.png"


def run() -> None:
    """Draw the frame and the page that the URL names inside it."""
    st.session_state[frame.FRAMED] = True
    state.reset_notes()
    state.keep_sticky()
    settle_language()
    on_projector = projector.active()
    st.set_page_config(
        page_title=_(course.HOME.title),
        page_icon=ICON,
        layout="wide",
        menu_items={"About": _("Glassbox shows what happens inside deep-learning models, live and unfaked.")},
    )
    st.html(STYLES / "frame.css")
    translate_menu()
    if on_projector:
        st.html(STYLES / "projector.css")
    pages = {
        course.HOME: as_streamlit_page(course.HOME, default=True),
        **{page: as_streamlit_page(page) for page in course.built_pages()},
    }
    sections: dict[str, list[st.Page]] = {"": [pages[course.HOME]]}
    for section, members in course.sections().items():
        sections[_(section)] = [pages[member] for member in members]
    current = st.navigation(sections, position="hidden" if on_projector else "top")
    quiet_history()
    draw_bar(on_projector)
    state.enter(current.url_path or "home")
    current.run()
    mark_ready(current.url_path or "home")


def settle_language() -> None:
    """Decide the session's language: the URL first, then what it spoke before, then the browser's."""
    asked = st.query_params.get("lang")
    chosen = i18n.choose_language(asked, i18n.kept_language(), st.context.locale)
    i18n.set_language(chosen)
    if asked == chosen:
        state.stick("lang", asked)
    elif asked is not None:
        state.note_bad_value("lang", asked)


def as_streamlit_page(page: course.CoursePage, default: bool = False) -> st.Page:
    """The registry's page as Streamlit's. The path is absolute: this script does not stand beside pages/."""
    return st.Page(
        page.file,
        title=_(page.title),
        icon=page.icon,
        url_path=page.url or "home",
        default=default,
    )


def draw_bar(on_projector: bool) -> None:
    """The switches in the top right corner: projector mode and language."""
    other = "en" if i18n.current_language() == "ko" else "ko"
    with st.container(key="glassbox-bar", horizontal=True, gap="xsmall"):
        projector.switch(on_projector)
        st.button(
            LANGUAGES[other],
            icon=":material/language:",
            key="glassbox-language",
            on_click=speak,
            args=(other,),
        )


def speak(language: str) -> None:
    """Switch the session's language and keep it in the URL."""
    i18n.set_language(language)
    state.stick("lang", language)


def mark_ready(page: str) -> None:
    """Leave a mark that the whole page has been drawn; measurements and browser tests wait for it."""
    st.html(f'<i hidden data-glassbox-ready="{html.escape(page)}" lang="{i18n.current_language()}"></i>')


if __name__ == "__main__":
    run()
