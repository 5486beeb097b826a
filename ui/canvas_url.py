"""The attention canvas' choices in the URL: read once, written as they change. Layers and heads count from 1."""

from __future__ import annotations

from typing import Any, Final

from ui import state
from ui.components.attention import CanvasState

# The canvas' own names (stages.js); a browser test compares them.
WIRINGS: Final = ("self", "causal", "cross")
VIEWS: Final = ("matrix", "lines", "products", "heads")
STAGES: Final = (
    "x", "qkv", "scores", "scaled", "masked", "weights", "context", "joined",
    "output", "residual", "normalized", "feed_forward", "final",
)  # fmt: skip

USUAL: Final[CanvasState] = {
    "wiring": "self",
    "layer": 0,
    "head": 0,
    "stage": "weights",
    "view": "matrix",
    "scale": True,
    "mask": True,
    "plain": False,
    "unit": False,
    "all_heads": False,
    "cell": None,
}


def checked_cell(text: str) -> str:
    """``panel-row-column``, each from 0."""
    if len([state.integers(0, 100_000)(part) for part in text.split("-")]) != 3:
        raise ValueError(text)
    return text


def from_url(layers: int, heads: int) -> CanvasState:
    """The choices that the URL asks for; what it leaves out takes its usual value."""
    choices: CanvasState = {
        "wiring": state.param("wiring", USUAL["wiring"], state.choices(WIRINGS)),
        "layer": state.param("layer", 1, state.integers(1, layers)) - 1,
        "head": state.param("head", 1, state.integers(1, heads)) - 1,
        "stage": state.param("stage", USUAL["stage"], state.choices(STAGES)),
        "view": state.param("view", USUAL["view"], state.choices(VIEWS)),
        "scale": state.param("scale", USUAL["scale"], state.flag),
        "mask": state.param("mask", USUAL["mask"], state.flag),
        "plain": state.param("plain", USUAL["plain"], state.flag),
        "unit": state.param("unit", USUAL["unit"], state.flag),
        "all_heads": state.param("all_heads", USUAL["all_heads"], state.flag),
    }
    cell = state.param("cell", "", checked_cell)
    choices["cell"] = [int(place) for place in cell.split("-")] if cell else None
    return choices


def to_url(choices: CanvasState) -> None:
    """Keep what has been chosen; a usual value leaves no trace."""
    usual: dict[str, Any] = dict(USUAL)
    whole = {**usual, **choices}
    cell = whole["cell"]
    names = ("wiring", "stage", "view", "scale", "mask", "plain", "unit", "all_heads")
    state.put_all(
        {
            **{name: (whole[name], usual[name]) for name in names},
            "layer": (whole["layer"] + 1, 1),
            "head": (whole["head"] + 1, 1),
            "cell": ("-".join(map(str, cell)) if cell else "", ""),
        }
    )
