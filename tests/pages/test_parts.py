"""The lessons below the attention picture: lazily built, in the address, and calm when something is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from core.models.language import LanguageModel
from core.models.transformer import TransformerConfig
from core.small import SMALL_TOKENIZER, SmallModel
from core.text.tokenizer import Tokenizer
from core.translator import Translator
from pages.parts import architectures as part
from pages.parts import homonyms as homonyms_part


@pytest.fixture(autouse=True)
def small_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random ones with the small models' own tokenizer: nothing here depends on what they have learned."""
    tokenizer = Tokenizer(SMALL_TOKENIZER)

    def small(name: str) -> SmallModel:
        torch.manual_seed(3)
        layers = (
            {"encoder_layers": 0, "decoder_layers": 2}
            if name == "next"
            else {"encoder_layers": 2, "decoder_layers": 0}
        )
        config = TransformerConfig(
            vocabulary=len(tokenizer),
            d_model=12,
            heads=3,
            d_hidden=24,
            dropout=0.0,
            positions="sinusoidal",
            **layers,
        )
        return SmallModel(LanguageModel(config), tokenizer, {"name": name})

    monkeypatch.setattr(part, "small", small)
    part.small_attention.clear()
    part.guesses.clear()


def test_no_decoder_looks_ahead_and_every_encoder_does() -> None:
    text = "기차가 제시간에 역을 떠났다"
    pictures = [
        *part.encoder_only(text).pictures,
        *part.decoder_only(text).pictures,
        *part.encoder_decoder(text, "ko-en", "").pictures,
    ]
    assert [picture.name for picture in pictures] == ["encoder", "prefix", "source", "causal", "cross"]
    for picture in pictures:
        np.testing.assert_allclose(picture.weights.sum(-1), 1, atol=1e-5)
        rows, columns = picture.weights.shape[-2:]
        ahead = picture.weights[..., np.triu(np.ones((rows, columns), dtype=bool), 1)]
        assert (ahead == 0).all() == (picture.name in ("prefix", "causal"))
    cross = pictures[-1]
    assert list(cross.keys) == list(pictures[2].keys)  # keys and values from the encoder
    assert list(cross.queries) == list(pictures[3].queries)  # the query from the decoder


def test_the_decoder_reads_what_is_typed() -> None:
    typed = part.encoder_decoder("안녕", "ko-en", "Good morning")
    assert typed.said == [("Good morning", None)]
    assert typed.pictures[1].queries[0] == "<s>"


@pytest.mark.parametrize("text", ["안녕", "🦖", "a " * 60, "___", "<blank> <2en>"])
def test_any_text_has_three_columns(text: str) -> None:
    for column in (part.encoder_only(text), part.decoder_only(text), part.encoder_decoder(text, "ko-en", "")):
        assert column.pictures and column.given
        assert max(column.pictures[0].weights.shape) <= 66


def test_the_badges_stand_in_the_order_of_the_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(part, "provenance", lambda *_, key: keys.append(key))
    part.badges()
    assert keys == ["architectures-blank-sinusoidal", "architectures-next", "architectures-translator"]


def homonyms_page() -> None:
    from pages.parts.homonyms import homonyms

    homonyms()


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(homonyms_page, default_timeout=60)
    app.session_state["glassbox_language"] = "en"
    for name, value in {"word": "배", **query}.items():
        app.query_params[name] = value
    return app


def asked(app: AppTest, name: str) -> str:
    """A value of the address; what the page has written comes as a list."""
    value = app.query_params.get(name, "")
    return value if isinstance(value, str) else value[0]


def sentences(app: AppTest) -> str:
    return " ".join(str(part.proto.body) for part in app.get("html"))


def test_a_folded_lesson_builds_nothing() -> None:
    app = opened().run()
    assert not app.exception and not app.text_input and "homonyms" not in app.query_params


def test_the_address_opens_it_with_word_sentences_and_depth() -> None:
    app = opened(homonyms="1", word="눈", senses="2 눈이 와요\n1 눈이 아파요", depth="3").run()
    assert not app.exception
    assert [box.value for box in app.text_input] == ["눈이 와요", "눈이 아파요"]
    assert [box.value for box in app.selectbox] == [1, 0]
    assert (asked(app, "depth"), asked(app, "word")) == ("3", "눈")


@pytest.mark.parametrize(
    "query",
    [
        {"word": "새"},
        {"senses": "9 배"},
        {"senses": "배"},
        {"senses": "\n" * 30},
        {"depth": "99"},
        {"senses": "1 " + "배" * 301},
    ],
)
def test_a_bad_address_falls_back(query: dict[str, str]) -> None:
    app = opened(homonyms="1", **query).run()
    assert not app.exception
    first = (
        "The bank is closed on Sunday." if "word" in query else "배를 먹었어요"
    )  # an English visitor's first word
    assert app.text_input[0].value == first
    assert "data-glassbox-verdict" in sentences(app)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not in this sentence"),
        ("사과를 먹었어요", "is not in this sentence"),
        ("배 " * 100, "100 pieces; at most 64"),
    ],
)
def test_a_sentence_that_cannot_be_used_is_left_out_and_stays_typed(text: str, said: str) -> None:
    app = opened(homonyms="1").run()
    app.text_input[1].set_value(text).run()
    assert not app.exception
    assert said in sentences(app) and app.text_input[1].value == text
    assert "of 4 sentences" in sentences(app)  # of six, one is left out and one is alone with its sense


def test_without_the_word_a_sentence_is_not_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(self: Translator, *_: object) -> str:
        raise AssertionError("translated for nothing")

    monkeypatch.setattr(Translator, "translate", never)
    assert "배" in str(homonyms_part.tried("사과를 먹고 물을 마셨어요", "배"))


def test_half_a_character_is_said_in_a_sentence() -> None:
    assert "반쪽" in str(homonyms_part.tried("배 \ud800", "배"))


def test_fewer_than_two_usable_sentences_are_said_in_one() -> None:
    app = opened(homonyms="1", senses="1 배를 먹었어요").run()
    assert not app.exception and "at least two sentences" in sentences(app)


def test_sentences_are_added_removed_and_put_back() -> None:
    app = opened(homonyms="1").run()
    next(button for button in app.button if button.label == "Add a sentence").click().run()
    assert len(app.text_input) == 7
    app.text_input[6].set_value("배가 고파요").run()
    assert "배가 고파요" in asked(app, "senses")
    app.button(key="glassbox-homonym-drop-배-0").click().run()
    assert app.text_input[0].value == "배를 깎아서 먹었어요" and len(app.text_input) == 6
    next(button for button in app.button if button.label == "As it was").click().run()
    assert len(app.text_input) == 6 and app.text_input[0].value == "배를 먹었어요"
    assert "senses" not in app.query_params


def architectures_page() -> None:
    from pages.parts.architectures import architectures

    architectures("기차가 역을 떠났다", "ko-en")


def test_a_missing_model_is_one_sentence_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from core.checkpoints import ModelFileError

    def missing(name: str) -> SmallModel:
        raise ModelFileError("missing", tmp_path / f"small-{name}.safetensors")

    monkeypatch.setattr(part, "small", missing)
    app = AppTest.from_function(architectures_page, default_timeout=60)
    app.session_state["glassbox_language"] = "en"
    app.query_params["architectures"] = "1"
    app.run()
    assert not app.exception
    said = " ".join(str(element.proto.body) for element in app.get("html"))
    assert "small-next.safetensors is missing" in said and "small-blank-sinusoidal" in said
    assert len(app.get("bidi_component")) == 1
