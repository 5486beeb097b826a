"""Generators, which make samples of noise, and discriminators, which judge samples. Goodfellow et al. 2014.

For points they are multilayer perceptrons; for pictures convolutions with strides, as Radford et al. 2016, section 3.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.models.vae import layers

SLOPE = 0.2  # of the leaky ReLU
BEGINNING = 0.2  # of the usual size, which the last weights of a generator of points have at first


class Generator(nn.Module):
    """Noise to points: hidden layers end in a leaky ReLU, the last one is linear."""

    def __init__(self, latent: int, width: int, depth: int, outputs: int) -> None:
        """``depth``: hidden layers, from 1 up."""
        super().__init__()
        self.layers = layers((latent, *[width] * depth, outputs))
        with torch.no_grad():  # at first its samples are a small cloud, away from most real ones
            for name, parameter in self.layers[-1].named_parameters():
                if name == "weight":
                    parameter.mul_(BEGINNING)

    def forward(self, noise: Tensor) -> Tensor:
        """Return samples: (sample, latent) → (sample, output)."""
        return _through(self.layers, noise)


class Discriminator(nn.Module):
    """Points to one logit each, above 0 for those that look real; with Wasserstein a score without bounds."""

    def __init__(self, inputs: int, width: int, depth: int) -> None:
        """``depth``: hidden layers, from 1 up."""
        super().__init__()
        self.layers = layers((inputs, *[width] * depth, 1))

    def forward(self, samples: Tensor) -> Tensor:
        """Return logits: (sample, input) → (sample,)."""
        return _through(self.layers, samples).squeeze(-1)


class PictureGenerator(nn.Module):
    """Noise to grey pictures: a map of a quarter of their side, doubled twice."""

    def __init__(self, latent: int, width: int, side: int) -> None:
        """``width``: channels of the larger map; the smaller one has twice as many.

        ``side``: pixels along a picture, a multiple of 4.
        """
        super().__init__()
        self.small = (2 * width, side // 4, side // 4)
        self.layers = nn.ModuleList(
            [
                nn.Linear(latent, math.prod(self.small)),
                nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
                nn.ConvTranspose2d(width, 1, 4, stride=2, padding=1),
            ]
        )

    def forward(self, noise: Tensor) -> Tensor:
        """Return pixels from 0 to 1: (sample, latent) → (sample, pixel)."""
        x = F.leaky_relu(self.layers[0](noise), SLOPE).view(-1, *self.small)
        x = F.leaky_relu(self.layers[1](x), SLOPE)
        return self.layers[2](x).sigmoid().flatten(1)


class PictureDiscriminator(nn.Module):
    """Grey pictures to one logit each: maps of half and of a quarter of their side, then one number of all."""

    def __init__(self, width: int, side: int) -> None:
        """``width``: channels of the larger map; the smaller one has twice as many.

        ``side``: pixels along a picture, a multiple of 4.
        """
        super().__init__()
        self.side = side
        self.layers = nn.ModuleList(
            [
                nn.Conv2d(1, width, 4, stride=2, padding=1),
                nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
                nn.Linear(2 * width * (side // 4) ** 2, 1),
            ]
        )

    def forward(self, pixels: Tensor) -> Tensor:
        """Return logits: (sample, pixel) from 0 to 1 → (sample,)."""
        x = (2 * pixels - 1).view(-1, 1, self.side, self.side)
        for layer in self.layers[:-1]:
            x = F.leaky_relu(layer(x), SLOPE)
        logits: Tensor = self.layers[-1](x.flatten(1)).squeeze(-1)
        return logits


def _through(linear: nn.ModuleList, x: Tensor) -> Tensor:
    for layer in linear[:-1]:
        x = F.leaky_relu(layer(x), SLOPE)
    last: Tensor = linear[-1](x)
    return last
