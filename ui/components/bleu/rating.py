"""Mounts the list of translations that a class rates; the votes live in the session alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import streamlit as st

from ui.components.bleu.labels import rating_labels
from ui.components.bleu.picture import FOLDER, LIFE, style
from ui.components.bleu.view import Rated
from ui.components.shared import joined_script
from ui.components.tokens.picture import no_change

Vote = tuple[int, int]  # which translation, and its rating from 1 to 5
RATINGS: Final = 5

_mount: Final = st.components.v2.component(
    "glassbox_bleu_rating",
    js=joined_script(FOLDER, (LIFE, "rating.js"), shared=("elements.js", "life.js", "tell.js")),
    css=style("rating.css"),
)


def rating_list(translations: Sequence[Rated], *, key: str) -> list[Vote]:
    """Draw the list and return the votes in the order in which they were given."""
    slot = f"{key}:votes"
    before: list[Vote] = st.session_state.setdefault(slot, [])
    data = {
        "items": [asdict(one) for one in translations],
        "labels": rating_labels(),
        "key": key,
        "restart": "",
        "initial": {"votes": [list(vote) for vote in before]},
    }
    state: Any = _mount(key=key, data=data, on_state_change=no_change).get("state")
    if isinstance(state, Mapping):
        st.session_state[slot] = _read(state.get("votes"), len(translations))
    return list(st.session_state[slot])


def _read(told: Any, count: int) -> list[Vote]:
    """The votes that a browser sent, without what cannot be one."""
    pairs = [tuple(vote) for vote in told] if isinstance(told, list) else []
    return [
        (pair[0], pair[1])
        for pair in pairs
        if len(pair) == 2
        and all(isinstance(part, int) for part in pair)
        and 0 <= pair[0] < count
        and 1 <= pair[1] <= RATINGS
    ]
