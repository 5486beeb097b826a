"""A tiny Streamlit page with the trained part of /seq2seq, on small untrained LSTM translators."""

import sys
import tempfile
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import pages.loading
from core.recurrent import load_recurrent
from pages.parts.alignment import trained
from tests.recurrent_models import write_models
from ui import state
from ui.i18n import set_language
from ui.main import STYLES, mark_ready


@st.cache_resource(show_spinner=False)
def models():  # type: ignore[no-untyped-def]
    """The models' files, one set for the server."""
    return write_models(Path(tempfile.mkdtemp()))


st.set_page_config(layout="wide")
state.reset_notes()
set_language(st.query_params.get("lang", "en"))
st.html(STYLES / "frame.css")
state.open_notes()
paths = models()
pages.loading.load_recurrent = lambda name: load_recurrent(name, paths[name])

trained()
mark_ready("alignment")
