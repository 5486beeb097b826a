"""How a text could go on: many continuations of one prompt at once, drawn token by token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.decoding.distribution import log_distribution
from core.decoding.sampling import Sampler, adjusted_in_order, ranked, uniform
from core.models.language import LanguageModel
from core.text.tokenizer import END, PAD


@dataclass(frozen=True)
class Drawn:
    """One place of all continuations: ``PAD`` where one has ended before, ``END`` where it ends."""

    tokens: Tensor  # (continuation,)
    log_probabilities: Tensor  # (continuation,): the model's own, before a sampler changed them


@torch.inference_mode()  # as a decorator: a `with` around `yield` would leave the caller in inference mode
def continuations(
    model: LanguageModel,
    prompt: Sequence[int],
    samplers: Sequence[Sampler],
    seeds: Sequence[int],
    *,
    longest: int,
    first: int = 0,
) -> Iterator[Drawn]:
    """Yield the places of continuations that are drawn together, until all have ended or are ``longest`` tokens long.

    The number drawn for a continuation at its place ``i`` is ``uniform(seed, first + i)``: two with the same seed and
    different samplers are drawn from the same numbers.

    Args:
        prompt: ids, the start token among them; with the continuation no more than the model has positions.
        samplers, seeds: one for each continuation.
    """
    device = next(model.parameters()).device
    caches = model.start()
    logits = model.step(torch.tensor([list(prompt)], device=device), caches, 0)
    rows = torch.zeros(len(seeds), dtype=torch.long, device=device)
    for cache in caches:
        cache.keep(rows)
    logits = logits[rows]
    going = torch.ones(len(seeds), dtype=torch.bool)
    for place in range(longest):
        log_probabilities = log_distribution(logits.double().cpu())
        numbers = [uniform(seed, first + place) for seed in seeds]
        tokens = drawn_together(log_probabilities, samplers, numbers)
        own = log_probabilities.gather(1, tokens[:, None])[:, 0]
        tokens = tokens.masked_fill(~going, PAD)
        yield Drawn(tokens, own.masked_fill(~going, 0))
        going &= tokens != END
        if not going.any() or place == longest - 1:
            return
        logits = model.step(tokens[:, None].to(device), caches, len(prompt) + place)


def drawn_together(
    log_probabilities: Tensor, samplers: Sequence[Sampler], numbers: Sequence[float]
) -> Tensor:
    """Return the token of each row (row, vocabulary) that its sampler and its number in [0, 1) draw: (row,).

    Each is that of `core.decoding.sampling.draw`.
    """
    order = ranked(log_probabilities)
    values = log_probabilities.double().gather(1, order)
    u = torch.tensor(numbers, dtype=torch.float64)
    places = torch.empty(len(samplers), dtype=torch.long)
    for sampler in set(samplers):
        rows = torch.tensor([i for i, one in enumerate(samplers) if one == sampler])
        probabilities = adjusted_in_order(values[rows], sampler).exp()
        found = torch.searchsorted(probabilities.cumsum(1), u[rows, None], right=True)[:, 0]
        # Rounding can leave the sum below u: then the last that is possible is drawn.
        places[rows] = found.minimum((probabilities > 0).sum(1) - 1)
    return order.gather(1, places[:, None])[:, 0]
