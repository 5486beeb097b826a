"""A bag of character n-grams: a linear model that sees what stands inside words, and where one ends and one begins.

Runs of one to `LONGEST` letters, spaces among them, are its features: a stem counts whatever its ending is, and a
misspelt word in parts (Wang and Manning 2012 count words so; fastText letters: Bojanowski et al. 2017, section 3.2).
Those that a text holds count once, weighed by how few texts hold them (idf), the whole scaled to length 1. The file
does not spell them out: a hash of 32 bits names each (Weinberger et al. 2009).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.models.bags import Bag, Part
from core.text.segmenters.segmenter import SPACE

LONGEST = 5  # letters of an n-gram
IDF_STEPS = 16  # in 1: an idf is a multiple of 1/16, so that a byte in the file holds it
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio, odd: Knuth's multiplicative hashing
_MIX, _TOP = np.uint64(29), np.uint64(32)


def hashes(ids: Sequence[int]) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    """Return the hash of every n-gram of a text's letters (n-gram,), where it begins and how long it is.

    The space behind the last word counts, too.
    """
    letters = np.array([*ids, ord(SPACE)] if len(ids) else [], dtype=np.uint64)
    state = np.zeros(len(letters), dtype=np.uint64)
    found = [np.zeros(0, dtype=np.uint32)]
    begins = [np.zeros(0, dtype=np.int64)]
    lengths = [np.zeros(0, dtype=np.int64)]
    for length in range(1, min(LONGEST, len(letters)) + 1):
        count = len(letters) - length + 1
        state = (state[:count] ^ letters[length - 1 :]) * _FACTOR
        state ^= state >> _MIX
        found.append((state >> _TOP).astype(np.uint32))
        begins.append(np.arange(count))
        lengths.append(np.full(count, length))
    return np.concatenate(found), np.concatenate(begins), np.concatenate(lengths)


def known_among(hashed: NDArray[np.uint32], keys: NDArray[np.uint32]) -> tuple[NDArray[np.int64], ...]:
    """Return the places in ``hashed`` of what stands in ``keys``, which are sorted, and the places there."""
    at = np.minimum(np.searchsorted(keys, hashed), len(keys) - 1)
    (here,) = np.nonzero(keys[at] == hashed)
    return here, at[here]


class CharacterBag(Bag):
    """A linear model over the character n-grams of a text.

    Args:
        keys: (feature,), the hashes, sorted.
        weights: (feature,).
        idf: (feature,).

    Raises:
        ValueError: there is no feature, the arrays are of different lengths, or the hashes are not sorted.
    """

    def __init__(
        self, keys: NDArray[np.uint32], weights: NDArray[np.float64], idf: NDArray[np.float64], bias: float
    ) -> None:
        if not len(keys) == len(weights) == len(idf) or not len(keys):
            raise ValueError(f"{len(keys)} n-grams do not go with {len(weights)} weights, {len(idf)} idf")
        if (keys[1:] <= keys[:-1]).any():
            raise ValueError("the n-grams' hashes must be sorted")
        self.keys, self.weights, self.idf, self.bias = keys, weights, idf, float(bias)

    def parts(self, ids: Sequence[int]) -> list[Part]:
        """Return the known n-grams of a text, short ones first."""
        hashed, begins, lengths = hashes(ids)
        here, features = known_among(hashed, self.keys)
        places: dict[int, list[int]] = {}
        for at, feature in zip(here.tolist(), features.tolist(), strict=True):
            places.setdefault(feature, []).append(at)
        known = np.array(list(places), dtype=np.int64)
        letters = (*ids, ord(SPACE))
        return [
            Part(
                letters[begins[at[0]] : begins[at[0]] + lengths[at[0]]],
                tuple(begins[at].tolist()),
                *numbers,
            )
            for at, *numbers in zip(
                places.values(),
                self._values(known).tolist(),
                self.weights[known].tolist(),
                self.idf[known].tolist(),
                strict=True,
            )
        ]

    def logit(self, ids: Sequence[int]) -> float:
        """Return what `Bag.logit` returns, without naming the n-grams: many times as fast."""
        features = np.unique(known_among(hashes(ids)[0], self.keys)[1])
        return math.fsum([self.bias, *(self._values(features) * self.weights[features]).tolist()])

    def _values(self, features: NDArray[np.int64]) -> NDArray[np.float64]:
        idf = self.idf[features]
        return idf / math.sqrt(math.fsum((idf * idf).tolist()) or 1.0)
