"""The rule of thumb about words and sequences, and what was measured of it.

"Number of samples ÷ mean number of words a sample: above 1,500 a sequence model, below it a bag of n-grams" comes from
Google's guide to text classification (2018, step 2.5), which found it on a dozen English sets; Chollet's textbook
repeats it (2021, section 11.3). Here one set is cut by length, and both kinds learn from more and more of each part
(`core.training.rule`).
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from core import checkpoints
from core.lengths import Range
from core.text.reviews import Review

RULE: Final = 1500  # samples a word of mean length
MEASURED: Final = checkpoints.ASSETS / "sentiment" / "rule.json"
BAG: Final = "tfidf"
SEQUENCE: Final = "encoder"  # with random weights to begin with
READ: Final = "encoder-read"  # having guessed hidden pieces of all reviews before, without labels
SEQUENCES: Final = (SEQUENCE, READ)
Place = Literal["earlier", "near", "later"]  # than `RULE`

# Few reviews have more than a dozen words: the longest ones never come to 1,500.
LENGTHS: Final = (Range(1, 4), Range(5, 8), Range(9, 14), Range(15, None))  # words


@dataclass(frozen=True)
class Point:
    """What a kind of model reached that learned from ``size`` reviews of a length, over several draws of them."""

    lengths: Range  # words
    size: int
    ratio: float  # size ÷ mean number of words
    kind: str  # `BAG` or one of `SEQUENCES`
    accuracies: tuple[float, ...]  # of each draw

    @property
    def mean(self) -> float:
        """The mean accuracy."""
        return statistics.mean(self.accuracies)


class Lead(NamedTuple):
    """By how much the sequence model is ahead of the bag that learned from the same draws."""

    lengths: Range  # words
    size: int
    ratio: float
    lead: float  # of the mean accuracies; below 0 the bag is ahead
    error: float  # half of its 95 % interval

    @property
    def sure(self) -> bool:
        """Whether more than chance says who is ahead."""
        return abs(self.lead) > self.error

    @property
    def as_ruled(self) -> bool:
        """Whether the one that the rule names is ahead."""
        return (self.lead > 0) == (self.ratio > RULE)


def words_in(review: Review) -> int:
    """Return how many words a review has."""
    return len(review.text.split())


def mean_words(reviews: Sequence[Review]) -> float:
    """Return the mean number of words."""
    return statistics.mean(map(words_in, reviews))


def points(rows: Sequence[dict[str, Any]]) -> list[Point]:
    """Return the points of rows as `core.training.rule` writes them, by length, kind and size."""
    draws: dict[tuple[Range, str, int], list[dict[str, Any]]] = {}
    for row in rows:
        lengths = Range(*row["words"])
        draws.setdefault((lengths, row["kind"], row["size"]), []).append(row)
    return [
        Point(lengths, size, found[0]["ratio"], kind, tuple(row["accuracy"] for row in found))
        for (lengths, kind, size), found in sorted(
            draws.items(), key=lambda item: (item[0][0].first, *item[0][1:])
        )
    ]


def leads(found: Sequence[Point], tested: Mapping[Range, int], kind: str = SEQUENCE) -> list[Lead]:
    """Return the lead of a sequence model at each length and size; ``tested``: the test reviews of a length.

    The interval takes in what another draw of test reviews would change, both accuracies counting as independent of
    each other, which makes it rather too wide, and, where there are several, what the draws of training reviews do.
    """
    both = {(p.lengths, p.size, p.kind): p for p in found}
    rows = []
    for (lengths, size, of), bag in both.items():
        sequence = both.get((lengths, size, kind))
        if of != BAG or sequence is None:
            continue
        variance = sum(p.mean * (1 - p.mean) for p in (bag, sequence)) / tested[lengths]
        by_draw = [s - b for s, b in zip(sequence.accuracies, bag.accuracies, strict=True)]
        if len(by_draw) > 1:
            variance += statistics.variance(by_draw) / len(by_draw)
        rows.append(Lead(lengths, size, bag.ratio, sequence.mean - bag.mean, 1.96 * math.sqrt(variance)))
    return rows


def crossings(found: Sequence[Point], kind: str = SEQUENCE) -> dict[Range, float | None]:
    """Return the ratio from which on a sequence model stays ahead, by length; ``None`` where it never does.

    Between two measured sizes it lies where the straight lines through the means cross, the ratio being logarithmic.
    """
    crossed: dict[Range, float | None] = {}
    for lengths in dict.fromkeys(point.lengths for point in found):
        both = {
            one: {p.ratio: p.mean for p in found if p.lengths == lengths and p.kind == one}
            for one in (BAG, kind)
        }
        ratios = sorted(both[BAG].keys() & both[kind].keys())
        ahead = [both[kind][ratio] - both[BAG][ratio] for ratio in ratios]
        behind = max((i for i, lead in enumerate(ahead) if lead <= 0), default=-1)
        if behind == len(ratios) - 1:
            crossed[lengths] = None
        elif behind == -1:
            crossed[lengths] = ratios[0]
        else:
            share = -ahead[behind] / (ahead[behind + 1] - ahead[behind])
            crossed[lengths] = math.exp(
                (1 - share) * math.log(ratios[behind]) + share * math.log(ratios[behind + 1])
            )
    return crossed


def places(found: Sequence[Point], kind: str = SEQUENCE) -> dict[Range, Place | None]:
    """Return where each length's crossing lies beside `RULE`; ``None`` where the sizes do not tell.

    Within a factor of two it is near: the sizes are no closer to each other.
    """
    told: dict[Range, Place | None] = {}
    for lengths, ratio in crossings(found, kind).items():
        largest = max(p.ratio for p in found if p.lengths == lengths)
        if ratio is None:
            told[lengths] = "later" if largest > 2 * RULE else None
        else:
            told[lengths] = "earlier" if 2 * ratio < RULE else "later" if ratio > 2 * RULE else "near"
    return told


def measured(path: Path = MEASURED) -> dict[str, Any]:
    """Return the shipped measurements.

    Raises:
        checkpoints.ModelFileError: the file is missing or is not what it should be.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        points(found["rows"])
    except FileNotFoundError as error:
        raise checkpoints.ModelFileError("missing", path) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise checkpoints.ModelFileError("unreadable", path) from error
    return dict(found)
