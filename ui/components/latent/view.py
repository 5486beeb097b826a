"""What the picture of the latent space is given, and what is chosen in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from ui.components.shared import json_part

Code = tuple[list[float], list[float] | None]  # mean and log-variance; a plain autoencoder has none


class LatentState(TypedDict, total=False):
    """What has been chosen in the picture."""

    model: str
    moment: int  # of the model's training; the last one is the shipped model
    z: list[float] | None  # the decoded point; None: the picture's own draw
    a: list[float]  # the film's ends
    b: list[float]
    seed: int  # of ε
    view: str  # "points" or "grid"
    cloud: bool
    hidden: list[int]  # classes
    picture: str  # a number in the gallery, or "drawn"
    drawn: str  # a hexadecimal digit a pixel; "": nothing


@dataclass(frozen=True)
class LatentModel:
    """One model of a set of pictures."""

    name: str
    title: str
    about: str
    url: str  # of its weights
    moments_url: str
    half: float  # the plane reaches so far from 0
    ends: Mapping[str, Sequence[float]]  # "a" and "b": where the film begins and ends at first
    scores: Mapping[str, float]  # on the test: negative_elbo, reconstruction, kl
    moments: Sequence[Mapping[str, Any]]  # step and scores of each; the last one is the shipped model


@dataclass(frozen=True)
class LatentView:
    """A set of pictures and its models."""

    set: str
    shape: tuple[int, ...]
    margin: int  # pixels around a training picture's figure: a drawing is made as large
    classes: tuple[str, ...]
    models: tuple[LatentModel, ...]
    gallery: NDArray[np.uint8]  # (picture, pixel)
    gallery_labels: Sequence[int]
    codes: Mapping[str, Sequence[Code]]  # model → picture of the gallery
    drawn: tuple[str, Mapping[str, Code]] | None  # a drawing, and each model's code of it
    first: int  # picture of the gallery that a new visitor finds
    labels_of_points: Sequence[int]
    places: Sequence[Sequence[NDArray[np.float32]]]  # model → moment → (point, 2)
    classifier_url: str

    def packed(self, **more: Any) -> bytes:
        """Return the payload: words and codes, the gallery's bytes, then the points in half precision."""
        gallery = np.ascontiguousarray(self.gallery, dtype=np.uint8)
        head = {
            "set": self.set,
            "shape": list(self.shape),
            "margin": self.margin,
            "classes": list(self.classes),
            "models": [asdict(model) for model in self.models],
            "gallery": {
                "count": len(gallery),
                "labels": [int(label) for label in self.gallery_labels],
                "encoded": dict(self.codes),
            },
            "first": self.first,
            "drawn": self.drawn and {"code": self.drawn[0], "encoded": dict(self.drawn[1])},
            "labels_of_points": [int(label) for label in self.labels_of_points],
            "classifier_url": self.classifier_url,
            **more,
        }
        pictures = gallery.tobytes()
        pictures += b"\0" * (len(pictures) % 2)
        points = b"".join(place.astype("<f2").tobytes() for moments in self.places for place in moments)
        return json_part(head) + pictures + points
