"""Starts Glassbox: ``streamlit run app.py``."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount

from core.device import configure
from ui.bundles import CompressedBundles, WithoutWebFont
from ui.problems import show_script_error
from ui.serving import ModelFiles
from ui.urls import MODELS_FOLDER, MODELS_PATH


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Prepare the process once, before the first visitor."""
    configure()
    # Streamlit imports pandas at its first need, in the thread of whoever comes first, and Plotly takes a half
    # imported one of another thread for whole: a visitor's chart would fail. An optimiser imports torch._dynamo at its
    # first need: whoever trains first would wait a second for it.
    for name in ("pandas", "plotly.graph_objects", "torch._dynamo"):
        import_module(name)
    # Streamlit collects all generations after every rerun. What torch and the models leave behind, some 220,000
    # objects, never dies: walking it took 110 ms a time. Frozen it is passed over, a rerun's own garbage is not.
    # (runner.postScriptGC=false would be as fast, but would leave the cycles of old sessions lying.)
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    "ui/main.py",
    lifespan=lifespan,
    routes=[Mount(MODELS_PATH, ModelFiles(MODELS_FOLDER))],
    middleware=[Middleware(CompressedBundles), Middleware(WithoutWebFont)],
    on_script_error=show_script_error,
)
