"""What a decoder says at each step."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from core.trace import StackTrace

LONGEST = 128  # tokens; a model that has lost its thread would otherwise never stop


@dataclass(frozen=True)
class Step:
    """One token, and why: the model's own distribution at its place and what was looked at."""

    token: int
    log_probabilities: Tensor  # (vocabulary,): before a sampler changes them
    trace: StackTrace | None  # of the new token alone: query = 1; ``None`` unless recorded
