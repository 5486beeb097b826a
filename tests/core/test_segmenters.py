"""Every text comes back from its tokens, and a token stands for the characters that it says."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.checkpoints import ModelFileError
from core.text.normalise import normalise
from core.text.segmenters import EXEMPT, KINDS, SIZED, SIZES, Segmenter, load_shelf
from core.text.segmenters.characters import divided, letter_of
from core.text.segmenters.shelf import FOLDER

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SHELF = load_shelf()
SENTENCE = "기차가 제시간에 역을 떠났다"
ODD = (
    "👨‍👩‍👧 🇰🇷 한글과 emoji",
    "<unk>[UNK]<0x41> ▁▁ ##a Ġ",
    "שלום عليكم \u0301 İstanbul ﬁ ẞ",
    "\x00\u200b\u202e\ufeff\u200d",
    "ᄒ\u200bᅡᆫ 가\u11a8 ㄱㅏ \u1100\uac00 값\u11bb",
)

by_kind = pytest.mark.parametrize("kind", KINDS)
at_the_ends = pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]])
lossless = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in EXEMPT])


def with_odd_texts(test):  # type: ignore[no-untyped-def]
    for text in ODD:
        test = example(text)(test)
    return settings(max_examples=150, deadline=None)(given(ANY_TEXT)(test))


@lossless
@at_the_ends
def test_every_text_comes_back(kind: str, size: int) -> None:
    segmenter = SHELF.get(kind, size)

    @with_odd_texts
    def check(text: str) -> None:
        assert segmenter.decode(segmenter.encode(text)) == normalise(text)

    check()


@by_kind
@at_the_ends
def test_tokens_are_the_ids_and_stand_for_the_text_in_order(kind: str, size: int) -> None:
    segmenter = SHELF.get(kind, size)

    @with_odd_texts
    def check(text: str) -> None:
        plain, tokens = normalise(text), segmenter.tokens(text)
        assert [token.id for token in tokens] == segmenter.encode(text)
        assert all(0 <= token.id < len(segmenter) for token in tokens)
        assert all(0 <= token.start <= token.end <= len(plain) for token in tokens)
        assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(tokens))
        if kind not in EXEMPT:  # nothing is left out
            covered = {place for token in tokens for place in range(token.start, token.end)}
            assert covered == set(range(len(plain)))

    check()


@pytest.mark.parametrize("kind", ["unigram", "bpe", "bytelevel"])
def test_a_whole_piece_is_spelt_like_the_text_it_stands_for(kind: str) -> None:
    text = "기차가 역을 떠났다, train 42!"
    for token in SHELF.get(kind, 4000).tokens(text):
        if not token.mark:
            assert token.shown.removeprefix("▁") == text[token.start : token.end].lstrip()


@by_kind
def test_half_a_character_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="surrogate"):
        SHELF.get(kind, SIZES[0]).tokens("a\ud800")


def shown(segmenter: Segmenter, text: str) -> list[str]:
    return [token.shown for token in segmenter.tokens(text)]


@pytest.mark.parametrize("size", SIZES)
def test_a_character_never_seen_is_bytes_or_unknown_but_never_silent(size: int) -> None:
    for kind in ("unigram", "bpe"):
        assert shown(SHELF.get(kind, size), "뷁") == ["▁", "<0xEB>", "<0xB7>", "<0x81>"]
        assert [token.mark for token in SHELF.get(kind, size).tokens("뷁")][1:] == ["byte"] * 3
    assert {token.mark for token in SHELF.get("bytelevel", size).tokens("뷁")} == {"byte"}
    for kind in EXEMPT:
        assert [token.mark for token in SHELF.get(kind, size).tokens("뷁")] == ["unknown"]
    assert [token.mark for token in SHELF.get("characters", size).tokens("뷁")] == ["unseen"]
    # Its jamo are ordinary ones.
    assert shown(SHELF.get("jamo", size), "뷁") == ["ㅂ", "ㅞ", "ㄺ"]
    assert {token.mark for token in SHELF.get("jamo", size).tokens("뷁")} == {""}


def test_bytes_of_one_character_share_its_place() -> None:
    tokens = SHELF.get("unigram", 8000).tokens("a 뷁 b")
    assert {(token.start, token.end) for token in tokens if token.mark == "byte"} == {(2, 3)}


@pytest.mark.parametrize("kind", SIZED)
def test_a_vocabulary_has_the_size_it_is_named_after(kind: str) -> None:
    for size in SIZES:
        assert len(SHELF.get(kind, size)) == size


def test_the_exempt_lose_what_the_page_says_they_lose() -> None:
    wordpiece, words = SHELF.get("wordpiece", 8000), SHELF.get("words", 8000)
    assert wordpiece.decode(wordpiece.encode("The Train")) == "the train"
    assert wordpiece.decode(wordpiece.encode("15:30")) == "15 : 30"
    assert wordpiece.decode(wordpiece.encode("🦥 the")) == "[UNK] the"
    assert words.decode(words.encode("time, 뷁")) == "time , <unk>"


def test_jamo_are_shown_as_the_letters_of_writing() -> None:
    assert "".join(map(letter_of, divided("값"))) == "ㄱㅏㅄ"
    assert letter_of(" ") == "▁" and letter_of("é") == "é" and divided("é") == "é"


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(KeyError):
        SHELF.get("words", 7)


@pytest.mark.parametrize(
    ("damage", "kind"),
    [(lambda p: p.unlink(), "missing"), (lambda p: p.write_bytes(b"x"), "truncated")],
    ids=["missing", "truncated"],
)
def test_a_damaged_file_is_named(tmp_path: Path, damage, kind: str) -> None:  # type: ignore[no-untyped-def]
    for path in FOLDER.iterdir():
        (tmp_path / path.name).symlink_to(path)
    for name in ("unigram-1000.model", "words.txt", "wordpiece-2000.json"):
        file = tmp_path / name
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content)
        damage(file)
    for asked, size in (("unigram", 1000), ("words", 8000), ("wordpiece", 2000)):
        with pytest.raises(ModelFileError) as refused:
            load_shelf(tmp_path).get(asked, size)
        assert refused.value.kind == kind


def test_an_altered_file_is_named(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        (tmp_path / path.name).symlink_to(path)
    file = tmp_path / "bpe-1000.model"
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.unlink()
    file.write_bytes(content)
    with pytest.raises(ModelFileError) as refused:
        load_shelf(tmp_path).get("bpe", 1000)
    assert refused.value.kind == "altered"
