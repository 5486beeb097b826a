"""One matrix at both ends: what is read and what is said are the same vectors."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from core.models.packed import Linear, Packed, pack
from core.text.tokenizer import PAD


class TiedModel(nn.Module):
    """A model over tokens whose embedding is also its output matrix (Press and Wolf 2017)."""

    def __init__(self, vocabulary: int, d_model: int, dropout: float) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, d_model, padding_idx=PAD)
        self.dropout = nn.Dropout(dropout)
        self._scale = math.sqrt(d_model)
        self._packed: Packed | None = None

    def pack(self) -> None:
        """Make inference on a CPU faster where no number changes by it; see `core.models.packed`.

        Weights that are changed later count as they are then, at the old speed.
        """
        self._packed = pack([self.embedding.weight])
        for module in self.modules():
            if isinstance(module, Linear):
                module.pack()

    @torch.no_grad()
    def initialise_embedding(self) -> None:
        """Draw it so that, × √d_model, its values are about 1; that of the padding is 0."""
        self.embedding.weight.normal_(std=1 / self._scale)
        self.embedding.weight[PAD].zero_()

    def vectors(self, ids: Tensor) -> Tensor:
        """Return the scaled embedding: (batch, token) → (batch, token, d_model)."""
        return self.embedding(ids) * self._scale

    def logits(self, x: Tensor) -> Tensor:
        """Score every piece of the vocabulary: (…, d_model) → (…, vocabulary)."""
        packed = self._packed
        if packed is not None and packed.serves(x):
            return packed(x)
        return nn.functional.linear(x, self.embedding.weight)
