"""Models that several pages share: each is loaded once for the whole server."""

from __future__ import annotations

import streamlit as st

from core.classifier import Classifier, load_classifier
from core.examples import Examples, load_examples
from core.language import Language, load_language
from core.recurrent import Recurrent, load_recurrent
from core.sentiment import Judge, load_judge
from core.small import SmallModel, load_small
from core.translator import Translator, load_translator
from core.vae import Autoencoder, load_vae


@st.cache_resource(show_spinner=False)
def translator() -> Translator:
    """The Korean–English translator. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return load_translator()


@st.cache_resource(show_spinner=False)
def small(name: str) -> SmallModel:
    """One of ``core.small.NAMES``. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return load_small(name)


@st.cache_resource(show_spinner=False)
def recurrent(name: str) -> Recurrent:
    """One of ``core.recurrent.NAMES``. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return load_recurrent(name)


@st.cache_resource(show_spinner=False)
def language_model(language: str) -> Language:
    """The language model of ``en`` or ``ko``. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return load_language(language)


@st.cache_resource(show_spinner=False)
def judge(language: str, kind: str) -> Judge:
    """One of ``core.sentiment.KINDS`` of ``en`` or ``ko``. Raises ``core.checkpoints.ModelFileError``, uncached."""
    return load_judge(language, kind)


@st.cache_resource(show_spinner=False)
def vae(name: str) -> Autoencoder:
    """One of ``core.vae.NAMES``. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return load_vae(name)


@st.cache_resource(show_spinner=False)
def classifier(name: str) -> Classifier:
    """One of ``core.classifier.NAMES``. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return load_classifier(name)


@st.cache_resource(show_spinner=False)
def examples(name: str) -> Examples:
    """The shipped pictures of one of ``core.images.NAMES``. Raises ``core.checkpoints.ModelFileError``, uncached."""
    return load_examples(name)
