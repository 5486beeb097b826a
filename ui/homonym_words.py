"""What is said about the homonyms: a line below each sentence, the verdict and the picture's caption."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

import streamlit as st

from ui import frame
from ui.i18n import N_, _


def translation(said: str, pieces: Sequence[str]) -> None:
    """One line below a sentence: which pieces hold the word, and what the model makes of the sentence."""
    read = " ".join(f"<code>{html.escape(piece)}</code>" for piece in pieces)
    label = _("read: {pieces} · translated:")
    first, last = (html.escape(part) for part in label.split("{pieces}"))
    st.html(
        f'<p class="gb-caption" data-glassbox-said style="margin-top:-0.6rem;font-size:0.875rem">{first}{read}{last} '
        f"<b dir='auto'>{html.escape(said)}</b></p>"
    )


_VERDICTS: Final = {
    "clearly": N_("the model tells the senses apart."),
    "slightly": N_("the model tells the senses apart a little."),
    "hardly": N_("the model hardly tells the senses apart."),
    "reversed": N_("the model takes different senses for more alike than equal ones."),
}


def verdict(
    kind: str, same: float, other: float, nearest: tuple[int, int], thresholds: tuple[float, float]
) -> None:
    """Say in plain words, with the numbers, whether the last layer tells the senses apart."""
    if kind == "unknown":
        frame.caption(_("For a verdict there must be two sentences of one sense and one of another."))
        return
    first = _("At the last layer: same sense {same}, other sense {other}:").format(
        same=f"{same:.3f}", other=f"{other:.3f}"
    )
    agree, asked = nearest
    second = _("The most similar sentence has the same sense for {agree} of {asked} sentences.")
    third = _("“Apart” means {clearly} or more between the two means, “a little” {slightly} or more.")
    clearly, slightly = thresholds
    st.html(
        f'<p class="gb-translation" style="word-break:keep-all" data-glassbox-verdict="{html.escape(kind)}">'
        f"<b>{html.escape(first)} "
        f'{html.escape(_(_VERDICTS[kind]))}</b></p><p class="gb-caption">'
        f"{html.escape(second.format(agree=agree, asked=asked))} "
        f"{html.escape(third.format(clearly=f'{clearly:.2f}', slightly=f'{slightly:.2f}'))}</p>"
    )


def caption(same_pieces: bool, same_places: bool) -> str:
    """The picture's caption; the arguments say what the word has in common in all sentences."""
    if not same_pieces:
        start = _("The word is not the same piece everywhere, so its vectors differ from the embedding on.")
    elif not same_places:
        start = _(
            "The word is the same piece everywhere, so at the embedding every cosine is 1; "
            "then its place in the sentence moves it."
        )
    else:
        start = _(
            "The word is the same piece at the same place everywhere, so every cosine is 1 "
            "until attention brings in the other words."
        )
    return " ".join(
        (
            start,
            _("Shaded: attention. Framed: sentences of one sense."),
            _(
                "Strips: the word's vector in each sentence, a column a dimension, one scale for all depths; "
                "what lies beyond its ends has the end's colour."
            ),
        )
    )
