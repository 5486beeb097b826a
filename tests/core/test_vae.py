"""The autoencoder's arithmetic: KL, the bound and its parts, the draw, files, moments."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core import checkpoints, moments
from core.models.vae import FARTHEST, Posterior, Vae, VaeConfig, kl, reconstruction
from core.normals import normals
from core.vae import NAMES, RECIPES, Autoencoder, config_of, load_vae

SMALL = VaeConfig(pixels=9, latent=2, encoder=(6, 5), decoder=(5, 7))
numbers = st.floats(-3, 3, allow_nan=False)


def made(config: VaeConfig = SMALL, seed: int = 3) -> Autoencoder:
    torch.manual_seed(seed)
    model = Vae(config)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    return Autoencoder(model, {})


@pytest.fixture
def pixels() -> np.ndarray:
    return np.random.default_rng(1).random((5, 9)).astype(np.float32)


@given(numbers, numbers)
@settings(max_examples=60)
def test_kl_is_the_distance_of_two_normal_distributions(mean: float, log_var: float) -> None:
    ours = kl(Posterior(torch.tensor([mean]), torch.tensor([log_var])))
    theirs = torch.distributions.kl_divergence(
        torch.distributions.Normal(mean, math.exp(log_var / 2)), torch.distributions.Normal(0.0, 1.0)
    )
    assert float(ours) == pytest.approx(float(theirs), rel=1e-4, abs=1e-5)


@pytest.mark.parametrize(("mean", "log_var"), [(0.0, 0.0), (1.5, -2.0), (-0.3, 1.0)])
def test_kl_is_what_draws_say(mean: float, log_var: float) -> None:
    posterior = Posterior(torch.tensor([mean]), torch.tensor([log_var]))
    z = posterior.draw(torch.tensor(normals(5, 40_000))[:, None])
    own = torch.distributions.Normal(mean, math.exp(log_var / 2)).log_prob(z)
    found = own - torch.distributions.Normal(0.0, 1.0).log_prob(z)
    error = 4 * float(found.std()) / math.sqrt(len(z))
    assert float(found.mean()) == pytest.approx(float(kl(posterior)), abs=error + 1e-6)


def test_reconstruction_is_the_mean_over_binary_pictures() -> None:
    logits = torch.tensor([0.7, -1.2, 2.0])
    pixels = torch.tensor([0.2, 0.9, 0.5])
    total = 0.0
    for on in np.ndindex(2, 2, 2):
        picture = torch.tensor(on, dtype=torch.float32)
        share = torch.where(picture > 0, pixels, 1 - pixels).prod()
        log_p = torch.distributions.Bernoulli(logits=logits).log_prob(picture).sum()
        total -= float(share * log_p)
    assert float(reconstruction(logits, pixels)) == pytest.approx(total, rel=1e-5)


def test_the_parts_add_up_and_are_those_of_the_draws(pixels: np.ndarray) -> None:
    model = made()
    parts = model.parts(pixels, draws=3, seed=11)
    assert parts.negative_elbo == pytest.approx(parts.reconstruction + parts.kl.sum(1))
    generator = torch.Generator().manual_seed(11)
    mean, log_var = (torch.from_numpy(part) for part in model.encode(pixels))
    by_hand = torch.zeros(len(pixels))
    for _draw in range(3):
        z = mean + (log_var / 2).exp() * torch.randn(mean.shape, generator=generator)
        shares = torch.from_numpy(model.decode(z.numpy()))
        given_ = torch.from_numpy(pixels)
        by_hand -= (given_ * shares.log() + (1 - given_) * (1 - shares).log()).sum(1)
    assert parts.reconstruction == pytest.approx((by_hand / 3).numpy(), rel=1e-4)


def test_a_plain_autoencoder_has_no_draw_and_no_kl(pixels: np.ndarray) -> None:
    model = made(VaeConfig(9, 2, (6,), (7,), variational=False))
    _mean, log_var = model.encode(pixels)
    assert np.isneginf(log_var).all()
    one, other = model.parts(pixels, seed=1), model.parts(pixels, seed=2)
    assert (one.reconstruction == other.reconstruction).all() and not one.kl.any()


def test_a_log_variance_stays_a_number() -> None:
    model = made().model
    assert model.log_var is not None
    torch.nn.init.constant_(model.log_var.bias, 1e6)
    posterior, logits = model(torch.ones(1, 9), torch.ones(1, 2))
    assert float(posterior.log_var.max()) == FARTHEST and torch.isfinite(logits).all()


def test_normals_are_normal_and_do_not_depend_on_how_many_are_asked_for() -> None:
    found = np.array(normals(7, 20_000))
    assert abs(found.mean()) < 0.03 and abs(found.std() - 1) < 0.02
    assert abs(np.corrcoef(found[::2], found[1::2])[0, 1]) < 0.03
    assert normals(7, 3) == normals(7, 20)[:3] and normals(8, 3) != normals(7, 3)


def test_what_is_saved_is_loaded(tmp_path: Path, pixels: np.ndarray) -> None:
    model = made()
    path = tmp_path / "vae-small.safetensors"
    card = {"architecture": {"pixels": 9, "latent": 2, "encoder": [6, 5], "decoder": [5, 7]}}
    checkpoints.save(path, model.model.state_dict(), card)
    again = load_vae("digits", path)
    assert again.encode(pixels)[0] == pytest.approx(model.encode(pixels)[0], abs=0.02)
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(checkpoints.ModelFileError, match="cut short"):
        load_vae("digits", path)


@pytest.mark.parametrize("name", NAMES)
def test_every_recipe_has_its_sizes(name: str) -> None:
    config = config_of(name, 784)
    assert config.variational == RECIPES[name].variational and config.latent == RECIPES[name].latent


def test_moments_come_back_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "path_of", lambda name: tmp_path / f"{name}.safetensors")
    means = [i + torch.arange(8.0).reshape(4, 2) for i in range(3)]
    kept = [moments.tensors_of(made(seed=i).model, mean) for i, mean in enumerate(means)]
    moments.save_moments("some", kept, [{"step": i} for i in range(3)], {"name": "some"})
    places, card = moments.places("some")
    assert [one["step"] for one in card["moments"]] == [0, 1, 2]
    for place, mean in zip(places, means, strict=True):
        assert place == pytest.approx(mean.numpy())
    tensors, _card = checkpoints.load(tmp_path / "some.safetensors")
    assert not [name for name in tensors if "encoder" in name] and "2.decoder.0.weight" in tensors
