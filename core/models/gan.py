"""A generator that makes points of noise, and a discriminator that judges points. Goodfellow et al. 2014."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from core.models.vae import layers


class Generator(nn.Module):
    """Noise to samples: hidden layers end in a leaky ReLU, the last one is linear."""

    def __init__(self, latent: int, width: int, depth: int, outputs: int) -> None:
        """``depth``: hidden layers, from 1 up."""
        super().__init__()
        self.latent = latent
        self.layers = layers((latent, *[width] * depth, outputs))

    def forward(self, noise: Tensor) -> Tensor:
        """Return samples: (sample, latent) → (sample, output)."""
        return _through(self.layers, noise)


class Discriminator(nn.Module):
    """Samples to one logit each, above 0 for those that look real; with Wasserstein a score without bounds."""

    def __init__(self, inputs: int, width: int, depth: int) -> None:
        """``depth``: hidden layers, from 1 up."""
        super().__init__()
        self.layers = layers((inputs, *[width] * depth, 1))

    def forward(self, samples: Tensor) -> Tensor:
        """Return logits: (sample, input) → (sample,)."""
        return _through(self.layers, samples).squeeze(-1)


def _through(linear: nn.ModuleList, x: Tensor) -> Tensor:
    for layer in linear[:-1]:
        x = F.leaky_relu(layer(x), 0.2)
    last: Tensor = linear[-1](x)
    return last
