"""The cards of the autoencoders and classifiers, measured again from the committed weights and pictures."""

from __future__ import annotations

import numpy as np
import pytest

from core import classifier, moments
from core.examples import load_examples
from core.images import as_shares
from core.vae import NAMES, RECIPES, load_vae
from core.vae_table import PIXELS, scores_of


@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_what_the_weights_do(name: str) -> None:
    model = load_vae(name)
    pixels = as_shares(load_examples(RECIPES[name].images).test)
    kept = model.card["scores"]["shipped test pictures"]
    again = scores_of(model, pixels)
    assert kept.keys() == again.keys() and kept["images"] == len(pixels)
    for part in ("reconstruction", "kl", "negative_elbo"):
        assert kept.get(part) == pytest.approx(again.get(part), abs=0.02)
    # The shipped pictures are some of the test's: their mean is not far from it.
    spread = float(model.parts(pixels).reconstruction.std()) / np.sqrt(len(pixels))
    assert kept["reconstruction"] == pytest.approx(
        model.card["scores"]["test"]["reconstruction"], abs=5 * spread
    )


def test_digits_need_at_most_150_nats_and_the_parts_add_up() -> None:
    scores = load_vae("digits").card["scores"]["test"]
    assert scores["images"] == 10_000 and scores["negative_elbo"] <= 150 and scores["pixels"] == PIXELS
    assert scores["negative_elbo"] == pytest.approx(scores["reconstruction"] + scores["kl"])
    assert scores["kl"] == pytest.approx(sum(scores["kl_by_dimension"]), abs=1e-3)


def test_kl_falls_as_its_price_rises_until_the_posterior_is_the_prior() -> None:
    one, four, collapsed = (
        load_vae(name).card["scores"]["test"] for name in ("digits", "digits-beta4", "digits-collapse")
    )
    assert one["kl"] > four["kl"] > collapsed["kl"] and collapsed["kl"] < 0.05
    assert one["reconstruction"] < four["reconstruction"] < collapsed["reconstruction"]
    plain = load_vae("digits-ae").card["scores"]["test"]
    assert plain["reconstruction"] < one["reconstruction"] and "kl" not in plain


def test_a_collapsed_model_says_the_same_of_every_picture() -> None:
    model = load_vae("digits-collapse")
    pixels = as_shares(load_examples("digits").test[:50])
    mean, log_var = model.encode(pixels)
    assert np.abs(mean).max() < 0.1 and np.abs(log_var).max() < 0.1
    shares = model.decode(mean)
    assert np.abs(shares - shares.mean(0)).max() < 0.05


@pytest.mark.parametrize("name", [name for name in NAMES if RECIPES[name].images == "digits"])
def test_moments_lead_to_the_shipped_model(name: str) -> None:
    places, card = moments.places(name)
    told = card["moments"]
    assert [one["step"] for one in told] == list(moments.STEPS) and len(places) == len(told)
    assert all(place.shape == (moments.POINTS, 2) for place in places)
    losses = [one["reconstruction"] for one in told]
    assert losses[0] > losses[-1] >= load_vae(name).card["scores"]["dev"]["reconstruction"] - 2
    assert losses[0] == pytest.approx(784 * np.log(2), rel=0.02)  # untrained: every pixel is a coin


@pytest.mark.parametrize("name", classifier.NAMES)
def test_a_classifier_names_what_it_has_not_seen(name: str) -> None:
    judge, pictures = classifier.load_classifier(name), load_examples(name)
    found = judge.accuracy(as_shares(pictures.test), pictures.test_labels)
    assert found == pytest.approx(judge.card["scores"]["test"]["accuracy"], abs=0.05)
    if name == "digits":
        assert judge.card["scores"]["test"]["accuracy"] > 0.98


def test_glasses_are_a_direction_of_the_faces() -> None:
    model, pictures = load_vae("faces"), load_examples("faces")
    codes, _log_vars = model.encode(as_shares(pictures.test))
    concepts = model.card["concepts"]
    along = codes @ np.array(concepts["glasses"])
    has = pictures.test_labels[:, list(concepts).index("glasses")].astype(bool)
    assert along[has].mean() - along[~has].mean() > along.std()
