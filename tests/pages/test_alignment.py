"""The trained part of /seq2seq without a browser: what it sends, odd input, missing models, its code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.recurrent import alignment, load_recurrent
from pages.parts import alignment as part
from tests.pages.running import components, markup, problems, run_app
from ui.components.alignment import KINDS
from ui.components.alignment.view import LONGEST_IN_FULL, pack
from ui.lessons import alignment as lesson

TEXT = "오늘 날씨가 어때요?"
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(root: Path, lstms: dict[str, Path]) -> Visit:
    """``visit(text="…")`` runs the page with these query parameters on untrained models."""

    def run(**params: str) -> AppTest:
        return run_app(root / "pages" / "seq2seq.py", alone=True, **params)

    return run


def sent(app: AppTest) -> dict[str, Any]:
    """The words and small numbers that the picture is given."""
    data = app.get("bidi_component")[1].proto.bytes
    return json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")])


def notes(app: AppTest) -> list[str]:
    return [note.value for note in app.text if note.value.startswith("ⓘ")]


def test_four_models_say_the_sentence_of_the_page(visit: Visit, lstms: dict[str, Path]) -> None:
    app = visit(text=TEXT)
    found = sent(app)
    assert [look["kind"] for look in found["looks"]] == list(KINDS) and found["initial"]["model"] == "dot"
    for look in found["looks"]:
        expected = alignment(load_recurrent(look["kind"], lstms[look["kind"]]), TEXT, "ko-en")
        assert look["ids"] == list(expected.tokens) and look["ending"] == expected.ending
        assert look["said"] == pytest.approx(expected.log_probabilities[range(len(look["ids"])), look["ids"]])
        assert [row[0] for row in look["candidates"]] == look["ids"]  # greedy
        assert [sum(row) for row in look["chances"]] <= [1.0] * len(look["ids"])
    assert not problems(app) and not notes(app)
    assert len([one for one in app.get("popover") if "LSTM" in one.proto.popover.label]) == 4  # a badge each


@pytest.mark.parametrize("text", ["a", "🦥🦥", "<b>&amp;</b>", "?!", "\u0301", "가" * 60, "x " * 60])
def test_any_text_is_aligned(visit: Visit, text: str) -> None:
    app = visit(text=text)
    assert components(app) == 2 and not problems(app)


@pytest.mark.parametrize("text", [" ", "\u200b\u202e", "words " * 300])
def test_what_cannot_be_read_is_one_sentence_and_the_example_stays(visit: Visit, text: str) -> None:
    app = visit(text=text)
    assert len(problems(app)) == 1 and components(app) == 1


def test_too_long_a_text_can_be_cut(visit: Visit) -> None:
    app = visit(text="한글 " * 300)
    app.button(key="glassbox-shorten").click().run()
    assert components(app) == 2
    assert any("96" in note for note in notes(app))  # longer than what they learned from, and said so


@pytest.mark.parametrize(("pieces", "said"), [(90, 0), (110, 1)])
def test_longer_than_the_training_is_allowed_and_labelled(visit: Visit, pieces: int, said: int) -> None:
    app = visit(text="가 " * pieces)
    assert components(app) == 2 and not problems(app)
    assert len([note for note in notes(app) if "96" in note]) == said


def test_a_missing_model_is_left_out_and_named(visit: Visit, lstms: dict[str, Path]) -> None:
    del lstms["dot"], lstms["concat"]
    app = visit(text=TEXT, model="general", step="2")
    assert [look["kind"] for look in sent(app)["looks"]] == ["none", "general"]
    assert len(problems(app)) == 1 and "recurrent-dot" in markup(app) and "recurrent-concat" in markup(app)
    assert sent(app)["initial"] == {"model": "general", "step": 1, "row": -1}


def test_without_any_model_the_example_goes_on(visit: Visit, lstms: dict[str, Path]) -> None:
    lstms.clear()
    app = visit(text=TEXT)
    assert components(app) == 1 and not problems(app)
    assert app.get("radio")  # the questions


@pytest.mark.parametrize(
    "bad",
    [{"model": "location"}, {"model": ""}, {"step": "0"}, {"step": "99"}, {"step": "x"}, {"row": "40"}, {"row": "-1"}],
)  # fmt: skip
def test_a_bad_value_of_the_address_falls_back_and_is_named(visit: Visit, bad: dict[str, str]) -> None:
    app = visit(text=TEXT, **bad)
    assert sent(app)["initial"] == {"model": "dot", "step": 0, "row": -1}
    assert len(notes(app)) == 1 and next(iter(bad)) in notes(app)[0]
    assert next(iter(bad)) not in app.query_params


def test_the_place_is_in_the_address_and_belongs_to_its_sentence(visit: Visit) -> None:
    app = visit(text=TEXT, model="none", step="3", row="2")
    assert sent(app)["initial"] == {"model": "none", "step": 2, "row": 1}
    app.text_input(key="glassbox-sentence").set_value("Good morning.").run()
    address = dict(app.query_params)
    assert "step" not in address and "row" not in address and "none" in address["model"]


@pytest.mark.parametrize("name", lesson.PRESETS)
def test_a_preset_begins_anew_with_its_sentence(visit: Visit, name: str) -> None:
    app = visit(text=TEXT, model="none", step="3")
    app.button(key=f"glassbox-sentence-{name}").click().run()
    found = sent(app)
    assert found["text"] == lesson.PRESETS[name].sentence
    assert found["initial"] == {"model": "dot", "step": 0, "row": -1}


@pytest.mark.parametrize("kind", KINDS)
def test_the_code_prints_the_weights_on_the_screen(
    kind: str, lstms: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = load_recurrent(kind, lstms[kind])
    monkeypatch.setattr("core.recurrent.load_recurrent", lambda _name: model)
    text, step = 'How\'s the "weather" \\n today?', 2
    expected = alignment(model, text, "en-ko")
    names: dict[str, Any] = {}
    exec(lesson.snippet(kind, text, "en-ko", step), names)
    np.testing.assert_allclose(names["weights"], expected.weights[step], atol=1e-6)
    np.testing.assert_allclose(names["attentional"], expected.attentional[step], atol=1e-6)
    assert names["likeliest"] == expected.tokens[step]
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [f"{weight:.2f}" for weight in expected.weights[step]]
    assert lines[-1].startswith("says ")


def test_what_the_questions_say_is_so(lstms: dict[str, Path]) -> None:
    for kind in KINDS:
        found = alignment(load_recurrent(kind, lstms[kind]), TEXT, "ko-en")
        np.testing.assert_allclose(found.weights.sum(1), 1, atol=1e-6)
        if kind == "none":
            assert (found.weights[:, -1] == 1).all() and np.ptp(found.contexts, axis=0).max() == 0
        else:
            assert np.abs(found.weights.sum(0) - 1).max() > 0.01


@pytest.mark.parametrize("text", [TEXT, "가 " * 70])
def test_every_array_begins_where_a_float32_may(lstms: dict[str, Path], text: str) -> None:
    looks = [part.looked(kind, text, "ko-en") for kind in KINDS]
    assert looks[0].half == (len(looks[0].source) + len(looks[0].ids) > LONGEST_IN_FULL)
    payload = pack(looks)
    assert len(payload) % 4 == 0 and all(len(look.numbers) % 4 == 0 for look in looks)
    size = int.from_bytes(payload[:4], "little") + 4
    first = looks[0].weights
    np.testing.assert_array_equal(np.frombuffer(payload, "<f4", first.size, size).reshape(first.shape), first)
