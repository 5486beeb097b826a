"""How a text could go on: many continuations of one prompt at once, drawn token by token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.changes import Changes
from core.decoding.distribution import log_distribution
from core.decoding.drawing import drawn_together
from core.decoding.sampling import Sampler, uniform
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
    changes: Changes | None = None,
) -> Iterator[Drawn]:
    """Yield the places of continuations that are drawn together, until all have ended or are ``longest`` tokens long.

    The number drawn for a continuation at its place ``i`` is ``uniform(seed, first + i)``: two with the same seed and
    different samplers are drawn from the same numbers.

    Args:
        prompt: ids, the start token among them; with the continuation no more than the model has positions.
        samplers, seeds: one for each continuation.
        changes: all of them while the prompt is read; then the heads that are off, since an edit names a place in the
            prompt.
    """
    device = next(model.parameters()).device
    caches = model.start()
    logits = model.step(torch.tensor([list(prompt)], device=device), caches, 0, changes)
    heads_off = changes.heads_off() if changes else None
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
        logits = model.step(tokens[:, None].to(device), caches, len(prompt) + place, heads_off)
