"""Teacher forcing and free running over one reference (Williams and Zipser 1989), step beside step.

In training the decoder reads the reference whatever it would have said; in use it reads its own words. References
end with the end token and have no start token; `reference_ids` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.decoding.distribution import check_tokens, entropy
from core.decoding.greedy import most_probable
from core.decoding.scoring import read_distributions
from core.decoding.step import LONGEST
from core.decoding.walk import walk
from core.text.tokenizer import END, START
from core.translator import Translator

NOTHING: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True)
class Lane:
    """One of the two, a value for each step."""

    read: tuple[
        int, ...
    ]  # the token that the decoder read at this step, and all before it; the first is START
    tokens: tuple[int, ...]  # what the loss asks for (forced lane), or what was said (free lane)
    log_probabilities: NDArray[np.float64]  # of ``tokens``, in nats
    best: tuple[int, ...]  # what the model finds most probable here
    best_probabilities: NDArray[np.float64]
    entropy: NDArray[np.float64]  # bits
    matches: tuple[
        bool, ...
    ]  # is ``best`` (forced lane) or what was said (free lane) the reference's token here
    injected: tuple[int, ...]  # the places of ``injected`` that took effect

    @property
    def losses(self) -> NDArray[np.float64]:
        """Return −log p of each token, in nats: their sum is the cross-entropy that training lowers."""
        return -self.log_probabilities

    @property
    def loss(self) -> float:
        """Return the sum of the losses in nats."""
        return float(self.losses.sum())


def reference_ids(translator: Translator, text: str) -> list[int]:
    """Return the pieces of a reference translation and the end token.

    Raises:
        ValueError: the text holds a lone surrogate, or nothing.
    """
    ids = translator.tokenizer.encode(text)
    if not ids:
        raise ValueError("the reference is empty")
    return [*ids, END]


def forced_lane(
    translator: Translator,
    source_ids: Sequence[int],
    reference_ids: Sequence[int],
    injected: Mapping[int, int] = NOTHING,
) -> Lane:
    """Return what the model says at each place of the reference while it reads the reference.

    ``injected``: tokens by their place in the reference, read instead of the ones there; what is asked for stays the
    reference. The last place is read by nobody.

    Raises:
        ValueError: the reference is empty, or a token is one that a translation cannot hold or has no such place.
    """
    _check(translator, reference_ids, injected)
    _check_places(injected, len(reference_ids))
    heard = [injected.get(place, token) for place, token in enumerate(reference_ids)]
    read = [START, *heard[:-1]]
    batch = (torch.tensor([list(ids)], device=translator.device) for ids in (source_ids, read))
    log_probabilities = read_distributions(translator.model, *batch)[0]
    used = tuple(sorted(place for place in injected if place < len(reference_ids) - 1))
    return _lane(read, reference_ids, log_probabilities, reference_ids, used, own=False)


def free_lane(
    translator: Translator,
    source_ids: Sequence[int],
    reference_ids: Sequence[int],
    injected: Mapping[int, int] = NOTHING,
    *,
    longest: int = LONGEST,
) -> Lane:
    """Return what the model says, most probable token by most probable token, while it reads its own words.

    ``injected``: tokens by their place, said there whatever the model would have said; one behind the end has no
    effect. A loop ends it, as it ends `Translator.steps`.

    Raises:
        ValueError: the reference is empty, a token is one that a translation cannot hold, or a place is negative.
    """
    _check(translator, reference_ids, injected)
    _check_places(injected, longest)
    source = torch.tensor([list(source_ids)], device=translator.device)
    steps = list(
        walk(translator.model, source, most_probable, forced=injected, longest=longest, stop_loops=True)
    )
    said = [step.token for step in steps]
    log_probabilities = torch.stack([step.log_probabilities for step in steps])
    used = tuple(sorted(place for place in injected if place < len(said)))
    return _lane([START, *said[:-1]], said, log_probabilities, reference_ids, used, own=True)


def parting(lane: Lane, reference_ids: Sequence[int]) -> int | None:
    """Return the first place where what a free lane said is not the reference; ``None`` where it is all of it."""
    for place, (said, asked) in enumerate(zip(lane.tokens, reference_ids, strict=False)):
        if said != asked:
            return place
    shorter, longer = sorted((len(lane.tokens), len(reference_ids)))
    return shorter if shorter < longer else None


def _lane(
    read: Sequence[int],
    tokens: Sequence[int],
    log_probabilities: Tensor,
    reference: Sequence[int],
    injected: tuple[int, ...],
    *,
    own: bool,
) -> Lane:
    values = log_probabilities.cpu().double()  # (step, vocabulary)
    best = values.argmax(-1)
    judged = tokens if own else best.tolist()
    return Lane(
        read=tuple(read),
        tokens=tuple(tokens),
        log_probabilities=values.gather(-1, torch.tensor(list(tokens))[:, None])[:, 0].numpy(),
        best=tuple(best.tolist()),
        best_probabilities=values.gather(-1, best[:, None])[:, 0].exp().numpy(),
        entropy=entropy(values).numpy(),
        matches=tuple(
            place < len(reference) and token == reference[place] for place, token in enumerate(judged)
        ),
        injected=injected,
    )


def _check(translator: Translator, reference: Sequence[int], injected: Mapping[int, int]) -> None:
    if not reference:
        raise ValueError("the reference is empty")
    check_tokens((*reference, *injected.values()), translator.model.config.vocabulary)


def _check_places(injected: Mapping[int, int], places: int) -> None:
    for place in injected:
        if not 0 <= place < places:
            raise ValueError(f"there is no place {place} among {places} tokens")
