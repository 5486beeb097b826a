"""Where the reader of the alignment picture stands, in the URL: ``model``, ``step`` and ``row``, counted from 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from ui import state
from ui.components.alignment import AlignmentState

USUAL: Final = "dot"  # the model that is shown first
_OF: Final = "alignment-sentence"


def belong(sentence: str) -> None:
    """Forget the step and the row of another sentence."""
    if st.session_state.get(_OF, sentence) != sentence:
        state.put_all({"step": ("", ""), "row": ("", "")})
    st.session_state[_OF] = sentence


def forget() -> None:
    """Take the place out of the address (from a callback)."""
    state.put_all(dict.fromkeys(("model", "step", "row"), ("", "")))


def usual(steps: Mapping[str, int]) -> str:
    """The model that is shown first, of those that are there."""
    return USUAL if USUAL in steps else next(iter(steps))


def from_url(steps: Mapping[str, int], sources: int) -> AlignmentState:
    """What the address asks for. ``steps``: how many there are, by model; ``sources``: how many source pieces."""
    model = state.param("model", usual(steps), state.choices(steps))
    return AlignmentState(
        model=model,
        step=state.param("step", 1, state.integers(1, steps[model])) - 1,
        row=state.param("row", 0, state.integers(0, sources)) - 1,
    )


def to_url(chosen: AlignmentState, first: str) -> None:
    """Keep where the reader stands; what is usual leaves no trace. ``first``: `usual` of the models."""
    state.put_all(
        {
            "model": (chosen["model"], first),
            "step": (chosen["step"] + 1, 1),
            "row": (chosen["row"] + 1, 0),
        }
    )
