"""Sinusoidal and learned positions."""

import math

import pytest
import torch

from core.models.positions import LearnedPositions, SinusoidalPositions, sinusoidal


def test_values_are_the_papers() -> None:
    table = sinusoidal(50, 16)
    for position, i in ((0, 0), (1, 0), (7, 3), (49, 7)):
        angle = position / 10_000 ** (2 * i / 16)
        assert table[position, 2 * i] == pytest.approx(math.sin(angle), abs=1e-6)
        assert table[position, 2 * i + 1] == pytest.approx(math.cos(angle), abs=1e-6)


def test_dot_product_depends_on_the_distance_alone() -> None:
    table = sinusoidal(40, 32)
    products = table @ table.T
    for distance in (0, 1, 5, 20):
        along = products.diagonal(distance)
        assert torch.allclose(along, along[0].expand_as(along), atol=1e-4)


def test_beyond_the_cached_table_the_formula_goes_on() -> None:
    positions = SinusoidalPositions(8, cached=4)
    assert torch.allclose(positions(10), sinusoidal(10, 8))


def test_learned_positions_end() -> None:
    positions = LearnedPositions(8, longest=5)
    assert positions(5).shape == (5, 8)
    with pytest.raises(ValueError, match="only 5 positions"):
        positions(1, first=5)
