"""Train the bag of character n-grams (`core.models.characters`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.models.characters import IDF_STEPS, CharacterBag, hashes, known_among

FEWEST = 2  # texts that hold an n-gram before it counts


def fit_characters(
    train: Sequence[Sequence[int]], labels: NDArray[np.bool_], strength: float, most: int
) -> CharacterBag:
    """Return a bag that learned from texts of letters; its numbers are those that fp16 holds.

    Learned twice: with all n-grams, and with the ``most`` that weigh most.
    """
    held = [np.unique(hashes(ids)[0]) for ids in train]
    keys, texts = np.unique(np.concatenate(held), return_counts=True)
    keys, texts = keys[texts >= FEWEST], texts[texts >= FEWEST]
    for penalty in (2 * strength, strength):  # held small less strongly, the weights say more of what to keep
        idf = np.round(IDF_STEPS * (np.log((1 + len(train)) / (1 + texts)) + 1)) / IDF_STEPS
        found = _regression(_matrix(held, keys, idf), labels, penalty)
        weights = found.coef_[0].astype(np.float16).astype(np.float64)
        if penalty != strength:
            kept = heaviest(weights, most)
            keys, texts = keys[kept], texts[kept]
    return CharacterBag(keys, weights, idf, float(found.intercept_[0].astype(np.float16)))


def heaviest(weights: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Return the places of the ``most`` weights that are furthest from 0, in their order."""
    return np.sort(np.argsort(-np.abs(weights), kind="stable")[:most])


def _matrix(held: Sequence[NDArray[np.uint32]], keys: NDArray[np.uint32], idf: NDArray[np.float64]) -> Any:
    """Return the sparse matrix (text, feature) of unit rows."""
    import scipy.sparse

    rows = [known_among(hashed, keys)[1] for hashed in held]
    values = [idf[row] / max(float(np.linalg.norm(idf[row])), 1e-9) for row in rows]
    ends = np.cumsum([0, *map(len, rows)])
    return scipy.sparse.csr_matrix(
        (np.concatenate(values), np.concatenate(rows), ends), shape=(len(held), len(keys))
    )


def _regression(x: Any, labels: NDArray[np.bool_], strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, solver="liblinear").fit(x, labels)
