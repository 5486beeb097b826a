"""The written pairs and the two lists: well formed, and the lists are never trained on."""

from __future__ import annotations

from collections import Counter

import pytest

from core import checkpoints
from core.text.corpora import Pair, read_pairs
from core.text.normalise import matching_key, normalise
from core.text.written import (
    EVERYDAY,
    HOMONYMS,
    WRITTEN,
    apart_from_lists,
    listed_keys,
    read_list,
    with_written,
    written_digest,
)
from core.translator import direction_of


def keys(pair: Pair) -> set[str]:
    return {matching_key(pair.english), matching_key(pair.korean)}


def test_the_written_pairs_are_normalised_and_each_sentence_stands_once() -> None:
    pairs = read_pairs(WRITTEN)
    assert len(pairs) > 10_000
    for side in zip(*((p.english, p.korean) for p in pairs), strict=True):
        assert all(normalise(text) == text for text in side)
        assert Counter(map(matching_key, side)).most_common(1)[0][1] == 1
    assert all(direction_of(p.english) == "en-ko" and direction_of(p.korean) == "ko-en" for p in pairs)


def test_the_translator_was_trained_on_the_pairs_that_are_shipped() -> None:
    card = checkpoints.read_card(checkpoints.MODELS / "translator.safetensors")
    assert card["data"]["written"]["sha256"] == written_digest()


def test_the_lists_are_as_long_as_they_say_and_ask_both_ways() -> None:
    everyday, homonyms = read_list(EVERYDAY), read_list(HOMONYMS)
    assert Counter(line.rest[0] for line in everyday) == {"ko-en": 30, "en-ko": 30}
    assert len(homonyms) == 30 and {line.rest[0] for line in homonyms} == {"배", "눈", "밤", "말", "다리"}
    assert all(line.rest[0] in line.korean for line in homonyms)


def test_no_listed_or_held_back_sentence_is_trained_on() -> None:
    listed = read_list(HOMONYMS)[0]
    held_back = Pair("This one is held back.", "이것은 남겨 두었다.", "tatoeba")
    train = [
        Pair(listed.english.upper(), "다른 말", "tatoeba"),
        Pair("Other words", listed.korean.rstrip("."), "tatoeba"),
        Pair("this one is held back", "또 다른 말", "tatoeba"),
        Pair("Kept.", "남는다.", "tatoeba"),
    ]
    pairs = with_written(train, [held_back])
    assert train[3] in pairs and not set(train[:3]) & set(pairs)
    forbidden = listed_keys() | keys(held_back)
    assert not any(forbidden & keys(pair) for pair in pairs)


def test_a_listed_sentence_with_a_letter_changed_is_still_near() -> None:
    listed = max(read_list(EVERYDAY), key=lambda line: len(line.korean))
    near = [
        Pair("Nothing like it.", "가" + listed.korean[1:], "templates"),
        Pair("Z" + listed.english[1:], "닮은 데가 없다.", "templates"),
    ]
    far = Pair("Nothing like it.", "닮은 데가 없다.", "templates")
    assert apart_from_lists([*near, far]) == [far]


@pytest.mark.parametrize("homonym", ["배", "눈", "밤", "말", "다리"])
def test_every_homonym_has_pairs_of_its_own(homonym: str) -> None:
    assert sum(homonym in pair.korean for pair in read_pairs(WRITTEN)) >= 100
