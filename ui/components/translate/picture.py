"""Mounts the timeline: all steps go out, where the reader stands comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from ui.components.shared import SAID, WIDE, joined_script, joined_style
from ui.components.translate.labels import timeline_labels
from ui.components.translate.view import (
    PARTS,
    TOPS,
    Action,
    Branch,
    TimelineView,
    TranslateState,
    action_of,
    pack,
)

FOLDER: Final = Path(__file__).parent
SCRIPTS: Final = (
    "model.js",
    "lines.js",
    "softmax.js",
    "looks.js",
    "diagram.js",
    "forks.js",
    "save.js",
    "film.js",
    "main.js",
)
SHARED: Final = (
    "payload.js",
    "elements.js",
    "drawing.js",
    "svg.js",
    "colours.js",
    "export.js",
    "snapshot.js",
    "controls.js",
    "player.js",
    "pieces.js",
    "said.js",
    "life.js",
    "tell.js",
    "sampler.js",
)

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_translate",
    js=joined_script(FOLDER, SCRIPTS, shared=SHARED),
    css=joined_style(SAID, WIDE, FOLDER / "translate.css"),
)


def timeline_picture(
    view: TimelineView,
    branches: Sequence[Branch],
    *,
    key: str,
    text: str,
    tree: str,
    active: int,
    encoder_layers: int,
    initial: TranslateState,
    restart: str = "",
    answered: float = 0.0,
    sampler: Mapping[str, Any] | None = None,
    on_change: Callable[[], None] | None = None,
) -> TranslateState:
    """Draw the picture, and return where the reader stands: empty until the browser has said so.

    ``view`` is the ``active`` one of ``branches``; ``tree`` names what they all belong to. ``initial`` counts at the
    first call of a session and again whenever ``restart`` changes. ``answered`` is the time of the last action that was
    followed. ``sampler`` is given where tokens are drawn: the key of its controls and what they stand at.
    """
    slot = f"{key}:initial"
    held = st.session_state.get(slot)
    if held is None or held[0] != restart:
        held = st.session_state[slot] = (restart, dict(initial))
    data = pack(
        view,
        branches,
        text=text,
        tree=tree,
        active=active,
        encoder_layers=encoder_layers,
        parts=PARTS,
        tops=TOPS,
        labels=timeline_labels(),
        initial=held[1],
        restart=restart,
        answered=answered,
        sampler=dict(sampler) if sampler else None,
    )
    return told_state(_mount(key=key, data=data, on_state_change=on_change or _nothing), restart, tree)


def told_state(result: Any, restart: str, tree: str) -> TranslateState:
    """The state of a mounted picture, if it belongs to this beginning and this sentence."""
    state = result.get("state") if isinstance(result, Mapping) else None
    if not isinstance(state, Mapping) or state.get("restart") != restart or state.get("tree") != tree:
        return TranslateState()
    left_out = {"restart", "tree", "action"}
    return cast(TranslateState, {name: value for name, value in state.items() if name not in left_out})


def told_action(key: str, tree: str) -> Action | None:
    """What the reader has asked for, for ``on_change``; None where it belongs to another sentence."""
    held = st.session_state.get(key)
    state = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(state, Mapping) or state.get("tree") != tree:
        return None
    return action_of(state)


def _nothing() -> None:
    """A state is only sent back where a callback is registered."""
