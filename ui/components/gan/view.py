"""What the picture of a generator and a discriminator in training is given, and what is chosen in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from ui.components.shared import json_part

Floats = NDArray[np.float32]
WHO = {None: 0, "discriminator": 1, "generator": 2}


class GanState(TypedDict, total=False):
    """What has been chosen in the picture."""

    moment: int | None  # its number; None: the last one
    z: list[float] | None  # the point of the walk in the latent plane
    drawn: str  # the distribution that was drawn: two letters a point
    turn: str  # whose turn the gradient's path is drawn for: "discriminator" or "generator"
    map: bool
    arrows: bool
    fabric: bool


@dataclass(frozen=True)
class Told:
    """What a moment of one run told; what is not known is nan, modes that cannot be counted −1."""

    step: int
    loss_d: float
    loss_g: float
    right_real: float
    right_fake: float
    pull: float
    good: float
    modes: int
    norms: Sequence[float]  # of each of the generator's layers


@dataclass(frozen=True)
class Moment:
    """A moment of all runs."""

    number: int
    who: str | None  # whose step it was, where it was a single one
    told: Sequence[Told]  # of each run
    verdicts: Sequence[str] = ()
    weights: Sequence[Floats] = ()  # of each run: generator and discriminator; nothing in a curve


@dataclass(frozen=True)
class GanView:
    """One run, or several side by side."""

    seeds: Sequence[int]
    sizes_g: Sequence[int]  # latent, hidden layers, 2
    sizes_d: Sequence[int]
    loss: str
    modes: int  # of the distribution; 0 where they cannot be counted
    latents: Floats  # (sample, 2): the same at every moment
    real: Floats  # (sample, 2)
    curve: Sequence[Moment]
    moments: Sequence[Moment]
    running: bool = False
    drawn: str | None = None  # a drawing that can be changed; None: the distribution is not drawn by hand

    def packed(self, **more: Any) -> bytes:
        """Return words and sizes as JSON, then all numbers as 32-bit floats."""
        header: Mapping[str, Any] = {
            "seeds": list(self.seeds),
            "sizes_g": list(self.sizes_g),
            "sizes_d": list(self.sizes_d),
            "loss": self.loss,
            "modes": self.modes,
            "running": self.running,
            "drawn": self.drawn,
            "digest": f"{self.moments[-1].number}/{self.moments[-1].told[0].step}",
            "latest": {"who": self.moments[-1].who},
            "verdicts": [list(moment.verdicts) for moment in self.moments],
            "counts": {
                "latents": len(self.latents),
                "real": len(self.real),
                "curve": len(self.curve),
                "moments": len(self.moments),
            },
            **more,
        }
        layers = len(self.sizes_g) - 1
        parts = [
            self.latents.ravel(),
            self.real.ravel(),
            _rows(self.curve, layers),
            _rows(self.moments, layers),
            *(weights for moment in self.moments for weights in moment.weights),
        ]
        return json_part(header) + np.concatenate(parts).astype("<f4").tobytes()


def _rows(moments: Sequence[Moment], layers: int) -> Floats:
    """Every run's numbers at every moment, one after the other; before the first step a gradient has no length."""
    numbers = [
        [
            moment.number,
            WHO[moment.who],
            one.step,
            one.loss_d,
            one.loss_g,
            one.right_real,
            one.right_fake,
            one.pull,
            one.good,
            one.modes,
            *(one.norms or [np.nan] * layers),
        ]
        for moment in moments
        for one in moment.told
    ]
    return np.array(numbers, dtype=np.float32).ravel()
