"""Attention against deletion: which source words were looked at, and which ones mattered."""

from __future__ import annotations

import streamlit as st

from core import device
from core.deletion import Deletion, deletion, rank_correlation
from pages.loading import translator
from ui import frame
from ui.components.deletion import deletion_picture
from ui.folded import folded
from ui.i18n import _
from ui.provenance import provenance
from ui.translate_parts import shown


@st.cache_resource(show_spinner=False, max_entries=64)
def run(text: str, direction: str, output: tuple[int, ...]) -> Deletion:
    """The output scored with and without each word; equal requests of all visitors are computed once."""
    return deletion(translator(), text, direction, output)


@st.fragment  # a change in this part does not run the rest of the page
def deleted(text: str, direction: str, output: tuple[int, ...]) -> None:
    """The folded part: the words of the source, and the output that is on the screen above."""
    panel = folded("deletion", _("Attention against deletion"), ":material/backspace:")
    if panel is None:
        return
    with panel:
        found = run(text, direction, output)
        if not found.words:
            frame.problem(_("This text has no word that could be deleted."))
            return
        said = translator().tokenizer.decode(list(output))
        frame.caption(
            _("Each source word is deleted in turn; “{said}” is scored again with what is left.").format(
                said=said
            )
        )
        rows = found.attention_with_means
        deletion_picture(
            [shown(word) for word in found.words],
            found.effect.tolist(),
            rows.tolist(),
            [[rank_correlation(row, found.effect) for row in layer] for layer in rows],
            key="translate-deletion",
            text=text,
        )
        provenance("computed", translator().card, device.describe(), key="deletion")
