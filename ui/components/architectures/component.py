"""Mounts the three columns: the weights go out, where the reader stands comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, TypedDict, cast

import streamlit as st

from ui.components.architectures.labels import architecture_labels
from ui.components.architectures.view import Architecture, pack
from ui.components.shared import SHARED, joined_script, save_words

FOLDER: Final = Path(__file__).parent
SCRIPTS: Final = ("diagrams.js", "column.js", "main.js")

_mount = st.components.v2.component(
    "glassbox_architectures",
    js=joined_script(FOLDER, SCRIPTS, shared=SHARED),
    css=(FOLDER / "architectures.css").read_text(encoding="utf-8"),
)


class ArchitectureState(TypedDict):
    """Where the reader stands in each column, layers and heads from 0."""

    layers: list[int]
    heads: list[int]
    shown: str  # which of the encoder–decoder's attentions: "source", "causal" or "cross"


def architecture_pictures(
    architectures: Sequence[Architecture], *, key: str, initial: ArchitectureState
) -> ArchitectureState:
    """Draw the columns and return where the reader stands; they begin at ``initial``."""
    data = pack(architectures, labels={**save_words(), **architecture_labels()}, initial=initial)
    told = _mount(key=key, data=data, on_state_change=_nothing).get("state")
    return cast(ArchitectureState, dict(told)) if isinstance(told, Mapping) else initial


def _nothing() -> None:
    """A state is only sent back where a callback is registered."""
