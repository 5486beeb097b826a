"""Sinusoidal and learned positions."""

import math

import pytest
import torch

from core.models.positions import (
    KINDS,
    IntegerPositions,
    LearnedPositions,
    SinusoidalPositions,
    positions_of,
    rotate,
    sinusoidal,
)


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


def test_integers_are_the_position_in_every_dimension() -> None:
    table = IntegerPositions(6)(4, first=3)
    assert torch.equal(table, torch.tensor([3.0, 4, 5, 6])[:, None].expand(4, 6))


def test_layer_norm_erases_what_is_equal_in_every_dimension() -> None:
    vectors = torch.randn(20, 32, generator=torch.Generator().manual_seed(0))
    norm = torch.nn.LayerNorm(32)
    assert torch.allclose(norm(vectors + IntegerPositions(32)(20)), norm(vectors), atol=1e-5)


def test_a_rotation_keeps_lengths_and_leaves_the_first_token_alone() -> None:
    x = torch.randn(2, 3, 7, 8, generator=torch.Generator().manual_seed(0))
    turned = rotate(x)
    assert torch.allclose(turned.norm(dim=-1), x.norm(dim=-1), atol=1e-5)
    assert torch.equal(turned[..., 0, :], x[..., 0, :])
    assert torch.allclose(rotate(x[..., 4:, :], first=4), turned[..., 4:, :], atol=1e-6)


def test_a_turned_query_and_a_turned_key_know_their_distance_alone() -> None:
    query, key = torch.randn(2, 16, generator=torch.Generator().manual_seed(1)).double()
    products = rotate(query.expand(40, 16)) @ rotate(key.expand(40, 16)).T  # (query, key)
    for distance in (-17, -1, 0, 1, 5, 30):
        along = products.diagonal(distance)
        assert torch.allclose(along, along[0].expand_as(along), atol=1e-5)
    assert (products[0] - products[0, 0]).abs().max() > 0.1  # and it does know it


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_module(kind: str) -> None:
    assert positions_of(kind, 8, 5)(5).shape == (5, 8)
    with pytest.raises(ValueError, match="no such positions"):
        positions_of(kind + "s", 8, 5)
