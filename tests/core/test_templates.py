"""Template pairs: correct in form, distinct, and each homonym in all of its senses."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from core.text import templates
from core.text.corpora import Pair
from core.text.hangul import final
from core.text.lexicon import numbers, read
from core.text.normalise import matching_key, normalise
from core.text.templates import fill, template_pairs
from core.translator import direction_of

# A particle's form after a final consonant, and after a vowel.
PARTICLES = [
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("이에요", "예요"),
    ("이다", "다"),
]
SENSES = [
    ("배", "ships?"), ("배", "stomach"), ("배", "pears?"), ("배", "times"), ("눈", "eyes?"), ("눈", "snow"),
    ("밤", "night"), ("밤", "chestnuts?"), ("말", "horses?"), ("말", "words?"), ("다리", "legs?"), ("다리", "bridges?"),
    ("차", "cars?"), ("차", "tea"), ("사과", "apples?"), ("사과", "apology"),
]  # fmt: skip


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return template_pairs(12_000, 1)


def test_the_same_seed_gives_the_same_pairs(pairs: list[Pair]) -> None:
    assert template_pairs(500, 7) == template_pairs(500, 7) != template_pairs(500, 8)
    assert {pair.source for pair in pairs} == {"templates"}


def test_no_sentence_stands_twice_in_either_language(pairs: list[Pair]) -> None:
    assert len(pairs) == 12_000
    for side in zip(*((p.english, p.korean) for p in pairs), strict=True):
        assert len(set(map(matching_key, side))) == 12_000


def test_there_are_enough_of_them() -> None:
    frames = read()[1]
    assert len(frames) >= 120 and len(template_pairs(40_000, 2)) == 40_000


def test_asking_for_more_than_there_are_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    classes, frames = read()
    weekday = next(frame for frame in frames if frame.english == "Today is {weekday}.")
    monkeypatch.setattr(templates, "read", lambda: (classes, (weekday,)))
    assert len(template_pairs(7, 0)) == 7
    with pytest.raises(ValueError, match="give 7 distinct pairs, not 8"):
        template_pairs(8, 0)


def test_the_frames_have_equal_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    classes, frames = read()
    wide = tuple(frame for frame in frames if "{item}" in frame.english and "{furniture}" in frame.english)[
        :3
    ]
    monkeypatch.setattr(templates, "read", lambda: (classes, wide))
    starts = Counter(pair.english.split()[0] for pair in template_pairs(30, 0))
    assert set(starts.values()) <= {10, 20, 30}


def test_every_frame_can_be_filled() -> None:
    classes, frames = read()
    for frame in frames:
        assert any(fill(frame, classes, random.Random(seed)) for seed in range(20)), frame


def test_every_particle_fits_the_noun_before_it(pairs: list[Pair]) -> None:
    classes, _ = read()
    named = [groups for name, groups in classes.items() if name not in numbers()]
    words = [word for groups in named for group in groups for word in group]
    nouns = {word.korean[""] for word in words if "stem" not in word.korean}
    met = Counter[str]()
    for pair in pairs:
        for word in re.findall(r"[가-힣]+", pair.korean):
            for closed, open_ in PARTICLES:
                for particle, wrong in ((closed, False), (open_, True)):
                    noun = word.removesuffix(particle)
                    if noun == word or noun not in nouns or word in nouns:
                        continue
                    if particle == "다" and len(noun) == 1:  # 산다 is no mountain
                        continue
                    falls = final(noun) == 0 or (final(noun) == 8 and closed == "으로")
                    assert falls is wrong, (pair, word)
                    met[particle] += 1
    assert all(met[particle] > 20 for both in PARTICLES for particle in both), met


def test_a_and_an_follow_the_sound_of_the_next_word(pairs: list[Pair]) -> None:
    met = Counter(
        (article.lower(), word[0] in "aeiou" and word != "used")
        for pair in pairs
        for article, word in re.findall(r"\b(an?) ([a-z]+)", pair.english, re.I)
    )
    assert met[("a", False)] > 500 and met[("an", True)] > 50
    odd = {
        w
        for p in pairs
        for a, w in re.findall(r"\b(an?) ([a-z]+)", p.english, re.I)
        if (a.lower() == "an") != (w[0] in "aeiou")
    }
    assert odd <= {"honest"}


@pytest.mark.parametrize(("homonym", "english"), SENSES)
def test_every_sense_of_a_homonym_comes_up(pairs: list[Pair], homonym: str, english: str) -> None:
    meant = [p for p in pairs if re.search(rf"\b{english}\b", p.english) and homonym in p.korean]
    assert len(meant) >= 40


def test_each_side_is_in_its_own_script_and_whole(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert re.fullmatch(r"[A-Z][A-Za-z',\- ]*[.?!]", pair.english), pair
        assert re.fullmatch(r"[가-힣][가-힣, ]*[.?!]", pair.korean), pair
        assert normalise(pair.english) == pair.english and normalise(pair.korean) == pair.korean
        assert direction_of(pair.english) == "en-ko" and direction_of(pair.korean) == "ko-en"
        assert (pair.english[-1] == "?") == (pair.korean[-1] == "?") or pair.english.startswith("Could"), pair
