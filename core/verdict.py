"""What a run of generator and discriminator has come to, told by its numbers alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from core.models.gan_losses import COIN, WASSERSTEIN

Verdict = Literal["begun", "strict", "foolish", "collapse", "healthy", "learning", "burst"]

EARLY: Final = 60  # steps before anything is said
LATELY: Final = 6  # moments whose mean counts: a single one may be an accident
GONE: Final = 1e-3  # of its first length, below which the generator's gradient counts as vanished
NEAR_COIN: Final = 0.03  # of the loss that a coin would have, within which a discriminator knows nothing
GOOD: Final = 0.4  # share of samples on the distribution
FULL: Final = 0.8  # of the modes
HALF: Final = 0.5  # of the modes
POOR: Final = 0.1  # share of samples on target times share of modes covered
BURST: Final = 1e4  # a loss beyond which weights have burst


class Told(NamedTuple):
    """What a moment of a run told; what is not known is nan."""

    step: int  # of the generator
    loss_d: float
    loss_g: float
    right_real: float  # share of real samples that the discriminator takes for real
    right_fake: float
    pull: float  # the mean gradient that reaches a sample, see `core.gan.Step`
    norms: tuple[float, ...]  # of the generator's gradient, layer by layer
    good: float  # share of samples on the distribution
    modes: int | None  # that are covered; None where they cannot be counted

    @property
    def norm(self) -> float:
        """The length of the generator's whole gradient."""
        return math.hypot(*self.norms) if self.norms else math.nan


def verdict(course: Sequence[Told], loss: str, modes: int) -> Verdict:
    """Return what the last moment of a course means; ``modes``: how many there are, 0 where they cannot be counted.

    The course's first gradient is what later ones are compared with.
    """
    last, lately = course[-1], course[-LATELY:]
    if last.step and not max(abs(last.loss_d), abs(last.loss_g)) < BURST:
        return "burst"
    if last.step < EARLY:
        return "begun"
    first = next((told.norm for told in course if told.norms), math.nan)
    if loss != WASSERSTEIN and last.norm < GONE * first:
        return "strict"
    good = _mean(lately, lambda told: told.good)
    covered = _mean(lately, lambda told: (told.modes or 0) / modes) if modes else 1.0
    if good >= GOOD and covered >= FULL:
        return "healthy"
    coin = COIN.get(loss)
    unsure = coin is not None and abs(_mean(lately, lambda told: told.loss_d) / coin - 1) < NEAR_COIN
    if unsure and good * covered < POOR:  # good samples leave the best discriminator no more than a coin
        return "foolish"
    return "collapse" if good >= GOOD and covered <= HALF else "learning"


def _mean(course: Sequence[Told], of: Callable[[Told], float]) -> float:
    return sum(map(of, course)) / len(course)
