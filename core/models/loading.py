"""A trained model from its files: weights and card, and where it reads tokens the tokenizer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from core import checkpoints, device
from core.models.tied import TiedModel
from core.models.transformer import TokenModel, TransformerConfig
from core.text.tokenizer import Tokenizer

Model = TypeVar("Model", bound=TiedModel)
Module = TypeVar("Module", bound=nn.Module)
Tokens = TypeVar("Tokens", bound=TokenModel)


def load_model(
    kind: Callable[[Any], Model], path: Path, tokenizer: Path, config: type[Any] = TransformerConfig
) -> tuple[Model, Tokenizer, dict[str, Any]]:
    """Return the model on the best device, its tokenizer and its card.

    ``kind`` is called with a ``config``, a dataclass whose fields the card's ``architecture`` names.

    Raises:
        checkpoints.ModelFileError: weights, card or tokenizer are missing, truncated or altered.
    """
    weights, card = checkpoints.load(path)
    vocabulary = load_tokenizer(tokenizer, card)
    model = built(kind, config, weights, card, path)
    model.pack()
    return model, vocabulary, card


def built(
    kind: Callable[[Any], Module],
    config: type[Any],
    weights: Mapping[str, Tensor],
    card: Mapping[str, Any],
    path: Path,
) -> Module:
    """Return the model whose sizes the card names, with these weights, on the best device.

    Raises:
        checkpoints.ModelFileError: the card's sizes are none, or the weights do not fit them.
    """
    names = {field.name for field in dataclasses.fields(config)}
    architecture = {name: value for name, value in card.get("architecture", {}).items() if name in names}
    try:
        model = kind(config(**architecture))
    except (TypeError, ValueError, RuntimeError) as error:  # sizes that are no sizes, or do not go together
        raise checkpoints.ModelFileError("unreadable", path.with_suffix(".json")) from error
    checkpoints.load_into(model, weights, path)
    return model.to(device.best())


def load_tokenizer(path: Path, card: Mapping[str, Any]) -> Tokenizer:
    """Return the tokenizer that a card names.

    Raises:
        checkpoints.ModelFileError: it is missing, or is another one.
    """
    if not path.exists():
        raise checkpoints.ModelFileError("missing", path)
    if checkpoints.sha256(path) != card.get("tokenizer", {}).get("sha256"):
        raise checkpoints.ModelFileError("altered", path)
    return Tokenizer(path)


def untrained_model(
    trained: Tokens, card: Mapping[str, Any], name: str, seed: int
) -> tuple[Tokens, dict[str, Any]]:
    """Return a model of the same sizes whose weights are as a training would begin, drawn at random, and its card."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = type(trained)(trained.config)
    kept = ("architecture", "parameters", "tokenizer")
    return model.to(device.best()), {
        "name": name,
        "seed": seed,
        **{part: card[part] for part in kept if part in card},
    }
