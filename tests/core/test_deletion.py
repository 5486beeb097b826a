"""Deleting a word: batched as one by one, against attention, and what ranks say of the two."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decoding.lanes import forced_lane
from core.decoding.scoring import token_scores
from core.deletion import deletion, rank_correlation, word_spans
from core.text.normalise import normalise
from core.text.tokenizer import END, START, Tokenizer
from core.translator import TOKENIZER, Translator, load_translator

TEXTS = [("나는 어제 학교에 갔어요.", "ko-en"), ("How's the weather today?", "en-ko")]


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


@pytest.mark.parametrize(("text", "direction"), TEXTS)
def test_effects_are_those_of_one_text_after_another(
    translator: Translator, text: str, direction: str
) -> None:
    ids = translator.source_ids(text, direction)
    output = [*translator.answer(ids), END]
    found = deletion(translator, text, direction, output)
    words = text.split(" ")
    assert list(found.words) == words and found.output == tuple(output)
    whole = forced_lane(translator, ids, output).log_probabilities
    for place in range(len(words)):
        without = " ".join(word for other, word in enumerate(words) if other != place)
        alone = forced_lane(translator, translator.source_ids(without, direction), output).log_probabilities
        np.testing.assert_allclose(found.effects[place], whole - alone, atol=1e-4)
    np.testing.assert_allclose(found.effects.sum(1), found.effect, atol=1e-9)
    assert np.abs(found.effect).max() > 0.1  # some word matters


def test_deleting_nothing_changes_nothing(translator: Translator) -> None:
    ids = translator.source_ids(*TEXTS[0])
    rows = token_scores(translator.model, [ids, ids, ids[:3]], [900, 901, END])
    assert torch.allclose(rows[0], rows[1], atol=1e-5) and not torch.allclose(rows[0], rows[2], atol=1e-3)


@pytest.mark.parametrize(("text", "direction"), TEXTS)
def test_attention_to_the_words_is_what_the_special_tokens_leave(
    translator: Translator, text: str, direction: str
) -> None:
    ids = translator.source_ids(text, direction)
    output = translator.answer(ids)
    found = deletion(translator, text, direction, output)
    cross = translator.trace_ids(ids, [START, *output[:-1]]).decoder.blocks.cross_attention
    assert cross is not None
    special = cross.weights[..., [0, -1]].sum(-1).mean(-1)
    np.testing.assert_allclose(found.attention.sum(-1) + special.numpy(), 1, atol=1e-5)
    first, end = found.spans[1]
    by_hand = cross.weights[1, 3, :, first:end].sum() / len(output)
    assert found.attention[1, 3, 1] == pytest.approx(float(by_hand), abs=1e-5)


def test_one_word_is_taken_by_its_pieces_and_an_empty_text_has_none(translator: Translator) -> None:
    one = deletion(translator, "학교에서는요", "ko-en", [900, END])
    ids = translator.source_ids("학교에서는요", "ko-en")
    assert list(one.words) == translator.tokenizer.pieces(ids[1:-1]) and one.spans[0] == (1, 2)
    none = deletion(translator, "  ", "ko-en", [900, END])
    assert none.words == () and none.effect.shape == (0,) and none.attention.shape[-1] == 0
    assert none.effects.shape == (0, 2) and rank_correlation(none.effect, none.attention[0, 0]) is None
    with pytest.raises(ValueError, match="no output"):
        deletion(translator, "고마워.", "ko-en", [])


def test_a_long_text_goes_in_parts(translator: Translator) -> None:
    text = " ".join(["나는"] * 70)
    found = deletion(translator, text, "ko-en", [900, END])
    assert len(found.words) == 70 and np.isfinite(found.effect).all()


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_words_are_what_stands_between_spaces(text: str) -> None:
    tokenizer = Tokenizer(TOKENIZER)
    ids = tokenizer.encode(text)
    spans = word_spans(tokenizer.pieces(ids))
    assert [tokenizer.decode(ids[first:end]) for first, end in spans] == normalise(text).split()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([1, 2, 3], [10, 20, 90], 1.0),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1.0),
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8),  # 1 − 6 · Σd² / (n(n² − 1)) = 1 − 6 · 4 / 120
        ([1, 2, 2, 3], [1, 2, 3, 4], 4.5 / np.sqrt(4.5 * 5)),  # ranks 1, 2.5, 2.5, 4
        ([0.1, 0.1, 0.5, 0.9], [3, 1, 2, 2], 0.0),  # ranks 1.5, 1.5, 3, 4 and 4, 1, 2.5, 2.5
        ([1, 2], [1, 2], None),
        ([5, 5, 5], [1, 2, 3], None),
        ([], [], None),
    ],
)
def test_rank_correlation_by_hand(a: list[float], b: list[float], expected: float | None) -> None:
    found = rank_correlation(a, b)
    assert found is None if expected is None else found == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=12))
def test_rank_correlation_looks_at_the_order_alone(pairs: list[tuple[int, int]]) -> None:
    a, b = (np.array(values, dtype=float) for values in zip(*pairs, strict=True))
    found = rank_correlation(a, b)
    if found is None:
        assert len(set(a)) == 1 or len(set(b)) == 1
        return
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert rank_correlation(b, a) == pytest.approx(found)
    assert rank_correlation(np.exp(a), b**3) == pytest.approx(found)
    assert rank_correlation(-a, b) == pytest.approx(-found)
    assert rank_correlation(a, a) == pytest.approx(1)
