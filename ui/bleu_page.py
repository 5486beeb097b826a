"""The BLEU page's own widgets, and its choices in the URL."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from ui import frame, state
from ui.bleu_link import HYPOTHESIS, REFERENCES
from ui.components.bleu import BleuState
from ui.i18n import _
from ui.text_field import put_text, text_field

LONGEST: Final = 10_000  # characters that an address may ask for
LONGEST_IN_URL: Final = 6_000  # bytes of all texts; the server refuses a request of more than 16 KB
USUAL: Final[BleuState] = {"tok": "13a", "smooth": "exp", "n": 2, "at": -1}
ORDERS: Final = 4
_BOXES: Final = (HYPOTHESIS, *REFERENCES)
_KEY: Final = "bleu-{}"
_RESTART: Final = "bleu-restart"
_SHOWN: Final = "bleu-shown"  # how many references have a box
_KEPT: Final = "bleu-kept"  # the boxes' own memory ends when the visitor looks at another page


def boxes(first: Mapping[str, str]) -> tuple[str, list[str]]:
    """Draw the boxes, and return the translation and its references as typed; they live in the URL too.

    ``first``: the texts that a new visitor finds, as `ui.bleu_link.bleu_query` has them.
    """
    linked = any(name in st.query_params for name in _BOXES)  # a link brings all its texts
    kept: Mapping[str, str] = {} if linked else st.session_state.get(_KEPT, first)
    begin = {name: state.param(name, kept.get(name, ""), state.words(LONGEST)) for name in _BOXES}
    filled = [place for place, name in enumerate(REFERENCES, start=1) if begin[name]]
    shown = max([1, st.session_state.get(_SHOWN, 1), *filled])
    texts = {}
    left, right, end = st.columns([9, 9, 3], vertical_alignment="bottom")
    # The references after the first share one more row: every row costs the picture its place on the screen.
    more = st.columns(max(2, shown - 1)) if shown > 1 else []
    for place, (name, column) in enumerate(zip(_BOXES[: shown + 1], [left, right, *more], strict=False)):
        with column:
            texts[name] = text_field(_label(place, shown), key=_KEY.format(name), begin=begin[name])
    with end:
        st.button(
            _("Reference"),
            icon=":material/add:",
            key="bleu-more",
            help=_("One more reference; an empty one does not count."),
            disabled=shown == len(REFERENCES),
            on_click=st.session_state.update,
            args=({_SHOWN: shown + 1},),
            width="stretch",
        )
    st.session_state[_KEPT] = texts
    _to_url(texts)
    return texts[HYPOTHESIS], [texts[name] for name in REFERENCES if name in texts]


def is_new() -> bool:
    """Return whether the visitor sees the page for the first time and asks for nothing of their own."""
    own = ("tok", "smooth", "n", "gram", *_BOXES)
    return _KEPT not in st.session_state and not any(name in st.query_params for name in own)


def _label(place: int, references: int) -> str:
    if not place:
        return _("Translation to score")
    if references == 1:
        return _("Reference: a person’s translation")
    return _("Reference {number}").format(number=place)


def _to_url(texts: Mapping[str, str]) -> None:
    if sum(3 * len(text.encode(errors="replace")) for text in texts.values()) > LONGEST_IN_URL:
        state.note(_("This text is too long for the address: a link to this page leaves it out."))
        texts = {}
    state.put_all({name: (texts.get(name, ""), "") for name in _BOXES})


def replace(texts: Mapping[str, str]) -> None:
    """Put other texts into all boxes (from a callback)."""
    for name in _BOXES:
        put_text(_KEY.format(name), texts.get(name, ""))
    st.session_state[_SHOWN] = len(texts) - 1
    _to_url(texts)


def shorten(longest: int) -> None:
    """Cut every text to its beginning (from a callback)."""
    for name in _BOXES:
        key = _KEY.format(name)
        put_text(key, str(st.session_state.get(key, ""))[:longest])


def too_long(characters: int, longest: int) -> None:
    """Say how many characters a text has, and offer the beginning that fits."""
    said = _("This text has {characters} characters; at most {longest} fit into the picture.")
    frame.problem(said.format(characters=f"{characters:,}", longest=longest))
    label = _("Take the first {longest} characters").format(longest=longest)
    st.button(label, icon=":material/content_cut:", key="glassbox-shorten", on_click=shorten, args=(longest,))


def from_url(tokenizers: Sequence[str], smoothings: Sequence[str]) -> BleuState:
    """Return the picture's choices as the address has them."""
    return {
        "tok": state.param("tok", USUAL["tok"], state.choices(tokenizers)),
        "smooth": state.param("smooth", USUAL["smooth"], state.choices(smoothings)),
        "n": state.param("n", USUAL["n"], state.integers(1, ORDERS)),
        "at": state.param("gram", USUAL["at"] + 1, state.integers(1, LONGEST)) - 1,
    }


def asks_for(tokenizer: str) -> bool:
    """Return whether the address asks for this tokenizer."""
    return st.query_params.get("tok") == tokenizer


def to_url(chosen: BleuState) -> None:
    """Keep what has been chosen; a usual value leaves no trace."""
    state.put_all(
        {
            "tok": (chosen["tok"], USUAL["tok"]),
            "smooth": (chosen["smooth"], USUAL["smooth"]),
            "n": (chosen["n"], USUAL["n"]),
            "gram": (chosen["at"] + 1, USUAL["at"] + 1),
        }
    )


def restart() -> str:
    """Return the name of the present beginning: the picture forgets its choices when it changes."""
    return str(st.session_state.get(_RESTART, 0))


def begin_anew() -> None:
    """Let the picture begin as the address says (from a callback)."""
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1


def section(title: str, sentence: str) -> None:
    """A part of the page below the main picture: its heading and one sentence."""
    st.html(
        f'<h2 class="gb-section">{html.escape(title)}</h2><p class="gb-caption">{html.escape(sentence)}</p>'
    )
