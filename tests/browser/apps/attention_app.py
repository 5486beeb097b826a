"""A tiny Streamlit page with the canvas on seeded random numbers; the query string chooses the sentence."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.browser.apps.attention_data import random_view
from ui.components.attention import attention_canvas, attention_labels
from ui.i18n import set_language

st.set_page_config(layout="wide")
set_language(st.query_params.get("lang", "en"))


@st.cache_resource
def _view(count: int, kind: str, language: str):  # type: ignore[no-untyped-def]
    return random_view(count, kind, attention_labels())


if "sentence" not in st.session_state:
    st.session_state["sentence"] = int(st.query_params.get("tokens", "6"))
columns = st.columns(3)
if columns[0].button("again"):
    st.session_state["again"] = st.session_state.get("again", 0) + 1
if columns[1].button("another sentence"):
    st.session_state["sentence"] = 5
if columns[2].button("preset"):
    st.session_state["restart"] = "preset"
view = _view(
    st.session_state["sentence"], st.query_params.get("kind", "plain"), st.query_params.get("lang", "en")
)
if st.session_state.get("restart"):
    view = replace(view, initial={"wiring": "causal", "layer": 2, "head": 7, "stage": "scores"})
state = attention_canvas(view, key="canvas", restart=st.session_state.get("restart", ""))
told = {"state": dict(state), "again": st.session_state.get("again", 0)}
st.html(f'<pre id="python-state">{json.dumps(told)}</pre>')
