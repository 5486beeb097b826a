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


class IntegerPositions(nn.Module):
    """The position itself, 0, 1, 2 …, in every dimension: what "just add the position" says word for word.

    A lesson, not a method: the values outgrow the embedding, and LayerNorm takes away what is equal in every
    dimension.
    """

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.register_buffer("one", torch.ones(1, d_model), persistent=False)

    one: Tensor

    def forward(self, length: int, first: int = 0) -> Tensor:
        """Return (length, d_model)."""
        return torch.arange(first, first + length, device=self.one.device)[:, None] * self.one


class NoPositions(nn.Module):
    """Nothing is added: zeros. Also what stands beside rotary positions, which turn queries and keys instead."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.register_buffer("zero", torch.zeros(1, d_model), persistent=False)

    zero: Tensor

    def forward(self, length: int, first: int = 0) -> Tensor:
        """Return (length, d_model)."""
        return self.zero.expand(length, -1)


KINDS = ("sinusoidal", "learned", "integers", "rotary", "none")


def positions_of(kind: str, d_model: int, longest: int) -> nn.Module:
    """Return the module that gives what is added to the embeddings; ``longest`` matters to learned ones alone.

    Raises:
        ValueError: ``kind`` is not one of `KINDS`.
    """
    match kind:
        case "sinusoidal":
            return SinusoidalPositions(d_model)
        case "learned":
            return LearnedPositions(d_model, longest)
        case "integers":
            return IntegerPositions(d_model)
        case "rotary" | "none":
            return NoPositions(d_model)
    raise ValueError(f"no such positions: {kind!r}; there are {', '.join(KINDS)}")


def rotate(x: Tensor, first: int = 0) -> Tensor:
    """Turn each pair of dimensions by its position's angle (Su et al. 2021, section 3.4.2).

    Pair ``(2i, 2i + 1)`` of the vector at position ``p`` is turned by ``p / 10000^(2i/d_k)``, so that the dot
    product of a turned query and a turned key depends on how far apart they stand, and on nothing else about
    where.

    Args:
        x: (…, token, d_k), d_k even; the first token stands at position ``first``.

    Returns:
        The same shape; the length of every vector is kept.
    """
    table = sinusoidal(x.shape[-2], x.shape[-1], first).to(x)  # sines in the even columns, cosines in the odd
    sine, cosine = table[:, 0::2], table[:, 1::2]
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


def rotate_back(x: Tensor) -> Tensor:
    """Undo `rotate` for vectors whose first token stands at position 0: (…, token, d_k) → the same."""
    # Seen from its end, the sentence stands at the positions −(T − 1) … 0: each angle's opposite.
    return rotate(x.flip(-2), first=1 - x.shape[-2]).flip(-2)
