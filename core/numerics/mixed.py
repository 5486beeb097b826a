"""One small network trained in several precisions side by side, from the same weights on the same points.

Backpropagation is written out, so that the format of every tensor is seen: activations and gradients are rounded after
each operation, sums within a matrix product are not (hardware adds them up in fp32). Micikevicius et al. 2018, sections
3.1 (a master copy of the weights), 3.2 (loss scaling) and 3.3 (sums in fp32).

On CUDA the tensors really have these types. Elsewhere 16-bit formats are emulated: fp32 tensors whose every result is
rounded to the format and back.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core import device

TYPES: Final = {
    "fp64": torch.float64,
    "fp32": torch.float32,
    "fp16": torch.float16,
    "bf16": torch.bfloat16,
}
POINTS: Final = 256  # of the curve that is to be learned
LOWEST, HIGHEST = -60, 20  # exponents of the histogram of gradients; smaller ones lie in the first bin
FACTOR: Final = 2.0  # of the dynamic scale, up and down
LARGEST_SCALE: Final = 2.0**40


@dataclass(frozen=True)
class Way:
    """How a network is trained."""

    form: str  # of activations, gradients and, without a master copy, weights: one of `TYPES`
    master: bool = False  # weights are kept and updated in fp32; the format's are rounded copies
    scaling: Literal["none", "static", "dynamic"] = "none"
    # Where the scaled gradient is divided by the scale again. In fp16 what was rescued is lost at once.
    unscaled: Literal["fp32", "fp16"] = "fp32"


WAYS: Final[dict[str, Way]] = {
    "fp64": Way("fp64"),
    "fp32": Way("fp32"),
    "bf16": Way("bf16"),
    "bf16-master": Way("bf16", master=True),
    "fp16": Way("fp16"),
    "master": Way("fp16", master=True),
    "static": Way("fp16", master=True, scaling="static"),
    "late": Way("fp16", master=True, scaling="static", unscaled="fp16"),
    "dynamic": Way("fp16", master=True, scaling="dynamic"),
}


@dataclass(frozen=True)
class Settings:
    """What can be chosen.

    Raises:
        ValueError: a loss scale is not positive: a loss times 0 has no gradient to divide by 0 again.
    """

    unit: float = 1.0  # the curve's height: targets in a small unit have small gradients
    rate: float = 0.05
    scale: float = 2.0**10  # of the loss: the static one
    first: float = 2.0**16  # the dynamic one's beginning, as in PyTorch's GradScaler
    patience: int = 200  # steps without an overflow until the dynamic scale doubles; PyTorch waits 2,000
    width: int = 32
    seed: int = 42

    def __post_init__(self) -> None:
        if not (self.scale > 0 and self.first > 0):
            raise ValueError(f"a loss scale must be positive, not {min(self.scale, self.first)}")


class Told(NamedTuple):
    """What a network has come to."""

    loss: float  # mean squared error over the curve's mean square: 1 for a network that says 0
    scale: float
    skipped: int  # steps, because a gradient was infinite
    zeros: float  # share of the last step's gradients that are exactly 0
    gradients: NDArray[np.int64]  # how many of the last step's, by exponent from `LOWEST` to `HIGHEST`
    curve: NDArray[np.float32]  # (POINTS,) in units of the curve


def curve(unit: float = 1.0) -> tuple[Tensor, Tensor]:
    """Return places and targets in fp64: (POINTS, 1) each."""
    x = torch.linspace(-1, 1, POINTS, dtype=torch.float64)[:, None]
    return x, unit * ((3 * x).sin() + 0.4 * (9 * x).cos())


class Network:
    """A multilayer perceptron with two hidden layers of tanh, trained one way."""

    def __init__(
        self, way: Way, settings: Settings, start: list[Tensor], *, real: bool | None = None
    ) -> None:
        """``start``: weights as `begin` gives them. ``real``: tensors of the format itself; None: where CUDA is."""
        self.way, self.settings = way, settings
        on_cuda = device.best().type == "cuda"
        self.device = device.best() if on_cuda else torch.device("cpu")
        self.form = TYPES[way.form]
        narrow = way.form in ("fp16", "bf16")
        self.emulated = narrow and not (on_cuda if real is None else real)
        self._carrier = torch.float32 if self.emulated else self.form
        keeps = torch.float32 if way.master else self._carrier
        self.kept = [self._held(one.to(self.device), keeps) for one in start]
        self.weights = [self._keep(one) for one in self.kept]
        self.scale = {"none": 1.0, "static": settings.scale, "dynamic": settings.first}[way.scaling]
        self.skipped = 0
        self.good = 0  # steps since the dynamic scale changed
        self.gradients: list[Tensor] = []

    def _held(self, x: Tensor, kind: torch.dtype) -> Tensor:
        return x.to(kind) if self.way.master else self._keep(x)

    def _keep(self, x: Tensor) -> Tensor:
        """A result as the format holds it."""
        return x.to(self.form).to(self._carrier) if self.emulated else x.to(self.form)

    def forward(self, x: Tensor) -> list[Tensor]:
        """Return the activations of all layers, the input's first: (point, unit) each."""
        found = [self._keep(x)]
        for layer in range(0, len(self.weights), 2):
            z = self._keep(torch.nn.functional.linear(found[-1], *self.weights[layer : layer + 2]))
            found.append(self._keep(z.tanh()) if layer < len(self.weights) - 2 else z)
        return found

    def backward(self, seen: list[Tensor], target: Tensor) -> list[Tensor]:
        """Return the gradients of the weights, in the format, of the loss times the scale; note those in between.

        ``seen``: what `forward` gave; ``target``: (point, 1), in fp32 or wider, as the loss is computed.
        """
        wide = torch.float64 if self.form == torch.float64 else torch.float32
        slope = self._keep(self.scale * 2 / len(target) * (seen[-1].to(wide) - target.to(wide)))
        found: list[Tensor] = []
        between = [slope]
        for layer in range(len(self.weights) - 2, -1, -2):
            below = seen[layer // 2]
            found[:0] = [self._keep(slope.T @ below), self._keep(slope.sum(0))]
            if layer:
                back = self._keep(slope @ self.weights[layer])
                slope = self._keep(torch.ops.aten.tanh_backward(back, below))  # rounded once, too
                between.append(slope)
        self.gradients = [*between, *found]
        return found

    def step(self, x: Tensor, target: Tensor) -> None:
        """Learn from points, (point, 1) each; where the loss is scaled, a step with an infinite gradient is skipped."""
        slopes = self.backward(self.forward(x), target)
        if self.way.scaling != "none" and not self._finite(slopes):
            self.skipped += 1
            self.good = 0
            if self.way.scaling == "dynamic":
                self.scale = max(1.0, self.scale / FACTOR)
            return
        for place, slope in enumerate(slopes):
            self._update(place, slope)
        self.good += 1
        if self.way.scaling == "dynamic" and self.good >= self.settings.patience:
            self.scale, self.good = min(self.scale * FACTOR, LARGEST_SCALE), 0

    def _update(self, place: int, slope: Tensor) -> None:
        """w ← w − lr · grad, rounded after each operation to what the weights are kept in."""
        if not self.way.master:
            product = self._keep(self.settings.rate * slope)
            self.kept[place] = self.weights[place] = self._keep(self.kept[place] - product)
            return
        late = self.way.unscaled == "fp16"
        slope = self._keep(slope / self.scale).float() if late else slope.float() / self.scale
        self.kept[place] = self.kept[place] - self.settings.rate * slope
        self.weights[place] = self._keep(self.kept[place])

    @staticmethod
    def _finite(slopes: list[Tensor]) -> bool:
        return bool(torch.stack([slope.isfinite().all() for slope in slopes]).all())

    def told(self, x: Tensor, target: Tensor) -> Told:
        """Return what the network has come to; ``x`` and ``target`` (point, 1) of the whole curve."""
        said = self.forward(x)[-1].double().cpu()
        loss = float(((said - target.cpu()) ** 2).mean() / (target.cpu() ** 2).mean())
        flat = torch.cat([one.flatten().double().cpu() for one in self.gradients]) if self.gradients else None
        zeros, counts = 0.0, np.zeros(HIGHEST - LOWEST + 1, dtype=np.int64)
        if flat is not None:
            there = flat[(flat != 0) & flat.isfinite()].abs()
            zeros = float((flat == 0).double().mean())
            places = there.log2().floor().clamp(LOWEST, HIGHEST).long() - LOWEST
            counts = torch.bincount(places, minlength=len(counts)).numpy()
        drawn: NDArray[np.float32] = (said[:, 0] / self.settings.unit).float().numpy()
        return Told(loss, self.scale, self.skipped, zeros, counts, drawn)


def begin(settings: Settings) -> list[Tensor]:
    """Return the first weights in fp64, matrices (output, input) and biases by turns: those of PyTorch's layers."""
    sizes = (1, settings.width, settings.width, 1)
    generator = torch.Generator().manual_seed(settings.seed)
    found = []
    for inputs, outputs in pairwise(sizes):
        reach = inputs**-0.5
        for shape in ((outputs, inputs), (outputs,)):
            found.append((torch.rand(shape, generator=generator, dtype=torch.float64) * 2 - 1) * reach)
    # The first layer's slopes are spread over the curve's; the last one speaks in the curve's unit.
    found[0] *= 6
    found[1] *= 6
    found[-2] *= settings.unit
    found[-1] *= settings.unit
    return found


class Race:
    """All ways, each step on the whole curve: nothing but the formats tells them apart."""

    def __init__(self, settings: Settings, ways: tuple[str, ...] = tuple(WAYS)) -> None:
        self.settings = settings
        start = begin(settings)
        self.networks = {name: Network(WAYS[name], settings, start) for name in ways}
        self._x, self._target = curve(settings.unit)
        self.step = 0

    def advance(self, steps: int = 1) -> None:
        """Let every network take steps."""
        for _ in range(steps):
            for network in self.networks.values():
                network.step(self._x.to(network.device), self._target.to(network.device))
            self.step += 1

    def told(self) -> tuple[int, dict[str, Told]]:
        """Return the step, and what all have come to."""
        return self.step, {
            name: one.told(self._x.to(one.device), self._target.to(one.device))
            for name, one in self.networks.items()
        }
