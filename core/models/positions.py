"""How a model without recurrence learns the order of its tokens."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn


def sinusoidal(length: int, d_model: int, first: int = 0) -> Tensor:
    """Return the sines and cosines of Vaswani et al. 2017, section 3.5.

    Row ``p``, column ``2i`` is ``sin(p / 10000^(2i/d_model))``, column ``2i + 1`` the cosine of the same angle.

    Returns:
        (length, d_model), for the positions ``first`` to ``first + length - 1``.
    """
    position = torch.arange(first, first + length, dtype=torch.float64)[:, None]
    rate = torch.exp(torch.arange(0, d_model, 2, dtype=torch.float64) * (-math.log(10_000.0) / d_model))
    table = torch.empty(length, d_model, dtype=torch.float64)
    table[:, 0::2] = torch.sin(position * rate)
    table[:, 1::2] = torch.cos(position * rate[: d_model // 2])
    return table.float()


class SinusoidalPositions(nn.Module):
    """Fixed sines and cosines: no parameters, any length."""

    table: Tensor

    def __init__(self, d_model: int, cached: int = 512) -> None:
        super().__init__()
        self.d_model = d_model
        self.register_buffer("table", sinusoidal(cached, d_model), persistent=False)

    def forward(self, length: int, first: int = 0) -> Tensor:
        """Return (length, d_model)."""
        if first + length <= len(self.table):
            return self.table[first : first + length]
        return sinusoidal(length, self.d_model, first).to(self.table)


class LearnedPositions(nn.Module):
    """A vector learned for each position, as in Chollet's textbook: an embedding of the integer position."""

    def __init__(self, d_model: int, longest: int) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.randn(longest, d_model) * d_model**-0.5)

    def forward(self, length: int, first: int = 0) -> Tensor:
        """Return (length, d_model).

        Raises:
            ValueError: a position lies beyond those that were learned.
        """
        if first + length > len(self.table):
            raise ValueError(f"only {len(self.table)} positions were learned, {first + length} asked for")
        return self.table[first : first + length]
