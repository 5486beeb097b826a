"""The attention canvas' choices in the URL: read once, written as they change. Layers and heads count from 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ui import changes_url, state
from ui.components.attention import AttentionView, CanvasState

# The canvas' own names (stages.js); a browser test compares them.
GRAINS: Final = ("piece", "word", "syllable")
VIEWS: Final = ("matrix", "lines", "products", "heads")
STAGES: Final = (
    "x", "qkv", "scores", "scaled", "masked", "weights", "context", "joined",
    "output", "residual", "normalized", "feed_forward", "final",
)  # fmt: skip

SCORE_STAGES: Final = ("scores", "scaled", "masked", "weights")
USUAL: Final[CanvasState] = {
    "wiring": "self",
    # The head that looks around most: many others look at one token alone.
    "layer": 1,
    "head": 3,
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


def grain(alone: bool = False) -> str:
    """The grain that the URL asks for: what the sentence is cut into has to be known before it is read.

    ``alone``: a decoder alone reads pieces; only the translator reads characters too.
    """
    return state.param("grain", str(USUAL["grain"]), state.choices(GRAINS[:2] if alone else GRAINS))


def cell_within(rows: int, columns: int) -> state.Parser[str]:
    """``panel-row-column``, each from 0, inside a matrix of this size."""

    def parse(text: str) -> str:
        for part, last in zip(text.split("-"), (2, rows - 1, columns - 1), strict=True):
            state.integers(0, last)(part)
        return text

    return parse


def from_url(view: AttentionView) -> CanvasState:
    """The choices that the URL asks for; what it leaves out or what this view does not have takes its usual value."""
    layers, heads, wirings = view.layers, view.heads, view.wirings
    choices: CanvasState = {
        "wiring": state.param("wiring", wirings[0], state.choices(wirings)),
        "layer": state.param("layer", USUAL["layer"] + 1, state.integers(1, layers)) - 1,
        "head": state.param("head", USUAL["head"] + 1, state.integers(1, heads)) - 1,
        "scale": state.param("scale", USUAL["scale"], state.flag),
        "mask": state.param("mask", USUAL["mask"], state.flag),
        "plain": state.param("plain", USUAL["plain"], state.flag),
        "unit": state.param("unit", USUAL["unit"], state.flag),
        "all_heads": state.param("all_heads", USUAL["all_heads"], state.flag),
        "grain": grain(alone=not view.source_tokens),
        "random": state.param("random", USUAL["random"], state.flag),
        "off": state.param("off", [], changes_url.heads(layers, heads, wirings)),
        "edits": state.param("edits", [], changes_url.edits),
    }
    choices["stage"] = state.param("stage", USUAL["stage"], state.choices(open_stages(choices, wirings)))
    choices["view"] = state.param(
        "view", USUAL["view"], state.choices(VIEWS[:-1] if choices["plain"] else VIEWS)
    )
    source, target = len(view.source_tokens), len(view.target_tokens)
    queries = source if choices["wiring"] == "self" else target
    keys = target if choices["wiring"] == "causal" else source
    scores = choices["view"] != "matrix" or choices["stage"] in SCORE_STAGES
    rows, columns = (queries, keys) if scores else (max(queries, keys), view.d_model)
    cell = state.param("cell", "", cell_within(rows, columns))
    choices["cell"] = [int(place) for place in cell.split("-")] if cell else None
    return choices


def open_stages(choices: CanvasState, wirings: Sequence[str]) -> tuple[str, ...]:
    """The stages that these switches leave open: after ·V the weights were learned with the model's own setting.

    Where the decoder has a source, its own attention is followed by the source–target attention.
    """
    causal = choices["wiring"] == "causal"
    if choices["grain"] == "word":
        return ("weights",)
    if choices["plain"] or not choices["scale"] or (causal and not choices["mask"]):
        return STAGES[: STAGES.index("output")]
    return STAGES[: STAGES.index("feed_forward")] if causal and "cross" in wirings else STAGES


def to_url(choices: CanvasState) -> None:
    """Keep what has been chosen; a usual value leaves no trace."""
    usual: dict[str, Any] = dict(USUAL)
    whole = {**usual, **choices}
    cell = whole["cell"]
    names = ("wiring", "stage", "view", "scale", "mask", "plain", "unit", "all_heads", "grain", "random")
    state.put_all(
        {
            **{name: (whole[name], usual[name]) for name in names},
            "layer": (whole["layer"] + 1, usual["layer"] + 1),
            "head": (whole["head"] + 1, usual["head"] + 1),
            "cell": ("-".join(map(str, cell)) if cell else "", ""),
            "off": (changes_url.heads_text(whole["off"]), ""),
            "edits": (changes_url.short_edits_text(whole["edits"]), ""),
        }
    )
