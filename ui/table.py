"""A small table of words and numbers that scrolls within itself where the window is narrow."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> None:
    """Draw it, every character escaped; the first column names the rows.

    ``name``: what the table can be found by in the page, as ``data-glassbox-…``.
    """
    head = "".join(f"<th scope='col'>{html.escape(words)}</th>" for words in heads)
    body = "".join(
        f"<tr><th scope='row'>{html.escape(first)}</th>"
        + "".join(f"<td style='white-space:nowrap'>{html.escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for first, *cells in rows
    )
    st.html(
        f'<div style="overflow-x:auto"><table class="gb-card-table" data-glassbox-{name}>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
