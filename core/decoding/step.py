"""What a decoder says at each step."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from core.trace import StackTrace


@dataclass(frozen=True)
class Step:
    """One token, and why: the distribution it was taken from and what was looked at."""

    token: int
    log_probabilities: Tensor  # (vocabulary,)
    trace: StackTrace | None  # of the new token alone: query = 1; ``None`` unless recorded
