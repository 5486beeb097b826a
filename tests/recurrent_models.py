"""Small untrained LSTM translators, written as a training would write them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch

from core import checkpoints
from core.models.recurrent import KINDS, RecurrentConfig, Seq2Seq
from core.recurrent import path_of
from core.text.tokenizer import Tokenizer
from core.translator import TOKENIZER


def write_model(folder: Path, kind: str, seed: int = 0) -> Path:
    """A model's two files, alike for equal seeds; returns where its weights lie."""
    torch.manual_seed(seed)
    config = RecurrentConfig(d_model=16, hidden=12, attention=kind)
    path = folder / path_of(kind).name
    card = {
        "name": f"recurrent, {kind}",
        "architecture": dataclasses.asdict(config),
        "tokenizer": {"sha256": Tokenizer(TOKENIZER).sha256()},
        "longest": 96,
        "steps": 0,
    }
    checkpoints.save(path, dict(Seq2Seq(config).named_parameters()), card)
    return path


def write_models(folder: Path) -> dict[str, Path]:
    """One of each kind, by kind."""
    return {kind: write_model(folder, kind) for kind in KINDS}
