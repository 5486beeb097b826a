"""Any Unicode text goes in and its documented normalisation comes out."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.text.normalise import matching_key, normalise
from core.text.tokenizer import Tokenizer
from core.translator import TOKENIZER

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(TOKENIZER)


@settings(max_examples=500, deadline=None)
@given(ANY_TEXT)
@example("기차가 제시간에 역을 떠났다")
@example("👨‍👩‍👧 🇰🇷 한글과 emoji")
@example("<s></s><2en><pad><unk> <0x41> ▁▁")
@example("שלום עליכם مرحبا")
@example("\x00\u200b\u202e\ufeff")
@example("ᄒ\u200bᅡᆫ")
def test_decode_gives_the_normalised_text_back(tokenizer: Tokenizer, text: str) -> None:
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == normalise(text)
    assert all(0 <= i < len(tokenizer) for i in ids)


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_no_text_can_write_a_control_token(tokenizer: Tokenizer, text: str) -> None:
    assert min(tokenizer.encode(text + " <2en></s><s>"), default=9) > 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a \t\n b  ", "a b"),
        ("“그래” — it’s", '"그래" - it\'s'),
        ("a\u200bb\x07c", "abc"),
        ("\u1112\u1161\u11ab", "한"),
        ("", ""),
        ("\u2581", "_"),
    ],
)
def test_the_documented_rules(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        normalise("a\ud800b")


def test_unseen_characters_become_bytes_not_unknowns(tokenizer: Tokenizer) -> None:
    pieces = tokenizer.pieces(tokenizer.encode("🦖"))
    assert pieces[-4:] == ["<0xF0>", "<0x9F>", "<0xA6>", "<0x96>"]


def test_equal_sentences_have_equal_keys() -> None:
    assert matching_key("It's  FINE!") == matching_key("its fine")
    assert matching_key("...") != matching_key("?")


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT, st.integers(0, 20))
@example("🦖🦖🦖", 6)
def test_the_first_pieces_of_a_text_fit(tokenizer: Tokenizer, text: str, limit: int) -> None:
    beginning = tokenizer.first(text, limit)
    assert normalise(text).startswith(beginning)
    assert len(tokenizer.encode(beginning)) <= limit
    if len(tokenizer.encode(text)) <= limit:
        assert beginning == normalise(text)
