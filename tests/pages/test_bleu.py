"""The BLEU page without a browser: what it sends, what it says to odd input, its presets' and questions' claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import bleu, ratings
from core.checkpoints import ModelFileError
from core.text import morphemes
from core.text.normalise import normalise
from pages.parts import bleu as bleu_part
from tests.pages.running import components, markup, run_app
from ui.bleu_link import bleu_query
from ui.bleu_scatter import means
from ui.components.bleu.rating import _read
from ui.lessons import bleu as lesson


@pytest.fixture(autouse=True)
def without_morphemes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page as it is where the library is not installed: the same on every machine."""
    monkeypatch.setattr(morphemes, "PACKAGE", "no_such_package_at_all")


@pytest.fixture
def visit(root: Path):  # type: ignore[no-untyped-def]
    """``visit(hyp="…")`` runs the page with these query parameters."""

    def run(**params: str) -> AppTest:
        return run_app(root / "pages" / "bleu.py", alone=True, **params)

    return run


def sent(app: AppTest) -> dict[str, Any]:
    """What the main picture was given."""
    return json.loads(app.get("bidi_component")[0].proto.json)


ODD = ["a", "🦥", "<b>&amp;</b> <script>", "한 " * 200, "\u200dx", "?!", "{text}", "<skipped>", "؟ العربية"]


@pytest.mark.parametrize("text", ODD)
def test_any_translation_and_any_reference_is_scored(visit: Any, text: str) -> None:
    for app in (visit(hyp=text, ref1="오늘 날씨가 어때?"), visit(hyp="오늘 날씨가 어때?", ref1=text)):
        assert components(app) == 2
        assert 'role="alert"' not in markup(app)


@pytest.mark.parametrize(
    "texts",
    [
        {"hyp": " ", "ref1": "a"},
        {"hyp": "a", "ref1": ""},
        {"hyp": "a"},
        {"ref1": "a"},
        {"hyp": "a " * 251, "ref1": "a"},
        {"hyp": "a", "ref1": "b", "ref2": "\u200b", "ref3": "x" * 501},
    ],
)
def test_what_cannot_be_scored_is_one_sentence_and_the_rest_stays(visit: Any, texts: dict[str, str]) -> None:
    app = visit(**texts)
    assert components(app) == 0
    assert markup(app).count('role="alert"') == 1
    assert app.radio  # the questions


def test_five_thousand_words_are_one_sentence_and_can_be_cut(visit: Any) -> None:
    app = visit()
    app.text_input(key="bleu-hyp").set_value("단어 " * 5000).run()
    assert markup(app).count('role="alert"') == 1 and "14,999" in markup(app)
    app.button(key="glassbox-shorten").click().run()
    assert components(app) == 2
    assert len(normalise(app.text_input(key="bleu-hyp").value)) <= 500


def test_what_is_typed_is_in_the_address(visit: Any) -> None:
    app = visit()
    app.text_input(key="bleu-hyp").set_value("오늘 & <b>").run()
    assert app.query_params["hyp"] == "오늘 & <b>"
    app.text_input(key="bleu-ref1").set_value("가" * 3000).run()
    assert "hyp" not in app.query_params  # too long for an address, and the page says so
    assert any("ⓘ" in note.value for note in app.text)


def test_a_link_brings_all_its_texts_and_nothing_else(visit: Any) -> None:
    app = visit(**bleu_query("a b", "a c", "b c"))
    assert [box.value for box in app.text_input] == ["a b", "a c", "b c"]
    app.button(key="bleu-more").click().run()
    assert len(app.text_input) == 4 and components(app) == 2


def test_an_empty_further_reference_does_not_count(visit: Any) -> None:
    app = visit(hyp="a b", ref1="a b", ref2="")
    app.button(key="bleu-more").click().run()
    assert sent(app)["references"] == ["a b"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tok", "guess"),
        ("tok", "morpheme"),
        ("smooth", "x"),
        ("n", "5"),
        ("gram", "0"),
        ("ref1", "a" * 10_001),
    ],
)
def test_a_bad_value_of_the_address_falls_back_and_says_so(visit: Any, name: str, value: str) -> None:
    """Morphemes without their library are a value that is not possible here."""
    app = visit(**{"hyp": "a", "ref1": "a", name: value})
    assert any(f"“{value[:40]}" in note.value for note in app.text)
    assert components(app) == (0 if name == "ref1" else 2)


def test_without_their_library_the_page_says_how_to_get_morphemes(visit: Any) -> None:
    assert "requirements-morphemes.txt" in markup(visit())


def test_a_damaged_translator_leaves_the_scores(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ModelFileError("truncated", Path("/somewhere/translator.safetensors"))

    monkeypatch.setattr(bleu_part, "to_rate", refuse)
    app = visit(rate="1")
    assert components(app) == 2
    assert markup(app).count('role="alert"') == 1 and "/somewhere" not in markup(app)


def test_presets_are_set_up(visit: Any) -> None:
    app = visit(lang="en")
    for name, preset in lesson.PRESETS.items():
        app.button(key=f"glassbox-preset-{name}").click().run()
        hypothesis, references = preset.texts("ko")
        assert [box.value for box in app.text_input] == [hypothesis, *references]
        assert not app.exception and components(app) == 2


@pytest.mark.parametrize(("state", "waits"), [("loading", True), ("ready", False), ("missing", False)])
def test_morphemes_are_waited_for_only_while_they_are_loaded(
    visit: Any, monkeypatch: pytest.MonkeyPatch, state: str, waits: bool
) -> None:
    monkeypatch.setattr(morphemes, "state", lambda: state)
    monkeypatch.setattr(morphemes, "name", lambda: "kiwi-0")
    monkeypatch.setattr(morphemes, "morphemes", lambda text: list(text))
    app = visit(hyp="가나", ref1="가나")
    given = sent(app)
    assert given["waiting"] == waits
    assert ("morpheme" in given["cuts"]) == (state == "ready")


# What the presets, the questions and the list to rate say, by the numbers.


def value(texts: lesson.Texts) -> float:
    return bleu.sentence_bleu(texts[0], texts[1]).value


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_paraphrase_scores_low_and_the_salad_high(language: str) -> None:
    assert value(lesson.PRESETS["paraphrase"].texts(language)) < 15
    assert value(lesson.PRESETS["salad"].texts(language)) > 60


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_short_one_is_right_in_all_it_says(language: str) -> None:
    texts = lesson.PRESETS["brevity"].texts(language)
    found = bleu.sentence_bleu(*texts)
    assert set(found.precisions[: found.used]) == {1.0} and found.brevity < 0.5


@pytest.mark.parametrize("language", ["ko", "en"])
def test_several_references_are_better_than_each_alone(language: str) -> None:
    hypothesis, references = lesson.PRESETS["several"].texts(language)
    assert value((hypothesis, references)) > max(value((hypothesis, (one,))) for one in references)


def test_the_answers_of_the_questions() -> None:
    order = bleu.sentence_bleu(*lesson.PRESETS["order"].texts("ko"))
    assert order.fractions[:2] == ((4, 4), (1, 3)) and order.value < 50
    assert bleu.sentence_bleu(*lesson.PRESETS["clipping"].texts("ko")).fractions[0] == (2, 7)
    assert bleu.brevity_penalty(2, 4) == pytest.approx(0.37, abs=0.005)


def test_half_of_the_list_is_the_translators_own() -> None:
    listed = bleu_part.to_rate()
    assert [kind for _e, _t, kind in listed].count("translator") == len(listed) / 2 == 6
    for half in (listed[:6], listed[6:]):  # each sentence once before any comes again
        assert len({example.source for example, _t, _k in half}) == 6
    assert {kind for _e, _t, kind in listed} == set(bleu_part.ORIGINS)


def test_the_list_shows_scores_that_are_wrong_about_quality() -> None:
    by_kind: dict[str, list[float]] = {kind: [] for kind in ratings.KINDS}
    for example in ratings.load():
        by_kind[example.kind].append(bleu.sentence_bleu(example.other, [example.reference]).value)
    assert max(by_kind["paraphrase"]) < min(by_kind["wrong"])
    assert max(by_kind["paraphrase"]) < min(by_kind["salad"])


def test_votes_are_averaged_and_nonsense_is_no_vote() -> None:
    votes = _read([[0, 5], [0, 4], [2, 1], [9, 3], [1, 6], [1, 0], ["a", 2], [1]], 3)
    assert votes == [(0, 5), (0, 4), (2, 1)]
    assert means(votes) == {0: 4.5, 2: 1.0}
    assert _read(None, 3) == []
