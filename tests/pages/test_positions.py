"""The positions page in Streamlit's own test harness: what it says to bad input and without its models."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
import torch
from streamlit.testing.v1 import AppTest

from core.checkpoints import ModelFileError
from core.models.language import LanguageModel
from core.small import SMALL_TOKENIZER, SmallModel
from core.text.tokenizer import Tokenizer
from core.training.small import config_of
from pages.parts import order as order_part
from pages.parts import positions as positions_part
from tests.pages.running import markup, problems, run_app

TOKENIZER = Tokenizer(SMALL_TOKENIZER)
SCORES = {"test": {"perplexity": 86.0, "right": 0.2}, "test, pieces shuffled": {"perplexity": 2080.0}}

Visit = Callable[..., AppTest]


@functools.cache
def untrained(name: str) -> SmallModel:
    torch.manual_seed(3)
    card = {"name": f"small, {name}", "scores": SCORES}
    return SmallModel(LanguageModel(config_of(name, len(TOKENIZER))), TOKENIZER, card)


@pytest.fixture
def visit(root: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """``visit(missing=("learned", …), text="…", …)`` runs the page with untrained models."""

    def run(missing: tuple[str, ...] = (), trouble: str = "missing", **params: str) -> AppTest:
        def load(name: str) -> SmallModel:
            if name.removeprefix("blank-") in missing:
                raise ModelFileError(trouble, Path(f"/somewhere/small-{name}.safetensors"))  # type: ignore[arg-type]
            return untrained(name)

        st.cache_data.clear()
        monkeypatch.setattr("pages.loading.small", load)
        for part in (order_part, positions_part):
            monkeypatch.setattr(part, "small", load)
        return run_app(root / "pages" / "positions.py", alone=True, language="en", **params)

    return run


def notes(app: AppTest) -> str:
    return " ".join(note.value for note in app.text)


def pictures(app: AppTest) -> set[str]:
    return {part.key.removeprefix("glassbox-positions-") for part in app.get("bidi_component")}


def test_everything_is_there_at_the_first_visit(visit: Visit) -> None:
    app = visit()
    assert not problems(app)
    assert pictures(app) == {"tables", "shuffle", "blanks", "drowning", "erasure"}
    assert "2,080.0" in markup(app)


@pytest.mark.parametrize("trouble", ["missing", "truncated", "altered", "unreadable"])
def test_a_bad_model_file_is_one_sentence_and_the_others_go_on(visit: Visit, trouble: str) -> None:
    app = visit(missing=("learned", "rotary"), trouble=trouble)
    (said,) = problems(app)
    assert "small-blank-learned.safetensors, small-blank-rotary.safetensors" in said
    assert "/somewhere" not in said
    assert pictures(app) == {"tables", "shuffle", "blanks", "drowning", "erasure"}


def test_integers_need_their_own_model(visit: Visit) -> None:
    assert pictures(visit(missing=("integers",))) == {"tables", "shuffle", "blanks"}
    assert pictures(visit(missing=("sinusoidal",))) >= {"drowning", "erasure"}


def test_without_any_model_the_formulas_remain(visit: Visit) -> None:
    app = visit(missing=("learned", "sinusoidal", "integers", "none", "rotary"), kind="learned")
    assert len(problems(app)) == 1
    assert pictures(app) == {"tables"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("   ", "Type a sentence"),
        ("가" * 200, "pieces"),
        ("the " * 65, "pieces"),
    ],
)
def test_a_sentence_that_cannot_be_read_is_one_sentence(visit: Visit, text: str, word: str) -> None:
    app = visit(text=text)
    (said,) = problems(app)
    assert word in said
    assert pictures(app) == {"tables"}


def test_half_a_character_is_one_sentence(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """No address and no text box lets one through today; the page would say so."""
    monkeypatch.setattr("ui.sentence.text_box", lambda first: "a \ud83d b")
    (said,) = problems(visit())
    assert "half a character" in said


def test_64_pieces_fit_and_65_are_offered_shorter(visit: Visit) -> None:
    text = " ".join(["the"] * 64)
    assert len(untrained("blank-none").ids(text)) == 64
    assert not problems(visit(text=text))
    app = visit(text=text + " the")
    (cut,) = [button for button in app.button if button.key == "glassbox-shorten"]
    cut.click().run()
    assert not app.exception and not problems(app)
    assert len(untrained("blank-none").ids(app.text_input[0].value)) == 64


@pytest.mark.parametrize("text", ["the", "🦖", "___", "<b>&amp;</b> | *x* `y`", "שלום עולם", "a‍b\u0000c"])
def test_odd_sentences_are_read(visit: Visit, text: str) -> None:
    """One piece has one order: that is said, and everything else is there."""
    app = visit(text=text)
    single = len(untrained("blank-none").ids(text)) < 2
    assert len(problems(app)) == single
    assert ("shuffle" in pictures(app)) != single
    assert {"drowning", "erasure"} <= pictures(app)


def test_a_sentence_without_a_blank_offers_its_words(visit: Visit) -> None:
    app = visit(text="The dog bit the cat.")
    assert "blanks" not in pictures(app)
    words = [button for button in app.button if (button.key or "").startswith("glassbox-blank-")]
    assert [button.label for button in words] == ["The", "dog", "bit", "the", "cat"]
    words[4].click().run()
    assert app.text_input[0].value == "The dog bit the ___."
    assert "blanks" in pictures(app)


def test_of_several_blanks_one_is_chosen(visit: Visit) -> None:
    app = visit(text="___ bit ___", blank="2")
    assert app.selectbox(key="glassbox-blank").value == 2
    app.text_input[0].set_value("A ___ bit it").run()
    assert not app.exception and not app.selectbox
    assert "blank" not in app.query_params


def test_another_sentence_blames_no_address(visit: Visit) -> None:
    app = visit(text="___ bit ___ and ___", blank="3", q="4", k="3", word="4")
    app.text_input[0].set_value("___ ate ___").run()
    assert "asks for" not in notes(app)
    assert not {"blank", "q", "k", "word"} & set(app.query_params)
    assert app.selectbox(key="glassbox-blank").value == 1


def test_the_chosen_blank_is_assigned_in_every_run(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was left from before the browser's Back is the chosen one, not a memory that the widget overrules."""
    app = visit(text="___ bit ___", blank="2")
    assigned: list[object] = []
    kind = type(st.session_state)
    kept = kind.__setitem__

    def note(self: object, name: str, value: object) -> None:
        if name == "glassbox-blank":
            assigned.append(value)
        kept(self, name, value)  # type: ignore[arg-type]

    monkeypatch.setattr(kind, "__setitem__", note)
    app.run()
    assert assigned == [2]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", "-1"), ("seed", "2147483648"), ("order", "backwards"), ("order", "0-0-1"), ("order", "1-0"),
        ("kind", "circular"), ("width", "97"),
        ("metric", "taste"), ("pos", "64"), ("dim", "257"), ("head", "5"), ("q", "99"), ("p", "1001"),
        ("word", "-1"), ("blank", "0"),
    ],
)  # fmt: skip
def test_a_bad_value_in_the_address_falls_back_and_is_named(visit: Visit, name: str, value: str) -> None:
    app = visit(text="___ bit ___ once", **{name: value})
    assert f"asks for {name} = “{value}”" in notes(app)
    assert pictures(app) == {"tables", "shuffle", "blanks", "drowning", "erasure"}


def test_another_order_is_another_seed_and_back_is_the_typed_one(visit: Visit) -> None:
    app = visit(seed="2147483647")
    app.button(key="glassbox-order-all").click().run()
    assert app.query_params["seed"] == ["0"] or app.query_params["seed"] == "0"
    app.button(key="glassbox-order-swap").click().run()
    assert "swap" in app.query_params["order"]
    app.button(key="glassbox-order-none").click().run()
    assert "none" in app.query_params["order"]
    assert not app.exception
