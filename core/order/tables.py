"""What positions look like, and how alike two of them are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.language import LanguageModel
from core.models.positions import rotate, rotate_back

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Similarity:
    """How alike the positions of a table are, two by two."""

    dot: Array  # (position, position)
    cosine: Array  # (position, position): NaN beside a position whose vector is zero
    length: Array  # (position,): each vector's length


@torch.inference_mode()
def position_table(positions: nn.Module, length: int) -> Array:
    """Return what a module of `core.models.positions` adds to the first ``length`` tokens: (position, d_model)."""
    return np.ascontiguousarray(positions(length).cpu().numpy(), dtype=np.float32)


def similarity(table: Array) -> Similarity:
    """Compare the rows of ``table`` (position, dimension) with each other."""
    dot = table @ table.T
    length = np.sqrt(np.diag(dot))
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = dot / np.outer(length, length)
    return Similarity(dot, cosine, length)


@dataclass(frozen=True)
class RotaryPair:
    """Queries and keys of one layer before they are turned by their positions."""

    query: Array  # (head, token, d_k)
    key: Array  # (head, token, d_k)


@torch.inference_mode()
def rotary_pair(model: LanguageModel, ids: list[int], layer: int = 0) -> RotaryPair:
    """Return the queries and keys of a rotary model's ``layer`` for one sentence, turned back to position 0.

    Raises:
        ValueError: the model has other positions.
    """
    if model.config.positions != "rotary":
        raise ValueError(f"{model.config.positions} positions turn nothing")
    device = next(model.parameters()).device
    _, trace = model.read(torch.tensor([ids], device=device), record=True)
    assert trace is not None  # asked for
    attention = trace.layers[layer].self_attention
    return RotaryPair(_plain(rotate_back(attention.query)), _plain(rotate_back(attention.key)))


def rotary_products(query: Array, key: Array, farthest: int) -> Array:
    """Return the dot product of a turned query and a turned key for each distance between their positions.

    Args:
        query: (d_k,), as `rotary_pair` gives it.
        key: (d_k,).
        farthest: the largest distance.

    Returns:
        (2 × farthest + 1,), for the key's position minus the query's from ``-farthest`` to ``farthest``.
    """
    keys = torch.from_numpy(np.tile(key, (2 * farthest + 1, 1)))
    return _plain(rotate(keys, first=-farthest) @ torch.from_numpy(np.ascontiguousarray(query)))


def _plain(tensor: Tensor) -> Array:
    return np.ascontiguousarray(tensor.detach().cpu().numpy(), dtype=np.float32)
