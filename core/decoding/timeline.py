"""One decoding from its first token to its last, as plain arrays: what a picture needs to be stepped through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.decoding.distribution import entropy, ranks
from core.decoding.greedy import greedy
from core.decoding.loops import Ending, ending_of
from core.decoding.sampling import Sampler, sample
from core.decoding.step import LONGEST, Step
from core.translator import Translator

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Timeline:
    """All steps of one decoding.

    At step ``i`` the decoder has read the start token and ``tokens[:i]``, and says ``tokens[i]``. The distributions
    are the model's own, before a sampler changes them.
    """

    source: tuple[int, ...]  # ids, with direction and end token
    tokens: tuple[int, ...]  # (step,): what was said, the end token included where it was
    log_probabilities: Floats  # (step, vocabulary)
    self_attention: (
        Floats  # (layer, head, step, key): key 0 is the start token, key j is tokens[j − 1]; causal
    )
    cross_attention: Floats  # (layer, head, step, source)
    entropy: NDArray[np.float64]  # (step,): bits
    rank: NDArray[np.int64]  # (step,): of the token said, 1 = most probable
    ending: Ending

    @property
    def total(self) -> float:
        """Return the log-probability of the whole translation in nats: the sum of what was said at each step."""
        return float(self.log_probabilities[np.arange(len(self.tokens)), self.tokens].sum())


def timeline(
    translator: Translator,
    text: str,
    direction: str,
    *,
    prefix: Sequence[int] = (),
    longest: int = LONGEST,
    sampler: Sampler | None = None,
    seed: int = 0,
) -> Timeline:
    """Decode once, greedily or by drawing, and return everything that was recorded; a loop ends it.

    Args:
        prefix: tokens that the translation must begin with, without the start token.
        longest: the most tokens to emit, the prefix counted; at least 1.
        sampler: how to draw; ``None`` takes the most probable token at every step.
        seed: of the numbers drawn.

    Raises:
        ValueError: the text holds a lone surrogate, no translation begins with ``prefix``, or ``longest`` is 0.
        KeyError: the direction is neither ``ko-en`` nor ``en-ko``.
    """
    if longest < 1:
        raise ValueError(f"a decoding has at least one step, not {longest}")
    ids = translator.source_ids(text, direction)
    source = torch.tensor([ids], device=translator.device)
    model = translator.model
    if sampler is None:
        path = greedy(model, source, prefix=prefix, longest=longest, record=True, stop_loops=True)
    else:
        path = sample(
            model, source, sampler, seed, prefix=prefix, longest=longest, record=True, stop_loops=True
        )
    steps = list(path)
    tokens = [step.token for step in steps]
    log_probabilities = torch.stack([step.log_probabilities for step in steps]).cpu()
    self_attention, cross_attention = _attentions(steps)
    return Timeline(
        source=tuple(ids),
        tokens=tuple(tokens),
        log_probabilities=log_probabilities.numpy(),
        self_attention=self_attention,
        cross_attention=cross_attention,
        entropy=entropy(log_probabilities).numpy(),
        rank=ranks(log_probabilities, torch.tensor(tokens)).numpy(),
        ending=ending_of(tokens, longest),
    )


def _attentions(steps: Sequence[Step]) -> tuple[Floats, Floats]:
    """Both attentions' weights, (layer, head, step, step) and (layer, head, step, source), of recorded steps."""
    own: list[Floats] = []
    cross: list[Floats] = []
    for step in steps:
        assert step.trace is not None  # it was asked for
        layers = step.trace.layers
        weights = torch.stack([layer.self_attention.weights[:, 0] for layer in layers]).cpu().numpy()
        own.append(np.pad(weights, ((0, 0), (0, 0), (0, len(steps) - weights.shape[-1]))))
        looks = [layer.cross_attention.weights[:, 0] for layer in layers if layer.cross_attention is not None]
        cross.append(torch.stack(looks).cpu().numpy())
    return np.stack(own, axis=2), np.stack(cross, axis=2)
