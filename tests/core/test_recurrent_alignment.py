"""LSTM translators as files: text in, text out, and one decoding with everything that led to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core import checkpoints
from core.models.recurrent import KINDS
from core.recurrent import NAMES, Recurrent, alignment, forced, load_recurrent, path_of
from core.text.tokenizer import END, START
from tests.recurrent_models import write_model


@pytest.fixture(scope="module", params=KINDS)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recurrent:
    return load_recurrent(request.param, write_model(tmp_path_factory.mktemp("models"), request.param))


def test_each_kind_has_a_file_of_its_own(model: Recurrent) -> None:
    assert NAMES == KINDS and len({path_of(name) for name in NAMES}) == 4
    assert model.kind in NAMES and model.trained_to == 96
    assert not model.model.training


@pytest.mark.parametrize(
    ("direction", "text"), [("ko-en", "오늘 날씨가 어때요?"), ("en-ko", "Good morning.")]
)
def test_an_alignment_holds_every_step_of_the_translation(
    model: Recurrent, direction: str, text: str
) -> None:
    found = alignment(model, text, direction, longest=7)
    assert list(found.source) == model.source_ids(text, direction)
    steps, source = len(found.tokens), len(found.source)
    assert found.weights.shape == (steps, source)
    assert found.encoder_states.shape == (source, 12) and found.decoder_states.shape == (steps, 12)
    assert found.attentional.shape == (steps, 16)
    assert np.allclose(found.weights.sum(1), 1, atol=1e-6)
    assert np.allclose(found.weights @ found.encoder_states, found.contexts, atol=1e-5)
    assert (found.scores is None) == (model.kind == "none")
    if found.scores is not None:
        powers = np.exp(found.scores - found.scores.max(1, keepdims=True))
        assert np.allclose(powers / powers.sum(1, keepdims=True), found.weights, atol=1e-6)
    assert (found.rank == 1).all()  # greedy
    assert np.allclose(np.exp(found.log_probabilities).sum(1), 1, atol=1e-4)
    probabilities = np.exp(found.log_probabilities.astype(np.float64))
    bits = -(probabilities * np.log2(np.where(probabilities > 0, probabilities, 1))).sum(1)
    assert np.allclose(found.entropy, bits, atol=1e-6)
    said = [step.token for step in model.steps(text, direction, longest=7)]
    assert list(found.tokens) == said
    assert found.total == pytest.approx(
        sum(float(s.log_probabilities[s.token]) for s in model.steps(text, direction, longest=7)), abs=1e-4
    )
    assert found.ending in ("end", "loop", "length")


def test_forced_tokens_are_what_the_decoder_reads(model: Recurrent) -> None:
    free = alignment(model, "안녕하세요.", "ko-en", longest=5)
    again = forced(model, "안녕하세요.", "ko-en", free.tokens)
    assert np.allclose(np.exp(again.log_probabilities), np.exp(free.log_probabilities), atol=1e-5)
    assert np.allclose(again.decoder_states, free.decoder_states, atol=1e-6)
    other = forced(model, "안녕하세요.", "ko-en", [50, 60, 70, END])
    assert other.tokens == (50, 60, 70, END) and other.ending == "end"
    assert other.rank[0] > 0 and forced(model, "안녕", "ko-en", [50]).ending is None
    trace = model.record(other.source, [START, 50, 60, 70])
    assert np.allclose(trace.decoder.hidden.numpy(), other.decoder_states, atol=1e-6)


@pytest.mark.parametrize("tokens", [[], [START], [-1], [8000], [END, 50]])
def test_tokens_that_no_translation_holds_are_refused(model: Recurrent, tokens: list[int]) -> None:
    with pytest.raises(ValueError):
        forced(model, "안녕", "ko-en", tokens)


@pytest.mark.parametrize("text", ["", "🦖", "a" * 700, "שלום", "한 \x00 글", "가"])
def test_any_text_is_aligned(model: Recurrent, text: str) -> None:
    found = alignment(model, text, "ko-en", longest=3)
    assert len(found.tokens) >= 1 and np.isfinite(found.weights).all()
    assert isinstance(model.translate(text, "ko-en"), str)


def test_what_is_no_question_is_refused(model: Recurrent) -> None:
    with pytest.raises(ValueError):
        alignment(model, "안녕", "ko-en", longest=0)
    with pytest.raises(ValueError):
        alignment(model, "\ud800", "ko-en")
    with pytest.raises(KeyError):
        alignment(model, "안녕", "ko-fr")


def test_many_sentences_are_translated_as_each_alone(model: Recurrent) -> None:
    texts = ["나는 학교에 갑니다.", "고마워.", "", "오늘 날씨가 어때요?"]
    assert model.translate_all(texts, "ko-en", batch=3) == [model.translate(text, "ko-en") for text in texts]


def test_a_file_that_cannot_be_used_is_said_in_one_sentence(tmp_path: Path) -> None:
    def kind_of(path: Path) -> str:
        with pytest.raises(checkpoints.ModelFileError) as caught:
            load_recurrent("dot", path)
        return caught.value.kind

    assert kind_of(tmp_path / "recurrent-dot.safetensors") == "missing"
    path = write_model(tmp_path, "dot")
    card = path.with_suffix(".json").read_text(encoding="utf-8")
    for changed, kind in (('"general"', "altered"), ('"location"', "unreadable"), ("3", "unreadable")):
        path.with_suffix(".json").write_text(card.replace('"dot"', changed), encoding="utf-8")
        assert kind_of(path) == kind
    path.with_suffix(".json").write_text(card, encoding="utf-8")
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    assert kind_of(path) == "truncated"
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert kind_of(path) == "altered"
