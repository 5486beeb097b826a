"""The steps that the page shows end where the tokenizers themselves end."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.text.normalise import normalise
from core.text.segmenters import SIZES, load_shelf
from core.text.segmenters.byte_level import ByteLevel
from core.text.segmenters.pieces import Pieces
from core.text.segmenters.steps import (
    bpe_steps,
    byte_level_steps,
    merged,
    unigram_ways,
    wordpiece_steps,
)
from core.text.segmenters.wordpiece import WordPiece

SHELF = load_shelf()
LETTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    st.characters(exclude_categories=["Cs"]),
)
WORD = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: len(normalise(text).split()) == 1)
at_sizes = pytest.mark.parametrize("size", [SIZES[0], SIZES[2], SIZES[-1]])


def words(test):  # type: ignore[no-untyped-def]
    for text in ("제시간에", "unfriendliestly", "15:30,", "<0x41>뷁", "don't", "떠났다.", "🦥"):
        test = example(text)(test)
    return settings(max_examples=150, deadline=None)(given(WORD)(test))


def test_the_pair_learned_first_is_joined_first() -> None:
    order = {(b"b", b"c"): 0, (b"a", b"b"): 1, (b"a", b"bc"): 2}
    steps = merged([b"a", b"b", b"c", b"b"], lambda a, b: order.get((a, b)))
    assert steps == [([b"a", b"bc", b"b"], 1), ([b"abc", b"b"], 0)]


@at_sizes
def test_the_merges_of_bpe_end_in_its_own_pieces(size: int) -> None:
    segmenter = SHELF.get("bpe", size)
    assert isinstance(segmenter, Pieces)

    @words
    def check(word: str) -> None:
        steps = bpe_steps(segmenter, word)
        assert list(steps[-1].parts) == [token.stored for token in segmenter.tokens(word)]
        joined = [step for step in steps if step.new >= 0]
        assert all(segmenter.tokenizer.pieces([step.id]) == [step.parts[step.new]] for step in joined)

    check()


@at_sizes
@pytest.mark.parametrize("first", [True, False])
def test_the_merges_of_byte_level_bpe_end_in_its_own_pieces(size: int, first: bool) -> None:
    segmenter = SHELF.get("bytelevel", size)
    assert isinstance(segmenter, ByteLevel)

    @words
    def check(word: str) -> None:
        steps = byte_level_steps(segmenter, word, first)
        whole = segmenter.tokens(word if first else f"가 {word}")
        own = [token.shown for token in whole if first or token.end > 1]
        assert list(steps[-1].parts) == own
        assert all(len(b.parts) == len(a.parts) - 1 for a, b in pairwise(steps))

    check()


@at_sizes
def test_the_longest_matches_of_wordpiece_are_its_own_pieces(size: int) -> None:
    segmenter = SHELF.get("wordpiece", size)
    assert isinstance(segmenter, WordPiece)

    @words
    def check(word: str) -> None:
        last = wordpiece_steps(segmenter, word)[-1]
        assert list(last.parts) == [token.shown for token in segmenter.tokens(word)]

    check()


@at_sizes
def test_the_likeliest_way_is_unigrams_own(size: int) -> None:
    segmenter = SHELF.get("unigram", size)
    assert isinstance(segmenter, Pieces)

    @words
    def check(word: str) -> None:
        ways = unigram_ways(segmenter, word)
        assert list(ways[0].pieces) == [token.stored for token in segmenter.tokens(word)]
        totals = [sum(p for p in way.log_probs if p is not None) for way in ways]
        assert all(a >= b - 1e-4 for a, b in pairwise(totals))
        assert len({way.pieces for way in ways}) == len(ways)

    check()
