"""The beam search of the Translate page: its tree and what it found."""

from __future__ import annotations

import streamlit as st

from core import device
from core.decoding.beam import Beam
from pages.loading import translator
from pages.parts.translate import LONGEST
from ui import translate_search
from ui.components.beam import BeamHypothesis, BeamNode, beam_picture
from ui.folded import folded
from ui.i18n import _
from ui.provenance import provenance

SHOWN = 3  # dropped expansions of a node; the picture has room for few


@st.cache_resource(show_spinner=False, max_entries=32)
def search(text: str, direction: str, prefix: tuple[int, ...], width: int, penalty: float) -> Beam:
    """One search; equal requests of all visitors are computed once."""
    return translator().search(
        text,
        direction,
        width=width,
        length_penalty=penalty,
        longest=LONGEST,
        prefix=prefix,
        shown=SHOWN,
    )


def best_path(text: str, direction: str, prefix: tuple[int, ...]) -> tuple[int, ...]:
    """The tokens of the best hypothesis with the width and penalty that are chosen."""
    width, penalty = translate_search.beam_now()
    return search(text, direction, prefix, width, penalty).hypotheses[0].tokens


def beam_open(text: str, direction: str, prefix: tuple[int, ...]) -> None:
    """The search whose best the timeline shows."""
    with st.container(border=True, key="glassbox-beam-open"):
        draw(text, direction, prefix)


def beam(text: str, direction: str, prefix: tuple[int, ...]) -> None:
    """The folded part, where the timeline shows another search."""
    panel = folded("beam", _("Beam search: several beginnings at once"), ":material/account_tree:")
    if panel is not None:
        with panel:
            draw(text, direction, prefix)


def draw(text: str, direction: str, prefix: tuple[int, ...]) -> None:
    """The two sliders, the tree and the table."""
    width, penalty = translate_search.beam_sliders()
    found = search(text, direction, prefix, width, penalty)
    tokenizer = translator().tokenizer
    pieces = tokenizer.pieces([node.token for node in found.nodes])
    beam_picture(
        [
            BeamNode(node.id, node.parent, node.step, piece, node.log_probability, node.total, node.state)
            for node, piece in zip(found.nodes, pieces, strict=True)
        ],
        [
            BeamHypothesis(tokenizer.decode(one.tokens), len(one.tokens), one.total, one.score, one.node)
            for one in found.hypotheses
        ],
        key="translate-beam",
        text=text,
        width=width,
        penalty=penalty,
    )
    provenance("computed", translator().card, device.describe(), key="beam")
