"""A tiny seeded model: fast, and wrong in the same way every time."""

from pathlib import Path

import pytest
import torch

from core.models.transformer import Transformer, TransformerConfig
from core.text import written
from core.text.corpora import read_text
from core.training import state

torch.set_num_threads(1)  # as the app does: beside other work, two threads wait for each other

TINY = TransformerConfig(
    vocabulary=40, d_model=12, heads=3, encoder_layers=2, decoder_layers=2, d_hidden=24, dropout=0.1
)


@pytest.fixture(autouse=True)
def no_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A training that waits in this folder is no reason for the tests to wait."""
    monkeypatch.setattr(state, "PAUSE", tmp_path / "PAUSE")


@pytest.fixture
def model() -> Transformer:
    torch.manual_seed(7)
    tiny = Transformer(TINY).eval()
    # Biases start at zero; a test that passes only because they are zero would prove nothing.
    for name, parameter in tiny.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(parameter, std=0.3)
    return tiny


@pytest.fixture
def source() -> torch.Tensor:
    return torch.tensor([[5, 11, 8, 30, 17, 3]])


@pytest.fixture
def target() -> torch.Tensor:
    return torch.tensor([[2, 9, 21, 14, 33]])


@pytest.fixture
def few_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The first of the written pairs: a training of four steps need not read them all."""
    path = tmp_path / "written.tsv"
    lines = read_text(written.WRITTEN).splitlines(keepends=True)
    path.write_text("".join(lines[:300]), encoding="utf-8")
    monkeypatch.setattr(written, "WRITTEN", path)
    return path
