"""State in the URL: typed query parameters with defaults, so that a link reopens what was on the screen.

A value that does not parse falls back to its default, and the page says so in one sentence.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.i18n import _

SEED: Final = 42  # every page's default seed
LASTING: Final = 15.0  # seconds that a sentence about the address can be read
_NOTES: Final = "glassbox_notes"
_PAGE: Final = "glassbox_page"
_LONGEST_SHOWN: Final = 40
# These belong to the visitor rather than to a page: they stay in the URL from page to page.
STICKY: Final = ("lang", "projector")
_STICKY_KEY: Final = "glassbox_sticky_"

T = TypeVar("T")
Parser = Callable[[str], T]


def integers(low: int, high: int) -> Parser[int]:
    """Whole numbers from ``low`` to ``high``, both included."""

    def parse(text: str) -> int:
        # int() takes "1_000", "٣" and " 3 " too; a link that we wrote holds ASCII digits only.
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
            raise ValueError(text)
        value = int(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return parse


def numbers(low: float, high: float) -> Parser[float]:
    """Finite numbers from ``low`` to ``high``, both included."""

    def parse(text: str) -> float:
        value = float(text)
        if not math.isfinite(value) or not low <= value <= high:
            raise ValueError(text)
        return value

    return parse


def choices(options: Collection[str]) -> Parser[str]:
    """One of the given words."""

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return parse


def flag(text: str) -> bool:
    """``1`` or ``0``."""
    if text not in {"0", "1"}:
        raise ValueError(text)
    return text == "1"


def words(longest: int) -> Parser[str]:
    """Any text up to ``longest`` characters."""

    def parse(text: str) -> str:
        if len(text) > longest:
            raise ValueError(text)
        return text

    return parse


def param(name: str, default: T, parse: Parser[T]) -> T:
    """A query parameter's value; ``default`` where it is absent or bad, and then the page says so."""
    text = st.query_params.get(name)
    if text is None:
        return default
    try:
        return parse(text)
    except ValueError:
        note_bad_value(name, text)
        return default


def seed() -> int:
    """The page's seed."""
    return param("seed", SEED, integers(0, 2**31 - 1))


def put(name: str, value: Any, default: Any) -> None:
    """Keep a value in the URL; a default leaves no trace there, so that links stay short."""
    put_all({name: (value, default)})


def put_all(values: Mapping[str, tuple[Any, Any]]) -> None:
    """Keep several values, each given as ``(value, default)``, in one step of the browser's history."""
    before = st.query_params.to_dict()
    after = dict(before)
    for name, (value, default) in values.items():
        text = _as_text(value)
        if text == _as_text(default):
            after.pop(name, None)
        else:
            after[name] = text
    if after != before:  # writing equal values would still add to the browser's history
        st.query_params.from_dict(after)


def note_bad_value(name: str, text: str) -> None:
    """Say in one sentence that a value of the URL was not understood and what stands instead."""
    shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
    sentence = _(
        "The address asks for {name} = “{value}”, which is not possible; the usual is shown instead."
    )
    # The page itself may run again at once and mend the address: the sentence has to outlive that.
    note(sentence.format(name=name, value=shown), LASTING)


def note(sentence: str, lasting: float = 0.0) -> None:
    """Show one plain sentence under the page's header; before the header is drawn it waits for it.

    It goes with the next run of the page, but not before it has stood for ``lasting`` seconds.
    """
    notes = _notes()
    if sentence in notes.said:
        return
    notes.said[sentence] = time.monotonic() + lasting
    if notes.place is not None:
        _draw_note(notes.place, sentence)


def open_notes() -> None:
    """Reserve the place under the header where notes appear, and show those that waited."""
    notes = _notes()
    notes.place = st.container(key="glassbox-notes", gap=None)
    for sentence in notes.said:
        _draw_note(notes.place, sentence)


def reset_notes() -> None:
    """Forget the last run's notes, those excepted that are to last (the frame does this before each page)."""
    now = time.monotonic()
    said = {sentence: until for sentence, until in _notes().said.items() if until > now}
    st.session_state[_NOTES] = _Notes(said)


@dataclass
class _Notes:
    said: dict[str, float] = field(default_factory=dict)  # a sentence, and when it may go
    place: DeltaGenerator | None = None


def _notes() -> _Notes:
    notes = st.session_state.setdefault(_NOTES, _Notes())
    # A reload of the code while developing leaves an object of the old class behind.
    return notes if isinstance(notes, _Notes) and isinstance(notes.said, dict) else _Notes()


def _draw_note(place: DeltaGenerator, sentence: str) -> None:
    # st.text shows characters as they are: the value is a stranger's, never Markdown or HTML.
    place.text("ⓘ " + sentence, width="stretch")


def enter(page: str) -> None:
    """Note which page is being drawn (the frame does this before each page)."""
    st.session_state[_PAGE] = page


def page() -> str:
    """The page that is being drawn; empty outside the frame."""
    return str(st.session_state.get(_PAGE, ""))


def keep_sticky() -> None:
    """Write the visitor's own parameters back after a change of page, which empties the URL."""
    for name in STICKY:
        kept = st.session_state.get(_STICKY_KEY + name)
        if kept is not None and name not in st.query_params:
            st.query_params[name] = kept


def stick(name: str, value: str | None) -> None:
    """Keep one of the visitor's own parameters from page to page; None takes it out of the URL."""
    if value is None:
        st.session_state.pop(_STICKY_KEY + name, None)
        st.query_params.pop(name, None)
        return
    st.session_state[_STICKY_KEY + name] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def sticky() -> dict[str, str]:
    """The visitor's own parameters as they stand, for links to other pages."""
    return {name: st.query_params[name] for name in STICKY if name in st.query_params}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
