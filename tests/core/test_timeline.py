"""A timeline is the decoding itself: the same numbers as without cache, and the same path when it is forced."""

import dataclasses

import numpy as np
import pytest
import torch

from core.decoding.distribution import FORBIDDEN
from core.decoding.loops import loop_of
from core.decoding.sampling import Sampler
from core.decoding.timeline import Timeline, timeline
from core.text.tokenizer import END, START
from core.translator import Translator, load_translator

TEXTS = [
    ("오늘 날씨가 어때요?", "ko-en"),
    ("How's the weather today?", "en-ko"),
    ("", "en-ko"),
    ("🦖 ㅋㅋ", "ko-en"),
]


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


def same(one: Timeline, other: Timeline, tolerance: float = 1e-5) -> None:
    assert (one.source, one.tokens, one.ending) == (other.source, other.tokens, other.ending)
    for field in dataclasses.fields(Timeline):
        values = getattr(one, field.name)
        if isinstance(values, np.ndarray):
            np.testing.assert_allclose(values, getattr(other, field.name), atol=tolerance)


@pytest.mark.parametrize(("text", "direction"), TEXTS)
def test_every_row_is_a_distribution_and_nothing_looks_ahead(
    translator: Translator, text: str, direction: str
) -> None:
    found = timeline(translator, text, direction)
    steps, config = len(found.tokens), translator.model.config
    assert found.source == tuple(translator.source_ids(text, direction))
    assert found.self_attention.shape == (config.decoder_layers, config.heads, steps, steps)
    assert found.cross_attention.shape == (config.decoder_layers, config.heads, steps, len(found.source))
    assert found.log_probabilities.shape == (steps, config.vocabulary)
    assert found.log_probabilities.dtype == np.float32
    np.testing.assert_allclose(np.exp(found.log_probabilities).sum(-1), 1, atol=1e-5)
    for weights in (found.self_attention, found.cross_attention):
        np.testing.assert_allclose(weights.sum(-1), 1, atol=1e-5)
    assert not np.triu(found.self_attention, 1).any()


@pytest.mark.parametrize(("text", "direction"), TEXTS)
def test_it_says_and_sees_what_the_model_without_a_cache_does(
    translator: Translator, text: str, direction: str
) -> None:
    found = timeline(translator, text, direction, longest=40)
    assert [t for t in found.tokens if t != END] == translator.answer(found.source, longest=40)
    trace = translator.trace_ids(found.source, [START, *found.tokens[:-1]])
    logits = trace.logits.clone()
    logits[:, FORBIDDEN] = -torch.inf
    np.testing.assert_allclose(np.exp(found.log_probabilities), torch.softmax(logits, -1), atol=1e-5)
    said = torch.log_softmax(logits, -1).gather(-1, torch.tensor(found.tokens)[:, None])
    assert found.total == pytest.approx(float(said.sum()), abs=1e-3)
    blocks = trace.decoder.blocks
    assert blocks.cross_attention is not None
    np.testing.assert_allclose(found.self_attention, blocks.self_attention.weights, atol=1e-5)
    np.testing.assert_allclose(found.cross_attention, blocks.cross_attention.weights, atol=1e-5)


def test_entropy_and_rank_are_those_of_the_distribution(translator: Translator) -> None:
    forced = timeline(translator, "고마워.", "ko-en", prefix=[700, 41, 900], longest=6)
    p = np.exp(forced.log_probabilities.astype(np.float64))
    np.testing.assert_allclose(forced.entropy, -(p * np.log2(p.clip(1e-300))).sum(-1), atol=1e-9)
    for row, token, rank in zip(forced.log_probabilities, forced.tokens, forced.rank, strict=True):
        order = sorted(range(len(row)), key=lambda i, row=row: (-row[i], i))
        assert order[rank - 1] == token
    assert (forced.rank[3:] == 1).all()


def test_a_prefix_is_obeyed_and_its_own_words_give_the_same_timeline(translator: Translator) -> None:
    found = timeline(translator, "나는 학교에 갑니다.", "ko-en")
    same(timeline(translator, "나는 학교에 갑니다.", "ko-en", prefix=found.tokens), found)
    same(timeline(translator, "나는 학교에 갑니다.", "ko-en", prefix=found.tokens[:2]), found)
    forked = timeline(translator, "나는 학교에 갑니다.", "ko-en", prefix=[found.tokens[0], 900])
    assert forked.tokens[:2] == (found.tokens[0], 900)


def test_drawing_repeats_with_its_seed_and_is_greedy_at_temperature_0(translator: Translator) -> None:
    text, direction = TEXTS[0]
    drawn = [timeline(translator, text, direction, sampler=Sampler(2.0), seed=s) for s in (1, 1, 2)]
    same(drawn[0], drawn[1])
    assert drawn[0].tokens != drawn[2].tokens
    same(timeline(translator, text, direction, sampler=Sampler(0.0)), timeline(translator, text, direction))
    same(
        timeline(translator, text, direction, sampler=Sampler(2.0), seed=9, prefix=drawn[0].tokens), drawn[0]
    )


def test_the_ending_is_named(translator: Translator) -> None:
    cut = timeline(translator, "How's the weather today?", "en-ko", longest=1)
    assert cut.ending == "length" and len(cut.tokens) == 1
    looped = timeline(translator, "고마워.", "ko-en", prefix=[900] * 5)
    assert looped.ending == "loop" and loop_of(looped.tokens) == 1 and looped.tokens == (900,) * 5
    ended = timeline(translator, "고마워.", "ko-en", prefix=[900, END])
    assert ended.ending == "end" and ended.tokens == (900, END)
    with pytest.raises(ValueError, match="at least one"):
        timeline(translator, "고마워.", "ko-en", longest=0)
