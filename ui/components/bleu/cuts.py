"""Mounts the picture of one translation cut in every way, with the BLEU of each."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from ui.components.bleu.labels import cuts_labels
from ui.components.bleu.picture import DRAWING, FOLDER, LIFE, style
from ui.components.bleu.view import BleuView
from ui.components.shared import joined_script

_mount: Final = st.components.v2.component(
    "glassbox_bleu_cuts",
    js=joined_script(FOLDER, (LIFE, "sheet.js", "cuts.js"), shared=DRAWING),
    css=style("cuts.css"),
)


def cuts_picture(view: BleuView, smoothing: str, *, key: str) -> None:
    """Draw the picture: a row for each tokenizer, its scores with this smoothing."""
    rows: list[dict[str, Any]] = [
        {
            "tokenizer": name,
            "lines": [list(cut.tokens), *(list(tokens) for tokens in cut.references)],
            "score": cut.scores[smoothing]["value"],
            "signature": cut.scores[smoothing]["signature"],
            "counts": [f"{order['matches']}/{order['total']}" for order in cut.orders],
        }
        if (cut := view.cuts.get(name))
        else {"tokenizer": name, "lines": None, "score": None, "signature": "", "counts": []}
        for name in view.tokenizers
    ]
    _mount(
        key=key, data={"text": view.hypothesis, "rows": rows, "labels": cuts_labels(view.waiting), "key": key}
    )
