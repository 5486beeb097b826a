"""A multilayer perceptron that names what a picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor, nn

from core.models.vae import layers


@dataclass(frozen=True)
class DenseConfig:
    """The sizes of a classifier; a card's ``architecture`` holds these fields."""

    pixels: int = 784
    hidden: Sequence[int] = (128, 64)
    classes: int = 10
    dropout: float = 0.2  # of what each hidden layer reads, in training


class DenseClassifier(nn.Module):
    """Pixels to one logit a class. Hidden layers end in SiLU."""

    def __init__(self, config: DenseConfig) -> None:
        super().__init__()
        self.config = config
        self.layers = layers((config.pixels, *config.hidden, config.classes))

    def features(self, pixels: Tensor) -> Tensor:
        """Return the last hidden layer: (…, pixel) → (…, width)."""
        hidden = pixels
        for layer in self.layers[:-1]:
            hidden = F.silu(layer(F.dropout(hidden, self.config.dropout, self.training)))
        return hidden

    def forward(self, pixels: Tensor) -> Tensor:
        """Return the classes' logits: (…, pixel) → (…, class)."""
        logits: Tensor = self.layers[-1](self.features(pixels))
        return logits
