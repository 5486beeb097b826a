"""A small autoencoder that learns while somebody watches: the plane fills up step by step."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from core import device
from core.models.vae import Vae, VaeConfig, kl, reconstruction
from core.vae import Array, Autoencoder

BATCH: Final = 128
RATE: Final = 2e-3
SECONDS: Final = 60.0
EVERY: Final = 0.25  # seconds between moments
HALF: Final = 4.0  # the plane reaches so far from 0
GRID: Final = 9  # decoded pictures along each side of the manifold
POINTS: Final = 500  # training pictures whose places are shown


class Score(NamedTuple):
    """−ELBO's parts in nats a picture, on the last batches and on held-back pictures."""

    step: int
    reconstruction: float
    kl: float
    held_back: float  # −ELBO itself


class LiveMoment(NamedTuple):
    """What can be seen of the training after a step."""

    step: int
    seconds: float  # of training, without pauses
    places: Array  # (POINTS, 2)
    manifold: NDArray[np.uint8]  # (GRID, GRID, pixel), the first row at the top of the plane
    scores: tuple[Score, ...]  # so far


def train(
    pixels: Array, held_back: Array, beta: float = 1.0, seed: int = 42, seconds: float = SECONDS
) -> Iterator[LiveMoment]:
    """Train on ``pixels`` (picture, pixel) from 0 to 1; yield a moment every `EVERY` seconds, the untrained one first.

    ``held_back``: pictures to score on. It ends after ``seconds`` of training.
    """
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Vae(VaeConfig(pixels.shape[1], 2, (128, 64), (64, 128))).to(device.best())
    given = torch.from_numpy(pixels).to(device.best())
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    step, used = 0, 0.0
    first = _seen(model).parts(pixels[:POINTS], draws=1, seed=seed)
    scores = [_score(model, 0, (first.reconstruction.mean(), first.kl.sum(1).mean()), held_back)]
    yield _moment(model, 0, used, pixels[:POINTS], tuple(scores))
    while used < seconds:
        began, before = time.monotonic(), step
        parts = np.zeros(2)
        while time.monotonic() - began < EVERY:
            parts += _update(model, optimiser, given, beta, generator)
            step += 1
        scores.append(_score(model, step, parts / (step - before), held_back))
        used += time.monotonic() - began
        yield _moment(model, step, used, pixels[:POINTS], tuple(scores))


def _update(
    model: Vae, optimiser: torch.optim.Optimizer, given: torch.Tensor, beta: float, generator: torch.Generator
) -> NDArray[np.float64]:
    places = torch.randint(len(given), (BATCH,), generator=generator)
    noise = torch.randn((BATCH, 2), generator=generator).to(given.device)
    batch = given[places.to(given.device)]
    posterior, logits = model(batch, noise)
    parts = reconstruction(logits, batch).mean(), kl(posterior).sum(-1).mean()
    optimiser.zero_grad()
    (parts[0] + beta * parts[1]).backward()
    optimiser.step()
    return np.array([float(part.detach()) for part in parts])


def _seen(model: Vae) -> Autoencoder:
    """A copy to look at, while the model itself goes on learning."""
    return Autoencoder(copy.deepcopy(model), {})


def _score(model: Vae, step: int, parts: Sequence[float] | NDArray[np.float64], held_back: Array) -> Score:
    found = _seen(model).parts(held_back, draws=1, seed=step)
    return Score(step, float(parts[0]), float(parts[1]), float(found.negative_elbo.mean()))


def _moment(model: Vae, step: int, used: float, shown: Array, scores: tuple[Score, ...]) -> LiveMoment:
    seen = _seen(model)
    places, _log_vars = seen.encode(shown)
    along = (np.arange(GRID, dtype=np.float32) + 0.5) / GRID * 2 * HALF - HALF
    across, up = np.meshgrid(along, along[::-1])
    manifold = seen.decode(np.stack([across, up], -1))
    return LiveMoment(step, used, places, (manifold * 255).round().astype(np.uint8), scores)
