"""Pairs of sentences made from frames with slots, so that a small model learns to put words together."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from typing import Final

from core.text.corpora import Pair
from core.text.hangul import attach
from core.text.lexicon import SLOT, Classes, Frame, Word, read
from core.text.normalise import matching_key

SOURCE: Final = "templates"
TRIES = 40  # draws in a row without a new pair after which a frame counts as used up
CONTRACTED = 0.7  # of the English sentences that can be contracted

_ARTICLE = re.compile(r"\b([Aa])\(n\) (\S+)")
_ODD_ARTICLES = ("hour", "honest"), ("university", "uniform", "useful", "used", "one")
_SHORT = re.compile(r"\b(I am|(?:He|She|It) is|(?:We|They) are|(?:I|He|She|We|They|It) will)(?= [a-z])", re.I)
_SHORT_ENDS = {"am": "'m", "is": "'s", "are": "'re", "will": "'ll"}
_NOT = re.compile(r"\b([Dd]o|does|did|is|are|was|were|could|must) not\b|\b(can)not\b")


def template_pairs(count: int, seed: int) -> list[Pair]:
    """Return ``count`` pairs, no sentence twice in either language, spread evenly over the frames.

    The same ``count`` and ``seed`` always give the same pairs.

    Raises:
        ValueError: the frames do not give so many.
    """
    rng = random.Random(seed)
    classes, frames = read()
    found: list[Pair] = []
    seen: set[str] = set()
    left = list(frames)
    while left and len(found) < count:
        rng.shuffle(left)
        for frame in list(left):
            pair = _new_pair(frame, classes, rng, seen)
            if pair is None:
                left.remove(frame)
            elif len(found) < count:
                found.append(pair)
    if len(found) < count:
        raise ValueError(f"the frames give {len(found)} distinct pairs, not {count}")
    rng.shuffle(found)
    return found


def _new_pair(frame: Frame, classes: Classes, rng: random.Random, seen: set[str]) -> Pair | None:
    for _ in range(TRIES):
        pair = fill(frame, classes, rng)
        if pair is None:
            continue
        keys = {"en " + matching_key(pair.english), "ko " + matching_key(pair.korean)}
        if not keys & seen:
            seen |= keys
            return pair
    return None


def fill(frame: Frame, classes: Classes, rng: random.Random) -> Pair | None:
    """Return one pair of the frame, or None where a word came up twice."""
    words: dict[str, Word] = {}
    for name, digit in frame.slots:
        if name == "at":
            doing = next(w for slot, w in words.items() if w.places and slot.endswith(digit))
            place = rng.choice(doing.places)
            words[name + digit] = next(w for w in classes["place"][0] if w.english[""] == place)
        else:
            words[name + digit] = rng.choice(rng.choice(classes[name]))
    english = _articles(_render(frame.english, words, lambda word: word.english))
    korean = attach(_render(frame.korean, words, lambda word: word.korean))
    if _repeats(frame, korean, words.values()):
        return None
    english = english[0].upper() + english[1:]
    if rng.random() < CONTRACTED:
        english = _NOT.sub(_shorten_not, _SHORT.sub(_shorten, english))
    return Pair(english, korean, SOURCE)


def _render(pattern: str, words: dict[str, Word], side: Callable[[Word], dict[str, str]]) -> str:
    def form(match: re.Match[str]) -> str:
        name, digit, wanted = match.group(1), match.group(2), match.group(3) or ""
        table = side(words[name + digit])
        subjects = [slot for slot in words if words[slot].kind]
        own = [slot for slot in subjects if slot.endswith(digit)] or subjects
        kind = words[own[0]].kind if own else ""
        if wanted == "now":
            return table["third" if kind.startswith("one") else ""]
        honoured = f"{wanted}-hon"
        return table[honoured if kind.endswith("hon") and honoured in table else wanted]

    return SLOT.sub(form, pattern)


def _articles(text: str) -> str:
    def fitting(match: re.Match[str]) -> str:
        article, word = match.groups()
        vowel = word[0] in "aeiouAEIOU" and not word.startswith(_ODD_ARTICLES[1])
        return f"{article}{'n' if vowel or word.startswith(_ODD_ARTICLES[0]) else ''} {word}"

    return _ARTICLE.sub(fitting, text)


def _shorten(match: re.Match[str]) -> str:
    pronoun, verb = match.group().split()
    return pronoun + _SHORT_ENDS[verb]


def _shorten_not(match: re.Match[str]) -> str:
    return f"{match.group(1)}n't" if match.group(1) else "can't"


def _repeats(frame: Frame, korean: str, words: Iterable[Word]) -> bool:
    """Tell whether a word stands in two slots, or two longer ones begin alike ("my friend met a friend")."""
    nouns = [word.korean[""] for word in words]
    own = frame.korean.split()
    heads = [word[:2] for word in korean.split() if len(word) > 1 and word not in own]
    return len(set(nouns)) < len(nouns) or len(set(heads)) < len(heads)
