"""Many draws at once: each the one that `core.decoding.sampling.draw` makes alone, without sorting what need not be."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import torch
from torch import Tensor

from core.decoding.sampling import Sampler, adjusted_in_order, ranked

HEAD = 512  # tokens: most draws fall among the likeliest, and finding these takes a sixth of sorting 8,000


def drawn_together(
    log_probabilities: Tensor, samplers: Sequence[Sampler], numbers: Sequence[float]
) -> Tensor:
    """Return the token of each row (row, vocabulary) that its sampler and its number in [0, 1) draw: (row,)."""
    u = torch.tensor(numbers, dtype=torch.float64)
    tokens = torch.empty(len(samplers), dtype=torch.long)
    for sampler in set(samplers):
        rows = torch.tensor([i for i, one in enumerate(samplers) if one == sampler])
        tokens[rows] = _drawn(log_probabilities[rows].double().cpu(), sampler, u[rows])
    return tokens


def _drawn(logs: Tensor, sampler: Sampler, u: Tensor) -> Tensor:
    if logs.shape[1] <= HEAD:
        return _in_order(logs, sampler, u)
    tokens, sure = _in_head(logs, sampler, u)
    left = (~sure).nonzero()[:, 0]
    if len(left):
        tokens[left] = _in_order(logs[left], sampler, u[left])
    return tokens


def _in_order(logs: Tensor, sampler: Sampler, u: Tensor) -> Tensor:
    order = ranked(logs)
    probabilities = adjusted_in_order(logs.gather(1, order), sampler).exp()
    return order.gather(1, _places(probabilities, u)[:, None])[:, 0]


def _in_head(logs: Tensor, sampler: Sampler, u: Tensor) -> tuple[Tensor, Tensor]:
    """Return each row's token as it is if it lies among the `HEAD` likeliest, and whether it surely does."""
    values, order = logs.topk(HEAD)
    order = order.sort(1).values  # by id, so that of equal ones the lower leads
    order = order.gather(1, ranked(logs.gather(1, order)))
    if sampler.temperature == 0:
        return order[:, 0], values[:, 0] > values[:, -1]
    # The tokens behind the head stand as one, with the probability that they have together.
    scaled = (values - values[:, :1]) / sampler.temperature
    everything = ((logs - values[:, :1]) / sampler.temperature).exp().sum(1)
    rest = (everything - scaled.exp().sum(1)).clamp(min=0).log()
    plain = dataclasses.replace(sampler, temperature=1.0)
    probabilities = adjusted_in_order(torch.cat([scaled, rest[:, None]], 1), plain).exp()[:, :HEAD]
    uncut = sampler == Sampler(sampler.temperature)
    if not uncut:
        # A cut that ends in the head leaves nothing behind it; another one is left to the whole order.
        probabilities = probabilities / probabilities.sum(1, keepdim=True)
    places = _places(probabilities, u)
    within = (probabilities.sum(1) > u) if uncut else probabilities[:, -1] == 0
    # Behind the head there may be equals of its last one.
    sure = within & (values.gather(1, places[:, None])[:, 0] > values[:, -1])
    return order.gather(1, places[:, None])[:, 0], sure


def _places(probabilities: Tensor, u: Tensor) -> Tensor:
    found = torch.searchsorted(probabilities.cumsum(1), u[:, None], right=True)[:, 0]
    # Rounding can leave the sum below u: then the last that is possible is drawn.
    return found.minimum((probabilities > 0).sum(1) - 1)
