"""What a change inside the model does to what it says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Effect:
    """The next-token distributions before and after, at every place of the same decoder input."""

    before: Floats  # (token,): the probability of the first run's most probable next token
    after: Floats  # (token,): of the same token after the change
    said: list[int]  # (token,): that token
    says: list[int]  # (token,): the most probable one after the change
    says_probability: Floats  # (token,)
    distance: Floats  # (token,): total variation, half the sum of |p − q| over the vocabulary, 0 to 1


def effect(before: Tensor, after: Tensor) -> Effect:
    """Compare two runs' logits (token, vocabulary) over the same decoder input."""
    p, q = torch.softmax(before.float(), -1), torch.softmax(after.float(), -1)
    said, says = p.argmax(-1), q.argmax(-1)
    return Effect(
        before=p.gather(1, said[:, None])[:, 0].numpy(),
        after=q.gather(1, said[:, None])[:, 0].numpy(),
        said=said.tolist(),
        says=says.tolist(),
        says_probability=q.gather(1, says[:, None])[:, 0].numpy(),
        distance=((p - q).abs().sum(-1) / 2).numpy(),
    )
