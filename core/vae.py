"""The autoencoders that pages show: pictures to latent distributions and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from core import checkpoints
from core.models.loading import built
from core.models.vae import Posterior, Vae, VaeConfig, kl, reconstruction

Array = NDArray[np.float32]
DRAWS: Final = 16  # of ε for each picture, where an expectation is estimated


class Recipe(NamedTuple):
    """What a model learned from, and with which weight on KL."""

    images: str  # one of `core.images.NAMES`
    beta: float = 1.0  # Higgins et al. 2017; 1 is −ELBO itself
    variational: bool = True
    latent: int = 2
    encoder: tuple[int, ...] = (256, 128, 64)
    decoder: tuple[int, ...] = (128, 256, 96)


RECIPES: Final = {
    "digits": Recipe("digits"),
    "digits-ae": Recipe("digits", variational=False),
    "digits-beta4": Recipe("digits", beta=4.0),
    "digits-collapse": Recipe("digits", beta=100.0),
    "clothes": Recipe("clothes"),
    "hangul": Recipe("hangul", encoder=(128, 64), decoder=(64, 128, 96)),
    "faces": Recipe("faces", beta=0.05, latent=32, encoder=(256, 128), decoder=(128, 256, 160)),
}
NAMES: Final = tuple(RECIPES)


class Parts(NamedTuple):
    """−ELBO of pictures and its two parts, in nats."""

    reconstruction: Array  # (picture,), the mean over draws of ε
    kl: Array  # (picture, latent); of a plain autoencoder 0: it has no distribution to be far from another

    @property
    def negative_elbo(self) -> Array:
        """Reconstruction + KL: (picture,)."""
        total: Array = self.reconstruction + self.kl.sum(1)
        return total


class Autoencoder:
    """Pictures in, latent points out, and back. Safe to share among threads."""

    def __init__(self, model: Vae, card: dict[str, Any]) -> None:
        self.model = model.eval().requires_grad_(False)
        self.card = card
        self.device = next(model.parameters()).device

    @property
    def config(self) -> VaeConfig:
        """The model's sizes."""
        return self.model.config

    @torch.inference_mode()
    def encode(self, pixels: Array) -> tuple[Array, Array]:
        """Return mean and log-variance of pixels from 0 to 1: (picture, pixel) → two of (picture, latent)."""
        mean, log_var = self.model.encode(self._tensor(pixels))
        return mean.cpu().numpy(), log_var.cpu().numpy()

    @torch.inference_mode()
    def decode(self, latent: Array) -> Array:
        """Return each pixel's probability to be on: (…, latent) → (…, pixel)."""
        shares: Array = self.model.decode(self._tensor(latent)).sigmoid().cpu().numpy()
        return shares

    @torch.inference_mode()
    def parts(self, pixels: Array, draws: int = DRAWS, seed: int = 0) -> Parts:
        """Return −ELBO's parts of pixels from 0 to 1, (picture, pixel); ``draws`` of ε from ``seed`` for each."""
        given = self._tensor(pixels)
        posterior = self.model.encode(given)
        generator = torch.Generator().manual_seed(seed)
        total = torch.zeros(len(pixels), device=self.device)
        times = draws if self.config.variational else 1
        for _draw in range(times):
            noise = torch.randn(posterior.mean.shape, generator=generator).to(self.device)
            total += reconstruction(self.model.decode(posterior.draw(noise)), given)
        return Parts((total / times).cpu().numpy(), self._kl(posterior))

    def _kl(self, posterior: Posterior) -> Array:
        found = kl(posterior) if self.config.variational else torch.zeros_like(posterior.mean)
        return found.cpu().numpy()

    def _tensor(self, numbers: Array) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(numbers, dtype=np.float32)).to(self.device)


def path_of(name: str) -> Path:
    """Return where a model's weights lie; ``name``: one of `NAMES`."""
    return checkpoints.MODELS / f"vae-{name}.safetensors"


def config_of(name: str, pixels: int) -> VaeConfig:
    """Return the sizes of one of `NAMES`, for pictures of so many numbers."""
    recipe = RECIPES[name]
    return VaeConfig(pixels, recipe.latent, recipe.encoder, recipe.decoder, recipe.variational)


def load_vae(name: str, path: Path | None = None) -> Autoencoder:
    """Return one of `NAMES`, by default from the weights that the project ships.

    Raises:
        checkpoints.ModelFileError: weights or card are missing, truncated or altered.
    """
    path = path or path_of(name)
    weights, card = checkpoints.load(path)
    return Autoencoder(built(Vae, VaeConfig, weights, card, path), card)
