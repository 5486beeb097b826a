"""What the three columns show, and how it travels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.components.shared import json_part


@dataclass(frozen=True)
class AttentionPicture:
    """One attention. ``weights``: (layer, head, query, key), each row adding up to 1.

    Raises `ValueError` where the tokens do not go with the weights.
    """

    name: str  # "encoder", "prefix", "source", "causal" or "cross"
    queries: Sequence[str]
    keys: Sequence[str]
    weights: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.weights.ndim != 4 or self.weights.shape[2:] != (len(self.queries), len(self.keys)):
            raise ValueError(
                f"{self.name}: {self.weights.shape} for {len(self.queries)} × {len(self.keys)} tokens"
            )


@dataclass(frozen=True)
class Architecture:
    """One column; ``pictures`` is empty where the model is missing."""

    name: str  # "encoder", "decoder" or "both"
    pictures: Sequence[AttentionPicture] = ()
    given: str = ""  # what the example begins with
    said: Sequence[tuple[str, float | None]] = ()  # what the model makes of it, with probabilities
    model: str = ""  # its name and size, in the reader's language


def pack(architectures: Sequence[Architecture], **choices: Any) -> bytes:
    """Return the payload: words and choices as JSON, then all weights as float32, little-endian."""
    blobs: list[bytes] = []
    offset = 0

    def head(picture: AttentionPicture) -> Mapping[str, Any]:
        nonlocal offset
        layers, heads, rows, columns = picture.weights.shape
        described = {
            "name": picture.name,
            "queries": list(picture.queries),
            "keys": list(picture.keys),
            "layers": layers,
            "heads": heads,
            "offset": offset,
        }
        blobs.append(np.ascontiguousarray(picture.weights, dtype="<f4").tobytes())
        offset += layers * heads * rows * columns
        return described

    columns = [
        {
            "name": architecture.name,
            "pictures": [head(picture) for picture in architecture.pictures],
            "given": architecture.given,
            "said": [list(guess) for guess in architecture.said],
            "model": architecture.model,
        }
        for architecture in architectures
    ]
    return json_part({**choices, "columns": columns}) + b"".join(blobs)
