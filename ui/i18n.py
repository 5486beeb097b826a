"""The words of the app in two languages: English in the source, Korean in a gettext catalogue.

``_("English words")`` answers in the language of the session that is running, never in a language kept for
the whole process: two visitors with different languages are served at the same time. ``N_`` marks a string
that stands at module level, where no session runs yet; it is translated later with ``_``.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

import streamlit as st
from babel.messages.pofile import read_po
from streamlit.runtime.scriptrunner import get_script_run_ctx

LANGUAGES: Final = {"ko": "한국어", "en": "English"}
DEFAULT: Final = "ko"
LOCALES: Final = Path(__file__).resolve().parent.parent / "assets" / "locale"
_STATE_KEY: Final = "glassbox_language"

Catalogue = dict[str, tuple[str, ...]]


def N_(message: str) -> str:
    """Mark a module-level string for the catalogue and hand it back unchanged; ``_`` translates it later."""
    return message


def _(message: str) -> str:
    """The message in the running session's language."""
    return translate(message, current_language())


def ngettext(singular: str, plural: str, count: int) -> str:
    """The singular or plural message for ``count`` in the running session's language."""
    language = current_language()
    if language != "en":  # Korean has one form; the catalogue holds it under the singular.
        return _lookup(singular, language) or (singular if count == 1 else plural)
    return singular if count == 1 else plural


def translate(message: str, language: str) -> str:
    """The message in a given language; an unknown message stays English (a test forbids that in the app)."""
    return _lookup(message, language) or message


def current_language() -> str:
    """The running session's language; ``DEFAULT`` outside a session."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return DEFAULT
    return str(st.session_state.get(_STATE_KEY, DEFAULT))


def choose_language(asked: str | None, kept: str | None, browser: str | None) -> str:
    """The language to show: the URL's, else the session's, else the browser's, else Korean."""
    for candidate in (asked, kept):
        if candidate in LANGUAGES:
            return candidate
    primary = (browser or "").replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else DEFAULT


def set_language(language: str) -> None:
    """Make the running session speak this language from the next string on."""
    st.session_state[_STATE_KEY] = language


def kept_language() -> str | None:
    """The language the session has settled on, or None on its first run."""
    kept = st.session_state.get(_STATE_KEY)
    return None if kept is None else str(kept)


def _lookup(message: str, language: str) -> str:
    forms = catalogue(language).get(message, ())
    return forms[0] if forms else ""


@functools.cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, read from its .po file once: nothing compiled has to be kept in step."""
    path = LOCALES / language / "LC_MESSAGES" / "glassbox.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    entries: Catalogue = {}
    for message in messages:
        if not message.id or message.fuzzy:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        entries[key] = tuple(form for form in forms if form)
    return entries
