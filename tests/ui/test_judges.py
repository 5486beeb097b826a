"""What the picture of the judges is given, and what is made of what it tells."""

from __future__ import annotations

import re

import pytest

from core.sentiment import KINDS
from ui import sentiment_page
from ui.components.judges import METHODS, NAMES, JudgesView, Line, told_by
from ui.components.judges.labels import judges_labels
from ui.components.judges.picture import FOLDER, SCRIPTS
from ui.components.judges.view import digest_of


def test_every_model_has_a_name_and_every_method_too() -> None:
    assert tuple(NAMES) == KINDS
    labels = judges_labels()
    for kind in KINDS:
        assert labels[f"kind_{kind}"] and labels[f"about_kind_{kind}"]
    for method in METHODS:
        assert labels[f"method_{method}"] and labels[f"about_{method}"] and labels[f"tip_{method}"]


def test_the_digest_names_the_text_and_its_judges_alone() -> None:
    def view(text: str, language: str, order: tuple[int, ...] = (0,), mask: bool = True) -> str:
        lines = (Line("lstm", missing="gone"),)
        packed = JudgesView(text, language, ("a",), order, "deletion", mask, lines).packed
        assert packed["lines"][0]["missing"] == "gone"
        return str(packed["digest"])

    assert len({view("a", "ko"), view("a", "en"), view("b", "ko")}) == 3
    assert view("a b", "ko", (1, 0), False) == view("a b", "ko") == digest_of("a b", "ko")


def test_the_scripts_ask_only_for_words_that_python_gives() -> None:
    """A label that is missing would show its own name."""
    labels = judges_labels()
    for name in SCRIPTS[1:]:
        script = (FOLDER / name).read_text(encoding="utf-8")
        for asked in re.findall(r"""\bt\(\s*"(\w+)\"""", script):
            assert asked in labels, f"{name}: {asked}"


@pytest.mark.parametrize("text", ["2-0-1", "0-1-2"])
def test_an_order_names_every_word_once(text: str) -> None:
    assert sentiment_page.permutation(3)(text) == [int(word) for word in text.split("-")]


@pytest.mark.parametrize("text", ["", "0-1", "0-0-1", "0-1-3", "0-1-2-", "-1-0-1", "a-b-c", "٠-١-٢"])
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        sentiment_page.permutation(3)(text)


def test_an_order_of_another_text_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"order": [1, 0], "made": 2, "kind": "lstm", "digest": "a", "restart": "0"}
    monkeypatch.setattr("streamlit.session_state", {"picture": {"state": told}})
    assert told_by("picture", "a", "0") == {"order": [1, 0], "made": 2, "kind": "lstm"}
    assert told_by("picture", "b", "0") == {"kind": "lstm"}
    assert told_by("picture", "a", "1") == told_by("nothing", "a", "0") == {}
