"""Bags of n-grams with a linear model on top: which pieces a text holds, not where.

Three kinds, as in Chollet's textbook: ``unigram`` and ``bigram`` say of every piece (and every pair of neighbours)
whether the text holds it; ``tfidf`` counts them and weighs each by how few texts hold it, the whole scaled to length 1
(Salton and Buckley 1988). The logit is a sum, so what each n-gram adds to it is no estimate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

KINDS = ("unigram", "bigram", "tfidf")
Gram = tuple[int, int]  # two pieces, or a piece and NO_PIECE
NO_PIECE = -1


@dataclass(frozen=True)
class Part:
    """An n-gram that a text holds and the model knows."""

    gram: Gram
    places: tuple[int, ...]  # where it begins in the ids
    value: float  # 1, or tf · idf over the length
    weight: float  # the model's

    @property
    def contribution(self) -> float:
        """What it adds to the logit."""
        return self.value * self.weight


def places_of(ids: Sequence[int], *, pairs: bool) -> dict[Gram, list[int]]:
    """Return the n-grams of a text and where each begins; ``pairs``: with the pairs of neighbours."""
    found: dict[Gram, list[int]] = {}
    for place, piece in enumerate(ids):
        found.setdefault((piece, NO_PIECE), []).append(place)
    if pairs:
        for place, gram in enumerate(pairwise(ids)):
            found.setdefault(gram, []).append(place)
    return found


class Bag:
    """A linear model over a text's n-grams. What it does not know adds nothing.

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
        return [
            Part(gram, tuple(places), value, float(self.weights[feature]))
            for (gram, places, feature), value in zip(known, values, strict=True)
        ]

    def logit(self, ids: Sequence[int]) -> float:
        """Return what the parts add up to, and the bias."""
        return math.fsum([self.bias, *(part.contribution for part in self.parts(ids))])


def by_word(parts: Sequence[Part], word_at: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share out contributions over words (word,) and the gaps between neighbouring words (word − 1,).

    ``word_at`` (place,): the word to which each piece belongs. An n-gram that stands at several places gives each the
    same share; a pair that reaches from one word into the next belongs to the gap.
    """
    words = max(word_at, default=-1) + 1
    own, between = np.zeros(words), np.zeros(max(0, words - 1))
    for part in parts:
        share = part.contribution / len(part.places)
        for place in part.places:
            first = word_at[place]
            if part.gram[1] != NO_PIECE and word_at[place + 1] != first:
                between[first] += share
            else:
                own[first] += share
    return own, between
