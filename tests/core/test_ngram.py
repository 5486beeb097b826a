"""The n-gram model: real probabilities, and those of the formula."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from core.ngram import NGram

VOCABULARY = 12
START = 2


@pytest.fixture(scope="module")
def sequences() -> list[list[int]]:
    rng = random.Random(4)
    # Each piece leans on the two before it, so that longer contexts have something to tell.
    found = []
    for _ in range(120):
        ids = [START]
        for _ in range(rng.randrange(2, 15)):
            ids.append(3 + (sum(ids[-2:]) + (rng.random() < 0.3) * rng.randrange(9)) % 9)
        found.append(ids)
    return found


@pytest.mark.parametrize("order", [1, 2, 5])
def test_the_probabilities_of_all_pieces_sum_to_one_after_any_context(
    sequences: list[list[int]], order: int
) -> None:
    model = NGram(sequences, VOCABULARY, order)
    for context in ([START], [START, 3], sequences[0][:6], [START, 11, 11, 11, 11], [START, 0, 1, 0, 3, 4]):
        nats = [model.nats([*context, piece])[-1] for piece in range(VOCABULARY)]
        assert np.exp(-np.array(nats)).sum() == pytest.approx(1)


def by_hand(sequences: list[list[int]], order: int, history: list[int], piece: int) -> float:
    """Interpolated modified Kneser–Ney as Chen and Goodman write it, with dictionaries and recursion."""
    grams = {
        n: Counter(tuple(s[i : i + n]) for s in sequences for i in range(len(s) - n + 1))
        for n in range(1, order + 1)
    }
    counts = dict(grams)
    for n in range(1, order):
        before = Counter(gram[1:] for gram in grams[n + 1])
        counts[n] = Counter({gram: before[gram] or plain for gram, plain in grams[n].items()})

    def discount(n: int, count: int) -> float:
        have = [sum(c == r for c in counts[n].values()) for r in range(5)]
        base = have[1] / max(1, have[1] + 2 * have[2])
        r = min(count, 3)
        return min(r, max(0.0, r - (r + 1) * base * have[r + 1] / have[r])) if r and have[r] else 0.0

    def p(n: int, context: tuple[int, ...]) -> float:
        if n == 0:
            return 1 / VOCABULARY
        followers = {gram[-1]: c for gram, c in counts[n].items() if gram[:-1] == context}
        lower = p(n - 1, context[1:])
        if not followers:
            return lower
        whole = sum(followers.values())
        left = sum(discount(n, c) for c in followers.values())
        own = followers.get(piece, 0)
        return (own - discount(n, own) + left * lower) / whole

    n = min(order, len(history) + 1)
    return p(n, tuple(history[len(history) - n + 1 :]))


@pytest.mark.parametrize("order", [1, 2, 3])
def test_it_is_the_formula(sequences: list[list[int]], order: int) -> None:
    model = NGram(sequences, VOCABULARY, order)
    for ids in ([START, 4, 7, 3, 9], sequences[3], [START, 11, 3, 10]):
        expected = [-np.log(by_hand(sequences, order, ids[:i], ids[i])) for i in range(1, len(ids))]
        np.testing.assert_allclose(model.nats(ids), expected, rtol=1e-9)


def test_longer_contexts_foretell_better(sequences: list[list[int]]) -> None:
    fresh, known = sequences[:20], sequences[20:]
    mean = {n: np.mean(np.concatenate([NGram(known, VOCABULARY, n).nats(s) for s in fresh])) for n in (1, 3)}
    assert mean[3] < mean[1] < np.log(VOCABULARY)
