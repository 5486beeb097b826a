"""The page `/sentiment` without a browser: what it sends, and what it says to odd input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import pages.loading
from core.checkpoints import ModelFileError
from core.reorder import in_order, moved, words_of
from core.sentiment import KINDS, LONGEST, SEQUENCES, Judge
from core.text.normalise import normalise
from pages.parts import judges as part
from pages.parts.judge_cards import figures_of
from pages.parts.review_words import SHOWN, cut_by
from tests.judges import made
from tests.pages.running import components, markup, problems, run_app
from ui.lessons import sentiment as lesson

TEXT = "지루한 영화가 아니라 재미있는 영화"
ORDER = [3, 1, 2, 0, 4]


@pytest.fixture(autouse=True)
def judges(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Judge]]:
    """Pages find these in the place of the trained ones; what is taken out of the dictionary is missing."""
    found = {kind: made(kind, TEXT) for kind in KINDS}

    def load(language: str, kind: str) -> Judge:
        if kind not in found:
            raise ModelFileError("missing", Path(f"sentiment-{language}-{kind}.safetensors"))
        return found[kind]

    monkeypatch.setattr("pages.loading.load_judge", load)
    monkeypatch.setattr("core.sentiment.load_judge", load)
    cached = (pages.loading.judge, cut_by, part.judged)
    for one in cached:
        one.clear()
    yield found
    for one in cached:
        one.clear()


@pytest.fixture
def visit(root: Path):  # type: ignore[no-untyped-def]
    """``visit(text="…")`` runs the page with these query parameters."""

    def run(**params: str) -> AppTest:
        return run_app(root / "pages" / "sentiment.py", alone=True, **params)

    return run


def sent(app: AppTest) -> dict[str, Any]:
    """What the picture was given."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def captions(app: AppTest) -> list[str]:
    return [html for html in markup(app).split("<p ") if html.startswith('class="gb-caption"')]


def line(app: AppTest, kind: str) -> dict[str, Any]:
    return next(one for one in sent(app)["lines"] if one["kind"] == kind)


def test_every_model_says_of_every_move_what_core_says(visit: Any, judges: dict[str, Judge]) -> None:
    app = visit(text=TEXT, order="3-1-2-0-4")
    assert [one["kind"] for one in sent(app)["lines"]] == list(KINDS)
    assert sent(app)["words"] == TEXT.split() and sent(app)["order"] == ORDER
    for kind in KINDS:
        words, found = words_of(judges[kind], TEXT), line(app, kind)
        expected = judges[kind].logits([in_order(words, order) for order in (ORDER, range(5))])
        assert [found["logit"], found["typed"]] == pytest.approx(expected, abs=1e-5)
        there = in_order(words, moved(ORDER, 4, 1))
        assert found["moves"][4][1] == pytest.approx(judges[kind].logits([there])[0], abs=1e-5)
        assert found["blind"] == (kind in ("unigram", "encoder-none"))


@pytest.mark.parametrize("method", ["deletion", "gradients"])
def test_the_sum_is_the_logit_where_it_must_be(visit: Any, method: str) -> None:
    app = visit(text=TEXT, order="3-1-2-0-4", method=method)
    for kind in KINDS:
        found = line(app, kind)
        total = found["base"] + sum(found["words"]) + sum(found["gaps"]) + found["rest"]
        if kind not in SEQUENCES:
            assert total == pytest.approx(found["logit"], abs=1e-9)
            assert [sum(value for _, value in grams) for grams in found["grams"]] == pytest.approx(
                found["words"]
            )
            between = [sum(value for _, value in grams) for grams in found["gap_grams"]]
            assert between == pytest.approx(found["gaps"])
        elif method == "gradients":
            assert total == pytest.approx(found["logit"], abs=0.05)


def test_without_the_padding_mask_only_the_sequence_models_move(visit: Any) -> None:
    masked, read = visit(text=TEXT), visit(text=TEXT, mask="0")
    for kind in KINDS:
        moves = [line(app, kind)["moves"] for app in (masked, read)]
        assert (moves[0] == moves[1]) == (kind not in SEQUENCES)


def test_each_preset_begins_in_its_typed_order(visit: Any) -> None:
    app = visit(text=TEXT, order="3-1-2-0-4", mask="0")
    for name, preset in lesson.PRESETS.items():
        app.button(key=f"glassbox-preset-{name}").click().run()
        assert not problems(app) and not app.exception
        assert sent(app)["text"] == normalise(preset.text)
        assert sent(app)["order"] == list(range(len(preset.text.split())))
        assert sent(app)["kind"] == preset.chosen["kind"] and sent(app)["mask"]
        assert "order" not in app.query_params


def test_another_text_forgets_the_order_and_keeps_the_rest(visit: Any) -> None:
    app = visit(text=TEXT, order="3-1-2-0-4", kind="lstm", method="gradients")
    app.text_input(key="sentiment-text").set_value("하나 둘 셋 넷 다섯").run()
    assert sent(app)["order"] == [0, 1, 2, 3, 4] and "order" not in app.query_params
    assert (sent(app)["kind"], sent(app)["method"]) == ("lstm", "gradients")
    assert app.query_params["text"] == "하나 둘 셋 넷 다섯"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("order", "0-0-1-2-3"),
        ("order", "0-1"),
        ("order", "a"),
        ("kind", "guess"),
        ("method", "attention"),
        ("mask", "2"),
        ("seed", "-1"),
        ("model", "fr"),
    ],
)
def test_a_bad_value_of_the_address_falls_back_and_says_so(visit: Any, name: str, value: str) -> None:
    app = visit(**{"text": TEXT, name: value})
    assert any(f"“{value}”" in note.value for note in app.text)
    assert sent(app)["order"] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_nothing_to_judge_is_one_sentence_and_the_rest_stays(visit: Any, text: str) -> None:
    app = visit()
    app.text_input(key="sentiment-text").set_value(text).run()
    assert components(app) == 0 and len(problems(app)) == 1
    assert app.radio  # the questions


ODD = {
    "좋다": ["One word has no order"],
    "😀": ["no letter", "One word has no order"],
    "😀 🦥 ?!": ["no letter"],
    "<b>&amp;</b> <script>alert(1)</script>": [],
    "{text} \\ \" '": [],
    "\u202e좋다 나쁘다": [],
}


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_judged_and_it_is_said_what_is_odd(visit: Any, text: str) -> None:
    app = visit()
    app.session_state["glassbox_language"] = "en"
    app.text_input(key="sentiment-text").set_value(text).run()
    assert components(app) == 1 and not problems(app)
    said = captions(app)[:-1]  # the last one says what the data are
    assert len(said) == len(ODD[text])
    assert all(part in sentence for part, sentence in zip(ODD[text], said, strict=True))
    assert sent(app)["words"] == normalise(text).split()
    assert app.text_input(key="sentiment-text").value == text
    assert "<script>" not in markup(app)


def test_who_judges_can_be_chosen_and_a_strange_script_is_named(visit: Any) -> None:
    for text, model, other in (
        ("a fine film", "ko", True),
        ("좋은 영화", "en", True),
        ("좋은 영화", "ko", False),
    ):
        app = visit(text=text, model=model)
        assert sent(app)["language"] == model
        assert (len(captions(app)) == 2) == other
    assert sent(visit(text="a fine film"))["language"] == "en"
    assert sent(visit(text="fine 영화"))["language"] == "ko"


def test_five_thousand_words_are_read_by_the_bags_and_shown_in_part(
    visit: Any, judges: dict[str, Judge]
) -> None:
    text = " ".join(["단어", "영화"] * 2500)
    app = visit()
    app.text_input(key="sentiment-text").set_value(text).run()
    assert components(app) == 1 and not problems(app)
    assert len(sent(app)["words"]) == len(sent(app)["order"]) == SHOWN
    assert any("5,000" in sentence for sentence in captions(app))
    assert any(str(LONGEST) in sentence for sentence in captions(app))
    assert any("ⓘ" in note.value for note in app.text)  # too long for the address
    ids = [piece for word in words_of(judges["tfidf"], text) for piece in word]
    found = line(app, "tfidf")
    assert found["logit"] == pytest.approx(judges["tfidf"].logits([ids])[0])
    assert found["base"] + sum(found["words"]) + sum(found["gaps"]) + found["rest"] == pytest.approx(
        found["logit"]
    )
    assert found["moves"] is None
    assert line(app, "lstm")["logit"] == pytest.approx(judges["lstm"].logits([ids[:LONGEST]])[0], abs=1e-5)
    app.text_input(key="sentiment-text").set_value("가 " * 60_000).run()
    assert components(app) == 0 and len(problems(app)) == 1


def test_a_model_without_its_file_says_so_and_the_others_go_on(visit: Any, judges: dict[str, Judge]) -> None:
    del judges["lstm"]
    app = visit(text=TEXT)
    assert not problems(app)
    assert "sentiment-ko-lstm.safetensors" in line(app, "lstm")["missing"]
    assert [one["kind"] for one in sent(app)["lines"] if one["missing"]] == ["lstm"]
    judges.clear()
    for one in (pages.loading.judge, cut_by, part.judged):
        one.clear()
    app = visit(text=TEXT)
    assert components(app) == 0 and len(problems(app)) == 1


def test_the_figures_are_the_test_sets_where_there_are_any_and_training_is_all_of_it() -> None:
    card = {
        "seconds": 60,
        "pretraining": {"seconds": 30},
        "file": {"bytes": 5},
        "scores": {"dev": {"accuracy": 0.8}},
    }
    first = figures_of(card)
    assert (first.seconds, first.accuracy, first.part) == (90, 0.8, "dev")
    for name in ("nsmc_test", "test-en"):
        again = figures_of(
            {**card, "scores": {**card["scores"], "test-ko": {"accuracy": 0.1}, name: {"accuracy": 0.9}}}
        )
        assert (again.accuracy, again.part) == (0.9, "test")
