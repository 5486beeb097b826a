"""The tree of a beam search, walked in the browser."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from ui.components.shared import WIDE, joined_script, joined_style, save_words
from ui.i18n import _

_FOLDER: Final = Path(__file__).parent
_mount = st.components.v2.component(
    "glassbox_beam",
    js=joined_script(
        _FOLDER,
        ("tree.js", "main.js"),
        shared=("elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "life.js"),
    ),
    css=joined_style(WIDE, _FOLDER / "beam.css"),
)


@dataclass(frozen=True)
class BeamNode:
    """A token of the tree; its id is its place."""

    id: int
    parent: int  # −1 for the start token
    step: int
    piece: str
    log: float  # ln p of this token
    total: float  # summed from the start
    state: str  # "kept", "finished" or "dropped"


@dataclass(frozen=True)
class BeamHypothesis:
    """A translation that was found."""

    text: str
    length: int  # tokens, the end token included
    total: float
    score: float
    node: int


def beam_picture(
    nodes: Sequence[BeamNode],
    hypotheses: Sequence[BeamHypothesis],
    *,
    key: str,
    text: str,
    width: int,
    penalty: float,
) -> None:
    """Draw the tree and the table; ``text`` is the source, ``penalty`` the exponent of the length."""
    tree = [asdict(node) for node in nodes]
    data = {
        "key": key,
        "text": text,
        "width": width,
        "penalty": penalty,
        "nodes": tree,
        "hypotheses": [asdict(one) for one in hypotheses],
        "search": hashlib.blake2b(repr((text, tree)).encode(errors="replace"), digest_size=8).hexdigest(),
        "labels": {**save_words(), **_labels()},
    }
    _mount(key=key, data=data)


def _labels() -> dict[str, str]:
    return {
        "title": _("Tree of the beam search"),
        "caption": _(
            "At every step the beginnings with the largest sums of ln p are kept. Only at the end the length counts "
            "too (Wu et al. 2016)."
        ),
        "file": _("beam search"),
        "sign_start": _("⟨start⟩"),
        "sign_end": _("⟨end⟩"),
        "kept": _("kept"),
        "dropped": _("dropped"),
        "finished": _("finished"),
        "show_dropped": _("show what was dropped"),
        "press": _("Press a token: its way from the start and the sum of ln p appear here."),
        "node": _("{token} ({state}): ln p = {log}, sum = {total}"),
        "score": _(
            "Length {length}: {total} ÷ ((5 + {length}) / 6)^{penalty} = {total} ÷ {divisor} = {score}"
        ),
        "column_rank": _("rank"),
        "column_translation": _("translation"),
        "column_tokens": _("tokens"),
        "column_total": _("sum of ln p"),
        "column_normalised": _("normalised"),
    }
