"""Trainings on pictures: a halted one ends where a whole one does; moments, directions, moved pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
import torch

from core import checkpoints, examples, images, moments
from core.examples import Examples, drawn_from
from core.images import Images
from core.training import classifier, vae
from core.training.pictures import Pictures
from core.vae import load_vae


def pictures(name: str = "digits", shape: tuple[int, ...] = (6, 5)) -> Images:
    rng = np.random.default_rng(5)

    def part(count: int) -> tuple[np.ndarray, np.ndarray]:
        labels = rng.integers(0, 2, (count, 2) if name == "faces" else count).astype(np.uint8)
        grey = rng.integers(0, 100, (count, *shape))
        bright = (labels[:, 0] if name == "faces" else labels).reshape(-1, *[1] * len(shape))
        return (grey + 120 * bright).astype(np.uint8), labels

    return Images(
        name, {one: part(count) for one, count in (("train", 60), ("dev", 20), ("test", 20))}, ("a", "b")
    )


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> argparse.Namespace:
    """Of a training of six steps; the pictures' own files are not here."""
    digest = checkpoints.sha256
    monkeypatch.setattr(checkpoints, "sha256", lambda path: digest(path) if path.exists() else "0" * 64)
    monkeypatch.setattr(moments, "STEPS", (0, 2, 4))
    monkeypatch.setattr(moments, "path_of", lambda name: tmp_path / f"{name}-moments.safetensors")
    shown = Examples(*pictures().parts["train"], *pictures().parts["test"])
    monkeypatch.setattr(vae, "load_examples", lambda name: shown)
    return argparse.Namespace(
        data=tmp_path, run=tmp_path / "run", steps=6, images=16, rate=1e-2, warmup=2, decay=0.25, dropout=0.0,
        seed=3, every=2, bf16=False, resume=False,
    )  # fmt: skip


def trained(
    name: str, arguments: argparse.Namespace, out: Path, steps: int = 6, resume: bool = False
) -> vae.Training:
    own = argparse.Namespace(**{**vars(arguments), "steps": steps, "resume": resume})
    training = vae.Training(name, own, pictures(), out)
    training.run.train(training.pictures.epoch, training.loss, training.save)
    return training


@pytest.mark.parametrize("name", ["digits", "digits-ae", "digits-beta4"])
def test_a_halted_training_ends_where_a_whole_one_does(
    arguments: argparse.Namespace, tmp_path: Path, name: str
) -> None:
    whole = trained(name, arguments, tmp_path / "whole.safetensors")
    whole.finish()
    told = moments.places(name)[1]["moments"]
    halted = argparse.Namespace(**{**vars(arguments), "run": tmp_path / "halted", "decay": 0.0})
    steady = argparse.Namespace(**{**vars(halted), "run": tmp_path / "steady"})
    trained(name, halted, tmp_path / "halted.safetensors", steps=4)
    again = trained(name, halted, tmp_path / "halted.safetensors", resume=True)
    straight = trained(name, steady, tmp_path / "steady.safetensors")
    for one, other in zip(
        again.run.average.weights.values(), straight.run.average.weights.values(), strict=True
    ):
        assert torch.equal(one, other)
    again.finish()
    assert (
        [one["step"] for one in told]
        == [0, 2, 4]
        == [one["step"] for one in moments.places(name)[1]["moments"]]
    )


def test_the_kept_weights_are_those_with_the_best_loss(arguments: argparse.Namespace, tmp_path: Path) -> None:
    training = trained("digits", arguments, tmp_path / "some.safetensors")
    card = checkpoints.read_card(tmp_path / "some.safetensors")
    assert card["steps"] <= 6 and card["beta"] == 1.0 and card["shape"] == [6, 5]
    best = training.run.progress["best"]
    assert card["scores"]["dev"]["negative_elbo"] == pytest.approx(best, rel=0.02)
    assert card["file"]["dtype"].startswith("int8")
    trained("digits-ae", arguments, tmp_path / "plain.safetensors")
    assert checkpoints.read_card(tmp_path / "plain.safetensors")["file"]["dtype"] == "float16"


def test_another_training_does_not_keep_old_moments(arguments: argparse.Namespace, tmp_path: Path) -> None:
    first = trained("digits", arguments, tmp_path / "some.safetensors")
    first.finish()
    before = moments.places("digits")[0]
    other = argparse.Namespace(**{**vars(arguments), "seed": 4})
    trained("digits", other, tmp_path / "some.safetensors").finish()
    assert not np.allclose(before[0], moments.places("digits")[0][0])


def test_a_direction_leads_from_those_without_to_those_with_it(
    arguments: argparse.Namespace, tmp_path: Path
) -> None:
    found = pictures("faces", (6, 5, 3))
    training = vae.Training("faces", arguments, found, tmp_path / "faces.safetensors")
    training.run.train(training.pictures.epoch, training.loss, training.save)
    training.finish()
    model = load_vae("faces", tmp_path / "faces.safetensors")
    means, _log_vars = model.encode(images.as_shares(found.parts["train"][0]))
    has = found.parts["train"][1][:, 0].astype(bool)
    wanted = means[has].mean(0) - means[~has].mean(0)
    assert model.card["concepts"]["a"] == pytest.approx(wanted.tolist(), abs=1e-3)


def test_an_epoch_holds_every_picture_once_and_in_another_order_than_the_next() -> None:
    material = Pictures(pictures(), 16, 1)
    first, second = (torch.cat(material.epoch(number)) for number in (0, 1))
    assert sorted(first.tolist()) == list(range(60)) and not torch.equal(first, second)
    assert torch.equal(first, torch.cat(material.epoch(0)))


def test_a_moved_picture_is_the_picture_somewhere_else() -> None:
    picture = torch.zeros(200, 8, 8)
    picture[:, 3:5, 3:5] = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    found = classifier.moved(picture.flatten(1), (8, 8)).view(-1, 8, 8)
    assert (found.sum((1, 2)) == 10).all()  # nothing falls off
    tops = {int(one.argmax()) for one in found.flatten(1)}
    assert len(tops) == (2 * classifier.MOVED + 1) ** 2


def test_a_classifier_learns_and_its_card_says_how_well(
    arguments: argparse.Namespace, tmp_path: Path
) -> None:
    own = argparse.Namespace(**{**vars(arguments), "steps": 40, "every": 20})
    training = classifier.Training(own, pictures(), tmp_path / "c.safetensors")
    training.run.train(training.pictures.epoch, training.loss, training.save)
    card = checkpoints.read_card(tmp_path / "c.safetensors")
    assert card["scores"]["test"]["accuracy"] > 0.8 and card["classes"] == ["a", "b"]


def test_shipped_pictures_are_as_many_of_each_class() -> None:
    found = examples.load_examples("digits")
    assert (
        np.bincount(found.train_labels).tolist() == [400] * 10
        and np.bincount(found.test_labels).tolist() == [50] * 10
    )
    drawn = drawn_from(pictures())
    assert abs(int((drawn.train_labels[:20] == 0).sum()) - 10) <= 1


def test_a_missing_or_cut_file_of_pictures_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "FOLDER", tmp_path)
    with pytest.raises(checkpoints.ModelFileError, match=r"digits\.npz is missing"):
        examples.load_examples("digits")
    (tmp_path / "digits.npz").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(checkpoints.ModelFileError, match=r"digits\.npz cannot be read"):
        examples.load_examples("digits")
