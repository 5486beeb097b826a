"""One word in several sentences: its vectors at a depth of the encoder, their cosines, the means at all depths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.shared import WIDE, joined_script, joined_style, json_part, save_words
from ui.i18n import _

_FOLDER = Path(__file__).parent
_mount = st.components.v2.component(
    "glassbox_homonyms",
    css=joined_style(WIDE, _FOLDER / "homonyms.css"),
    js=joined_script(
        _FOLDER,
        ["picture.js", "strip.js", "main.js"],
        shared=[
            "payload.js",
            "elements.js",
            "drawing.js",
            "svg.js",
            "colours.js",
            "export.js",
            "controls.js",
            "life.js",
            "tell.js",
            "numbers.js",
        ],
    ),
)


@dataclass(frozen=True)
class HomonymView:
    """What the picture shows; sentences in the order of the rows, those of one sense together.

    ``vectors``: (depth, sentence, d_model); ``cosines``: (depth, sentence, sentence);
    ``same`` and ``other``: (depth,), NaN where there is no pair.
    ``stages`` holds ``embedding``, ``position``, ``attention`` or ``feed_forward`` for each depth, ``layers`` its
    layer from 0, −1 before the first.
    """

    word: str
    sentences: Sequence[str]
    labels: Sequence[str]
    senses: Sequence[int]
    pieces: Sequence[str]
    stages: Sequence[str]
    layers: Sequence[int]
    vectors: NDArray[np.float32]
    cosines: NDArray[np.float64]
    same: NDArray[np.float64]
    other: NDArray[np.float64]


def homonym_picture(view: HomonymView, *, key: str, caption: str, depth: int) -> int:
    """Draw the picture and return the depth that it shows (from 0); it begins at ``depth``."""
    told = _mount(key=key, data=pack(view, caption, depth), on_state_change=_nothing).get("state")
    shown = told.get("depth") if isinstance(told, Mapping) else None
    return shown if isinstance(shown, int) and 0 <= shown < len(view.stages) else depth


def pack(view: HomonymView, caption: str, depth: int) -> bytes:
    """Return the payload: words and cosines as JSON, then the vectors of all depths as float32, little-endian."""
    data = {
        "word": view.word,
        "sentences": list(view.sentences),
        "rows": list(view.labels),
        "senses": list(view.senses),
        "pieces": list(view.pieces),
        "depths": [_depth_words(*depth) for depth in zip(view.stages, view.layers, strict=True)],
        "cosines": view.cosines.tolist(),
        "same": _without_nan(view.same),
        "other": _without_nan(view.other),
        "depth": depth,
        "labels": {**save_words(), **_labels(), "caption": caption},
    }
    return json_part(data) + np.ascontiguousarray(view.vectors, dtype="<f4").tobytes()


def _without_nan(values: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _depth_words(stage: str, layer: int) -> dict[str, str | int]:
    """The depth's name in full, and as short as it stands below the curve."""
    names = {
        "embedding": (_("Embedding"), _("emb.")),
        "position": (_("Embedding + position"), _("+pos.")),
        "attention": (_("Layer {layer}, after attention"), _("attn.")),
        "feed_forward": (_("Layer {layer}, after feed-forward"), _("FF")),
    }
    name, short = names[stage]
    return {"stage": stage, "layer": layer, "name": name.format(layer=layer + 1), "short": short}


def _labels() -> dict[str, str]:
    return {
        "png": _("PNG"),
        "csv": _("CSV"),
        "title": _("“{word}”: cosine between sentences"),
        "depth": _("Depth in the encoder"),
        "back": _("One step back"),
        "forth": _("One step on"),
        "same": _("same sense"),
        "other": _("other sense"),
        "cosine": _("cosine"),
        "mean": _("Mean cosine at every depth"),
        "pair": _("{first} and {second}: {value}"),
        "layer": _("Layer {layer}"),
        "at": _("{depth}: same sense {same}, other sense {other}."),
        "table": _("Mean cosine before → after the attention of each layer"),
        "difference": _("difference"),
        "none": _("no pair"),
        "vectors": _("The word's vector in each sentence"),
        "vectors_at": _(
            "The word's vector in each sentence. {depth}: {dimensions} dimensions, colours from {low} to {high}."
        ),
        "component": _("{sentence}; dimension {dimension}: {value}"),
        "file": _("homonyms"),
    }


def _nothing() -> None:
    """A state is only sent back where a callback is registered."""
