"""Faces and directions, in a fold: closed, it costs nothing."""

from __future__ import annotations

from typing import Final

import streamlit as st

from core.checkpoints import ModelFileError
from core.images import as_shares
from core.vae import path_of
from pages.loading import examples, vae
from ui import faces_url as url
from ui.components.faces import faces_picture, faces_told
from ui.folded import folded
from ui.i18n import _
from ui.problems import model_file_problem
from ui.provenance import provenance
from ui.urls import model_url

KEY: Final = "vae-faces"
SHOWN: Final = 24


@st.fragment  # a change in this part does not run the rest of the page
def faces() -> None:
    """The folded part."""
    panel = folded("faces", _("Faces: a smile is a direction"), ":material/face:")
    if panel is None:
        url.forget()
        return
    with panel:
        try:
            model, pictures = vae("faces"), examples("faces").test[:SHOWN]
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name, one_of_several=True)
            return
        concepts = model.card.get("concepts", {})
        codes, _log_vars = model.encode(as_shares(pictures))
        initial = url.present(faces_told(KEY), len(pictures), len(concepts))
        faces_picture(
            pictures,
            codes.round(4).tolist(),
            concepts,
            key=KEY,
            url=model_url(path_of("faces").name),
            initial=initial,
        )
        provenance("computed", model.card, key="faces")
