"""A small table of words and numbers that scrolls within itself where the window is narrow."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

import streamlit as st

_CELL: Final = "padding-right:0.75rem"
_WHOLE: Final = f"white-space:nowrap;{_CELL}"  # a number is never broken
_SENTENCE: Final = 24  # letters: a longer cell is one, and may be broken


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> None:
    """Draw it, every character escaped; the first column names the rows.

    ``name``: what the table can be found by in the page, as ``data-glassbox-…``.
    """
    head = "".join(
        f"<th scope='col' style='word-break:keep-all'>{html.escape(words)}</th>" for words in heads
    )
    body = "".join(
        f"<tr><th scope='row' style='white-space:nowrap'>{html.escape(first)}</th>"
        + "".join(
            f"<td style='{_WHOLE if len(cell) < _SENTENCE else _CELL}'><bdi>{html.escape(cell)}</bdi></td>"
            for cell in cells
        )
        + "</tr>"
        for first, *cells in rows
    )
    st.html(
        f'<div style="overflow-x:auto"><table class="gb-card-table" style="max-width:none" data-glassbox-{name}>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
