"""GANs of small pictures: where real ones come from, which noise is shown, and how the fakes compare with real ones."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core import checkpoints
from core.classifier import Classifier
from core.gan import Gan, Settings
from core.live_gan import Watched
from core.models.gan import PictureDiscriminator, PictureGenerator
from core.models.gan_losses import PENALTY
from core.shapes import ENOUGH
from core.vae import Array

NAMES: Final = ("digits", "hangul")  # of `core.images.NAMES`
LATENT: Final = 32
ROWS: Final = 5
COLUMNS: Final = 8
SHOWN: Final = ROWS * COLUMNS  # pictures of a moment; the last row is a walk from one point to another
EACH: Final = 8  # updates between moments of a run that is watched
KEPT: Final = 16  # moments of it that can be gone back to: each holds both players and their optimisers
NAMED: Final = 200  # fakes that are named at each
USUAL: Final = Settings(
    rate_g=5e-4,
    rate_d=5e-4,
    penalty=PENALTY,
    batch=64,
    width_g=16,
    width_d=16,
    depth_g=2,
    depth_d=2,
    latent=LATENT,
)


class PictureSource:
    """Real pictures to draw from."""

    def __init__(self, pixels: Array) -> None:
        """``pixels``: (picture, pixel), from 0 to 1, of square pictures."""
        self._pixels = torch.from_numpy(pixels)
        self.side = math.isqrt(pixels.shape[1])

    def draw(self, count: int, generator: torch.Generator) -> Tensor:
        """Return pictures (count, pixel), each as likely as any other."""
        return self._pixels[torch.randint(len(self._pixels), (count,), generator=generator)]

    def players(self, settings: Settings) -> tuple[nn.Module, nn.Module]:
        """Return an untrained generator and discriminator of pictures; their depth is always two."""
        return (
            PictureGenerator(settings.latent, settings.width_g, self.side),
            PictureDiscriminator(settings.width_d, self.side),
        )


def watched(settings: Settings, pixels: Array, classifier: Classifier) -> Watched:
    """Return a run on real pictures (picture, pixel), not yet begun; what is seen of it is the sheet.

    Its modes are the classes that a classifier finds in `NAMED` fakes; there is no distribution to lie on.
    """
    wide = torch.randn((NAMED, settings.latent), generator=torch.Generator().manual_seed(8))
    noise = shown_noise(settings.latent)

    def look(run: Gan) -> tuple[NDArray[np.uint8], float, int | None]:
        with torch.no_grad():
            fakes = run.generator(wide).numpy()
        return sheet(run.generator, noise), math.nan, covered(shares_of(fakes, classifier))

    return Watched([Gan(settings, PictureSource(pixels))], look, EACH, KEPT)


def shown_noise(latent: int = LATENT) -> Tensor:
    """Return the noise of the pictures that are shown, the same at every moment: (SHOWN, latent).

    The last row goes from one point to another on the sphere on which nearly all noise lies: in between on the straight
    line lengths would be ones that hardly ever occur (Shoemake 1985, "slerp"; White 2016, section 2.1).
    """
    noise = torch.randn((SHOWN, latent), generator=torch.Generator().manual_seed(7))
    first, last = noise[-COLUMNS], noise[-1]
    angle = torch.arccos((first / first.norm()) @ (last / last.norm()))
    share = torch.linspace(0, 1, COLUMNS)[:, None]
    walk = (((1 - share) * angle).sin() * first + (share * angle).sin() * last) / angle.sin()
    return torch.cat([noise[:-COLUMNS], walk])


@torch.no_grad()
def sheet(generator: nn.Module, noise: Tensor) -> NDArray[np.uint8]:
    """Return what a generator makes of noise (SHOWN, latent), row below row: (ROWS · side, COLUMNS · side)."""
    pictures = generator(noise)
    side = math.isqrt(pictures.shape[1])
    rows = pictures.view(ROWS, COLUMNS, side, side).permute(0, 2, 1, 3).reshape(ROWS * side, COLUMNS * side)
    pixels: NDArray[np.uint8] = (rows * 255).round().byte().numpy()
    return pixels


class Likeness(NamedTuple):
    """How fakes compare with real pictures, before a classifier of ours."""

    covered: int  # classes that have at least `core.shapes.ENOUGH` of their fair share of fakes
    shares: tuple[float, ...]  # of fakes, by class
    distance: float  # of Fréchet, in the classifier's last hidden layer


def likeness(fakes: Array, real: Array, classifier: Classifier) -> Likeness:
    """Compare pictures, (picture, pixel) each. The distance is not FID: that one takes Inception's features."""
    shares = shares_of(fakes, classifier)
    distance = frechet(classifier.features(fakes), classifier.features(real))
    return Likeness(covered(shares), tuple(shares.tolist()), distance)


def shares_of(pictures: Array, classifier: Classifier) -> NDArray[np.float64]:
    """Return the share of pictures (picture, pixel) that a classifier takes for each class."""
    named = classifier.probabilities(pictures).argmax(1)
    shares: NDArray[np.float64] = np.bincount(named, minlength=classifier.classes) / len(pictures)
    return shares


def covered(shares: NDArray[np.float64]) -> int:
    """Return how many classes have at least `core.shapes.ENOUGH` of their fair share."""
    return int((shares >= ENOUGH / len(shares)).sum())


def frechet(a: Array, b: Array) -> float:
    """Return the squared Fréchet distance of two normal distributions with the samples' means and covariances.

    ``a``, ``b``: (sample, feature). Dowson and Landau 1982, equation 4; Heusel et al. 2017, equation 6.
    """
    x, y = (torch.from_numpy(one).double() for one in (a, b))
    cov_x, cov_y = torch.cov(x.T), torch.cov(y.T)
    values, vectors = torch.linalg.eigh(cov_x)
    root = vectors @ torch.diag(values.clamp(min=0).sqrt()) @ vectors.T
    # The product of the covariances has the same eigenvalues as this symmetric matrix.
    both = torch.linalg.eigvalsh(root @ cov_y @ root).clamp(min=0).sqrt().sum()
    return float(((x.mean(0) - y.mean(0)) ** 2).sum() + cov_x.trace() + cov_y.trace() - 2 * both)


class Made(NamedTuple):
    """A generator that a recorded run ended with, and the run's card."""

    generator: PictureGenerator
    card: dict[str, Any]


def path_of(name: str) -> Path:
    """Return where a generator's weights lie."""
    return checkpoints.MODELS / f"gan-{name}.safetensors"


def strip_of(name: str) -> Path:
    """Return where the pictures of all moments of a recorded run lie, sheet below sheet."""
    return checkpoints.MODELS / f"gan-{name}.png"


def load_generator(name: str, path: Path | None = None) -> Made:
    """Return one of `NAMES`.

    Raises:
        checkpoints.ModelFileError: weights or card are missing, truncated or altered.
    """
    path = path or path_of(name)
    weights, card = checkpoints.load(path)
    try:
        sizes = card["architecture"]
        generator = PictureGenerator(sizes["latent"], sizes["width"], sizes["side"])
    except (KeyError, TypeError) as error:
        raise checkpoints.ModelFileError("unreadable", path.with_suffix(".json")) from error
    checkpoints.load_into(generator, weights, path)
    return Made(generator.eval().requires_grad_(False), card)
