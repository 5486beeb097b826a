"""Reviews with a label: Korean ones of films (NSMC), English comments of two polarities (GoEmotions).

Where they come from, their licences and their format stand in ``docs/data.md``; ``--data`` names the folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from core.text.corpora import read_text
from core.text.normalise import matching_key, normalise

LANGUAGES = ("ko", "en")
# The Korean test reviews lie in a file of their own, about other films; the English ones are drawn.
HELD_BACK = {"ko": {"dev": 0.03, "test": 0.0}, "en": {"dev": 0.05, "test": 0.15}}


class Review(NamedTuple):
    """A text, and whether its label is the pleasant one."""

    text: str
    positive: bool


def read_reviews(path: Path) -> list[Review]:
    """Return the reviews of a file of lines ``text TAB label``, the label 0 or 1; it may be packed.

    Raises:
        ValueError: a line has not exactly one tab, or another label; it is named.
    """
    reviews = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line:
            continue
        text, _, label = line.rpartition("\t")
        if "\t" in text or label not in ("0", "1"):
            raise ValueError(f"{path.name}, line {number}: expected text TAB label, the label 0 or 1")
        reviews.append(Review(normalise(text), label == "1"))
    return reviews


def files_of(folder: Path, language: str) -> list[Path]:
    """Return the files of a language's reviews."""
    base = folder / "sentiment" / language
    names = ("nsmc_train.tsv.gz", "nsmc_test.tsv") if language == "ko" else ("goemotions_polarity.tsv",)
    return [base / name for name in names]


def load_reviews(folder: Path, language: str) -> dict[str, list[Review]]:
    """Return the reviews of a language as ``train``, ``dev`` and ``test``, none in two of them.

    The part is drawn by the digest of the letters: the same data always give the same parts.
    """
    if language == "ko":
        train, test = map(read_reviews, files_of(folder, language))
        return split_reviews(train, test, language)
    (path,) = files_of(folder, language)
    lines = (line.partition("\t") for line in read_text(path).splitlines())  # label TAB text
    return split_reviews([Review(normalise(text), label == "1") for label, _, text in lines], [], language)


def split_reviews(reviews: Iterable[Review], test: list[Review], language: str) -> dict[str, list[Review]]:
    """Divide reviews by `HELD_BACK`; those that equal a held-back one, by letters and digits, are left out.

    Of equal ones the first counts. ``test`` is taken as it is.
    """
    shares = HELD_BACK[language]
    parts: dict[str, list[Review]] = {"train": [], "dev": [], "test": list(test)}
    seen = {matching_key(review.text) for review in test}
    for review in reviews:
        key = matching_key(review.text)
        if key in seen:
            continue
        seen.add(key)
        draw = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 16**8
        part = "dev" if draw < shares["dev"] else "test" if draw < sum(shares.values()) else "train"
        parts[part].append(review)
    return parts
