"""A tiny Streamlit page with heat maps of known numbers; the query string chooses which."""

import json
import sys
from pathlib import Path

import numpy as np
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from ui.components.heatmap import HeatmapState, Panel, heatmap
from ui.i18n import set_language

ODD = ("<img src=x onerror=window.__hacked=1>", "שלום", "🙂", "=1+1")


def panels() -> list[Panel]:
    """Sines of 64 positions, whole numbers up to 1,000, a mask with −∞, and nothing at all."""
    place, dimension = np.mgrid[:64, :256]
    sines = np.sin(place / 10_000 ** (dimension / 256)).astype(np.float32)
    whole = np.repeat(np.linspace(0, 1000, 64).round()[:, None], 256, axis=1)
    masked = np.where(np.triu(np.ones((4, 4)), 1) > 0, -np.inf, np.arange(16.0).reshape(4, 4))
    return [
        Panel(sines, "sines", "Sines", "Sines and cosines.", signed=True),
        Panel(whole, "whole", "Whole numbers", "The position itself."),
        Panel(masked, "masked", "Masked", row_labels=ODD, column_labels=ODD),
        Panel(np.zeros((4, 6)), "zeros", "Zeros", signed=True),
        Panel(np.full((2, 2), np.nan), "nothing", "Nothing"),
    ]


st.set_page_config(layout="wide")
set_language(st.query_params.get("lang", "en"))
memory = st.session_state
memory["all"] = memory.get("all", 0) + 1
left, right, third = st.columns(3)
if left.button("again"):
    memory["runs"] = memory.get("runs", 0) + 1
if right.button("preset"):
    memory["restart"] = "preset"
if third.button("leave or return"):
    memory["away"] = not memory.get("away")
labels = {"title": "Positions", "caption": "A caption.", "row": "position", "column": "dimension"}
state = HeatmapState()
if not memory.get("away"):
    if st.query_params.get("kind") == "one":
        heatmap(np.arange(6.0).reshape(2, 3), key="map", labels=labels, low=0, high=10)
    else:
        state = heatmap(
            panels(),
            key="map",
            labels=labels,
            report="report" in st.query_params,
            initial={"panel": "whole", "cell": [3, 2]} if memory.get("restart") else {},
            restart=memory.get("restart", ""),
        )
st.html(f'<p id="python-runs">{memory["all"]}</p>')
st.html(f'<p id="python-state">{json.dumps([dict(state), memory.get("runs", 0)])}</p>')
