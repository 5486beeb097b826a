"""The attention canvas' choices in the URL: read once, written as they change. Layers and heads count from 1."""

from __future__ import annotations

from typing import Any, Final

from ui import changes_url, state
from ui.components.attention import CanvasState

# The canvas' own names (stages.js); a browser test compares them.
WIRINGS: Final = changes_url.WIRINGS
GRAINS: Final = ("piece", "word", "syllable")
VIEWS: Final = ("matrix", "lines", "products", "heads")
STAGES: Final = (
    "x", "qkv", "scores", "scaled", "masked", "weights", "context", "joined",
    "output", "residual", "normalized", "feed_forward", "final",
)  # fmt: skip

SCORE_STAGES: Final = ("scores", "scaled", "masked", "weights")
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
    "grain": "piece",
    "random": False,
    "off": [],
    "edits": [],
}


def grain() -> str:
    """The grain that the URL asks for: what the sentence is cut into has to be known before it is read."""
    return state.param("grain", str(USUAL["grain"]), state.choices(GRAINS))


def cell_within(rows: int, columns: int) -> state.Parser[str]:
    """``panel-row-column``, each from 0, inside a matrix of this size."""

    def parse(text: str) -> str:
        for part, last in zip(text.split("-"), (2, rows - 1, columns - 1), strict=True):
            state.integers(0, last)(part)
        return text

    return parse


def from_url(layers: int, heads: int, source: int, target: int, width: int) -> CanvasState:
    """The choices that the URL asks for; what it leaves out or what cannot be takes its usual value.

    ``source`` and ``target`` are the numbers of tokens, ``width`` is d_model.
    """
    choices: CanvasState = {
        "wiring": state.param("wiring", USUAL["wiring"], state.choices(WIRINGS)),
        "layer": state.param("layer", 1, state.integers(1, layers)) - 1,
        "head": state.param("head", 1, state.integers(1, heads)) - 1,
        "scale": state.param("scale", USUAL["scale"], state.flag),
        "mask": state.param("mask", USUAL["mask"], state.flag),
        "plain": state.param("plain", USUAL["plain"], state.flag),
        "unit": state.param("unit", USUAL["unit"], state.flag),
        "all_heads": state.param("all_heads", USUAL["all_heads"], state.flag),
        "grain": grain(),
        "random": state.param("random", USUAL["random"], state.flag),
        "off": state.param("off", [], changes_url.heads(layers, heads)),
        "edits": state.param("edits", [], changes_url.edits),
    }
    choices["stage"] = state.param("stage", USUAL["stage"], state.choices(open_stages(choices)))
    choices["view"] = state.param(
        "view", USUAL["view"], state.choices(VIEWS[:-1] if choices["plain"] else VIEWS)
    )
    queries = source if choices["wiring"] == "self" else target
    keys = target if choices["wiring"] == "causal" else source
    scores = choices["view"] != "matrix" or choices["stage"] in SCORE_STAGES
    rows, columns = (queries, keys) if scores else (max(queries, keys), width)
    cell = state.param("cell", "", cell_within(rows, columns))
    choices["cell"] = [int(place) for place in cell.split("-")] if cell else None
    return choices


def open_stages(choices: CanvasState) -> tuple[str, ...]:
    """The stages that these switches leave open: after ·V the weights were learned with the model's own setting."""
    causal = choices["wiring"] == "causal"
    if choices["grain"] == "word":
        return ("weights",)
    if choices["plain"] or not choices["scale"] or (causal and not choices["mask"]):
        return STAGES[: STAGES.index("output")]
    return STAGES[: STAGES.index("feed_forward")] if causal else STAGES


def to_url(choices: CanvasState) -> None:
    """Keep what has been chosen; a usual value leaves no trace."""
    usual: dict[str, Any] = dict(USUAL)
    whole = {**usual, **choices}
    cell = whole["cell"]
    names = ("wiring", "stage", "view", "scale", "mask", "plain", "unit", "all_heads", "grain", "random")
    state.put_all(
        {
            **{name: (whole[name], usual[name]) for name in names},
            "layer": (whole["layer"] + 1, 1),
            "head": (whole["head"] + 1, 1),
            "cell": ("-".join(map(str, cell)) if cell else "", ""),
            "off": (changes_url.heads_text(whole["off"]), ""),
            "edits": (changes_url.short_edits_text(whole["edits"]), ""),
        }
    )
