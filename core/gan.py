"""A generator and a discriminator that learn from each other, in steps that can be taken one by one and taken back.

The generator never sees a real sample: all that reaches it is the gradient of its loss through the discriminator.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, Protocol

import torch
from torch import Tensor, nn

from core.models.gan_losses import (
    BOUNDARY,
    NON_SATURATING,
    WASSERSTEIN,
    discriminator_loss,
    generator_loss,
    gradient_penalty,
)

Player = Literal["discriminator", "generator"]
PLAYERS: Final[tuple[Player, ...]] = ("discriminator", "generator")
NAN: Final = float("nan")


@dataclass(frozen=True)
class Settings:
    """What can be chosen. Sizes, optimiser and seed count at the beginning, everything else at any step."""

    loss: str = NON_SATURATING  # one of `core.models.gan_losses.NAMES`
    rate_g: float = 1e-3
    rate_d: float = 1e-3
    d_steps: int = 1  # of the discriminator, and then
    g_steps: int = 1  # of the generator
    flipped: float = 0.0  # share of labels that are exchanged
    # λ of Wasserstein's penalty. Points lie within a length or two: with the 10 of the paper, meant for pictures, the
    # critic hardly learns where they are, and both run in circles.
    penalty: float = 1.0
    batch: int = 150
    width_g: int = 14
    depth_g: int = 1
    width_d: int = 14
    depth_d: int = 1
    latent: int = 2
    plain: bool = (
        False  # the generator learns by plain gradient descent, whose steps are as long as its gradient
    )
    seed: int = 42


class BrokenError(ArithmeticError):
    """A loss or a weight is no number any more; ``str()`` says whose."""


class Source(Protocol):
    """Where real samples come from."""

    def draw(self, count: int, generator: torch.Generator) -> Tensor:
        """Return samples, (count, number)."""

    def players(self, settings: Settings) -> tuple[nn.Module, nn.Module]:
        """Return an untrained generator and discriminator for such samples."""


class Step(NamedTuple):
    """What one step of either player told; what it cannot tell is nan."""

    loss: float
    right_real: float  # share of real samples that the discriminator takes for real
    right_fake: float  # share of fake ones that it takes for fake
    pull: float  # the mean length of the gradient that reaches a fake sample through the discriminator, times the batch
    norms: tuple[float, ...]  # of the generator's gradient, layer by layer; empty for the discriminator


class Kept(NamedTuple):
    """Everything that a run needs to go on from a moment."""

    step: int
    turn: int
    weights: dict[str, Any]
    optimisers: tuple[Any, Any]
    noise: Tensor  # the generator of random numbers' state


class Gan:
    """Both players, their optimisers and their random numbers. One thread at a time."""

    def __init__(self, settings: Settings, source: Source) -> None:
        self.settings, self.source = settings, source
        self.step = 0  # of the generator
        self.turn = 0  # steps taken of this round: the discriminator's come first
        self.random = torch.Generator().manual_seed(settings.seed)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(settings.seed)
            self.generator, self.discriminator = source.players(settings)
        self._parameters = {
            "generator": list(self.generator.parameters()),
            "discriminator": list(self.discriminator.parameters()),
        }
        # Adam divides a gradient by its own usual length: a vanishing one would still make steps.
        self._optimisers: dict[str, torch.optim.Optimizer] = {
            who: torch.optim.SGD(parameters, lr=1.0)
            if settings.plain and who == "generator"
            else torch.optim.Adam(parameters, lr=1.0, betas=(0.5, 0.9), fused=True)
            for who, parameters in self._parameters.items()
        }

    def update(self) -> dict[Player, Step]:
        """Take the rest of a round: the discriminator's steps, then the generator's; return the last of each.

        Raises:
            BrokenError: a loss is no finite number.
        """
        told: dict[Player, Step] = {}
        while True:
            who, step = self.advance()
            told[who] = step
            if self.turn == 0:
                return told

    def advance(self) -> tuple[Player, Step]:
        """Take the next step of the round, whoever's it is.

        Raises:
            BrokenError: a loss is no finite number.
        """
        who: Player = "discriminator" if self.turn < self.settings.d_steps else "generator"
        told = self.take(who)
        self.turn = (self.turn + 1) % (self.settings.d_steps + self.settings.g_steps)
        return who, told

    def take(self, who: Player) -> Step:
        """Let one player take a step, out of turn.

        Raises:
            BrokenError: its loss is no finite number.
        """
        return self._step_d() if who == "discriminator" else self._step_g()

    def _step_d(self) -> Step:
        """Let the discriminator learn from real samples and from the generator's, which does not learn."""
        own = self.settings
        real = self.source.draw(own.batch, self.random)
        with torch.no_grad():
            fake = self.generator(self._noise())
        seen = self.discriminator(torch.cat([real, fake]))
        seen_real, seen_fake = seen[: own.batch], seen[own.batch :]
        flipped = torch.rand(own.batch, generator=self.random) < own.flipped if own.flipped else None
        loss = discriminator_loss(own.loss, seen_real, seen_fake, flipped)
        if own.loss == WASSERSTEIN:
            share = torch.rand(own.batch, generator=self.random)
            loss = loss + gradient_penalty(self.discriminator, real, fake, share, own.penalty)
        self._learn("discriminator", loss, own.rate_d)
        boundary = BOUNDARY.get(own.loss, 0.0)
        taken = (seen.detach() > boundary).view(2, -1).float().mean(1).tolist()
        real_share, fake_share = (NAN, NAN) if own.loss == WASSERSTEIN else (taken[0], 1 - taken[1])
        return Step(float(loss.detach()), real_share, fake_share, NAN, ())

    def _step_g(self) -> Step:
        """Let the generator learn from the slope of the discriminator, which does not learn."""
        own = self.settings
        samples = self.generator(self._noise())
        seen = self.discriminator(samples)
        loss = generator_loss(own.loss, seen)
        (slope,) = self._learn("generator", loss, own.rate_g, (samples,))
        self.step += 1
        # The loss is a mean over the batch: times the batch it is what one sample alone would get.
        pull = float(slope.flatten(1).norm(dim=1).mean()) * own.batch
        slopes = [p.grad for p in self._parameters["generator"] if p.grad is not None]
        norms = tuple(torch.stack(torch._foreach_norm(slopes)).view(-1, 2).norm(dim=1).tolist())
        return Step(float(loss.detach()), NAN, NAN, pull, norms)

    def _noise(self) -> Tensor:
        return torch.randn((self.settings.batch, self.settings.latent), generator=self.random)

    def _learn(
        self, who: str, loss: Tensor, rate: float, besides: tuple[Tensor, ...] = ()
    ) -> tuple[Tensor, ...]:
        """Take a step of one player; return the loss's gradient with respect to what is named ``besides``."""
        if not torch.isfinite(loss):
            raise BrokenError(who)
        parameters = self._parameters[who]
        # Only the player whose turn it is gets gradients: nothing else is written to.
        slopes = torch.autograd.grad(loss, [*parameters, *besides])
        for parameter, slope in zip(parameters, slopes[: len(parameters)], strict=True):
            parameter.grad = slope
        self._optimisers[who].param_groups[0]["lr"] = rate
        self._optimisers[who].step()
        return slopes[len(parameters) :]

    def keep(self) -> Kept:
        """Return everything that is needed to come back to this moment."""
        weights = {"g": self.generator.state_dict(), "d": self.discriminator.state_dict()}
        states = [self._optimisers[who].state_dict() for who in PLAYERS]
        return copy.deepcopy(
            Kept(self.step, self.turn, weights, (states[0], states[1]), self.random.get_state())
        )

    def go_back(self, kept: Kept) -> None:
        """Be again as it was when `keep` was called; the settings stay."""
        self.step, self.turn = kept.step, kept.turn
        self.generator.load_state_dict(kept.weights["g"])
        self.discriminator.load_state_dict(kept.weights["d"])
        for who, state in zip(PLAYERS, kept.optimisers, strict=True):
            self._optimisers[who].load_state_dict(copy.deepcopy(state))
        self.random.set_state(kept.noise)
