"""The choices of the three columns in the URL, and the box for what the decoder is to read."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from ui import state
from ui.components.architectures import ArchitectureState
from ui.i18n import _
from ui.predict import predict

SAID: Final = "said"
COLUMNS: Final = "columns"  # layer.head of each column, from 1, then the attention that the third one shows
LONGEST: Final = 300  # characters
SHOWN: Final = ("source", "causal", "cross")
USUAL: Final = "1.1-1.1-1.1-cross"
_FORM: Final = re.compile(r"(\d{1,2})\.(\d{1,2})-(\d{1,2})\.(\d{1,2})-(\d{1,2})\.(\d{1,2})-(\w+)", re.ASCII)
_KEY: Final = "glassbox-said"


def said_box() -> str:
    """Draw the box and return what is typed; empty means the model's own translation."""
    kept = _KEY + "-kept"
    # What the box begins with is held fast while it stands there: another value would be another box.
    if _KEY not in st.session_state:
        earlier = st.session_state.get(kept, "")
        st.session_state[_KEY + "-first"] = state.param(SAID, earlier, state.words(LONGEST))
    typed: str = st.text_input(
        _("What the translator's decoder has said; empty: its own translation"),
        value=st.session_state[_KEY + "-first"],
        key=_KEY,
        max_chars=LONGEST,
    )
    st.session_state[kept] = typed
    return typed


def place_from_url() -> ArchitectureState:
    """Where the columns begin. Which layers and heads there are, the models say: the browser keeps within them."""
    *numbers, shown = _matched(state.param(COLUMNS, USUAL, _as_columns))
    places = [int(number) - 1 for number in numbers]
    return {"layers": places[::2], "heads": places[1::2], "shown": shown}


def keep_in_url(said: str, place: ArchitectureState) -> None:
    """Write what is typed and where the columns stand."""
    pairs = zip(place["layers"], place["heads"], strict=True)
    columns = "-".join([*(f"{layer + 1}.{head + 1}" for layer, head in pairs), place["shown"]])
    state.put_all({SAID: (said, ""), COLUMNS: (columns, USUAL)})


def forget_url() -> None:
    """Take the lesson's choices out of the address once it is folded away."""
    state.put_all({SAID: ("", ""), COLUMNS: ("", "")})


def question() -> None:
    """The question to answer before looking."""
    predict(
        "architectures-keys",
        _("A decoder-only model answers a question. What are the keys and values of its attention?"),
        [
            _("Facts stored in the model"),
            _("What has been said so far, the question included"),
            _("An encoder's result"),
        ],
        answer=1,
        explanation=_(
            "All three are computed from its own prefix, and there is nothing else to look at. What the model has "
            "learned is in its weights: in the matrices that make Q, K and V, and in the feed-forward network."
        ),
    )


def _as_columns(text: str) -> str:
    *numbers, shown = _matched(text)
    if shown not in SHOWN or "0" in (number.lstrip("0") or "0" for number in numbers):
        raise ValueError(text)
    return text


def _matched(text: str) -> tuple[str, ...]:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return match.groups()
