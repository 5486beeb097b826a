"""The next token's distribution, and what can be read off it."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor

from core.text.tokenizer import PAD, START, UNKNOWN

# Tokens that a translation cannot hold; the direction tokens stand in the source alone.
FORBIDDEN = (PAD, UNKNOWN, START)


def log_distribution(logits: Tensor) -> Tensor:
    """Return the log-probabilities (…, vocabulary) of the tokens that can be said; −∞ for `FORBIDDEN`.

    ``logits`` (…, vocabulary) are overwritten there: a decoder makes new ones at every step.
    """
    logits[..., FORBIDDEN] = -torch.inf
    return torch.log_softmax(logits, dim=-1)


def entropy(log_probabilities: Tensor) -> Tensor:
    """Return the entropy in bits: (…, vocabulary) → (…), float64 in main memory."""
    return torch.special.entr(log_probabilities.cpu().double().exp()).sum(-1) / math.log(2)


def ranks(log_probabilities: Tensor, tokens: Tensor) -> Tensor:
    """Return the rank of each token in its distribution, 1 = most probable; of two equal ones the lower id leads.

    (step, vocabulary) and (step,) → (step,).
    """
    own = log_probabilities.gather(-1, tokens[:, None])
    before = torch.arange(log_probabilities.shape[-1], device=tokens.device) < tokens[:, None]
    return 1 + ((log_probabilities > own) | ((log_probabilities == own) & before)).sum(-1)


def check_tokens(tokens: Iterable[int], vocabulary: int) -> None:
    """Refuse tokens that a translation cannot hold.

    Raises:
        ValueError: one of them is no token of the vocabulary, or one of `FORBIDDEN`.
    """
    for token in tokens:
        if not 0 <= token < vocabulary:
            raise ValueError(f"there is no token {token} in a vocabulary of {vocabulary}")
        if token in FORBIDDEN:
            raise ValueError(f"a translation cannot hold the token {token}")
