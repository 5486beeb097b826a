"""The line view of one attention: queries above, keys below, a line as thick as its weight between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.shared import joined_script, save_words

_FOLDER = Path(__file__).parent
_lines = st.components.v2.component(
    "glassbox_lines",
    html="<figure></figure>",
    css=(_FOLDER / "lines.css").read_text(encoding="utf-8"),
    js=joined_script(_FOLDER, ["lines.js"], shared=["elements.js", "drawing.js", "colours.js", "export.js"]),
)


def attention_lines(
    queries: Sequence[str],
    keys: Sequence[str],
    weights: NDArray[np.float32],
    labels: Mapping[str, str],
    key: str,
) -> None:
    """Draw the weights of one head.

    ``weights``: (query, key), rows adding up to 1. ``labels``: translated ``title`` (the text alternative
    and the files' name too), ``caption``, ``png`` and ``csv``.
    """
    data = {
        "queries": list(queries),
        "keys": list(keys),
        "weights": weights.astype(float).tolist(),
        "labels": {**save_words(), **labels},
    }
    _lines(data=data, key=key)
