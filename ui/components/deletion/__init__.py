"""Attention against deletion: two rows of bars over the source words, with their rank correlation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st

from ui.components.shared import WIDE, joined_script, joined_style, save_words
from ui.i18n import _

_FOLDER: Final = Path(__file__).parent
_mount = st.components.v2.component(
    "glassbox_deletion",
    js=joined_script(
        _FOLDER,
        ("main.js",),
        shared=("elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "life.js"),
    ),
    css=joined_style(WIDE, _FOLDER / "deletion.css"),
)

# By layer and head, the first of each being the mean over all.
ByHead = Sequence[Sequence[Sequence[float]]]


def deletion_picture(
    words: Sequence[str],
    effect: Sequence[float],
    attention: ByHead,
    correlation: Sequence[Sequence[float | None]],
    *,
    key: str,
    text: str,
) -> None:
    """Draw the bars; layer and head are switched in the browser.

    ``effect``: (word,) in nats; ``attention``: (1 + layer, 1 + head, word) and ``correlation``: (1 + layer, 1 + head),
    the mean first.
    """
    data: dict[str, Any] = {
        "key": key,
        "text": text,
        "words": list(words),
        "effect": list(effect),
        "attention": attention,
        "correlation": correlation,
        "labels": {
            **save_words(),
            "title": _("Attention against deletion"),
            "caption": _(
                "Above: source–target attention to each word, summed over its pieces, mean over the output. Below: how "
                "much ln p of the same output falls when the word is deleted; below 0 the output is likelier without "
                "it. Attention shows where the model looked; that is no explanation of what it said."
            ),
            "file": _("attention and deletion"),
            "attention": _("attention"),
            "effect": _("loss of ln p"),
            "layer": _("layer"),
            "head": _("head"),
            "mean": _("mean"),
            "correlation": _("Rank correlation (Spearman): {value}"),
            "no_correlation": _("Too few words, or all alike: no rank correlation."),
            "cell": _("{word}: attention {attention}, deletion {effect} nats"),
        },
    }
    _mount(key=key, data=data)
