"""The Translate page without a browser: what it sends, what it says to odd input, and its questions' answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.checkpoints import ModelFileError
from core.decoding.beam import beam_search
from core.text.tokenizer import END
from core.translator import load_translator
from pages.parts import translate as data
from pages.parts.beam import search
from pages.parts.deletion import run as run_deletion
from pages.parts.lanes import run as run_lanes
from pages.parts.unmasked import first_half
from tests.pages.running import components, markup, problems, run_app
from ui.components.translate.view import LONGEST_IN_FULL
from ui.lessons import translate as lesson
from ui.translate_page import Fork

TEXT = "How's the weather today?"
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(root: Path) -> Visit:
    """``visit(text="…")`` runs the page with these query parameters."""

    def run(**params: str) -> AppTest:
        return run_app(root / "pages" / "translate.py", alone=True, **params)

    return run


@pytest.mark.parametrize(
    "text", [*lesson.FIRST.values(), "a", "🦥🦥", "<b>&amp;</b>", "日本語です", "?!", "\u0301", "가" * 40]
)
def test_any_text_is_translated(visit: Visit, text: str) -> None:
    app = visit(text=text)
    assert components(app) == 1
    assert not problems(app)


@pytest.mark.parametrize("text", [" ", "\u200b\u202e", "words " * 300])
def test_what_cannot_be_translated_is_one_sentence(visit: Visit, text: str) -> None:
    app = visit(text=text)
    assert len(problems(app)) == 1
    assert components(app) == 0


def test_too_long_a_text_can_be_cut(visit: Visit) -> None:
    app = visit(text="한글 " * 300)
    app.button(key="glassbox-shorten").click().run()
    assert components(app) == 1


def test_a_language_that_is_neither_is_allowed_and_said(visit: Visit) -> None:
    app = visit(text="日本語です")
    assert components(app) == 1
    assert len([note for note in app.text if "한국어도 영어도" in note.value]) == 1


@pytest.mark.parametrize(("text", "wrong", "right"), [(TEXT, "ko-en", "en-ko"), ("안녕", "en-ko", "ko-en")])
def test_a_wrong_direction_is_said_and_can_be_swapped(
    visit: Visit, text: str, wrong: str, right: str
) -> None:
    app = visit(text=text, direction=wrong)
    assert len(problems(app)) == 1
    assert components(app) == 1
    app.button(key="glassbox-swap").click().run()
    assert not problems(app)
    assert app.query_params["direction"] == right


@pytest.mark.parametrize("prefix", ["오늘은", "내일 날씨", "?"])
def test_a_typed_beginning_is_obeyed(prefix: str) -> None:
    tokens = data.prefix_tokens(load_translator().tokenizer, prefix)
    assert tokens
    (view,) = data.tree(data.Asked(TEXT, "en-ko", tokens), ())
    assert view.ids[: len(tokens)] == tokens
    assert view.given == tuple(range(len(tokens)))
    assert view.texts[-1].startswith(prefix)


@pytest.mark.parametrize("prefix", ["\u200b", "한 " * 60])
def test_a_beginning_that_cannot_be_said_is_one_sentence(visit: Visit, prefix: str) -> None:
    app = visit(text=TEXT, prefix=prefix)
    assert len(problems(app)) == 1
    assert components(app) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", "guess"), ("step", "99"), ("part", "x"), ("top", "7"), ("sl", "9"), ("fork", "0.1"),
        ("fork", "3.0.5"), ("branch", "2"), ("direction", "ko-ja"), ("prefix", "x" * 300),
    ],
)  # fmt: skip
def test_a_bad_value_of_the_address_falls_back_and_says_so(visit: Visit, name: str, value: str) -> None:
    app = visit(text=TEXT, **{name: value})
    assert components(app) == 1
    assert any(f"“{value[:40]}" in note.value for note in app.text)
    assert name not in app.query_params or app.query_params[name] not in (value, [value])


@pytest.mark.parametrize("fork", ["0.99.512", "0.1.0", "0.1.999999"])
def test_a_fork_without_a_place_is_left_out_and_said(visit: Visit, fork: str) -> None:
    app = visit(text=TEXT, fork=fork, branch="1")
    assert components(app) == 1
    assert any("갈림길" in note.value for note in app.text)
    assert "fork" not in app.query_params


@pytest.mark.parametrize(
    ("name", "value"), [("t", "nan"), ("k", "-1"), ("p", "1.5"), ("m", "x"), ("seed", "-4")]
)
def test_a_bad_sampler_falls_back_and_says_so(visit: Visit, name: str, value: str) -> None:
    app = visit(text=TEXT, mode="sample", **{name: value})
    assert components(app) == 2
    assert any(f"“{value}”" in note.value for note in app.text)


def test_every_mode_shows_its_own_timeline(visit: Visit) -> None:
    assert components(visit(text=TEXT, mode="beam", width="3")) == 2  # the tree stands open
    assert components(visit(text=TEXT, mode="sample")) == 2  # the controls


def test_a_damaged_model_is_one_sentence(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ModelFileError("truncated", Path("/somewhere/translator.safetensors"))

    monkeypatch.setattr("pages.loading.load_translator", refuse)
    import pages.loading

    pages.loading.translator.clear()
    app = visit(text=TEXT)
    pages.loading.translator.clear()
    assert len(problems(app)) == 1
    assert "translator.safetensors" in markup(app) and "/somewhere" not in markup(app)


def test_a_fork_shares_its_beginning_and_says_the_token() -> None:
    asked = data.Asked(TEXT, "en-ko")
    (first,) = data.tree(asked, ())
    other = int(np.argsort(-first.log_probabilities[1])[1])
    forks = [Fork(0, 1, other), Fork(1, 2, END)]
    _, child, grandchild = views = data.tree(asked, forks)
    assert child.ids[:2] == (first.ids[0], other)
    assert child.rank[1] == 2 and child.given == (1,)
    assert grandchild.ids == (first.ids[0], other, END) and grandchild.ending == "end"
    np.testing.assert_allclose(child.log_probabilities[0], first.log_probabilities[0], atol=1e-5)
    listed = data.branches(views, forks)
    assert [branch.parent for branch in listed] == [-1, 0, 1]
    own = sum(float(child.log_probabilities[step, token]) for step, token in enumerate(child.ids))
    assert listed[1].log_probability == pytest.approx(own, abs=1e-4)


def test_the_same_seed_draws_the_same_sentence_and_temperature_0_is_greedy() -> None:
    plain = data.tree(data.Asked(TEXT, "en-ko"), ())[0].ids
    drawn = [
        data.tree(data.Asked(TEXT, "en-ko", sampler=(t, 0, 1.0, 0.0), seed=seed), ())[0].ids
        for t, seed in ((1.0, 3), (1.0, 3), (0.0, 3), (1.0, 4), (1.0, 5), (1.0, 6))
    ]
    assert drawn[0] == drawn[1]
    assert drawn[2] == plain
    assert len(set(drawn)) > 2


def test_a_long_decoding_travels_in_half_precision() -> None:
    (view,) = data.tree(data.Asked(TEXT, "en-ko", sampler=(5.0, 0, 1.0, 0.0), seed=1), ())
    steps, vocabulary = view.log_probabilities.shape
    assert (view.head["half"]) == (steps > LONGEST_IN_FULL)
    size = view.self_attention.size + view.cross_attention.size
    assert len(view.numbers) == 4 * size + steps * vocabulary * (2 if view.head["half"] else 4)
    assert len(view.numbers) < 1.5e6


def test_the_beam_is_cores_and_its_sums_reconcile() -> None:
    import torch

    model = load_translator()
    found = search(TEXT, "en-ko", (), 3, 0.6)
    source = torch.tensor([model.source_ids(TEXT, "en-ko")], device=model.device)
    direct = beam_search(model.model, source, width=3, length_penalty=0.6, longest=data.LONGEST, shown=3)
    assert [one.tokens for one in found.hypotheses] == [one.tokens for one in direct.hypotheses]
    for one in found.hypotheses:
        assert sum(node.log_probability for node in found.path(one.node)) == pytest.approx(
            one.total, abs=1e-6
        )


def test_both_lanes_run_over_one_reference() -> None:
    model = load_translator()
    reference = (*model.tokenizer.encode("오늘 날씨가 어때?"), END)
    wrong = model.tokenizer.encode("고양이")[0]
    found = run_lanes(TEXT, "en-ko", reference, ((1, wrong),))
    assert found.forced.read[2] == wrong and found.forced.tokens == reference
    assert found.free.tokens[1] == wrong
    assert found.parting is not None and found.parting <= 1


@pytest.mark.parametrize("reference", ["", " ", "한 " * 80])
def test_a_reference_that_cannot_be_used_is_one_sentence(visit: Visit, reference: str) -> None:
    app = visit(text=TEXT, lanes="1", ref=reference)
    assert len(problems(app)) == 1


def test_the_folded_parts_open_by_the_address(visit: Visit) -> None:
    assert components(visit(text=TEXT, lanes="1", deletion="1", beam="1")) == 4


def test_the_mean_of_all_heads_stands_first() -> None:
    model = load_translator()
    output = tuple(model.answer(model.source_ids(TEXT, "en-ko")))
    found = run_deletion(TEXT, "en-ko", output)
    rows = found.attention_with_means
    np.testing.assert_allclose(rows[0, 0], found.attention.mean((0, 1)), atol=1e-6)
    np.testing.assert_allclose(rows[2, 3], found.attention[1, 2], atol=0)


def test_the_beginning_for_the_small_models_has_a_word() -> None:
    assert first_half("one") == "one"
    assert first_half("one two three four") == "one two"


def test_every_preset_has_a_reference_in_the_other_language() -> None:
    hangul = re.compile("[가-힣]")
    for preset in lesson.PRESETS.values():
        reference = lesson.REFERENCES[preset.sentence]
        assert bool(hangul.search(reference)) != bool(hangul.search(preset.sentence))
