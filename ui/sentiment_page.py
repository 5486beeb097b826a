"""The page's own widgets, and its choices in the URL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from urllib.parse import quote

import streamlit as st

from ui import state
from ui.components.judges import METHODS, NAMES, JudgesState
from ui.i18n import N_, _
from ui.text_field import put_text, text_field
from ui.urls import SENTENCE

LONGEST: Final = 100_000  # characters
LONGEST_IN_URL: Final = 6_000  # bytes; the server refuses a request of more than 16 KB
LANGUAGES: Final = {"auto": N_("Detect"), "ko": N_("Korean models"), "en": N_("English models")}
USUAL: Final[JudgesState] = {
    "kind": "bigram",
    "method": METHODS[0],
    "mask": True,
    "seed": state.SEED,
    "made": 0,
}
_KEY: Final = "sentiment-text"
_KEPT: Final = "sentiment-text-kept"  # the box's own memory ends when the visitor looks at another page
_LANGUAGE: Final = "model"
_RESTART: Final = "sentiment-restart"
_FOLLOWED: Final = "sentiment-followed"  # the text's name and the state that the last run has drawn


def boxes(first: str) -> tuple[str, str]:
    """Draw the text box and the choice of models; return both. They live in the URL too.

    ``first`` is the text that a new visitor finds.
    """
    wide, narrow = st.columns([76, 24], vertical_alignment="bottom")
    begin = state.param(SENTENCE, st.session_state.get(_KEPT, first), state.words(LONGEST))
    chosen = state.param(_LANGUAGE, "auto", state.choices(LANGUAGES))
    st.session_state[_LANGUAGE] = st.session_state.get(_LANGUAGE, chosen)
    label = _("A review, Korean or English")
    with wide:
        text = text_field(label, key=_KEY, begin=begin, placeholder=label, label_visibility="collapsed")
    with narrow:
        language = st.selectbox(
            _("Who judges"),
            list(LANGUAGES),
            key=_LANGUAGE,
            format_func=lambda name: _(LANGUAGES[name]),
            label_visibility="collapsed",
        )
    st.session_state[_KEPT] = text
    # Always written, even where it is the first text: the other side of a link may read another language.
    state.put_all({SENTENCE: (_for_url(text), ""), _LANGUAGE: (language, "auto")})
    return text, language


def _for_url(text: str) -> str:
    if len(quote(text, errors="replace")) <= LONGEST_IN_URL:
        return text
    state.note(_("This text is too long for the address: a link to this page leaves it out."))
    return ""


def pick(text: str, chosen: JudgesState) -> None:
    """Put a preset's text into the box and begin with its choices (from a callback)."""
    put_text(_KEY, text)
    st.session_state[_LANGUAGE] = "auto"
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1
    st.session_state.pop(_FOLLOWED, None)
    to_url({**USUAL, **chosen, "order": []})


def restart() -> str:
    """Return the name of the present beginning: the picture forgets its choices when it changes."""
    return str(st.session_state.get(_RESTART, 0))


def permutation(count: int) -> state.Parser[list[int]]:
    """An order of ``count`` words, as ``2-0-1``."""

    def parse(text: str) -> list[int]:
        order = [state.integers(0, count - 1)(part) for part in text.split("-")]
        if not is_order(order, count):
            raise ValueError(text)
        return order

    return parse


def is_order(order: Any, count: int) -> bool:
    """Return whether this names each of ``count`` words once."""
    return isinstance(order, Sequence) and sorted(order) == list(range(count))


def present(told: JudgesState, digest: str, count: int, kinds: Collection[str] = tuple(NAMES)) -> JudgesState:
    """Return what is to be drawn: what the browser has told, else what the address has, else the usual.

    ``digest`` names the text and its judges, ``count`` its words: an order belongs to them alone.
    """
    of_text, followed = st.session_state.get(_FOLLOWED, (None, {}))
    before: JudgesState = {**USUAL, **followed}
    typed = list(range(count))
    order = before.get("order", typed) if of_text == digest else typed
    if of_text in (None, digest):
        order = state.param("order", order, permutation(count))
    from_url: JudgesState = {
        "order": order,
        "kind": state.param("kind", before["kind"], state.choices(kinds)),
        "method": state.param("method", before["method"], state.choices(METHODS)),
        "mask": state.param("mask", before["mask"], state.flag),
        "seed": state.param("seed", before["seed"], state.integers(0, 2**31 - 1)),
        "made": 0,
    }
    found: JudgesState = {**from_url, **told}
    if not is_order(found["order"], count):
        found["order"] = typed
    if found["method"] not in METHODS:
        found["method"] = METHODS[0]
    found["order"] = [int(word) for word in found["order"]]
    st.session_state[_FOLLOWED] = (digest, found)
    to_url(found)
    return found


def to_url(chosen: JudgesState) -> None:
    """Keep what has been chosen; a usual value leaves no trace."""
    order = chosen["order"]
    moved = order != list(range(len(order)))
    state.put_all(
        {
            "order": ("-".join(map(str, order)) if moved else "", ""),
            "kind": (chosen["kind"], USUAL["kind"]),
            "method": (chosen["method"], USUAL["method"]),
            "mask": (chosen["mask"], USUAL["mask"]),
            "seed": (chosen["seed"], USUAL["seed"]),
        }
    )
