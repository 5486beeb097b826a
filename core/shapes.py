"""Distributions of points that a generator is to learn: a line, a ring, a grid of bells, a spiral, a drawing.

Every one lies within −1 and 1, and each but the line and the spiral has modes: places that a generator may miss.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import torch
from torch import Tensor, nn

from core.gan import Settings
from core.models.gan import Discriminator, Generator

NAMES: Final = ("line", "ring", "grid", "spiral")
RING: Final = 8  # modes
GRID: Final = 5  # modes along each side
BELL: Final = 0.04  # standard deviation of a mode
NEAR: Final = 3.0  # standard deviations within which a sample counts for a mode
ENOUGH: Final = 0.25  # of its fair share a mode needs to count as covered


class Shape(NamedTuple):
    """A mixture of equal bells; a line or a spiral is one of many."""

    centres: Tensor  # (bell, 2)
    spread: float  # standard deviation of each
    modes: bool  # whether the bells lie so far apart that they can be counted

    def draw(self, count: int, generator: torch.Generator) -> Tensor:
        """Return samples (count, 2)."""
        which = torch.randint(len(self.centres), (count,), generator=generator)
        return self.centres[which] + self.spread * torch.randn((count, 2), generator=generator)

    def players(self, settings: Settings) -> tuple[nn.Module, nn.Module]:
        """Return an untrained generator and discriminator of points."""
        return (
            Generator(settings.latent, settings.width_g, settings.depth_g, 2),
            Discriminator(2, settings.width_d, settings.depth_d),
        )

    def near(self, samples: Tensor) -> tuple[float, int | None]:
        """Return the share of samples (sample, 2) that lie on the distribution, and how many modes are covered.

        On it: within `NEAR` standard deviations of a bell's middle. Covered: at least `ENOUGH` of its fair share of
        samples lies on it; None where modes cannot be counted.
        """
        nearest = torch.cdist(samples, self.centres).min(1)
        on = nearest.indices[nearest.values < NEAR * self.spread]
        counts = torch.bincount(on, minlength=len(self.centres))
        covered = int((counts >= ENOUGH * len(samples) / len(self.centres)).sum())
        return len(on) / len(samples), covered if self.modes else None


def shape_of(name: str) -> Shape:
    """Return one of `NAMES`.

    Raises:
        KeyError: there is no such shape.
    """
    return {"line": _line, "ring": _ring, "grid": _grid, "spiral": _spiral}[name]()


def drawn(points: Sequence[tuple[float, float]], spread: float = 0.02) -> Shape:
    """Return the distribution of a drawing: a narrow bell around each of its points, within −1 and 1.

    Raises:
        ValueError: there is no point, or one is no pair of finite numbers within −1 and 1.
    """
    centres = torch.tensor(list(points), dtype=torch.float32)
    if centres.dim() != 2 or centres.shape[1] != 2:
        raise ValueError("a drawing is a list of pairs of numbers, and not empty")
    if not torch.isfinite(centres).all() or centres.abs().max() > 1:
        raise ValueError("a drawing lies within −1 and 1")
    return Shape(centres, spread, False)


def _line() -> Shape:
    along = torch.linspace(-0.7, 0.7, 100)
    return Shape(torch.stack([along, 0.6 * along], 1), 0.02, False)


def _ring() -> Shape:
    turn = torch.arange(RING) * (2 * math.pi / RING)
    return Shape(0.7 * torch.stack([turn.cos(), turn.sin()], 1), BELL, True)


def _grid() -> Shape:
    along = torch.linspace(-0.75, 0.75, GRID)
    return Shape(torch.cartesian_prod(along, along), BELL, True)


def _spiral() -> Shape:
    share = torch.linspace(0.05, 1, 200).sqrt()
    turn = 3.5 * math.pi * share
    return Shape(0.8 * share[:, None] * torch.stack([turn.cos(), turn.sin()], 1), 0.015, False)
