"""GANs of points in the plane: the noise that is shown, what is looked at, and runs that were recorded."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from core import checkpoints
from core.gan import Gan, Settings
from core.live_gan import Moment, Snapshot, Watched, flat
from core.models.gan_losses import NON_SATURATING, SATURATING
from core.shapes import Shape, shape_of
from core.verdict import Told

SHOWN: Final = 400  # samples
EACH: Final = 20  # rounds between moments
RECORDED: Final = 32  # moments of a recorded run
REAL: Final = 300  # real samples that are shown
PATH: Final = checkpoints.ASSETS / "gan" / "points.safetensors"


@dataclass(frozen=True)
class Preset:
    """A run that shows one thing, from any seed."""

    settings: Settings
    rounds: int
    seeds: tuple[int, ...] = (42,)
    shape: str = "ring"


_BOTH: Final = Settings(width_g=32, depth_g=2, width_d=32, depth_d=2, rate_g=1e-3, rate_d=2e-3)
# Plain gradient descent for the generator: Adam would divide a vanishing gradient by its own size, and hide it.
_STRICT: Final = replace(_BOTH, loss=SATURATING, rate_g=3e-3, rate_d=5e-3, d_steps=10, plain=True)
_COLLAPSE: Final = replace(_BOTH, rate_g=5e-4, rate_d=5e-3, d_steps=10)
PRESETS: Final = {
    "healthy": Preset(_BOTH, 2400),
    "strict": Preset(_STRICT, 384),
    "rescued": Preset(replace(_STRICT, loss=NON_SATURATING), 384),
    "noise": Preset(replace(_STRICT, flipped=0.1), 384),
    "foolish": Preset(replace(_BOTH, flipped=0.5), 576),
    "collapse": Preset(replace(_COLLAPSE, width_g=14, depth_g=1), 480),
    "two": Preset(_COLLAPSE, 480, (42, 6)),
}


def latents(size: int = 2) -> torch.Tensor:
    """Return the noise that is shown, the same at every moment: (SHOWN, size)."""
    return torch.randn((SHOWN, size), generator=torch.Generator().manual_seed(7))


def real_samples(shape: Shape) -> NDArray[np.float32]:
    """Return the real samples that are shown: (REAL, 2)."""
    return shape.draw(REAL, torch.Generator().manual_seed(7)).numpy()


_LATENTS: Final = latents()


def look(run: Gan) -> tuple[NDArray[np.float32], float, int | None]:
    """Return a run's weights, the share of its samples that lie on the distribution, and the modes it covers."""
    with torch.no_grad():
        good, modes = run.source.near(run.generator(_LATENTS))  # type: ignore[attr-defined]  # a `Shape`
    return flat(run), good, modes


def watched(settings: Settings, shape: Shape, seeds: tuple[int, ...], each: int = EACH) -> Watched:
    """Return runs from these seeds, not yet begun; ``each``: rounds between moments."""
    return Watched([Gan(replace(settings, seed=seed), shape) for seed in seeds], look, each)


def sizes(settings: Settings) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the widths of the generator and of the discriminator, from the input to the output."""
    return (
        (settings.latent, *[settings.width_g] * settings.depth_g, 2),
        (2, *[settings.width_d] * settings.depth_d, 1),
    )


def record(preset: Preset) -> Snapshot:
    """Run a preset to its end, and return its moments."""
    each = preset.rounds // RECORDED
    runs = watched(preset.settings, shape_of(preset.shape), preset.seeds, each)
    for _moment in range(RECORDED):
        runs.advance()
    return runs.snapshot()


def save_recorded(runs: dict[str, Snapshot], card: dict[str, Any]) -> None:
    """Write runs of `PRESETS`: weights as 16-bit floats, what they told as JSON in the card."""
    weights = {}
    told: dict[str, Any] = {}
    for name, run in runs.items():
        weights[name] = torch.from_numpy(np.stack([np.stack(moment.seen) for moment in run.moments]))
        told[name] = {
            "settings": asdict(PRESETS[name].settings),
            "moments": [moment.number for moment in run.moments],
            "curve": [
                [moment.number, [[_plain(value) for value in one] for one in moment.told]]
                for moment in run.curve
            ],
        }
    checkpoints.save(PATH, weights, {**card, "runs": told})


def load_recorded() -> tuple[dict[str, Snapshot], dict[str, Any]]:
    """Return the recorded runs of `PRESETS`, and their card.

    Raises:
        checkpoints.ModelFileError: the file is missing, truncated or altered.
    """
    weights, card = checkpoints.load(PATH)
    found = {}
    for name, one in card["runs"].items():
        curve = tuple(
            Moment(number, None, tuple(_told(values) for values in told), ()) for number, told in one["curve"]
        )
        by_number = {moment.number: moment for moment in curve}
        moments = tuple(
            by_number[number]._replace(seen=tuple(each.numpy() for each in weights[name][place]))
            for place, number in enumerate(one["moments"])
        )
        found[name] = Snapshot(curve, moments, moments[-1:], "")
    return found, card


def _plain(value: Any) -> Any:
    """A number as JSON knows it, to five digits: what is not known is null."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return float(f"{value:.5g}") if np.isfinite(value) else None
    return value


def _told(values: list[Any]) -> Told:
    """The inverse of `_plain` for what a moment told."""
    step, *numbers, norms, good, modes = values
    loss_d, loss_g, right_real, right_fake, pull = (np.nan if one is None else one for one in numbers)
    return Told(step, loss_d, loss_g, right_real, right_fake, pull, tuple(norms), good, modes)
