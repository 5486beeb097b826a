"""A generator and a discriminator that learn from each other, in steps that can be taken one by one and taken back.

The generator never sees a real sample: all that reaches it is the gradient of its loss through the discriminator.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import torch
from torch import Tensor, nn

from core.models.gan import Discriminator, Generator
from core.models.gan_losses import (
    NON_SATURATING,
    WASSERSTEIN,
    discriminator_loss,
    generator_loss,
    gradient_penalty,
)
from core.shapes import Shape

MAP: Final = 32  # places along each side of the discriminator's map
EDGE: Final = 1.2  # the map reaches from −EDGE to EDGE
ARROWS: Final = 12  # along each side
SHOWN: Final = 400  # samples that are shown


@dataclass(frozen=True)
class Settings:
    """What can be chosen. Widths, depths, latent and seed count at the beginning, everything else at any step."""

    loss: str = NON_SATURATING  # one of `core.models.gan_losses.NAMES`
    rate_g: float = 1e-3
    rate_d: float = 1e-3
    d_steps: int = 1  # of the discriminator for each of the generator
    flipped: float = 0.0  # share of labels that are exchanged
    batch: int = 150
    width_g: int = 14
    depth_g: int = 1
    width_d: int = 14
    depth_d: int = 1
    latent: int = 2
    seed: int = 42


class BrokenError(ArithmeticError):
    """A loss or a weight is no number any more; ``str()`` says whose."""


class Step(NamedTuple):
    """What one step of either player told."""

    loss: float
    right_real: (
        float  # share of real samples that the discriminator takes for real; of a generator's step: nan
    )
    right_fake: float  # share of fake ones that it takes for fake
    norms: tuple[float, ...]  # of the generator's gradient, layer by layer; empty for the discriminator


class Kept(NamedTuple):
    """Everything that a run needs to go on from a moment."""

    step: int
    weights: dict[str, Any]
    optimisers: tuple[Any, Any]
    noise: Tensor  # the generator of random numbers' state


class Gan:
    """Both players, their optimisers and their random numbers."""

    def __init__(self, settings: Settings, shape: Shape) -> None:
        self.settings, self.shape, self.step = settings, shape, 0
        self.random = torch.Generator().manual_seed(settings.seed)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(settings.seed)
            self.generator = Generator(settings.latent, settings.width_g, settings.depth_g, 2)
            self.discriminator = Discriminator(2, settings.width_d, settings.depth_d)
        self._optimisers = tuple(
            torch.optim.Adam(player.parameters(), lr=1.0, betas=(0.5, 0.9), fused=True)
            for player in (self.generator, self.discriminator)
        )
        self.shown = torch.randn(
            (SHOWN, settings.latent), generator=self.random
        )  # the same noise at every moment

    def update(self) -> tuple[Step, Step]:
        """Let the discriminator take its steps and the generator one; return the last of each.

        Raises:
            BrokenError: a loss is no finite number.
        """
        for _turn in range(max(1, self.settings.d_steps)):
            of_d = self.step_d()
        return of_d, self.step_g()

    def step_d(self) -> Step:
        """Let the discriminator learn from real samples and from the generator's, which does not learn.

        Raises:
            BrokenError: its loss is no finite number.
        """
        own = self.settings
        real = self.shape.draw(own.batch, self.random)
        with torch.no_grad():
            fake = self.generator(self._noise())
        seen_real, seen_fake = self.discriminator(real), self.discriminator(fake)
        flipped = torch.rand(own.batch, generator=self.random) < own.flipped if own.flipped else None
        loss = discriminator_loss(own.loss, seen_real, seen_fake, flipped)
        if own.loss == WASSERSTEIN:
            share = torch.rand(own.batch, generator=self.random)
            loss = loss + gradient_penalty(self.discriminator, real, fake, share)
        self._learn(1, loss, own.rate_d, "discriminator")
        right = [float((seen > 0).float().mean()) for seen in (seen_real, seen_fake)]
        return Step(float(loss.detach()), right[0], 1 - right[1], ())

    def step_g(self) -> Step:
        """Let the generator learn from the slope of the discriminator, which does not learn.

        Raises:
            BrokenError: its loss is no finite number.
        """
        own = self.settings
        fake = self.discriminator(self.generator(self._noise()))
        loss = generator_loss(own.loss, fake)
        self._learn(0, loss, own.rate_g, "generator")
        self.step += 1
        nan = float("nan")
        return Step(float(loss.detach()), nan, float((fake <= 0).float().mean()), self._norms())

    def _noise(self) -> Tensor:
        return torch.randn((self.settings.batch, self.settings.latent), generator=self.random)

    def _learn(self, which: int, loss: Tensor, rate: float, who: str) -> None:
        if not torch.isfinite(loss):
            raise BrokenError(who)
        player: nn.Module = (self.generator, self.discriminator)[which]
        parameters = list(player.parameters())
        # Only the player whose turn it is gets gradients: nothing else is written to.
        for parameter, slope in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
            parameter.grad = slope
        self._optimisers[which].param_groups[0]["lr"] = rate
        self._optimisers[which].step()

    def _norms(self) -> tuple[float, ...]:
        """The length of each generator layer's gradient, weights and bias together."""
        found = []
        for layer in self.generator.layers:
            slopes = [
                parameter.grad.flatten() for parameter in layer.parameters() if parameter.grad is not None
            ]
            found.append(float(torch.cat(slopes).norm()))
        return tuple(found)

    @torch.no_grad()
    def samples(self) -> Tensor:
        """Return the generator's samples of the same noise as ever: (SHOWN, 2)."""
        return self.generator(self.shown)

    @torch.no_grad()
    def map(self) -> Tensor:
        """Return the discriminator's logits on a grid of places, (row, column), the first row at the top."""
        along = torch.linspace(-EDGE, EDGE, MAP)
        up, across = torch.meshgrid(along.flip(0), along, indexing="ij")
        logits: Tensor = self.discriminator(torch.stack([across, up], -1).view(-1, 2)).view(MAP, MAP)
        return logits

    def arrows(self) -> tuple[Tensor, Tensor]:
        """Return places (arrow, 2), and the pull on a sample there: −∇ of the generator’s loss, (arrow, 2)."""
        along = torch.linspace(-EDGE, EDGE, ARROWS)
        places = torch.cartesian_prod(along, along).requires_grad_(True)
        # Each place on its own: the loss is a mean, and the pull on one sample does not depend on how many there are.
        loss = generator_loss(self.settings.loss, self.discriminator(places)) * len(places)
        (slope,) = torch.autograd.grad(loss, places)
        return places.detach(), -slope

    def keep(self) -> Kept:
        """Return everything that is needed to come back to this moment."""
        weights = {"g": self.generator.state_dict(), "d": self.discriminator.state_dict()}
        optimisers = tuple(one.state_dict() for one in self._optimisers)
        return copy.deepcopy(
            Kept(self.step, weights, (optimisers[0], optimisers[1]), self.random.get_state())
        )

    def go_back(self, kept: Kept) -> None:
        """Be again as it was when `keep` was called; the settings stay."""
        self.step = kept.step
        self.generator.load_state_dict(kept.weights["g"])
        self.discriminator.load_state_dict(kept.weights["d"])
        for optimiser, state in zip(self._optimisers, kept.optimisers, strict=True):
            optimiser.load_state_dict(copy.deepcopy(state))
        self.random.set_state(kept.noise)
