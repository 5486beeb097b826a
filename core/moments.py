"""Moments of a training: at a few steps the decoder as it was, and where the encoder put a thousand pictures.

They are kept in one file beside the model's, each decoder under ``MOMENT.decoder.…``, the places under
``MOMENT.mean`` (picture · latent,): a browser fetches only the moment that it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from torch import Tensor

from core import checkpoints
from core.models.vae import Vae
from core.vae import RECIPES, Array

STEPS: Final = (0, 50, 200, 600, 2000, 6000)  # behind them comes the model that is shipped
NAMES: Final = tuple(
    name for name, recipe in RECIPES.items() if recipe.images == "digits"
)  # that have moments
POINTS: Final = 1000  # training pictures whose places are shown


def path_of(name: str) -> Path:
    """Return where a model's moments lie."""
    return checkpoints.MODELS / f"vae-{name}-moments.safetensors"


def tensors_of(model: Vae, means: Tensor) -> dict[str, Tensor]:
    """Return what a moment keeps: the decoder's weights, and the places of pictures (picture, latent)."""
    decoder = {
        name: t.detach().clone() for name, t in model.state_dict().items() if name.startswith("decoder.")
    }
    return {**decoder, "mean": means.flatten().clone()}


def save_moments(
    name: str, moments: Sequence[dict[str, Tensor]], told: Sequence[dict[str, Any]], card: dict[str, Any]
) -> None:
    """Write the moments of a model, and a card that tells of each its step and its scores."""
    tensors = {f"{i}.{part}": tensor for i, moment in enumerate(moments) for part, tensor in moment.items()}
    checkpoints.save(path_of(name), tensors, {**card, "moments": list(told)}, int8=True)


def places(name: str, latent: int = 2) -> tuple[list[Array], dict[str, Any]]:
    """Return where each moment put the pictures, (picture, latent) each, and the card.

    Raises:
        checkpoints.ModelFileError: the file is missing, truncated or altered.
    """
    tensors, card = checkpoints.load(path_of(name))
    found = [tensors[f"{i}.mean"].numpy().reshape(-1, latent) for i in range(len(card["moments"]))]
    return [np.ascontiguousarray(one, dtype=np.float32) for one in found], card
