"""The classifiers of pictures: what does a decoded picture look like to a model that knows the classes?"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from core import checkpoints
from core.models.dense import DenseClassifier, DenseConfig
from core.models.loading import built
from core.vae import Array

NAMES: Final = ("digits", "clothes", "hangul")  # of `core.images.NAMES`: those that have classes


class Classifier:
    """Pictures in, probabilities and features out. Safe to share among threads."""

    def __init__(self, model: DenseClassifier, card: dict[str, Any]) -> None:
        self.model = model.eval().requires_grad_(False)
        self.card = card
        self.device = next(model.parameters()).device

    @torch.inference_mode()
    def probabilities(self, pixels: Array) -> Array:
        """Return each class's probability: (picture, pixel) from 0 to 1 → (picture, class)."""
        given = torch.from_numpy(np.ascontiguousarray(pixels, dtype=np.float32)).to(self.device)
        found: Array = self.model(given).softmax(-1).cpu().numpy()
        return found

    @torch.inference_mode()
    def features(self, pixels: Array) -> Array:
        """Return the last hidden layer of pictures: (picture, pixel) from 0 to 1 → (picture, width)."""
        given = torch.from_numpy(np.ascontiguousarray(pixels, dtype=np.float32)).to(self.device)
        found: Array = self.model.features(given).cpu().numpy()
        return found

    @property
    def classes(self) -> int:
        """How many classes it knows."""
        return self.model.config.classes

    def accuracy(self, pixels: Array, labels: NDArray[np.uint8]) -> float:
        """Return the share of pictures that are named rightly."""
        return float((self.probabilities(pixels).argmax(1) == labels).mean())


def path_of(name: str) -> Path:
    """Return where a classifier's weights lie; ``name``: one of `NAMES`."""
    return checkpoints.MODELS / f"classifier-{name}.safetensors"


def load_classifier(name: str, path: Path | None = None) -> Classifier:
    """Return one of `NAMES`, by default from the weights that the project ships.

    Raises:
        checkpoints.ModelFileError: weights or card are missing, truncated or altered.
    """
    path = path or path_of(name)
    weights, card = checkpoints.load(path)
    return Classifier(built(DenseClassifier, DenseConfig, weights, card, path), card)
