"""A smoothed n-gram model over pieces: what counting alone can do, beside which a language model is judged.

Modified Kneser–Ney smoothing, interpolated (Chen and Goodman 1999, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ORDER = 5
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """The n-grams of one length, sorted by `keys`, and what they are worth.

    An n-gram's key is its context's place among the shorter ones × the vocabulary + its last piece.
    """

    keys: Ints  # (n-gram,)
    discounted: Floats  # (n-gram,): its share of its context's count, less the discount
    backed_off: Floats  # (context,): what the discounts of a context leave to the shorter one

    def places(self, contexts: Ints, pieces: Ints, vocabulary: int) -> Ints:
        """Return where the n-grams stand, −1 for one that was never seen or whose context (−1) was not."""
        wanted = contexts * vocabulary + pieces
        found = np.searchsorted(self.keys, wanted)
        found[found == len(self.keys)] = 0
        return np.where((contexts >= 0) & (self.keys[found] == wanted), found, -1)


class NGram:
    """Probabilities of the next piece from the ``order`` − 1 pieces before it.

    ``sequences``: each begins with a start token, and no n-gram reaches over it.
    """

    def __init__(self, sequences: Sequence[Sequence[int]], vocabulary: int, order: int = ORDER) -> None:
        self.vocabulary = vocabulary
        pieces = np.concatenate([np.asarray(ids, dtype=np.int64) for ids in sequences])
        starts = np.cumsum([0, *map(len, sequences)])[:-1]
        depth = np.arange(len(pieces)) - np.repeat(
            starts, [*map(len, sequences)]
        )  # pieces before it in its own
        keys: list[Ints] = []
        ends: list[Ints] = []  # of each length: the place of the n-gram that ends at each piece, −1 for none
        counts: list[Ints] = []
        for length in range(1, order + 1):
            contexts = np.zeros_like(pieces) if length == 1 else np.concatenate([[-1], ends[-1][:-1]])
            inside = np.flatnonzero(depth >= length - 1)
            unique, place, count = np.unique(
                contexts[inside] * vocabulary + pieces[inside], return_inverse=True, return_counts=True
            )
            end = np.full(len(pieces), -1, dtype=np.int64)
            end[inside] = place
            keys.append(unique)
            ends.append(end)
            counts.append(count)
        # A shorter n-gram counts as many times as there are different pieces before it (but for one that begins a
        # sequence, before which nothing stands: it counts as often as it is there).
        for length in range(order - 1, 0, -1):
            _, first = np.unique(ends[length], return_index=True)
            longer = first[ends[length][first] >= 0]
            continued = np.bincount(ends[length - 1][longer], minlength=len(keys[length - 1]))
            counts[length - 1] = np.where(continued > 0, continued, counts[length - 1])
        sizes = [1, *map(len, keys)]
        self.levels = [_level(keys[i], keys[i] // vocabulary, counts[i], sizes[i]) for i in range(order)]

    def nats(self, ids: Sequence[int]) -> Floats:
        """Return −ln p of each piece after the first: (piece − 1,)."""
        pieces = np.asarray(ids, dtype=np.int64)
        probabilities = np.full(len(pieces), 1 / self.vocabulary)
        contexts = np.zeros(len(pieces), dtype=np.int64)
        for level in self.levels:
            places = level.places(contexts, pieces, self.vocabulary)
            own = np.where(places >= 0, level.discounted[places], 0.0)
            rest = np.where(contexts >= 0, level.backed_off[contexts], 1.0)
            probabilities = own + rest * probabilities
            contexts = np.concatenate([[-1], places[:-1]])
        with np.errstate(divide="ignore"):  # counts so few that nothing is left for a piece never seen
            return -np.log(probabilities[1:])


def _level(keys: Ints, contexts: Ints, counts: Ints, size: int) -> Level:
    """Discount the counts of one length; ``size``: how many contexts there are."""
    ones, twos, threes, fours = (int((counts == n).sum()) for n in (1, 2, 3, 4))
    base = ones / max(1, ones + 2 * twos)
    # Chen and Goodman's equation 17; a count of counts that is missing discounts nothing.
    steps = [
        min(float(n), max(0.0, n - (n + 1) * base * more / less)) if less else 0.0
        for n, less, more in ((1, ones, twos), (2, twos, threes), (3, threes, fours))
    ]
    taken = np.array([0.0, *steps])[np.minimum(counts, 3)]
    whole = np.bincount(contexts, weights=counts, minlength=size)
    left = np.bincount(contexts, weights=taken, minlength=size)
    seen = whole > 0
    return Level(
        keys,
        (counts - taken) / whole[contexts],
        np.where(seen, left / np.where(seen, whole, 1.0), 1.0),
    )
