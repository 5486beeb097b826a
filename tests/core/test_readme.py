"""The lines of the README that use the core run as they stand."""

import re
from pathlib import Path

import pytest
import torch

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_readmes_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    example = re.search(
        r"core-example: begin -->\s*```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL
    )
    assert example is not None
    assert len(example[1].strip().splitlines()) <= 10
    names: dict[str, object] = {}
    exec(example[1], names)
    printed = capsys.readouterr().out.splitlines()
    weights = names["weights"]
    assert isinstance(weights, torch.Tensor)
    assert torch.allclose(weights.sum(-1), torch.ones(weights.shape[:-1]), atol=1e-5)
    assert re.search("[A-Za-z]", printed[0])  # English
    assert printed[1].startswith("['<2en>', '▁오늘'")
