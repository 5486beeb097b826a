"""A tiny Streamlit page with one chart; the query string chooses the language."""

import sys
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from ui.chart import chart, label_lines, plain
from ui.i18n import set_language
from ui.main import STYLES

TOKEN = "<b>눈</b> & =1+1"

st.set_page_config(layout="wide")
korean = st.query_params.get("lang", "en") == "ko"
set_language("ko" if korean else "en")
st.html(STYLES / "frame.css")
distance = np.arange(8)
table = {
    "거리" if korean else "distance": distance,
    plain("cos") + ",": np.cos(distance / 3),
    TOKEN: [1.5, None, float("nan"), float("-inf"), float("inf"), -2.0, 0.0, 7.0],
}
figure = go.Figure()
figure.add_scatter(x=distance, y=np.cos(distance / 3), name=plain(TOKEN), mode="lines+markers")
figure.add_scatter(x=distance, y=np.cos(distance / 3) + 0.01, name="0.01 above", mode="lines")
figure.update_xaxes(title=next(iter(table)))
chart(
    label_lines(figure),
    key="tiny",
    title="거리에 따른 닮음" if korean else "Similarity against distance",
    caption="가까운 위치일수록 닮았습니다." if korean else "Near positions are alike.",
    table=table,
)
st.html("<i hidden data-glassbox-ready='chart'></i>")
