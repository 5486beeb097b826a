"""Training of the sequence models that judge reviews: guessing first, then labels, and going on after a halt."""

import argparse
from pathlib import Path

import pytest
import torch

from core import checkpoints
from core.sentiment import SEQUENCES, load_judge, padded
from core.small import SMALL_TOKENIZER
from core.text.reviews import Review
from core.text.tokenizer import PAD, Tokenizer
from core.training.masked import HIDDEN, Pretraining, hide
from core.training.sentiment import Training, config_of, make

TOKENIZER = Tokenizer(SMALL_TOKENIZER)
GOOD, BAD = "a good film", "a bad film"
REVIEWS = [
    Review(f"{text} {more}", text == GOOD) for text in (GOOD, BAD) for more in ("today", "here", "again")
]
PARTS = {"train": REVIEWS * 4, "dev": REVIEWS, "test": REVIEWS}


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> argparse.Namespace:
    monkeypatch.setattr("core.training.sentiment.data_of", lambda *_: {})
    return argparse.Namespace(
        data=tmp_path, language="en", steps=4, pretrain=3, tokens=60, rate=1e-3, warmup=1, decay=0.5, dropout=0.1,
        seed=1, every=2, threads=1, bf16=False, resume=False, run=tmp_path / "run", patience=9,
    )  # fmt: skip


def training(kind: str, arguments: argparse.Namespace, out: Path) -> Training:
    return Training(kind, arguments, PARTS, TOKENIZER, out)


def finish(one: Training) -> dict[str, torch.Tensor]:
    one.run.train(one.epoch, one.loss, one.save)
    return one.run.average.weights


@pytest.mark.parametrize("kind", SEQUENCES)
def test_a_training_that_was_halted_ends_where_a_whole_one_does(
    kind: str, arguments: argparse.Namespace, tmp_path: Path
) -> None:
    whole = finish(training(kind, arguments, tmp_path / "whole.safetensors"))
    out = tmp_path / "halted.safetensors"
    first = argparse.Namespace(**{**vars(arguments), "run": tmp_path / "other"})
    half = training(kind, first, out)
    half.arguments.steps, half.run.arguments.steps = 4, 4
    half.run.train(half.epoch, half.loss, lambda: half.save() or True)  # halted at the first checkpoint
    assert half.run.progress["step"] == 2
    second = training(kind, argparse.Namespace(**{**vars(first), "resume": True}), out)
    assert second.run.progress["step"] == 2
    for name, weight in finish(second).items():
        torch.testing.assert_close(weight, whole[name])
    card = checkpoints.read_card(out)
    assert card["pretraining"]["steps"] == 3 and card["steps"] in (2, 4)
    assert len(load_judge("en", kind, out, SMALL_TOKENIZER).logits([[5, 6]])) == 1


def test_labels_are_learned_and_pretraining_is_where_they_begin(
    arguments: argparse.Namespace, tmp_path: Path
) -> None:
    arguments.steps, arguments.every, arguments.rate = 40, 40, 3e-3
    one = training("lstm", arguments, tmp_path / "one.safetensors")
    torch.manual_seed(arguments.seed)
    fresh = make(one.config)
    assert not torch.equal(one.model.embedding.weight, fresh.embedding.weight)
    before = one.dev_loss(one.model)
    finish(one)
    assert checkpoints.read_card(one.out)["scores"]["dev"]["accuracy"] == 1.0
    assert one.dev_loss(one.model) < before / 2


def test_a_third_of_the_pieces_is_hidden_and_never_the_padding() -> None:
    torch.manual_seed(0)
    ids = padded([[7 + i % 20 for i in range(40)] for _ in range(200)], 60)
    put, hidden = hide(ids, 4, 4000)
    assert not (hidden & (ids == PAD)).any() and bool((put[~hidden] == ids[~hidden]).all())
    assert float(hidden[ids != PAD].float().mean()) == pytest.approx(HIDDEN, abs=0.02)
    assert float((put[hidden] == 4).float().mean()) == pytest.approx(0.8, abs=0.03)
    assert float((put[hidden] == ids[hidden]).float().mean()) == pytest.approx(0.1, abs=0.03)


@pytest.mark.parametrize("kind", SEQUENCES)
def test_hidden_pieces_are_guessed_better_and_better(
    kind: str, arguments: argparse.Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.masked.WARMUP", 5)
    arguments.pretrain = 60
    ids = [TOKENIZER.encode(review.text) for review in REVIEWS]
    one = Pretraining(make(config_of(kind, len(TOKENIZER), 0.0)), arguments, ids * 4, ids, 1)
    before = one.dev_loss()
    assert one.dev_loss() == before
    weights = one.weights()
    assert one.told()["dev_nats"] < 0.6 * before and one.told()["steps"] == 60
    assert set(weights) == {name for name, _ in one.model.classifier.named_parameters()}
