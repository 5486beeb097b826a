"""The measured part of the seq2seq page on files that a test has made; GLASSBOX_MEASURED names their folder."""

import os
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from core import checkpoints, measured
from pages.parts.bottleneck import bottleneck
from ui.i18n import set_language
from ui.main import STYLES

folder = Path(os.environ["GLASSBOX_MEASURED"])
measured.FOLDER, checkpoints.MODELS = folder / "seq2seq", folder / "models"  # type: ignore[misc]

st.set_page_config(layout="wide")
set_language("ko" if st.query_params.get("lang", "en") == "ko" else "en")
st.html(STYLES / "frame.css")
bottleneck()
st.html("<i hidden data-glassbox-ready='bottleneck'></i>")
