"""The training recipe, on a handful of sentences."""

import argparse
import functools
import random
from pathlib import Path

import pytest
import torch

from core import checkpoints
from core.models.transformer import Transformer, TransformerConfig
from core.text.corpora import WEIGHTS, WRITTEN_WEIGHT
from core.text.lexicon import TEMPLATES
from core.text.normalise import matching_key
from core.text.tokenizer import PAD
from core.text.written import written_digest
from core.training import pairs, state, translation
from core.training.batches import batches
from core.training.pairs import collate, loss_of
from core.training.run import learning_rate
from core.training.translation import Training


def test_batches_hold_every_example_once_within_the_limit() -> None:
    rng = random.Random(0)
    examples = [([1] * rng.randrange(1, 30), [i] * rng.randrange(1, 30)) for i in range(500)]
    groups = batches(examples, 100, rng)
    assert sorted(e[1][0] for group in groups for e in group) == list(range(500))
    for group in groups:
        assert len(group) == 1 or max(len(side) for e in group for side in e) * len(group) <= 100


def test_little_of_a_batch_is_padding_on_either_side() -> None:
    rng = random.Random(0)
    lengths = [(rng.randrange(3, 30), rng.uniform(0.6, 1.6)) for _ in range(20_000)]
    examples = [([1] * n, [1] * max(1, round(n * ratio))) for n, ratio in lengths]
    groups = batches(examples, 1000, rng)
    padded = sum(len(group) * max(len(e[side]) for e in group) for group in groups for side in (0, 1))
    assert sum(len(side) for e in examples for side in e) > 0.9 * padded


def test_the_rate_rises_stays_and_falls_to_zero() -> None:
    rates = [learning_rate(step, 1000, 0.5, 100, 0.25) for step in range(1001)]
    assert rates[0] < rates[50] < rates[99] == rates[700] == 0.5
    assert rates[750] > rates[900] > rates[1000] == 0
    again = [learning_rate(step, 1000, 0.5, 100, 0.25, begun=400) for step in range(400, 510)]
    assert again[0] < again[50] < again[99] == 0.5  # new moments need a new warm-up


def test_padding_adds_nothing_to_the_loss(model: Transformer) -> None:
    one = [([5, 6, 3], [2, 7, 8, 3])]
    two = [*one, ([5, 6, 9, 10, 3], [2, 4, 8, 11, 12, 3])]
    cpu = torch.device("cpu")
    separate = [loss_of(model, *collate([e], cpu), 0.0) for e in two]
    together, tokens = loss_of(model, *collate(two, cpu), 0.0)
    assert (collate(two, cpu)[0] == PAD).any()
    assert tokens == sum(n for _, n in separate)
    assert together.item() == pytest.approx(sum(loss.item() for loss, _ in separate), abs=1e-3)


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_written: Path) -> argparse.Namespace:
    small = functools.partial(
        TransformerConfig, d_model=16, heads=2, d_hidden=32, encoder_layers=1, decoder_layers=1
    )
    monkeypatch.setattr(translation, "TransformerConfig", small)
    monkeypatch.setattr(pairs, "TEMPLATES_AN_EPOCH", 300)
    folder = tmp_path / "parallel" / "en-ko"
    folder.mkdir(parents=True)
    for name in WEIGHTS:
        rows = (f"{name} number {i}.\t{name} 번호 {i}.\n" for i in range(60))
        (folder / f"{name}.tsv").write_text("".join(rows), encoding="utf-8")
    return argparse.Namespace(
        data=tmp_path, run=tmp_path / "run", out=tmp_path / "out.safetensors", steps=4, tokens=200, rate=1e-3,
        warmup=2, decay=0.25, dropout=0.1, seed=3, every=2, bf16=False, resume=False,
    )  # fmt: skip


def test_an_interrupted_training_ends_where_an_uninterrupted_one_does(
    arguments: argparse.Namespace, tmp_path: Path
) -> None:
    Training(arguments).train()
    whole, card = checkpoints.load(arguments.out)
    assert card["steps"] == 4 and card["scores"]["dev_loss_nats_a_token"] > 0
    halted = argparse.Namespace(
        **{**vars(arguments), "run": tmp_path / "b", "out": tmp_path / "b.safetensors"}
    )
    first = Training(halted)
    for group in first.run.stream(first.material.epoch):
        first.run.update(group, first.loss)
        if first.run.progress["step"] == 2:
            break
    first.save()
    Training(argparse.Namespace(**{**vars(halted), "resume": True})).train()
    resumed, _ = checkpoints.load(halted.out)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_each_epoch_has_template_pairs_of_its_own_the_same_at_every_call(
    arguments: argparse.Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = Training(arguments).material
    assert material.epoch(3) == Training(arguments).material.epoch(3)
    shared = set(material.templates(0)) & set(material.templates(1))
    assert len(material.templates(0)) > 290 and len(shared) < 100
    examples, drawn = sum(map(len, material.epoch(0))), len(material.templates(0))
    monkeypatch.setattr(pairs, "TEMPLATES_AN_EPOCH", 0)
    assert examples == sum(map(len, material.epoch(0))) + 2 * drawn  # both directions


def test_no_template_pair_of_an_epoch_is_held_back(arguments: argparse.Namespace) -> None:
    material = Training(arguments).material
    one = material.templates(0)[0]
    material.forbidden.add(matching_key(one.korean))
    assert one not in material.templates(0)


def test_the_card_names_what_was_written_for_the_project(arguments: argparse.Namespace) -> None:
    training = Training(arguments)
    training.run.progress["dev_loss"] = 1.0
    data = training.card()["data"]
    assert data["written"] == {"weight": WRITTEN_WEIGHT, "sha256": written_digest()}
    assert data["templates"] == {"pairs_an_epoch": 300, "sha256": checkpoints.sha256(TEMPLATES)}
    assert set(WEIGHTS) < set(data)


def test_a_training_waits_while_it_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert state.yield_to_others() < 0.5
    state.PAUSE.touch()
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            state.PAUSE.unlink()

    monkeypatch.setattr(state.time, "sleep", nap)
    state.yield_to_others()
    assert len(naps) == 3
