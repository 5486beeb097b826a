"""The bag of character n-grams: what it counts, what stands in the gaps, and that its parts are its logit."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.bags import by_word
from core.models.characters import LONGEST, CharacterBag, hashes
from core.reorder import words_of
from core.sentiment import Judge
from core.text.characters import Characters
from core.text.normalise import normalise
from core.training.characters import fit_characters

TEXT = "재미없을 줄 알았는데 재미있다"
LETTERS = Characters()


def bag(*texts: str) -> CharacterBag:
    rng = np.random.default_rng(1)
    keys = np.unique(np.concatenate([hashes(LETTERS.encode(text))[0] for text in texts]))
    return CharacterBag(keys, rng.normal(size=len(keys)), rng.uniform(1, 9, len(keys)), 0.25)


def grams_by_hand(text: str) -> set[str]:
    letters = f"▁{text.replace(' ', '▁')}▁"
    return {letters[at : at + n] for n in range(1, LONGEST + 1) for at in range(len(letters) - n + 1)}


@settings(deadline=None)
@given(st.text(st.sampled_from("가나다 ab.😀"), max_size=30))
def test_the_parts_are_the_runs_of_letters_and_add_up_to_the_logit(text: str) -> None:
    text = normalise(text)
    ids = LETTERS.encode(text)
    model = bag("가나다 나가 ab. 😀", text or "가")
    parts = model.parts(ids)
    assert {"".join(map(chr, part.gram)) for part in parts} == (grams_by_hand(text) if text else set())
    assert math.fsum(part.contribution for part in parts) + model.bias == pytest.approx(
        model.logit(ids), abs=1e-9
    )
    if parts:
        assert math.fsum(part.value**2 for part in parts) == pytest.approx(1)
    for part in parts:
        assert all(tuple([*ids, ord("▁")][at : at + part.reach]) == part.gram for at in part.places)


@settings(deadline=None)
@given(st.permutations(TEXT.split()))
def test_words_and_gaps_take_all_of_the_logit(words: list[str]) -> None:
    model, ids = bag(TEXT), LETTERS.encode(" ".join(words))
    spans = words_of(Judge(model, LETTERS, {}), " ".join(words))
    word_at = [word for word, letters in enumerate(spans) for _ in letters]
    assert len(word_at) == len(ids) and len(spans) == len(words)
    own, between = by_word(model.parts(ids), word_at)
    assert own.sum() + between.sum() + model.bias == pytest.approx(model.logit(ids), abs=1e-9)


def test_a_run_over_two_gaps_is_shared_by_both() -> None:
    model = bag("ab c de")
    ids = LETTERS.encode("ab c de")
    (part,) = [part for part in model.parts(ids) if "".join(map(chr, part.gram)) == "b▁c▁d"]
    shares = list(part.shares([0, 0, 0, 1, 1, 2, 2, 2]))
    assert shares == [(0, True, part.contribution / 2), (1, True, part.contribution / 2)]


def test_the_order_of_words_counts_and_small_letters_are_large_ones() -> None:
    model = bag("not bad good")
    assert model.logit(LETTERS.encode("bad not good")) != pytest.approx(
        model.logit(LETTERS.encode("not bad good"))
    )
    assert LETTERS.encode("Not BAD") == LETTERS.encode("not bad")
    assert LETTERS.decode(LETTERS.encode("not bad")) == "not bad"


def test_what_it_never_met_adds_nothing() -> None:
    assert bag("가").parts(LETTERS.encode("zzz"))[0].gram == (ord("▁"),)  # the space alone is known
    assert bag("가").logit([]) == 0.25


def test_it_learns_what_tells_texts_apart_and_keeps_what_weighs_most() -> None:
    texts = ["참 좋다", "아주 좋다", "좋은 영화", "참 싫다", "아주 싫다", "싫은 영화"] * 3
    labels = np.array([text[-3:].find("싫") < 0 and "싫" not in text for text in texts])
    ids = [LETTERS.encode(text) for text in texts]
    model = fit_characters(ids, labels, 10.0, most=10_000)
    assert all((model.logit(one) > 0) == label for one, label in zip(ids, labels, strict=True))
    small = fit_characters(ids, labels, 10.0, most=4)
    assert len(small.keys) == 4
    letters = {chr(part.gram[-1]) for part in small.parts(LETTERS.encode("좋다")) if part.reach == 1}
    assert "좋" in letters


def test_arrays_that_do_not_go_together_are_refused() -> None:
    keys = np.array([1, 2], dtype=np.uint32)
    with pytest.raises(ValueError, match="do not go"):
        CharacterBag(keys, np.zeros(1), np.zeros(2), 0.0)
    with pytest.raises(ValueError, match="sorted"):
        CharacterBag(keys[::-1], np.zeros(2), np.zeros(2), 0.0)
