"""Mounts the picture of one word's cutting, for every method and size at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypedDict

import streamlit as st

from ui.components.shared import joined_script
from ui.components.tokens.labels import steps_labels
from ui.components.tokens.picture import DRAWING, FOLDER, held_initial, no_change, style

_mount = st.components.v2.component(
    "glassbox_token_steps",
    js=joined_script(FOLDER, ("life.js", "size.js", "steps.js", "steps_main.js"), shared=DRAWING),
    css=style("steps.css"),
)
METHODS: Final = ("bpe", "bytelevel", "wordpiece", "unigram")


class PackedStep(TypedDict):
    """A word after one step; ``new`` is the place of the new part, -1 where there is none."""

    parts: list[str]
    new: int
    id: int


class PackedWay(TypedDict):
    """One way to cut the word: its pieces and their log-probabilities, None for a byte."""

    pieces: list[str]
    log_probs: list[float | None]


def steps_picture(
    word: str,
    methods: Mapping[str, Mapping[int, Sequence[PackedStep] | Sequence[PackedWay]]],
    *,
    sizes: Sequence[int],
    size: int,
    method: str,
    key: str,
    restart: str = "",
) -> str | None:
    """Draw the picture and return the method chosen in it; None until the browser has said so.

    ``methods`` holds the steps (of unigram: the ways) by method and size. ``size`` and ``method`` count at the
    beginning only.
    """
    data = {
        "word": word,
        "methods": {
            name: {str(one): list(lines) for one, lines in by_size.items()}
            for name, by_size in methods.items()
        },
        "sizes": list(sizes),
        "labels": steps_labels(),
        "initial": held_initial(key, restart, {"size": size, "method": method}),
        "restart": restart,
        "key": key,
    }
    state: Any = _mount(key=key, data=data, on_state_change=no_change).get("state")
    if not isinstance(state, Mapping) or state.get("restart") != restart:
        return None
    return str(state.get("method"))
