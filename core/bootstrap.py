"""How far a score of these sentences would move if other ones had been drawn (Efron 1979; Koehn 2004 for BLEU)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DRAWS = 500
SEED = 1


def resamples(count: int, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.int64]:
    """Return how often each of ``count`` sentences is in each draw of as many, with replacement: (draw, sentence).

    The same count has the same draws, so that systems are compared on the same sentences.
    """
    return np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)


def band(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the bounds between which 95 % of the draws' values (draw,) lie."""
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
