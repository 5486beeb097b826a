"""The way to the BLEU page, and what its pictures are given and answer."""

from __future__ import annotations

import re
import urllib.parse

import pytest

from ui import bleu_link
from ui.components.bleu import BleuView, CutView
from ui.components.bleu.labels import bleu_labels, cuts_labels, rating_labels
from ui.components.bleu.picture import FOLDER


@pytest.fixture(autouse=True)
def no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.state.sticky", lambda: {"lang": "en"})


@pytest.mark.parametrize("text", ["오늘 날씨가 어때?", "a&b=c#d", "<b>100 %</b>", "🦥"])
def test_a_link_carries_its_texts_and_the_language(text: str) -> None:
    address = urllib.parse.urlsplit(bleu_link.bleu_url(text, "ref", text))
    assert address.path == "bleu"
    assert urllib.parse.parse_qs(address.query) == {
        "lang": ["en"],
        "hyp": [text],
        "ref1": ["ref"],
        "ref2": [text],
    }


def test_half_a_character_and_a_fifth_reference_do_no_harm() -> None:
    query = urllib.parse.urlsplit(bleu_link.bleu_url("a\ud800", *"bcdef")).query
    assert list(urllib.parse.parse_qs(query)) == ["lang", "hyp", "ref1", "ref2", "ref3", "ref4"]


def view(*texts: str, waiting: bool = False) -> BleuView:
    cut = CutView([], [[]], [], 0, {})
    return BleuView(texts[0], texts[1:], ("13a",), ("exp",), {"13a": cut}, 0.0, "", waiting)


def test_the_digest_names_the_texts_alone() -> None:
    digests = [view(*texts).packed["digest"] for texts in (("a", "b"), ("a", "c"), ("ab",), ("a", "b", ""))]
    assert len(set(digests)) == 4
    assert view("a", "b", waiting=True).packed["digest"] == digests[0]


def test_a_library_that_is_being_loaded_is_not_called_missing() -> None:
    for labels in (bleu_labels, cuts_labels):
        assert "requirements-morphemes" in labels()["missing"]
        assert "requirements-morphemes" not in labels(waiting=True)["missing"]


def test_the_scripts_ask_only_for_words_that_python_gives() -> None:
    """A label that is missing would show its own name."""
    given = {"main": bleu_labels(), "cuts": cuts_labels(), "rating": rating_labels()}
    files = {
        "cuts": ["cuts.js"],
        "rating": ["rating.js"],
        "main": ["grams.js", "light.js", "bars.js", "curve.js", "formula.js", "save.js", "main.js"],
    }
    for part, names in files.items():
        for name in names:
            script = (FOLDER / name).read_text(encoding="utf-8")
            for asked in re.findall(r"""\bt\(\s*"(\w+)\"""", script):
                assert asked in given[part], f"{name}: {asked}"
