"""How varied texts are, and how much they repeat themselves."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


def distinct(texts: Sequence[Sequence[Hashable]], n: int) -> float:
    """Return how many different n-grams there are among all texts, as a share of all n-grams (Li et al. 2016, 5.1).

    NaN where no text is so long.
    """
    grams = [gram for text in texts for gram in _grams(text, n)]
    return len(set(grams)) / len(grams) if grams else float("nan")


def repetition(texts: Sequence[Sequence[Hashable]], n: int = 4) -> float:
    """Return the share of n-grams that their own text holds already, the mean of the texts (Welleck et al. 2020, 6.1).

    NaN where no text is so long.
    """
    shares = [1 - len(set(grams)) / len(grams) for text in texts if (grams := _grams(text, n))]
    return sum(shares) / len(shares) if shares else float("nan")


def _grams(text: Sequence[Hashable], n: int) -> list[tuple[Hashable, ...]]:
    return [tuple(text[i : i + n]) for i in range(len(text) - n + 1)]
