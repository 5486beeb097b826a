"""Places in a latent plane: how far it reaches, where a class is typical, where a picture’s draw lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.normals import normals
from core.vae import Array, Autoencoder

LEVELS: Final = 15  # greys of a drawing
SURE: Final = 0.95  # probability from which on a classifier is taken at its word
LEAST: Final = (
    2.6  # a plane reaches so far from 0 at least: the prior's two standard deviations and some room
)
INSIDE: Final = 0.997  # share of coordinates that lie within


def reach(moments: Sequence[Array]) -> float:
    """Return how far from 0 a plane reaches that shows these places, (picture, 2) each."""
    farthest = max(float(np.quantile(np.abs(places), INSIDE)) for places in moments)
    return round(max(LEAST, farthest) * 1.06, 1)


def typical(places: Array, shares: Array | None) -> list[float]:
    """Return the place (of those given, (picture, 2)) nearest to the middle of the typical ones.

    ``shares`` (picture,): how probable their class is to a classifier that sees what is decoded there; without it, or
    where it is sure of none, all are typical.
    """
    sure = places if shares is None or not (shares > SURE).any() else places[shares > SURE]
    nearest = sure[((sure - np.median(sure, axis=0)) ** 2).sum(1).argmin()]
    return [round(float(x), 3) for x in nearest]


def pixels_of(drawn: str, count: int) -> Array | None:
    """Return the pixels from 0 to 1, (1, pixel), of a drawing: a hexadecimal digit a pixel; None for no drawing."""
    if len(drawn) != count or set(drawn) - set("0123456789abcdef") or not drawn.strip("0"):
        return None
    return np.array([[int(digit, 16) / LEVELS for digit in drawn]], dtype=np.float32)


def draw_of(model: Autoencoder, pixels: Array, seed: int) -> list[float]:
    """Return z = mean + exp(log_var / 2) · ε of a picture, (1, pixel), with the ε of ``seed``."""
    mean, log_var = model.encode(pixels)
    found = mean + np.exp(log_var / 2) * np.array(normals(seed, mean.shape[1]))
    return [float(x) for x in found[0]]


def codes_of(model: Autoencoder, pixels: Array) -> list[tuple[list[float], list[float] | None]]:
    """Return each picture's mean and log-variance; a plain autoencoder has only the mean."""
    means, log_vars = model.encode(pixels)
    if not model.config.variational:
        return [(mean.tolist(), None) for mean in means]
    return [(mean.tolist(), log_var.tolist()) for mean, log_var in zip(means, log_vars, strict=True)]
