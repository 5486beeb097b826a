"""Bags of n-grams with a linear model on top: which pieces a text holds, not where.

Three kinds, as in Chollet's textbook: ``unigram`` and ``bigram`` say of every piece (and every pair of neighbours)
whether the text holds it; ``tfidf`` counts them and weighs each by how few texts hold it, the whole scaled to length 1
(Salton and Buckley 1988). The logit is a sum, so what each n-gram adds to it is no estimate. A fourth kind, over
characters, is `core.models.characters`.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

KINDS = ("unigram", "bigram", "tfidf")
Gram = tuple[int, ...]  # pieces; behind one alone stands NO_PIECE
NO_PIECE = -1


@dataclass(frozen=True)
class Part:
    """An n-gram that a text holds and the model knows."""

    gram: Gram
    places: tuple[int, ...]  # where it begins in the ids
    value: float  # 1, or tf · idf over the length
    weight: float  # the model's
    idf: float | None = None  # of a model that weighs by it

    @property
    def contribution(self) -> float:
        """What it adds to the logit."""
        return self.value * self.weight

    @property
    def reach(self) -> int:
        """How many pieces it takes up."""
        return sum(piece != NO_PIECE for piece in self.gram)

    def shares(self, word_at: Sequence[int]) -> Iterator[tuple[int, bool, float]]:
        """Yield the word, or the gap behind a word and ``True``, and what of the contribution belongs there.

        ``word_at`` (place,): the word to which each piece belongs. Each place gets the same share. That of an n-gram
        which reaches from one word into others belongs to the gaps that it covers, in equal parts.
        """
        share = self.contribution / len(self.places)
        for place in self.places:
            # A space behind the last word is no piece of the text: it belongs to that word.
            first, last = (word_at[min(at, len(word_at) - 1)] for at in (place, place + self.reach - 1))
            if first == last:
                yield first, False, share
            for gap in range(first, last):
                yield gap, True, share / (last - first)


def places_of(ids: Sequence[int], *, pairs: bool) -> dict[Gram, list[int]]:
    """Return the n-grams of a text and where each begins; ``pairs``: with the pairs of neighbours."""
    found: dict[Gram, list[int]] = {}
    for place, piece in enumerate(ids):
        found.setdefault((piece, NO_PIECE), []).append(place)
    if pairs:
        for place, gram in enumerate(pairwise(ids)):
            found.setdefault(gram, []).append(place)
    return found


class Bag(ABC):
    """A linear model over a text's n-grams. What it does not know adds nothing."""

    bias: float

    @abstractmethod
    def parts(self, ids: Sequence[int]) -> list[Part]:
        """Return the known n-grams of a text."""

    def logit(self, ids: Sequence[int]) -> float:
        """Return what the parts add up to, and the bias."""
        return math.fsum([self.bias, *(part.contribution for part in self.parts(ids))])


class ListedBag(Bag):
    """A bag whose n-grams are listed.

    Args:
        kind: one of `KINDS`.
        grams: (feature, 2), with `NO_PIECE` behind a piece alone.
        weights: (feature,).
        idf: (feature,), for ``tfidf``.

    Raises:
        ValueError: the kind is unknown, or the arrays are of different lengths.
    """

    def __init__(
        self,
        kind: str,
        grams: NDArray[np.int64],
        weights: NDArray[np.float64],
        bias: float,
        idf: NDArray[np.float64] | None = None,
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"no such bag: {kind!r}; there are {', '.join(KINDS)}")
        if len(grams) != len(weights) or (kind == "tfidf") != (idf is not None):
            raise ValueError(f"{len(grams)} n-grams do not go with {len(weights)} weights")
        self.kind, self.bias = kind, float(bias)
        self.weights = weights
        self.idf = idf
        self.features: Mapping[Gram, int] = {(int(a), int(b)): i for i, (a, b) in enumerate(grams)}

    def parts(self, ids: Sequence[int]) -> list[Part]:
        """Return the known n-grams of a text in the order in which they first appear, pieces before pairs."""
        found = places_of(ids, pairs=self.kind != "unigram")
        known = [
            (gram, places, self.features[gram]) for gram, places in found.items() if gram in self.features
        ]
        if self.idf is None:
            values = [1.0] * len(known)
        else:
            values = [len(places) * float(self.idf[feature]) for _, places, feature in known]
            length = math.sqrt(math.fsum(value * value for value in values))
            values = [value / length for value in values]
        idf = self.idf
        return [
            Part(
                gram,
                tuple(places),
                value,
                float(self.weights[feature]),
                None if idf is None else float(idf[feature]),
            )
            for (gram, places, feature), value in zip(known, values, strict=True)
        ]


def by_word(parts: Sequence[Part], word_at: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share out contributions over words (word,) and the gaps between neighbouring words (word − 1,): `Part.shares`."""
    words = max(word_at, default=-1) + 1
    own, between = np.zeros(words), np.zeros(max(0, words - 1))
    for part in parts:
        for at, apart, share in part.shares(word_at):
            (between if apart else own)[at] += share
    return own, between
