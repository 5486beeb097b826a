"""Checkpoints of a running training: weights, their average and the optimiser's moments, without pickle."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from torch import Tensor, nn

from core.checkpoints import write_tensors

PAUSE = Path("runs/PAUSE")
_MOMENTS = ("exp_avg", "exp_avg_sq")


class Average:
    """An exponential moving average of a model's weights, which scores better than the last weights.

    Polyak and Juditsky 1992; the decay warms up so that the first steps do not linger.
    """

    def __init__(self, model: nn.Module, decay: float = 0.998) -> None:
        self.decay = decay
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters()}

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """Move the average towards the model's present weights."""
        rate = 1 - min(self.decay, (1 + step) / (10 + step))
        torch._foreach_lerp_(list(self.weights.values()), [p for _, p in model.named_parameters()], rate)


def save_state(
    path: Path, model: nn.Module, average: Average, optimiser: torch.optim.Optimizer, progress: dict[str, Any]
) -> None:
    """Write everything that a training needs to go on, atomically, as one safetensors file."""
    tensors: dict[str, Tensor] = {}
    for name, parameter in model.named_parameters():
        tensors[f"model.{name}"] = parameter.detach()
        tensors[f"average.{name}"] = average.weights[name]
        for moment in _MOMENTS:
            tensors[f"{moment}.{name}"] = optimiser.state[parameter][moment]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_tensors(
        path, {name: t.cpu().contiguous() for name, t in tensors.items()}, {"progress": json.dumps(progress)}
    )


@torch.no_grad()
def load_state(
    path: Path, model: nn.Module, average: Average, optimiser: torch.optim.Optimizer
) -> dict[str, Any]:
    """Restore what `save_state` wrote, in place, and return the progress."""
    with safe_open(path, framework="pt") as file:
        progress: dict[str, Any] = json.loads(file.metadata()["progress"])
        for name, parameter in model.named_parameters():
            parameter.copy_(file.get_tensor(f"model.{name}"))
            average.weights[name].copy_(file.get_tensor(f"average.{name}"))
            optimiser.state[parameter] = {
                moment: file.get_tensor(f"{moment}.{name}").to(parameter.device) for moment in _MOMENTS
            } | {"step": torch.tensor(float(progress["step"]), device=parameter.device)}
    return progress


def yield_to_others() -> float:
    """Wait while the file ``runs/PAUSE`` exists, and return the seconds waited."""
    began = time.monotonic()
    while PAUSE.exists():
        time.sleep(1)
    return time.monotonic() - began
