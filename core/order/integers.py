"""The two ways in which "just add the position" fails: it drowns the word, and LayerNorm wipes it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from core.small import SmallModel

Array = NDArray[np.float32]
_AT_ONCE = 100  # integers added in one go: 64 words of 96 numbers are then 2.5 MB


@torch.inference_mode()
def embeddings(model: SmallModel, ids: Sequence[int]) -> Tensor:
    """Return the words' own vectors (token, d_model), as they enter the model before a position is added."""
    return model.model.embed(torch.tensor([list(ids)], device=model.device))[0][0].cpu()


@dataclass(frozen=True)
class Drowning:
    """What is left of the words once positions are added, at each place."""

    word_length: Array  # (token,): length of each word's vector
    position_length: Array  # (place,): length of each position's vector
    different_words: Array  # (place,): mean cosine of all pairs of different words, both put at that place
    same_word: Array  # (place,): mean cosine of each word at place 0 and the same word at that place


@torch.inference_mode()
def drowning(words: Tensor, positions: Array) -> Drowning:
    """Add each position to each word and compare.

    Args:
        words: (token, d_model); equal rows count as one word.
        positions: (place, d_model).

    Returns:
        `Drowning`; ``different_words`` is NaN where there are no two different words.
    """
    distinct = torch.unique(words, dim=0)
    added = torch.from_numpy(positions)
    placed = distinct + added[:, None]  # (place, word, d_model)
    unit = F.normalize(placed, dim=-1)
    products = unit @ unit.transpose(-2, -1)  # (place, word, word)
    upper = torch.triu(torch.ones_like(products[0], dtype=torch.bool), 1)
    return Drowning(
        words.norm(dim=-1).numpy(),
        added.norm(dim=-1).numpy(),
        products[:, upper].mean(-1).numpy(),
        (unit * unit[0]).sum(-1).mean(-1).numpy(),
    )


@dataclass(frozen=True)
class Erasure:
    """What LayerNorm leaves of an integer that is added to every dimension."""

    words: Array  # (token, d_model)
    normalized: Array  # (token, d_model): LayerNorm of the words alone
    difference: (
        Array  # (p,): max |LayerNorm(word + p·1) − LayerNorm(word)| over words and dimensions, p = 0, 1 …
    )


@torch.inference_mode()
def erasure(words: Tensor, largest: int = 1000) -> Erasure:
    """Add 0, 1, 2 … ``largest`` to every dimension of ``words`` (token, d_model) and normalise.

    LayerNorm (Ba et al. 2016, section 3) subtracts the mean over the dimensions, and with it whatever is equal in
    all of them; what remains of the difference is float32's rounding of ``word + p``. The learned scale and shift
    are left out: they follow the subtraction.
    """
    plain = F.layer_norm(words, words.shape[-1:])
    steps = torch.arange(largest + 1, dtype=words.dtype).split(_AT_ONCE)
    difference = torch.cat(
        [(F.layer_norm(words + p[:, None, None], words.shape[-1:]) - plain).abs().amax((1, 2)) for p in steps]
    )
    return Erasure(words.numpy(), plain.numpy(), difference.numpy())
