"""The box that a sentence is typed into, and what is said about it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import state
from ui.frame import problem
from ui.i18n import N_, _, ngettext
from ui.text_field import put_text, text_field
from ui.urls import SENTENCE

LONGEST: Final = 10_000  # characters
LONGEST_IN_URL: Final = 6_000  # bytes; the server refuses a request of more than 16 KB
_KEY: Final = "glassbox-sentence"
_KEPT: Final = "glassbox-sentence-kept"
_DIRECTION: Final = "direction"
_TARGET: Final = "glassbox-target-text"
_TARGET_OF: Final = "glassbox-target-of"
_TARGET_PARAM: Final = "target"
LONGEST_TARGET: Final = 400  # characters
_DIRECTIONS: Final = {
    "auto": N_("Detect"),
    "ko-en": N_("Korean → English"),
    "en-ko": N_("English → Korean"),
    "next": N_("Decoder only: goes on"),
}


def box(first: str, directions: Sequence[str]) -> tuple[str, str]:
    """Draw the text box and the choice of direction; return both. They live in the URL too.

    ``first`` is the sentence that a new visitor finds.
    """
    wide, narrow = st.columns([74, 26], vertical_alignment="bottom")
    chosen = state.param(_DIRECTION, directions[0], state.choices(directions))
    st.session_state[_DIRECTION] = st.session_state.get(_DIRECTION, chosen)
    with wide:
        text = _text(first)
    with narrow:
        direction = st.selectbox(
            _("Direction"),
            directions,
            key=_DIRECTION,
            format_func=lambda name: _(_DIRECTIONS[name]),
            label_visibility="collapsed",
        )
    # Always written, even where it is the first sentence: the other side of a link may read another language.
    state.put_all({SENTENCE: (_for_url(text), ""), _DIRECTION: (direction, directions[0])})
    return text, direction


def text_box(first: str) -> str:
    """Draw the text box alone; its text lives in the URL too. ``first`` is what a new visitor finds."""
    text = _text(first)
    state.put(SENTENCE, _for_url(text), "")
    return text


def _text(first: str) -> str:
    kept = st.session_state.get(_KEPT, first)
    asked = state.param(SENTENCE, kept, state.words(LONGEST))
    text = text_field(
        _("Sentence, Korean or English"),
        key=_KEY,
        begin=asked,
        max_chars=LONGEST,
        placeholder=_("Sentence, Korean or English"),
        label_visibility="collapsed",
    )
    # The widget's own memory ends when the visitor looks at another page.
    st.session_state[_KEPT] = text
    return text


def _for_url(text: str) -> str:
    if len(quote(text)) <= LONGEST_IN_URL:
        return text
    state.note(_("This text is too long for the address: a link to this page leaves it out."))
    return ""


def replace(text: str) -> None:
    """Put another sentence into the box (from a callback)."""
    put_text(_KEY, text)


def current() -> str:
    """Return what stands in the box (for callbacks)."""
    return str(st.session_state.get(_KEY, ""))


def too_long(pieces: int, longest: int, beginning: str) -> None:
    """Say how many pieces there are, and offer the ``beginning`` that fits."""
    sentence = ngettext(
        "This sentence has {pieces} piece; at most {longest} fit into the picture.",
        "This sentence has {pieces} pieces; at most {longest} fit into the picture.",
        pieces,
    )
    problem(sentence.format(pieces=f"{pieces:,}", longest=longest))
    label = _("Take the first {longest} pieces").format(longest=longest)
    st.button(
        label, icon=":material/content_cut:", key="glassbox-shorten", on_click=replace, args=(beginning,)
    )


def too_many_characters(characters: int, longest: int, beginning: str) -> None:
    """Say how many characters there are, and offer the ``beginning`` that fits."""
    said = _("This text has {characters} characters; at most {longest} fit into the picture.")
    problem(said.format(characters=f"{characters:,}", longest=longest))
    label = _("Take the first {longest} characters").format(longest=longest)
    st.button(
        label, icon=":material/content_cut:", key="glassbox-shorten", on_click=replace, args=(beginning,)
    )


def translation(said: str, changed: str | None = None, read: str = "", moved: str = "") -> None:
    """One line: the model's translation, and what it becomes with something changed.

    ``read``: a typed translation that its decoder reads instead of its own; ``moved``: a few words on how much the
    change has moved.
    """
    _words_line(_("The model's translation"), said, changed, read, moved)


def continuation(said: str, changed: str | None = None, moved: str = "") -> None:
    """One line: how the model goes on behind the text, and how with something changed."""
    _words_line(_("The model goes on"), said, changed, "", moved)


def _words_line(name: str, said: str, changed: str | None, read: str, moved: str) -> None:
    parts = [(name, "data-glassbox-translation", said)]
    if read:
        parts.append((_("the decoder reads"), "data-glassbox-read", read))
    if changed is not None:
        parts.append((_("after the change"), "data-glassbox-changed-translation", changed))
    if moved:
        parts.append(("·", "data-glassbox-moved", moved))
    words = " ".join(
        f'<span>{html.escape(label)}</span> <b {mark} dir="auto" title="{html.escape(text)}">{html.escape(text)}</b>'
        for label, mark, text in parts
    )
    st.html(f'<p class="gb-translation">{words}</p>')


def translation_line() -> DeltaGenerator:
    """One row for the translation and, at its end, the small window for another one; returns the row's place."""
    return st.container(horizontal=True, vertical_alignment="center", key="glassbox-translation-line")


def typed_translation(text: str) -> str:
    """A translation to read instead of the model's own, typed in a small window; empty for the model's own.

    It belongs to ``text``: another sentence forgets it.
    """
    if st.session_state.get(_TARGET_OF, text) != text:
        st.session_state[_TARGET] = ""
        st.query_params.pop(_TARGET_PARAM, None)
    st.session_state[_TARGET_OF] = text
    asked = state.param(_TARGET_PARAM, "", state.words(LONGEST_TARGET))
    with st.popover(_("Another translation"), icon=":material/edit:", key="glassbox-target"):
        typed = text_field(
            _("What the decoder is to read instead of its own translation"),
            key=_TARGET,
            begin=asked,
            max_chars=LONGEST_TARGET,
            placeholder=_("empty: the model's own"),
        )
    state.put(_TARGET_PARAM, typed, "")
    return str(typed).strip()
