"""A decoder trained without its causal mask, beside one trained with it: a low loss, and nothing learned.

Without the mask every place sees the token that it is to say, so training comes down to copying from the right, and
where nothing stands to the right, to saying the end. In use nothing ever stands there. The functions take one model
and use it with its own mask: call them with each of the two (`core.small.MASKED`, `core.small.UNMASKED`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.architectures import GOES_ON, Guess, go_on
from core.small import SmallModel
from core.text.tokenizer import END


@dataclass(frozen=True)
class Reading:
    """A text as a decoder reads it in training: at each place it is to say the next token, the end last."""

    pieces: tuple[str, ...]  # (token,): what is read, as stored; the start token first
    wanted: tuple[str, ...]  # (token,): what is to be said there
    losses: NDArray[np.float64]  # (token,): −log p of what is to be said, in nats
    best: tuple[Guess, ...]  # (token,): what the model finds most probable there
    weights: NDArray[np.float32]  # (layer, head, query, key)

    @property
    def loss(self) -> float:
        """Return the mean loss in nats a token: what training reports."""
        return float(self.losses.mean())

    @property
    def ahead(self) -> NDArray[np.float32]:
        """Return the share of each row's attention that goes to later tokens: (layer, head, query)."""
        return np.triu(self.weights, 1).sum(-1)

    @property
    def mean_ahead(self) -> float:
        """Return that share, over all layers, heads and rows."""
        return float(self.ahead.mean())

    @property
    def layer_means(self) -> NDArray[np.float32]:
        """Return the weights of each layer, averaged over its heads: (layer, query, key)."""
        return self.weights.mean(1)

    @property
    def mean_weights(self) -> NDArray[np.float32]:
        """Return the weights, averaged over layers and heads: (query, key)."""
        return self.weights.mean((0, 1))


@dataclass(frozen=True)
class Alone:
    """What a decoder says when nobody has written the rest of the sentence yet."""

    said: tuple[Guess, ...]  # greedily, without the end token
    ended: bool  # it said the end token after these
    first: tuple[Guess, ...]  # the most probable tokens right after the text, the end token among them


@torch.inference_mode()
def reading(model: SmallModel, text: str) -> Reading:
    """Let a decoder read a whole text at once, as in training.

    Raises:
        ValueError: the text holds a lone surrogate, or the model fills blanks instead of going on.
    """
    ids = _ids(model, text)
    wanted = [*ids[1:], END]
    logits, trace = model.model(torch.tensor([ids], device=model.device), record=True)
    assert trace is not None  # it was asked for
    log_probabilities = torch.log_softmax(logits[0].cpu().double(), -1)
    best = log_probabilities.max(-1)
    return Reading(
        pieces=tuple(model.tokenizer.pieces(ids)),
        wanted=tuple(model.tokenizer.pieces(wanted)),
        losses=-log_probabilities.gather(-1, torch.tensor(wanted)[:, None])[:, 0].numpy(),
        best=_guesses(model, best.indices, best.values.exp()),
        weights=trace.blocks.self_attention.weights.cpu().numpy(),
    )


def alone(model: SmallModel, text: str, count: int = GOES_ON, shown: int = 3) -> Alone:
    """Let a decoder go on after a text, at most ``count`` tokens; see `core.architectures.go_on`.

    Raises:
        ValueError: as in `reading`.
    """
    first = model.probabilities(_ids(model, text))[-1].topk(shown)
    said = go_on(model, text, count)
    return Alone(tuple(said), len(said) < count, _guesses(model, first.indices, first.values))


def _ids(model: SmallModel, text: str) -> list[int]:
    if not model.model.goes_on:
        raise ValueError("this model fills blanks: it says no next token")
    return model.ids(text)


def _guesses(model: SmallModel, tokens: torch.Tensor, probabilities: torch.Tensor) -> tuple[Guess, ...]:
    pieces = model.tokenizer.pieces(tokens.tolist())
    return tuple(Guess(*pair) for pair in zip(pieces, probabilities.tolist(), strict=True))
