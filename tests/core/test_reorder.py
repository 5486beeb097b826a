"""Words in another order: every move is the text that it says, and who cannot see order does not move."""

import itertools

import numpy as np
import pytest

from core.reorder import in_order, logits_of_moves, moved, words_of
from core.sentiment import SEQUENCES, Judge
from core.small import SMALL_TOKENIZER
from core.text.tokenizer import Tokenizer
from tests.core.test_bags import bag
from tests.core.test_classifiers import model_of

WORDS = [[5, 11], [8], [30, 17, 6], [9]]


@pytest.mark.parametrize("text", ["오늘 날씨가 참 좋다 ㅋㅋ", "It was not a good film.", "3.5점 줌 :) !!"])
def test_any_order_of_the_words_is_that_texts_pieces(text: str) -> None:
    tokenizer = Tokenizer(SMALL_TOKENIZER)
    judge = Judge(bag("unigram"), tokenizer, {})
    words, typed = words_of(judge, text), text.split()
    assert len(words) == len(typed)
    for order in itertools.islice(itertools.permutations(range(len(typed))), 24):
        assert in_order(words, order) == tokenizer.encode(" ".join(typed[i] for i in order))


@pytest.mark.parametrize("kind", SEQUENCES)
def test_moves_can_be_judged_with_their_padding(kind: str) -> None:
    judge = Judge(model_of(kind), Tokenizer(SMALL_TOKENIZER), {})
    found = logits_of_moves(judge, WORDS, [2, 0, 3, 1], masked=False)
    made = in_order(WORDS, [0, 3, 2, 1])
    assert found[0, 2] == pytest.approx(judge.logits([made], masked=False)[0], abs=1e-5)
    assert abs(found[0, 2] - judge.logits([made])[0]) > 1e-3


@pytest.mark.parametrize("kind", SEQUENCES)
def test_a_move_is_judged_as_the_text_it_makes(kind: str) -> None:
    judge = Judge(model_of(kind), Tokenizer(SMALL_TOKENIZER), {})
    found = logits_of_moves(judge, WORDS, [2, 0, 3, 1])
    assert moved([2, 0, 3, 1], 0, 2) == [0, 3, 2, 1]
    assert found[0, 2] == pytest.approx(judge.logits([in_order(WORDS, [0, 3, 2, 1])])[0], abs=1e-5)
    np.testing.assert_allclose(np.diag(found), found[0, 0])
    if kind == "encoder-none":
        np.testing.assert_allclose(found, found[0, 0], atol=1e-5)
    else:
        assert np.ptp(found) > 1e-3


def test_a_bag_of_pieces_stays_where_it_is_and_a_bag_of_pairs_moves() -> None:
    tokenizer = Tokenizer(SMALL_TOKENIZER)
    still = logits_of_moves(Judge(bag("unigram"), tokenizer, {}), [[5], [6], [7]], [0, 1, 2])
    moves = logits_of_moves(Judge(bag("bigram"), tokenizer, {}), [[5], [6], [7]], [0, 1, 2])
    np.testing.assert_allclose(still, still[0, 0], atol=1e-12)
    assert np.ptp(moves) > 0.1
