"""Sampling: a token drawn from the distribution, which temperature, top-k, top-p and min-p reshape first.

Everything here is plain arithmetic in float64, so that a browser can repeat it digit for digit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.decoding.model import EncoderDecoder
from core.decoding.step import LONGEST, Step
from core.decoding.walk import forced_prefix, walk

_WORD = 0xFFFFFFFF  # 32 bits
_GOLDEN = 0x9E3779B9  # 2³² / golden ratio, odd (Steele et al. 2014, section 2)


@dataclass(frozen=True)
class Sampler:
    """How a distribution is reshaped before a token is drawn; the defaults leave it as it is.

    ``temperature`` 0 is the most probable token for certain; ``top_k`` 0 and ``top_p`` 1 and ``min_p`` 0 cut
    nothing. The most probable token is never cut.

    Raises:
        ValueError: a value lies outside its range.
    """

    temperature: float = 1.0  # from 0
    top_k: int = 0  # tokens (Fan et al. 2018, section 5.1)
    top_p: float = 1.0  # 0 to 1: probability kept, after top-k (Holtzman et al. 2020, section 3.1)
    min_p: float = 0.0  # 0 to 1: share of the largest probability (Nguyen et al. 2025, section 3)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.temperature) and self.temperature >= 0):
            raise ValueError(f"the temperature is a finite number from 0, not {self.temperature}")
        if self.top_k < 0 or self.top_k != int(self.top_k):
            raise ValueError(f"top-k is a whole number from 0, not {self.top_k}")
        if not 0 <= self.top_p <= 1:
            raise ValueError(f"top-p lies between 0 and 1, not at {self.top_p}")
        if not 0 <= self.min_p <= 1:
            raise ValueError(f"min-p lies between 0 and 1, not at {self.min_p}")


def ranked(log_probabilities: Tensor) -> Tensor:
    """Return the tokens (…, vocabulary), the most probable first; of two equal ones the lower id leads."""
    return torch.sort(log_probabilities.cpu(), dim=-1, descending=True, stable=True).indices


def adjusted(log_probabilities: Tensor, sampler: Sampler) -> Tensor:
    """Return the reshaped log-probabilities (…, vocabulary): −∞ for what is cut, the rest summing to 1.

    In this order, each step on what the one before it left: ``p ∝ exp(log p / temperature)``; the ``top_k`` most
    probable; the fewest of the most probable that together have ``top_p``; those with at least ``min_p`` of the
    largest probability. The order of the tokens is that of `ranked`, before and after.

    Returns:
        float64 in main memory.
    """
    order = ranked(log_probabilities)
    values = adjusted_in_order(log_probabilities.cpu().double().gather(-1, order), sampler)
    return torch.empty_like(values).scatter_(-1, order, values)


def adjusted_in_order(values: Tensor, sampler: Sampler) -> Tensor:
    """Return what `adjusted` does for float64 log-probabilities (…, vocabulary) in the order of `ranked`."""
    values = values - values[..., :1]  # the largest is 0, so that no temperature is too small
    kept = torch.isfinite(values)
    if sampler.temperature == 0:
        kept[..., 1:] = False
        values = torch.zeros_like(values)
    else:
        values = values / sampler.temperature
    if sampler.top_k:
        kept[..., sampler.top_k :] = False
    values = values.masked_fill(~kept, -math.inf)
    if sampler.top_p < 1:
        sums = values.exp().cumsum(-1)
        # What the more probable ones have together is too little.
        kept[..., 1:] &= sums[..., :-1] < sampler.top_p * sums[..., -1:]
    kept = kept & (values.exp() >= sampler.min_p)
    return torch.log_softmax(values.masked_fill(~kept, -math.inf), -1)


def uniform(seed: int, step: int) -> float:
    """Return the random number in [0, 1) of a step: the same for the same seed, whatever was drawn before.

    With 32-bit unsigned integers, ``⊕`` exclusive or, ``≫`` shift to the right, all sums and products mod 2³²::

        mix(h):  h ← (h ⊕ h≫16) · 0x85EBCA6B;  h ← (h ⊕ h≫13) · 0xC2B2AE35;  h ⊕ h≫16
        u = mix(mix(seed + γ) + (step + 1) · γ) / 2³²,   γ = 0x9E3779B9

    ``mix`` is MurmurHash3's finaliser (Appleby 2011); counting in steps of γ is SplitMix's (Steele et al. 2014).
    A seed outside 0 … 2³² − 1 counts modulo 2³².
    """
    return _mix((_mix((seed + _GOLDEN) & _WORD) + (step + 1) * _GOLDEN) & _WORD) / 2**32


def _mix(word: int) -> int:
    word = ((word ^ word >> 16) * 0x85EBCA6B) & _WORD
    word = ((word ^ word >> 13) * 0xC2B2AE35) & _WORD
    return word ^ word >> 16


def draw(probabilities_in_order_of_rank: Tensor | Sequence[float], u: float) -> int:
    """Return the place in which ``u`` falls when the probabilities lie end to end: the first with a sum above it.

    ``probabilities_in_order_of_rank``: (vocabulary,), the largest first, as `ranked` orders the tokens. Rounding
    can leave their sum below ``u``; then the last that is possible is drawn.
    """
    probabilities = torch.as_tensor(probabilities_in_order_of_rank, dtype=torch.float64)
    place = int(torch.searchsorted(probabilities.cumsum(0), u, right=True))
    return min(place, int(probabilities.nonzero()[-1]))


def sample(
    model: EncoderDecoder,
    source: Tensor,
    sampler: Sampler,
    seed: int,
    *,
    prefix: Sequence[int] = (),
    longest: int = LONGEST,
    record: bool = False,
    stop_loops: bool = False,
) -> Iterator[Step]:
    """Yield the steps of a sampled translation; each carries the model's own distribution, before ``sampler``.

    The number drawn at a step is ``uniform(seed, step)``, steps counted from 0 with the prefix.

    Args:
        source: (1, source) ids.
        prefix, longest, record, stop_loops: as in `core.decoding.greedy.greedy`.

    Raises:
        ValueError: a translation cannot begin with this prefix.
    """

    def drawn(log_probabilities: Tensor, position: int) -> int:
        order = ranked(log_probabilities)
        probabilities = adjusted(log_probabilities, sampler).exp()[order]
        return int(order[draw(probabilities, uniform(seed, position))])

    return walk(
        model,
        source,
        drawn,
        forced=forced_prefix(prefix, model.config.vocabulary),
        longest=longest,
        record=record,
        stop_loops=stop_loops,
    )
