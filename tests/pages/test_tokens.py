"""The tokens page without a browser: what it sends, what it says to odd input, and its questions' answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.checkpoints import ModelFileError
from core.text import fertility
from core.text.normalise import normalise
from core.text.segmenters import KINDS, SIZES, load_shelf
from core.text.segmenters.vocabulary import entries, search
from pages.parts import tokens as tokens_part
from tests.pages.running import components, markup, run_app
from ui.components.tokens import name_of
from ui.i18n import translate
from ui.lessons import tokens as lesson


@pytest.fixture
def visit(root: Path):  # type: ignore[no-untyped-def]
    """``visit(text="…")`` runs the page with these query parameters."""

    def run(**params: str) -> AppTest:
        return run_app(root / "pages" / "tokens.py", alone=True, **params)

    return run


@pytest.mark.parametrize(
    "text", [lesson.FIRST["ko"], "a", "🦥", "<b>&amp;</b>", "한 " * 70, "가" * 500, "\u0301", "\u200dx", "?!"]
)
def test_any_text_is_shown(visit: Any, text: str) -> None:
    app = visit(text=text)
    assert components(app) == 3
    assert 'role="alert"' not in markup(app)


@pytest.mark.parametrize("text", [" ", "\u200b\u202e", "x" * 501])
def test_what_cannot_be_shown_is_one_sentence_and_the_rest_stays(visit: Any, text: str) -> None:
    app = visit(text=text)
    assert markup(app).count('role="alert"') == 1
    assert components(app) == 1  # Korean against English


def test_too_long_a_text_can_be_cut(visit: Any) -> None:
    app = visit(text="한글 " * 300)
    app.button(key="glassbox-shorten").click().run()
    assert len(normalise(app.text_input(key="glassbox-sentence").value)) <= 500
    assert components(app) == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [("size", "3000"), ("ids", "maybe"), ("word", "99"), ("method", "guess"), ("count", "x"), ("pairs", "y")],
)
def test_a_bad_value_of_the_address_falls_back_and_says_so(visit: Any, name: str, value: str) -> None:
    app = visit(**{name: value})
    assert components(app) == 3
    assert any(f"“{value}”" in note.value for note in app.text)


def test_half_a_pair_is_no_pair(visit: Any) -> None:
    assert components(visit(ko="", en="Hello")) == 3


def test_a_damaged_vocabulary_is_one_sentence(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str) -> None:
        raise ModelFileError("truncated", Path("/somewhere/unigram-1000.model"))

    monkeypatch.setattr(tokens_part, "cuts", refuse)
    app = visit()
    assert markup(app).count('role="alert"') == 1
    assert "unigram-1000.model" in markup(app) and "/somewhere" not in markup(app)


def test_the_cuts_are_those_of_core() -> None:
    view = tokens_part.cuts("뷁 train")
    assert [row.kind for row in view.rows] == list(KINDS)
    for row in view.rows:
        for size, cut in row.cuts.items():
            assert list(cut.ids) == load_shelf().get(row.kind, size or SIZES[0]).encode("뷁 train")
    packed = view.packed["rows"][2]["cuts"]["8000"]
    assert packed["marks"] == ".bbb." and "back" not in packed
    assert "back" in view.packed["rows"][0]["cuts"]["1000"]


def test_the_pair_is_counted_as_core_counts() -> None:
    counts = tokens_part.pair_counts("기차가 떠났다", "The train left")
    assert counts.words == (2, 3)
    assert counts.tokens["characters"][0] == (7, 14)
    assert counts.tokens["bpe"][8000][1] == len(load_shelf().get("bpe", 8000).encode("The train left"))


def test_a_search_finds_the_longest_entries_that_hold_it() -> None:
    listed = entries(load_shelf().get("unigram", 8000), "unigram")
    found = search(listed, " 기차")
    assert found and all("▁기차" in entry.shown for entry in found)
    assert [len(entry.shown) for entry in found] == sorted((len(e.shown) for e in found), reverse=True)
    assert len(search(listed, "")) == 8000
    assert all(entry.score is None or entry.score < 0 for entry in listed)
    for kind in ("bpe", "bytelevel", "wordpiece", "words"):
        listed = entries(load_shelf().get(kind, 2000), kind)
        assert [entry.id for entry in listed] == list(range(2000))
        assert all(entry.score is None for entry in listed)


# The answers of the questions, by the shipped vocabularies.


def test_english_needs_more_tokens_for_the_same_meaning_and_korean_more_for_a_word() -> None:
    counted = fertility.read()
    sides = counted["counts"]["bpe"]["8000"]
    korean, english = sides["korean"]["tokens"], sides["english"]["tokens"]
    assert korean < english
    assert korean / counted["words"]["korean"] > english / counted["words"]["english"]


@pytest.mark.parametrize("size", SIZES)
def test_wordpiece_makes_an_emoji_unknown(size: int) -> None:
    assert [token.shown for token in load_shelf().get("wordpiece", size).tokens("🦥")] == ["[UNK]"]


def test_a_bigger_vocabulary_of_words_gives_as_many_tokens() -> None:
    for text in (preset.sentence for preset in lesson.PRESETS.values()):
        assert len({len(load_shelf().get("words", size).encode(text)) for size in SIZES}) == 1


@pytest.mark.parametrize("size", SIZES)
def test_five_of_seven_give_an_unseen_syllable_back(size: int) -> None:
    back = [load_shelf().get(kind, size).decode(load_shelf().get(kind, size).encode("뷁")) for kind in KINDS]
    assert back.count("뷁") == 5


def test_every_kind_has_a_name() -> None:
    assert len({name_of(kind) for kind in KINDS}) == 7


@pytest.mark.parametrize(("language", "name"), [("ko", "나무늘보 이모지"), ("en", "a sloth emoji")])
def test_an_emoji_is_named_too(monkeypatch: pytest.MonkeyPatch, language: str, name: str) -> None:
    """Where no emoji font is installed the character itself is an empty box."""
    asked: list[str] = []
    monkeypatch.setattr(lesson, "_", lambda message: translate(message, language))
    monkeypatch.setattr(lesson, "predict", lambda _key, question, *_rest, **_named: asked.append(question))
    lesson.questions()
    with_emoji = [question for question in asked if "🦥" in question]
    assert with_emoji and all(name in question for question in with_emoji)
