"""The code beside the page prints the numbers on the screen."""

from __future__ import annotations

import contextlib
import io
import re

import numpy as np
import pytest

from core.examples import load_examples
from core.images import as_shares
from core.normals import normals
from core.vae import load_vae
from pages.parts import latent as part
from ui.components.latent import LatentState
from ui.latent_page import usual
from ui.lessons import vae as lesson


def printed(code: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "snippet", "exec"), {})
    return said.getvalue()


def numbers_after(word: str, text: str) -> list[float]:
    found = re.search(rf"{re.escape(word)} \[?\[?([-\d. ]+)", text)
    assert found, (word, text)
    return [float(number) for number in found.group(1).split() if number != "-"]


@pytest.mark.parametrize("name", ["digits", "digits-beta4", "clothes", "hangul"])
def test_it_prints_the_code_the_draw_and_both_parts(name: str) -> None:
    images = name.partition("-")[0]
    chosen: LatentState = {**usual({}, name), "picture": "3", "seed": 7}
    z, variational = part.point_of(images, chosen)
    pictures = load_examples(images)
    said = printed(lesson.snippet(images, pictures.test.shape[1:], chosen, z, variational))
    model, pixels = load_vae(name), as_shares(pictures.test[3:4])
    mean, log_var = model.encode(pixels)
    assert numbers_after("mean", said) == pytest.approx(mean[0].tolist(), abs=6e-4)
    assert numbers_after("epsilon", said) == pytest.approx(normals(7, 2), abs=6e-4)
    assert numbers_after("z", said) == pytest.approx(z, abs=6e-4)
    divergence = (mean**2 + np.exp(log_var) - 1 - log_var).sum() / 2
    (kl,), (total,) = numbers_after("KL", said), numbers_after("-ELBO", said)
    average = numbers_after("here,", said)[0]
    assert kl == pytest.approx(divergence, abs=0.006) and total == pytest.approx(average + kl, abs=0.02)


def test_a_plain_autoencoder_prints_no_draw() -> None:
    chosen: LatentState = {**usual({}, "digits-ae"), "z": [0.5, -1.0]}
    said = printed(lesson.snippet("digits", (28, 28), chosen, [0.5, -1.0], False))
    assert "KL" not in said and "epsilon" not in said and "reconstruction" in said


def test_a_drawing_is_in_the_code() -> None:
    drawn = "0" * 300 + "f" * 60 + "0" * 424
    chosen: LatentState = {**usual({}), "picture": "drawn", "drawn": drawn}
    z, variational = part.point_of("digits", chosen)
    code = lesson.snippet("digits", (28, 28), chosen, z, variational)
    assert drawn in code and numbers_after("z", printed(code)) == pytest.approx(z, abs=6e-4)


def test_the_keras_half_is_python() -> None:
    compile(lesson.KERAS, "keras", "exec")
