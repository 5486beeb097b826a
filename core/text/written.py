"""Pairs written for this project: some to train on, and two lists that no training may see.

``assets/parallel/written.tsv.xz``, packed, holds lines ``English TAB Korean``. The lists hold more: ``everyday.tsv``
the direction in which the pair is asked, ``homonyms.tsv`` the homonym and its sense.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from core.checkpoints import ASSETS
from core.text.corpora import Pair, read_pairs, read_text
from core.text.normalise import matching_key

PARALLEL: Final = ASSETS / "parallel"
WRITTEN: Final = PARALLEL / "written.tsv.xz"
EVERYDAY: Final = PARALLEL / "everyday.tsv"
HOMONYMS: Final = PARALLEL / "homonyms.tsv"

NEAR: Final = (
    0.85  # Ratcliff and Obershelp's similarity from which a sentence counts as a listed one in other words
)


class Listed(NamedTuple):
    """One line of a list: a pair, and what else stands there."""

    english: str
    korean: str
    rest: tuple[str, ...]


def read_list(path: Path) -> list[Listed]:
    """Return the lines of a list."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [Listed(english, korean, tuple(rest)) for english, korean, *rest in lines]


def written_digest() -> str:
    """Return the SHA-256 of the written pairs' text, unpacked: by it the cards name what was trained on."""
    return hashlib.sha256(read_text(WRITTEN).encode()).hexdigest()


def listed_keys() -> set[str]:
    """Return the `matching_key` of every sentence on a list, in both languages."""
    lines = [line for path in (EVERYDAY, HOMONYMS) for line in read_list(path)]
    return {matching_key(side) for line in lines for side in (line.english, line.korean)}


def forbidden_keys(held_back: Iterable[Pair]) -> set[str]:
    """Return the `matching_key` of every sentence that no training may see: those listed and those held back."""
    return listed_keys().union(
        matching_key(side) for pair in held_back for side in (pair.english, pair.korean)
    )


def unseen(pairs: Iterable[Pair], forbidden: set[str]) -> list[Pair]:
    """Return the pairs of which neither sentence has a key in ``forbidden``."""
    return [p for p in pairs if forbidden.isdisjoint((matching_key(p.english), matching_key(p.korean)))]


def apart_from_lists(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of which neither sentence comes near one on a list (see `NEAR`)."""
    lines = [line for path in (EVERYDAY, HOMONYMS) for line in read_list(path)]
    english = [difflib.SequenceMatcher(None, "", line.english) for line in lines]
    korean = [difflib.SequenceMatcher(None, "", line.korean) for line in lines]
    return [p for p in pairs if not (_is_near(p.korean, korean) or _is_near(p.english, english))]


def _is_near(text: str, matchers: Iterable[difflib.SequenceMatcher[str]]) -> bool:
    for matcher in matchers:
        matcher.set_seq1(text)
        # The first two are upper bounds of the third, and cheap.
        if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR:
            return True
    return False


def with_written(train: Iterable[Pair], held_back: Iterable[Pair]) -> list[Pair]:
    """Return the training pairs and the written ones, without any that shares a sentence with what is held back."""
    return unseen([*train, *read_pairs(WRITTEN)], forbidden_keys(held_back))
