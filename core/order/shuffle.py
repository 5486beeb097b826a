"""Shuffle the pieces of a sentence, and see what becomes of the encoder's outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.small import SmallModel
from core.translator import Translator

MODES = ("all", "swap", "none")  # any other order (single pieces may stay), two pieces exchanged, as it was

Encode = Callable[[Tensor], Tensor]  # ids (1, token) → outputs (1, token, d_model)


def order_of(mode: str, length: int, seed: int) -> tuple[int, ...]:
    """Return an order of ``length`` pieces: at place ``i`` stands the piece that stood at ``order[i]``.

    The same ``seed`` gives the same order. A sentence of two or more pieces never comes out as it was, unless
    ``mode`` is ``none``.

    Raises:
        ValueError: ``mode`` is not one of `MODES`.
    """
    if mode not in MODES:
        raise ValueError(f"no such order: {mode!r}; there are {', '.join(MODES)}")
    order = np.arange(length)
    if mode == "none" or length < 2:
        return tuple(order.tolist())
    rng = np.random.default_rng(seed)
    if mode == "swap":
        first, second = rng.choice(length, 2, replace=False)
        order[[first, second]] = order[[second, first]]
    else:
        shuffled = rng.permutation(length)
        order = np.roll(order, 1) if (shuffled == order).all() else shuffled
    return tuple(order.tolist())


@dataclass(frozen=True)
class ShuffleDifference:
    """How far the outputs of a shuffled sentence lie from the plain sentence's, piece for piece."""

    per_token: NDArray[np.float32]  # (token,), in the plain order: the largest |Δ| over the dimensions

    @property
    def largest(self) -> float:
        """The largest |Δ| of all."""
        return float(self.per_token.max(initial=0.0))


@torch.inference_mode()
def shuffle_difference(encode: Encode, ids: Sequence[int], order: Sequence[int]) -> ShuffleDifference:
    """Encode a sentence as it is and in another order, put the rows back in order, and compare.

    Without positions an encoder is permutation-equivariant: shuffled pieces give the same outputs, shuffled, so
    that every difference is 0 but for the rounding of float32.
    """
    plain = encode(torch.tensor([list(ids)]))[0]
    shuffled = encode(torch.tensor([[ids[place] for place in order]]))[0]
    put_back = torch.empty_like(shuffled)
    put_back[list(order)] = shuffled
    return ShuffleDifference((plain - put_back).abs().amax(-1).cpu().numpy())


def encoder_of(model: SmallModel) -> Encode:
    """Return a small model's encoder, its positions as they are."""
    return lambda ids: model.model.read(ids.to(model.device))[0]


def translators_encoder(translator: Translator, positions: bool) -> Encode:
    """Return the translator's encoder, with its positions or with zeros in their place."""

    def encode(ids: Tensor) -> Tensor:
        embedding, positional = translator.model.embed(ids.to(translator.device))
        encoded: Tensor = translator.model.encoder(embedding, positional if positions else positional * 0)[0]
        return encoded

    return encode
