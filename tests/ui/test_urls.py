"""Addresses are built in one place and survive any sentence."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from ui import urls


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_sentence_comes_back_from_its_link(sentence: str) -> None:
    link = urlsplit(urls.page_url("attention", {urls.SENTENCE: sentence}))
    assert link.path == "/attention"
    assert parse_qs(link.query, keep_blank_values=True)[urls.SENTENCE] == [sentence]


def test_links_without_parameters_are_short() -> None:
    assert urls.page_url("") == "/"
    assert urls.model_url("translator.safetensors") == "/models/translator.safetensors"
