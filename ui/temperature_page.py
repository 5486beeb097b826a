"""The Temperature page's own widgets, and its choices in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from ui import state
from ui.components.next_token import wish_of
from ui.i18n import N_, _

PICTURE: Final = "temperature-picture"
CONTROLS: Final = "temperature-sampling"
AUTO: Final = "auto"
MODELS: Final = {AUTO: N_("Detect"), "ko": N_("Korean model"), "en": N_("English model")}
MOST_SAID: Final = 40  # tokens that are said one by one
_MODEL: Final = "temperature-model"
_RESTART: Final = "temperature-restart"
_ANSWERED: Final = "temperature-answered"  # the time of the last wish that was followed
_OF: Final = "temperature-of"  # what the said tokens of the address belong to


def model_choice() -> str:
    """Draw the choice of model and return it; it lives in the URL too."""
    asked = state.param("model", AUTO, state.choices(MODELS))
    st.session_state[_MODEL] = st.session_state.get(_MODEL, asked)
    chosen = st.selectbox(
        _("Model"),
        list(MODELS),
        key=_MODEL,
        format_func=lambda name: _(MODELS[name]),
        label_visibility="collapsed",
    )
    state.put("model", chosen, AUTO)
    return str(chosen)


def begin_with(model: str) -> None:
    """Let the page begin with a model and without said tokens (from a callback)."""
    st.session_state[_MODEL] = model
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1
    state.put_all({"model": (model, AUTO), "said": ("", "")})


def restart() -> str:
    """The name of the present beginning."""
    return str(st.session_state.get(_RESTART, 0))


def said_parser(text: str) -> tuple[int, ...]:
    """Read ``512.77``: the ids of the tokens that were said behind the prompt."""
    parts = text.split(".") if text else []
    if len(parts) > MOST_SAID:
        raise ValueError(text)
    return tuple(state.integers(0, 999_999)(part) for part in parts)


def said_from_url(prompt: str) -> tuple[int, ...]:
    """The tokens that were said behind this prompt; another prompt or model forgets them."""
    before = st.session_state.get(_OF)
    st.session_state[_OF] = prompt
    if before not in (None, prompt):
        forget_said()
    said: tuple[int, ...] = state.param("said", (), said_parser)
    _put_said(said)  # what cannot be read does not stay in the address
    return said


def forget_said() -> None:
    """Take the said tokens out of the address."""
    state.put("said", "", "")


def follow(tree: str) -> None:
    """Do what the picture has asked for (its ``on_change``)."""
    wish = wish_of(PICTURE, tree)
    if wish is None or wish["at"] == st.session_state.get(_ANSWERED):
        return
    st.session_state[_ANSWERED] = wish["at"]
    said: tuple[int, ...] = state.param("said", (), said_parser)
    if wish["kind"] == "undo":
        _put_said(said[:-1])
    elif wish["kind"] == "anew":
        _put_said(())
    elif len(said) >= MOST_SAID:
        state.note(_("The text is full: take a token back to make room."), state.LASTING)
    else:
        _put_said((*said, wish["token"]))


def _put_said(said: Sequence[int]) -> None:
    state.put("said", ".".join(map(str, said)), "")
