"""GANs of pictures: the noise that is shown, likeness, what was recorded, and a run that resumes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from core import checkpoints, gan_pictures
from core.gan import Gan
from core.gan_pictures import COLUMNS, LATENT, NAMES, ROWS, USUAL, PictureSource, frechet, load_generator
from core.training.gan import GREYS, MOMENTS, load_run, moments_of, save_run


def random(count: int, pixels: int = 64) -> np.ndarray:
    return np.random.default_rng(3).random((count, pixels)).astype(np.float32)


def test_the_distance_of_normal_distributions_is_the_papers() -> None:
    rng = np.random.default_rng(1)
    a = rng.standard_normal((40_000, 3))
    assert frechet(a, a) == pytest.approx(0, abs=1e-9)
    assert frechet(a, a + np.array([3.0, 0, 0])) == pytest.approx(9, rel=1e-6)  # means alone
    assert frechet(a, 2 * a) == pytest.approx(3, rel=0.05)  # (2 − 1)² a dimension
    b = rng.standard_normal((40_000, 3)) @ np.array([[1, 0.5, 0], [0, 1, 0.3], [0, 0, 2]])
    assert frechet(a, b) == pytest.approx(frechet(b, a), rel=1e-6) and frechet(a, b) > 0


def test_the_walk_keeps_to_the_lengths_that_noise_has() -> None:
    noise = gan_pictures.shown_noise()
    assert noise.shape == (ROWS * COLUMNS, LATENT) and torch.equal(noise, gan_pictures.shown_noise())
    walk = noise[-COLUMNS:]
    lengths = walk.norm(dim=1)
    assert (
        lengths.min() > min(lengths[0], lengths[-1]) * 0.95
        and lengths.max() < max(lengths[0], lengths[-1]) * 1.05
    )
    steps = (walk[1:] - walk[:-1]).norm(dim=1)
    assert steps.max() < 1.2 * steps.min()


def test_a_sheet_has_picture_beside_picture() -> None:
    side = 8
    pictures = torch.rand(ROWS * COLUMNS, side * side)
    sheet = gan_pictures.sheet(torch.nn.Identity(), pictures)
    assert sheet.shape == (ROWS * side, COLUMNS * side)
    second_row = pictures[COLUMNS + 1].view(side, side) * 255
    assert np.abs(sheet[side : 2 * side, side : 2 * side] - second_row.numpy()).max() <= 0.5


def test_a_resumed_run_goes_on_as_the_whole_one(tmp_path: Path) -> None:
    def fresh() -> Gan:
        return Gan(USUAL, PictureSource(random(50)))

    whole, halted, resumed = fresh(), fresh(), fresh()
    for _round in range(4):
        whole.update()
    for _round in range(2):
        halted.update()
    save_run(tmp_path / "state.safetensors", halted, 12.5)
    assert load_run(tmp_path / "state.safetensors", resumed) == 12.5 and resumed.step == 2
    for _round in range(2):
        resumed.update()
    for a, b in zip(whole.generator.parameters(), resumed.generator.parameters(), strict=True):
        assert torch.equal(a, b)


@pytest.mark.parametrize("name", NAMES)
def test_the_recorded_run_ends_with_what_the_shipped_generator_makes(name: str) -> None:
    made = load_generator(name)
    told, side = made.card["moments"], made.card["architecture"]["side"]
    assert len(told) >= 100 and [one["step"] for one in told] == moments_of(made.card["steps"])
    path = gan_pictures.strip_of(name)
    assert checkpoints.sha256(path) == made.card["strip"]["sha256"]
    strip = np.array(Image.open(path).convert("L"))
    assert strip.shape == (len(told) * ROWS * side, COLUMNS * side)
    last = gan_pictures.sheet(made.generator, gan_pictures.shown_noise())
    far = np.abs(strip[-ROWS * side :].astype(int) - last)
    assert np.quantile(far, 0.999) <= 255 / (GREYS - 1)  # half a grey, and what 16-bit weights change
    assert len({strip[i * ROWS * side : (i + 1) * ROWS * side].tobytes() for i in range(len(told))}) > 100


def test_scores_stand_in_the_cards_beside_their_floor() -> None:
    for name in NAMES:
        scores = load_generator(name).card["scores"]["test"]
        assert scores["floor"] < scores["distance"] and "not FID" in scores["features"]
        assert scores["covered"] == sum(share >= 0.25 / scores["classes"] for share in scores["shares"])


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "gan-digits.safetensors"
    path.write_bytes(gan_pictures.path_of("digits").read_bytes()[:-1] + b"x")
    path.with_suffix(".json").write_text(gan_pictures.path_of("digits").with_suffix(".json").read_text())
    with pytest.raises(checkpoints.ModelFileError, match="not the one"):
        load_generator("digits", path)


def test_moments_lie_closer_together_at_first() -> None:
    steps = moments_of(60_000)
    gaps = np.diff(steps)
    assert len(steps) == MOMENTS and steps[0] == 0 and steps[-1] == 60_000 and gaps[0] < gaps[-1] / 50
