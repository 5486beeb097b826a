"""Mounts the picture of the next token: all logits go out, what is to be said comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypedDict

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.next_token.labels import next_labels
from ui.components.shared import SAID, WIDE, joined_script, joined_style, json_part

_FOLDER: Final = Path(__file__).parent
_SCRIPTS: Final = ("model.js", "strip.js", "curve.js", "panels.js", "text.js", "save.js", "main.js")
_SHARED: Final = (
    "payload.js", "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "controls.js",
    "pieces.js", "said.js", "life.js", "tell.js", "sampler.js",
)  # fmt: skip

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_next_token",
    js=joined_script(_FOLDER, _SCRIPTS, shared=_SHARED),
    css=joined_style(SAID, WIDE, _FOLDER / "next_token.css"),
)


class Wish(TypedDict):
    """Something that only Python can answer."""

    kind: str  # "say", "undo" or "anew"
    token: int
    at: float  # ms, the browser's clock: the same token asked for again is another wish


def next_token_picture(
    logits: NDArray[np.float32],
    pieces: Sequence[str],
    *,
    key: str,
    text: str,
    tree: str,
    prompt: Sequence[str],
    said: Sequence[int],
    cut: bool,
    sampler: Mapping[str, Any],
    on_change: Callable[[], None],
) -> None:
    """Draw the distribution after ``prompt`` and what has been said behind it.

    ``logits``: (vocabulary,), −∞ for what cannot be said; ``pieces``: (vocabulary,) as the tokenizer stores them;
    ``tree`` names model, prompt and what has been said; ``cut``: the prompt's beginning is not read. ``sampler``: the
    key of the page's controls and what they stand at (`ui.components.sampling`).
    """
    labels = next_labels()
    labels["caption"] = labels["caption"].replace("{count}", f"{int(np.isfinite(logits).sum()):,}")
    head = {
        "text": text,
        "tree": tree,
        "prompt": list(prompt),
        "said": list(said),
        "cut": cut,
        "pieces": list(pieces),
        "sampler": dict(sampler),
        "labels": labels,
    }
    numbers = np.ascontiguousarray(logits, dtype="<f4").tobytes()
    _mount(key=key, data=json_part(head) + numbers, on_state_change=on_change)


def wish_of(key: str, tree: str) -> Wish | None:
    """What the reader has asked for, for ``on_change``; None where it belongs to another text."""
    held = st.session_state.get(key)
    state = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(state, Mapping) or state.get("tree") != tree:
        return None
    action = state.get("action")
    if not isinstance(action, Mapping) or not {"kind", "token", "at"} <= set(action):
        return None
    return Wish(kind=str(action["kind"]), token=int(action["token"]), at=float(action["at"]))
