"""The browser’s networks, draws and sums are core’s: the same weights, fetched from the server, the same pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Page

from core.classifier import load_classifier
from core.models.vae import Posterior, kl, reconstruction
from core.normals import normals
from core.vae import NAMES, RECIPES, Array, load_vae
from tests.browser.conftest import PageAt
from tests.browser.server import Server
from ui.components.latent.picture import FOLDER, WEIGHTS
from ui.components.shared import FOLDER as SHARED
from ui.urls import model_url

PLACES = [[0.0, 0.0], [1.5, -2.0], [-0.3, 0.7], [60.0, -100.0], [3.3, 3.3]]


@pytest.fixture
def place(open_page: PageAt, server: Server) -> Iterator[Page]:
    """A page of the server in which the scripts are functions of the window."""
    page = open_page(server.url, "/", wait="home")
    files = [
        SHARED / "sampler.js",
        SHARED / "elements.js",
        FOLDER / WEIGHTS,
        FOLDER / "network.js",
        FOLDER / "gauss.js",
    ]
    script = "\n".join(file.read_text(encoding="utf-8") for file in files)
    page.add_script_tag(content=script)
    yield page


def arrays(found: Any) -> Array:
    return np.array([list(one) for one in found], dtype=np.float32)


def with_layers(page: Page, url: str, prefix: str, body: str, given: Any) -> Any:
    script = f"""async ([url, prefix, given]) => {{
        const layers = await layersAt(url, prefix);
        return ({body})(layers, given);
    }}"""
    return page.evaluate(script, [url, prefix, given])


@pytest.mark.parametrize(
    "name",
    [
        name if name in ("digits", "hangul", "faces") else pytest.param(name, marks=pytest.mark.slow)
        for name in NAMES
    ],
)
def test_every_pixel_is_that_of_the_model(place: Page, name: str) -> None:
    model = load_vae(name)
    rng = np.random.default_rng(4)
    z = rng.normal(0, 2, (4, RECIPES[name].latent)).tolist() if RECIPES[name].latent > 2 else PLACES
    url = model_url(f"vae-{name}.safetensors")
    body = "(layers, places) => places.map((z) => [...decoded(layers, z)])"
    found = arrays(with_layers(place, url, "decoder.", body, z))
    assert np.abs(found - model.decode(np.array(z, dtype=np.float32))).max() < 1e-3


def test_reconstruction_is_that_of_core(place: Page) -> None:
    model = load_vae("digits")
    pixels = (np.random.default_rng(1).integers(0, 16, 784) / 15).astype(np.float32)
    body = "(layers, [places, pixels]) => places.map((z) => reconstructionOf(layers, z, pixels))"
    url = model_url("vae-digits.safetensors")
    found = with_layers(place, url, "decoder.", body, [PLACES, pixels.tolist()])
    logits = model.model.decode(torch.tensor(PLACES))
    wanted = reconstruction(logits, torch.from_numpy(pixels).expand(len(PLACES), -1))
    assert found == pytest.approx(wanted.tolist(), rel=1e-4)


def test_the_classifier_sees_the_same(place: Page) -> None:
    judge, model = load_classifier("digits"), load_vae("digits")
    pixels = model.decode(np.array(PLACES[:3], dtype=np.float32))
    body = "(layers, pictures) => pictures.map((pixels) => softmax(outputsOf(layers, pixels)))"
    found = with_layers(place, model_url("classifier-digits.safetensors"), "layers.", body, pixels.tolist())
    assert np.abs(arrays(found) - judge.probabilities(pixels)).max() < 1e-4


@pytest.mark.parametrize("seed", [0, 42, 2**31 - 1])
def test_draws_are_those_of_core(place: Page, seed: int) -> None:
    found = place.evaluate("(seed) => normals(seed, 7)", seed)
    assert found == pytest.approx(normals(seed, 7), abs=1e-12)
    posterior = {"mean": [0.4, -1.0], "log_var": [-2.0, 0.5]}
    z = place.evaluate("([posterior, seed]) => cloudOf(posterior, seed, 3)", [posterior, seed])
    noise = np.array(normals(seed, 6)).reshape(3, 2)
    wanted = np.array(posterior["mean"]) + np.exp(np.array(posterior["log_var"]) / 2) * noise
    assert np.array(z) == pytest.approx(wanted)
    divergence = place.evaluate("(posterior) => klOf(posterior)", posterior)
    theirs = kl(Posterior(torch.tensor(posterior["mean"]), torch.tensor(posterior["log_var"])))
    assert divergence == pytest.approx(theirs.tolist(), rel=1e-5)


def test_a_file_without_such_layers_is_an_error_that_can_be_told(place: Page) -> None:
    told = place.evaluate(
        "(url) => layersAt(url, 'nobody.').catch((error) => error.message)",
        model_url("vae-digits.safetensors"),
    )
    assert "nobody." in told
