"""One word in several sentences: its pieces, its vectors, their cosines."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import homonyms
from core.text.normalise import normalise
from core.translator import Translator, load_translator

SENTENCES = ["배를 먹었어요", "배를 타고 섬에 갔어요", "배가 아파요"]


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


def read(translator: Translator, text: str, word: str = "배") -> homonyms.Occurrence:
    found = homonyms.read_word(translator, text, word, "ko-en")
    assert found is not None
    return found


def by_hand(translator: Translator, text: str, places: list[int]) -> np.ndarray:
    """The word's vectors out of the whole model's trace, as (depth, d_model)."""
    encoder = translator.trace(text, "ko-en", target="").encoder
    stages = [encoder.embedding, encoder.embedding + encoder.positional]
    for layer in range(len(encoder.layers)):
        stages.append(encoder.blocks.self_sublayer.normalized[layer])
        stages.append(encoder.blocks.feed_forward_sublayer.normalized[layer])
    return np.stack([stage.numpy()[places].mean(0) for stage in stages])


def test_cosines_are_those_of_the_traces_own_vectors(translator: Translator) -> None:
    found = [read(translator, text) for text in SENTENCES]
    cosines = homonyms.cosines([one.vectors for one in found])
    vectors = [by_hand(translator, text, [1]) for text in SENTENCES]  # 0 is the direction token
    for depth, first, second in np.ndindex(cosines.shape):
        a, b = vectors[first][depth], vectors[second][depth]
        expected = a @ b / math.sqrt((a @ a) * (b @ b))
        assert cosines[depth, first, second] == pytest.approx(expected, abs=1e-5)
    layers = translator.model.config.encoder_layers
    assert len(homonyms.depths(layers)) == len(cosines) == 2 + 2 * layers


def test_the_same_sentence_twice_is_the_same_at_every_depth(translator: Translator) -> None:
    twice = [read(translator, SENTENCES[0]).vectors] * 2
    np.testing.assert_allclose(homonyms.cosines(twice), 1, atol=1e-9)


def test_a_piece_has_one_embedding_whatever_the_sentence_says(translator: Translator) -> None:
    found = [read(translator, text) for text in [*SENTENCES, "어제부터 배가 아파요"]]
    assert {one.pieces for one in found} == {("▁배",)}
    cosines = homonyms.cosines([one.vectors for one in found])
    np.testing.assert_allclose(cosines[0], 1, atol=1e-6)
    # At the same place the position changes nothing either; at another one it does.
    np.testing.assert_allclose(cosines[1, :3, :3], 1, atol=1e-6)
    assert (cosines[1, :3, 3] < 0.999).all()
    # Attention is the first to bring the sentence in.
    assert (cosines[2][np.triu_indices(4, 1)] < 0.9999).all()


def test_several_pieces_are_averaged(translator: Translator) -> None:
    text = "쌁이 아파요"  # a syllable that the vocabulary spells in bytes
    found = read(translator, text, "쌁")
    assert len(found.pieces) > 1 and all(piece.startswith("<0x") for piece in found.pieces if piece != "▁")
    np.testing.assert_allclose(found.vectors, by_hand(translator, text, list(found.places)), atol=1e-5)


@pytest.mark.parametrize(
    ("text", "word", "span"),
    [
        ("배추를 배에 실었다", "배", (0, 1)),
        ("경배는 배를 탄다", "배", (4, 5)),
        ("군밤은 맛있다", "밤", (1, 2)),
        ("The Bank is here", "bank", (4, 8)),
        ("the embankment", "bank", None),
        ("a delight, light", "light", (11, 16)),
        ("", "배", None),
        ("배", "", None),
        ("a.b", "a.", (0, 2)),
    ],
)
def test_where_the_word_stands(text: str, word: str, span: tuple[int, int] | None) -> None:
    assert homonyms.find_word(text, word) == span


def test_a_sentence_without_the_word_has_no_occurrence(translator: Translator) -> None:
    assert homonyms.read_word(translator, "사과를 먹었어요", "배", "ko-en") is None
    with pytest.raises(ValueError, match="surrogate"):
        homonyms.read_word(translator, "배 \ud800", "배", "ko-en")


@settings(max_examples=60, deadline=None)
@given(before=st.text(max_size=12), after=st.text(max_size=12))
def test_the_pieces_hold_the_words_letters_in_any_text(before: str, after: str) -> None:
    """What the chosen pieces spell holds the word, and without the first or the last of them it does not."""
    tokenizer = load_translator().tokenizer if not _TOKENIZER else _TOKENIZER[0]
    _TOKENIZER[:] = [tokenizer]
    text = f"{before} 배 {after}"
    try:
        plain = normalise(text)
    except ValueError:
        return
    ids = tokenizer.encode(text)
    pieces = tokenizer.pieces(ids)
    places = homonyms.pieces_of_word(pieces, text, "배")
    spelled = [piece.replace("▁", " ") for piece in pieces]
    if homonyms.find_word(plain, "배") is None:
        assert not places
        return
    assert places == list(range(places[0], places[-1] + 1))
    assert "배" in "".join(spelled[place] for place in places)
    assert all("배" in spelled[place] for place in places)  # one piece knows this syllable


_TOKENIZER: list = []  # loaded once for all of Hypothesis' examples


def cosines_of(matrix: list[list[float]]) -> np.ndarray:
    return np.array([matrix])


def test_means_are_over_pairs_and_never_over_a_sentence_with_itself() -> None:
    cosine = cosines_of([[1, 0.9, 0.2], [0.9, 1, 0.4], [0.2, 0.4, 1]])
    same, other = homonyms.sense_means(cosine, [0, 0, 1])
    assert same.tolist() == [pytest.approx(0.9)] and other.tolist() == [pytest.approx(0.3)]
    same, other = homonyms.sense_means(cosine, [0, 1, 2])
    assert np.isnan(same).all() and other.tolist() == [pytest.approx(0.5)]


def test_nearest_asks_only_where_there_is_another_of_the_same_sense() -> None:
    cosine = np.array([[1, 0.9, 0.2], [0.9, 1, 0.4], [0.2, 0.4, 1]])
    assert homonyms.nearest_agree(cosine, [0, 0, 1]) == (2, 2)
    assert homonyms.nearest_agree(cosine, [0, 1, 0]) == (0, 2)
    assert homonyms.nearest_agree(cosine, [0, 1, 2]) == (0, 0)


@pytest.mark.parametrize(
    ("same", "other", "verdict"),
    [
        (0.9, 0.7, "clearly"),
        (0.95, 0.91, "slightly"),
        (0.91, 0.9, "hardly"),
        (0.9, 0.91, "hardly"),
        (0.8, 0.9, "reversed"),
        (math.nan, 0.9, "unknown"),
    ],
)
def test_the_verdict_goes_both_ways(same: float, other: float, verdict: str) -> None:
    assert homonyms.verdict(same, other) == verdict
