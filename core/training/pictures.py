"""What trainings on pictures share: the pixels, an epoch's batches, and what a card says of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core import checkpoints, device
from core.images import Images, as_shares

LICENCES = {
    "digits": "CC BY-SA 3.0 (MNIST)",
    "clothes": "MIT (Fashion-MNIST)",
    "hangul": "OFL 1.1; Baekmuk's own (the fonts that drew the pictures)",
    "faces": "drawn for this project",
}


class Pictures:
    """The training pictures of a set, in batches."""

    def __init__(self, images: Images, batch: int, seed: int) -> None:
        """``batch``: pictures in it; fewer where there are fewer."""
        self.images, self.batch, self.seed = images, batch, seed
        self.pixels = torch.from_numpy(as_shares(images.parts["train"][0])).to(device.best())

    def epoch(self, number: int) -> list[Tensor]:
        """Return the batches of epoch ``number``, the same ones at every call: the pictures' places."""
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
        return list(torch.randperm(len(self.pixels), generator=generator).split(self.batch))

    def of(self, places: Tensor) -> Tensor:
        """Return the pixels of a batch, from 0 to 1: (picture, pixel)."""
        return self.pixels[places.to(self.pixels.device)]

    def told(self, path: Path) -> dict[str, Any]:
        """Return what a card says of the data; ``path``: their file."""
        counts = {part: len(pictures) for part, (pictures, _labels) in self.images.parts.items()}
        return {
            "images_a_batch": self.batch,
            "data": {self.images.name: {"sha256": checkpoints.sha256(path), "images": counts}},
            "shape": list(self.images.shape),
            "licence": {"weights": "CC BY-SA 4.0", "data": LICENCES[self.images.name]},
        }
