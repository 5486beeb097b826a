"""The four trainings: equal conditions, and an interruption that changes nothing."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path

import pytest
import torch

from core import checkpoints
from core.models.recurrent import KINDS, RecurrentConfig
from core.recurrent import load_recurrent
from core.text.corpora import WEIGHTS
from core.text.tokenizer import Tokenizer
from core.training import pairs, recurrent
from core.training.pairs import Material
from core.training.recurrent import Training
from core.translator import TOKENIZER


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_written: Path) -> argparse.Namespace:
    monkeypatch.setattr(
        recurrent, "RecurrentConfig", functools.partial(RecurrentConfig, d_model=16, hidden=12)
    )
    monkeypatch.setattr(pairs, "TEMPLATES_AN_EPOCH", 100)
    folder = tmp_path / "parallel" / "en-ko"
    folder.mkdir(parents=True)
    for name in WEIGHTS:
        rows = (f"{name} number {i}.\t{name} 번호 {i}.\n" for i in range(40))
        (folder / f"{name}.tsv").write_text("".join(rows), encoding="utf-8")
    return argparse.Namespace(
        data=tmp_path, run=tmp_path / "run", out=tmp_path / "out", steps=4, tokens=200, rate=1e-3,
        warmup=2, decay=0.25, dropout=0.1, seed=3, every=2, bf16=False, resume=False,
    )  # fmt: skip


def test_the_four_are_trained_alike_and_each_goes_on_where_it_stopped(
    arguments: argparse.Namespace, tmp_path: Path
) -> None:
    material = Material(Tokenizer(TOKENIZER), arguments)
    cards = {}
    for kind in KINDS:
        Training(kind, arguments, material).train()
        whole, cards[kind] = checkpoints.load(arguments.out / f"recurrent-{kind}.safetensors")
        loaded = load_recurrent(kind, arguments.out / f"recurrent-{kind}.safetensors")
        assert loaded.kind == kind and isinstance(loaded.translate("안녕", "ko-en"), str)
        if kind not in ("none", "concat"):
            continue
        halted = argparse.Namespace(**{**vars(arguments), "run": tmp_path / "run2", "out": tmp_path / "out2"})
        first = Training(kind, halted, material)
        for group in first.run.stream(material.epoch):
            first.run.update(group, first.loss)
            if first.run.progress["step"] == 2:
                break
        first.save()
        Training(kind, argparse.Namespace(**{**vars(halted), "resume": True}), material).train()
        resumed, _ = checkpoints.load(halted.out / f"recurrent-{kind}.safetensors")
        assert all(torch.equal(whole[name], resumed[name]) for name in whole)
    for name in (
        "data",
        "seed",
        "steps",
        "epochs",
        "tokens_a_batch",
        "optimiser",
        "label_smoothing",
        "longest",
    ):
        assert all(cards[kind][name] == cards["none"][name] for kind in KINDS)
    assert {cards[kind]["architecture"]["attention"] for kind in KINDS} == set(KINDS)
    assert all(cards[kind]["scores"]["dev_loss_nats_a_token"] > 0 for kind in KINDS)


def test_a_few_steps_lower_the_loss(arguments: argparse.Namespace) -> None:
    arguments.rate, arguments.steps = 1e-2, 32
    material = Material(Tokenizer(TOKENIZER), arguments)
    for kind in KINDS:
        training = Training(kind, arguments, material)
        groups = material.epoch(0)[:4]
        losses = [training.run.update(group, training.loss)[0] for _ in range(8) for group in groups]
        assert sum(losses[-4:]) < sum(losses[:4]) - 4
