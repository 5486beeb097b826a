"""The way to the BLEU page with a translation: the texts are in the address."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from ui import course, state
from ui.i18n import _

PAGE: Final = "bleu"
HYPOTHESIS: Final = "hyp"
REFERENCES: Final = ("ref1", "ref2", "ref3", "ref4")


def bleu_query(hypothesis: str, *references: str) -> dict[str, str]:
    """Return the query parameters that open the page with these texts (for ``st.page_link`` and the like)."""
    return {HYPOTHESIS: hypothesis, **dict(zip(REFERENCES, references, strict=False))}


def bleu_url(hypothesis: str, *references: str) -> str:
    """Return the page's address with these texts, for links outside of Streamlit's own; the language goes along."""
    query = {**state.sticky(), **bleu_query(hypothesis, *references)}
    return f"{PAGE}?{urlencode(query, errors='replace')}"


def bleu_link(hypothesis: str, *references: str) -> None:
    """Draw the link that takes a translation to the page."""
    page = course.find(PAGE)
    if page is not None:
        query = {**state.sticky(), **bleu_query(hypothesis, *references)}
        st.page_link(
            page.file, label=_("Score this translation with BLEU"), icon=page.icon, query_params=query
        )
