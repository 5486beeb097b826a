"""A variational autoencoder: an encoder gives a mean and a log-variance, a decoder makes pixels of a draw from them.

Kingma and Welling 2014, "Auto-Encoding Variational Bayes": section 2.3 (the estimator), 2.4 (the draw as a function of
ε), appendix B (KL in closed form), appendix C.1 (a multilayer perceptron with one Bernoulli a pixel).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

FARTHEST = 16.0  # of a log-variance: its exponential stays a number, whatever is drawn


@dataclass(frozen=True)
class VaeConfig:
    """The sizes of a model; a card's ``architecture`` holds these fields."""

    pixels: int = 784  # numbers a picture
    latent: int = 2
    encoder: Sequence[int] = (256, 128, 64)  # widths of the hidden layers, from the picture on
    decoder: Sequence[int] = (128, 256, 96)  # from the latent point on
    variational: bool = True  # not so: a plain autoencoder, whose latent point is the mean


class Posterior(NamedTuple):
    """What the encoder says of pictures: a normal distribution with a diagonal covariance, q(z|x)."""

    mean: Tensor  # (…, latent)
    log_var: Tensor  # (…, latent)

    def draw(self, noise: Tensor) -> Tensor:
        """Return z = mean + exp(log_var / 2) · ε: (…, latent)."""
        return self.mean + (self.log_var / 2).exp() * noise


class Vae(nn.Module):
    """Pixels to a latent distribution and back. Hidden layers end in SiLU, x · σ(x)."""

    def __init__(self, config: VaeConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = layers((config.pixels, *config.encoder))
        self.mean = nn.Linear(config.encoder[-1], config.latent)
        self.log_var = nn.Linear(config.encoder[-1], config.latent) if config.variational else None
        self.decoder = layers((config.latent, *config.decoder, config.pixels))

    def encode(self, pixels: Tensor) -> Posterior:
        """Return q(z|x) of pixels from 0 to 1: (…, pixel) → two of (…, latent). A plain one's variance is 0."""
        hidden = pixels
        for layer in self.encoder:
            hidden = F.silu(layer(hidden))
        mean = self.mean(hidden)
        if self.log_var is None:
            return Posterior(mean, torch.full_like(mean, -torch.inf))
        return Posterior(mean, self.log_var(hidden).clamp(-FARTHEST, FARTHEST))

    def decode(self, latent: Tensor) -> Tensor:
        """Return each pixel's logit, whose sigmoid is the probability that it is on: (…, latent) → (…, pixel)."""
        hidden = latent
        for layer in self.decoder[:-1]:
            hidden = F.silu(layer(hidden))
        logits: Tensor = self.decoder[-1](hidden)
        return logits

    def forward(self, pixels: Tensor, noise: Tensor) -> tuple[Posterior, Tensor]:
        """Return q(z|x), and the logits of the pixels decoded from the draw that ``noise`` (…, latent) makes."""
        posterior = self.encode(pixels)
        return posterior, self.decode(posterior.draw(noise))


def reconstruction(logits: Tensor, pixels: Tensor) -> Tensor:
    """Return −log p(x|z) in nats a picture: (…, pixel) and (…, pixel) → (…,).

    Each pixel is on with the probability ``pixels``, and this is the mean over all pictures that come of it: the
    cross-entropy of two Bernoulli distributions, so no binary picture has to be drawn.
    """
    return F.binary_cross_entropy_with_logits(logits.float(), pixels, reduction="none").sum(-1)


def kl(posterior: Posterior) -> Tensor:
    """Return KL(q(z|x) ‖ N(0, I)) in nats, one number a dimension: (…, latent). Appendix B."""
    mean, log_var = posterior.mean.float(), posterior.log_var.float()
    return (mean**2 + log_var.exp() - 1 - log_var) / 2


def layers(widths: Sequence[int]) -> nn.ModuleList:
    """Return one linear layer from each width to the next."""
    return nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(widths))
