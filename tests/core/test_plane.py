"""Places in a latent plane."""

from __future__ import annotations

import numpy as np
import pytest

from core.normals import normals
from core.plane import LEAST, draw_of, pixels_of, reach, typical
from tests.core.test_vae import made

PLACES = np.array([[0, 0], [1, 1], [1.25, 1], [1.5, 1], [9, 9]], dtype=np.float32)


def test_the_typical_place_is_one_of_those_the_classifier_is_sure_of() -> None:
    assert typical(PLACES, np.array([0.99, 0.1, 0.2, 0.3, 0.4], dtype=np.float32)) == [0, 0]
    assert typical(PLACES, None) == typical(PLACES, np.zeros(5, dtype=np.float32)) == [1.25, 1]


def test_a_plane_holds_nearly_all_places_and_never_less_than_the_prior() -> None:
    assert reach([PLACES]) > 9 * 0.99 and reach([PLACES * 0]) > LEAST
    assert reach([PLACES * 0, PLACES]) == reach([PLACES])


def test_a_drawing_is_read_and_nothing_else() -> None:
    assert pixels_of("0f03", 4) == pytest.approx(np.array([[0, 1, 0, 0.2]]))
    assert [pixels_of(wrong, 4) for wrong in ("", "0000", "0f0", "0F03", "xyz1")] == [None] * 5


def test_a_draw_is_the_mean_and_a_share_of_the_seeds_noise() -> None:
    model, pixels = made(), np.full((1, 9), 0.4, dtype=np.float32)
    mean, log_var = model.encode(pixels)
    assert draw_of(model, pixels, 5) == pytest.approx(
        (mean + np.exp(log_var / 2) * normals(5, 2))[0].tolist()
    )
