"""A tiny Streamlit page with the canvas on seeded random numbers; the query string chooses the sentence."""

import json
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.browser.apps.attention_data import random_view
from ui.components.attention import CanvasState, attention_canvas, attention_labels
from ui.i18n import set_language

st.set_page_config(layout="wide")
set_language(st.query_params.get("lang", "en"))


@st.cache_resource
def _view(count: int, kind: str):  # type: ignore[no-untyped-def]
    return random_view(count, kind)


memory = st.session_state
if "sentence" not in memory:
    memory["sentence"] = int(st.query_params.get("tokens", "6"))
columns = st.columns(4)
if columns[0].button("again"):
    memory["again"] = memory.get("again", 0) + 1
if columns[1].button("another sentence"):
    memory["sentence"] = 5
if columns[2].button("preset"):
    memory["restart"] = "preset"
if columns[3].button("leave or return"):
    memory["away"] = not memory.get("away")
view = _view(memory["sentence"], st.query_params.get("kind", "plain"))
restart = memory.get("restart", "")
initial = {"wiring": "causal", "layer": 2, "head": 7, "stage": "scores"} if restart else {}
state: CanvasState = {}
place = st.container()  # stays, so that what is below does not move when the canvas is away
if not memory.get("away"):
    with place:
        state = attention_canvas(
            view, key="canvas", labels=attention_labels(), initial=initial, restart=restart
        )
    # What Python read in each of its runs, oldest first.
    memory.setdefault("read", []).append([restart, dict(state)])
told = {"state": dict(state), "again": memory.get("again", 0), "away": memory.get("away", False)}
st.html(f'<p id="python-state">{json.dumps(told)}</p>')
st.html(f'<p id="python-read">{json.dumps(memory["read"])}</p>')
