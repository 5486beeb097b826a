"""Spearman's rank correlation."""

from __future__ import annotations

import pytest

from core.ranks import rank_correlation


def test_same_order_is_one_and_the_reverse_minus_one() -> None:
    assert rank_correlation([1, 2, 9], [0.1, 0.2, 0.3]) == pytest.approx(1)
    assert rank_correlation([1, 2, 9], [3, 2, 1]) == pytest.approx(-1)


def test_ties_share_their_rank() -> None:
    """Ranks (1, 2.5, 2.5, 4) and (1, 2, 3, 4): 4.5 / √(4.5 · 5)."""
    assert rank_correlation([1, 3, 3, 5], [1, 2, 3, 4]) == pytest.approx(4.5 / (4.5 * 5) ** 0.5)


def test_too_few_or_all_equal_have_none() -> None:
    assert rank_correlation([1, 2], [1, 2]) is None
    assert rank_correlation([1, 1, 1], [1, 2, 3]) is None
