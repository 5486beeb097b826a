"""The Temperature page without a browser: any prompt, bad addresses, a damaged model, what is sent and said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

import pages.loading
from core.checkpoints import ModelFileError
from core.decoding.sampling import Sampler, adjusted, draw, ranked, uniform
from core.language import READ, Language, load_language
from core.text.tokenizer import END, PAD, START
from pages.parts import continuations
from tests.pages.running import components, markup, problems, run_app
from ui.components.sampling import USUAL, SamplerState
from ui.lessons import temperature as lesson
from ui.temperature_page import said_parser

Visit = Callable[..., AppTest]
PICTURES = 2  # the controls and the distribution


@pytest.fixture
def visit(root: Path) -> Visit:
    """``visit(text="…")`` runs the page with these query parameters."""

    def run(**params: str) -> AppTest:
        return run_app(root / "pages" / "temperature.py", alone=True, **params)

    return run


@pytest.fixture(scope="module")
def english() -> Language:
    return load_language("en")


@pytest.mark.parametrize(
    "text", [*lesson.FIRST.values(), "a", "🦥🦥", "<b>&amp;</b>", "?!", "\u0301", "\u200b", "가" * 40]
)
def test_any_text_goes_on(visit: Visit, text: str) -> None:
    app = visit(text=text)
    assert components(app) == PICTURES and not problems(app)
    assert markup(app).count("<tr>") >= len(continuations.SIDE_BY_SIDE)


@pytest.mark.parametrize("preset", lesson.PRESETS)
def test_every_preset_stands(visit: Visit, preset: str) -> None:
    app = visit()
    app.button(key=f"glassbox-preset-{preset}").click().run()
    assert not app.exception and components(app) == PICTURES and not problems(app)
    assert app.text_input[0].value == lesson.PRESETS[preset].prompt


def test_nothing_typed_begins_a_text(visit: Visit) -> None:
    app = visit(text="", model="en")
    assert components(app) == PICTURES and not problems(app)


def test_a_third_language_is_allowed_and_said_whichever_model_is_asked(visit: Visit) -> None:
    for model in ("auto", "ko", "en"):
        app = visit(text="Привет, как дела?", model=model)
        assert components(app) == PICTURES
        assert len([note for note in app.text if "한국어도 영어도" in note.value]) == 1


def test_a_prompt_longer_than_the_context_is_read_from_behind_and_said(
    visit: Visit, english: Language
) -> None:
    text = "The dog ran home. " * 90
    app = visit(text=text, model="en")
    assert components(app) == PICTURES
    assert any(str(READ) in note.value for note in app.text)
    ids = english.ids(text)
    assert len(ids) > READ
    np.testing.assert_array_equal(english.logits(ids), english.logits(ids[-READ:]))


def test_half_a_character_is_one_sentence(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.sentence.text_box", lambda _first: "half \ud83e")
    app = visit()
    assert len(problems(app)) == 1 and components(app) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("t", "nan"), ("t", "-1"), ("k", "-1"), ("p", "1.5"), ("m", "x"), ("seed", "-4"), ("model", "fr"),
     ("said", "7.x"), ("said", ".".join(["9"] * 41))],
)  # fmt: skip
def test_a_bad_value_of_the_address_falls_back_and_says_so(visit: Visit, name: str, value: str) -> None:
    app = visit(text="The cat", **{name: value})
    assert components(app) == PICTURES
    assert any(f"“{value[:30]}" in note.value for note in app.text)
    assert name not in app.query_params or app.query_params[name] not in (value, [value])


def test_said_tokens_of_another_vocabulary_are_left_out(visit: Visit) -> None:
    app = visit(text="고양이가", model="ko", said="8000")
    assert components(app) == PICTURES and "said" not in app.query_params


def test_a_damaged_model_is_one_sentence(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_language: str) -> None:
        raise ModelFileError("truncated", Path("/somewhere/language-en.safetensors"))

    monkeypatch.setattr("pages.loading.load_language", refuse)
    pages.loading.language_model.clear()
    app = visit(text="The cat")
    pages.loading.language_model.clear()
    assert len(problems(app)) == 1
    assert "language-en.safetensors" in markup(app) and "/somewhere" not in markup(app)


def test_what_is_forced_is_read(english: Language) -> None:
    ids = english.ids("The cat")
    other = int(np.argsort(-english.logits(ids))[5])
    assert not np.allclose(
        continuations.logits("en", (*ids, other))[4:], continuations.logits("en", tuple(ids))[4:]
    )


def test_said_tokens_are_read_from_the_address() -> None:
    assert said_parser("512.77") == (512, 77) and said_parser("") == ()
    for wrong in ("a", "1..2", "-3", "1.1000000", ".".join("1" * 41)):
        with pytest.raises(ValueError):
            said_parser(wrong)


def test_the_row_says_what_was_drawn_and_how_it_ended(english: Language) -> None:
    ids = english.ids("The cat")
    row = english.tokenizer.encode("sat down.")
    said, end = continuations.said(english, ids, [*row, END, PAD, PAD])
    assert said == " sat down." and end == "⟨끝⟩"
    assert continuations.said(english, ids, row)[1] == "…"


@pytest.fixture
def one_model(english: Language, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("core.language.load_language", lambda _language: english)
    yield


STATES: list[dict[str, Any]] = [
    {}, {"temperature": 0.0}, {"temperature": 2.0, "top_p": 0.9}, {"top_k": 5, "min_p": 0.1, "seed": 7},
    {"temperature": 100.0, "top_k": 8000},
]  # fmt: skip


@pytest.mark.usefixtures("one_model")
@pytest.mark.parametrize("changed", STATES)
@pytest.mark.parametrize("said", [0, 2])
def test_the_code_prints_what_the_page_draws(
    english: Language, changed: dict[str, Any], said: int, capsys: pytest.CaptureFixture[str]
) -> None:
    state: SamplerState = {**USUAL, **changed}  # type: ignore[typeddict-item]
    ids = english.ids('The "cat" \\n sat')
    names: dict[str, Any] = {}
    exec(lesson.snippet("en", ids, state, said), names)
    logs = torch.log_softmax(torch.from_numpy(english.logits(ids)).double(), -1)
    order = ranked(logs)
    sampler = Sampler(state["temperature"], state["top_k"], state["top_p"], state["min_p"])
    left = adjusted(logs, sampler).exp()[order]
    np.testing.assert_allclose(names["left"], left, atol=1e-9)
    drawn = int(order[draw(left, uniform(state["seed"], said))])
    assert names["drawn"] == drawn
    assert english.pieces[drawn] in capsys.readouterr().out.splitlines()[-1]


def test_the_prompt_begins_with_the_start_token_alone(english: Language) -> None:
    assert english.ids("") == [START]
    with pytest.raises(ValueError):
        english.ids("\ud83e")


def test_the_ends_of_every_control_are_explained(visit: Visit) -> None:
    assert not any("top-p 1" in part.value for part in visit(text="The cat").markdown)
    told = "".join(part.value for part in visit(text="The cat", extremes="1").markdown)
    for end in ("T = 0", "T = 100", "top-k 0", "k = 1", "top-p 1", "p = 0", "min-p 0", "min-p 1", str(READ)):
        assert end in told
