"""Bags of n-grams: the logit is the sum of its parts, and the order counts only where pairs do."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.bags import KINDS, NO_PIECE, Bag, ListedBag, by_word

IDS = st.lists(st.integers(4, 12), max_size=20)


def bag(kind: str) -> Bag:
    rng = np.random.default_rng(0)
    alone = [(piece, NO_PIECE) for piece in range(4, 12)]  # 12 is unknown
    pairs = [(a, b) for a in range(4, 12) for b in range(4, 12) if (a + b) % 3] if kind != "unigram" else []
    grams = np.array([*alone, *pairs])
    idf = rng.uniform(1, 9, len(grams)) if kind == "tfidf" else None
    return ListedBag(kind, grams, rng.normal(size=len(grams)), 0.25, idf)


@pytest.mark.parametrize("kind", KINDS)
@given(IDS)
def test_the_contributions_add_up_to_the_logit(kind: str, ids: list[int]) -> None:
    model = bag(kind)
    words = [place // 3 for place in range(len(ids))]
    own, between = by_word(model.parts(ids), words)
    assert own.sum() + between.sum() + model.bias == pytest.approx(model.logit(ids), abs=1e-9)
    assert len(between) == max(0, len(own) - 1)


@given(IDS, st.randoms())
def test_only_a_bag_of_pairs_notices_the_order(ids: list[int], rng: object) -> None:
    other = list(ids)
    rng.shuffle(other)  # type: ignore[attr-defined]
    model = bag("unigram")
    assert model.logit(other) == pytest.approx(model.logit(ids), abs=1e-12)


def test_a_pair_of_neighbours_is_noticed_where_it_is_known() -> None:
    assert bag("bigram").logit([4, 5, 6]) != pytest.approx(bag("bigram").logit([6, 5, 4]))
    own, between = by_word(bag("bigram").parts([4, 6]), [0, 1])
    assert between[0] == bag("bigram").weights[bag("bigram").features[4, 6]]
    assert own[0] == bag("bigram").weights[0]


def test_twice_is_once_for_a_multi_hot_bag_and_shared_by_its_places() -> None:
    model = bag("unigram")
    assert model.logit([5, 5, 5]) == model.logit([5])
    own, _ = by_word(model.parts([5, 5]), [0, 1])
    assert own[0] == own[1] == model.weights[1] / 2


def test_tf_idf_has_length_one_and_grows_with_the_count() -> None:
    model = bag("tfidf")
    parts = model.parts([4, 4, 4, 7])
    assert math.fsum(part.value**2 for part in parts) == pytest.approx(1)
    once = {part.gram: part.value for part in model.parts([4, 7])}
    more = {part.gram: part.value for part in parts}
    assert more[4, NO_PIECE] / more[7, NO_PIECE] == pytest.approx(3 * once[4, NO_PIECE] / once[7, NO_PIECE])


def test_what_is_unknown_adds_nothing() -> None:
    for kind in KINDS:
        assert bag(kind).logit([12, 12]) == bag(kind).logit([]) == 0.25
        assert bag(kind).parts([12]) == []


def test_arrays_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match="no such bag"):
        ListedBag("trigram", np.zeros((1, 2), dtype=np.int64), np.zeros(1), 0.0)
    with pytest.raises(ValueError, match="do not go"):
        ListedBag("tfidf", np.zeros((1, 2), dtype=np.int64), np.zeros(1), 0.0)
