"""Train the classifiers of pictures: digits, clothes, Hangul syllables.

    python -m core.training.classifier --data FOLDER [--only digits …] [--resume]

In training a picture is moved by up to two pixels. The weights that are kept are the averaged ones with the best loss
so far on the development pictures; the card has their accuracy on the test. Checkpoints go to ``runs/classifier/NAME``.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from core import checkpoints, device
from core.classifier import NAMES, load_classifier, path_of
from core.images import Images, as_shares, file_of, load_images
from core.models.dense import DenseClassifier, DenseConfig
from core.text.corpora import add_data_argument
from core.training.card import facts_of
from core.training.pictures import Pictures
from core.training.run import Run, add_arguments, configure

MOVED = 2  # pixels, at most


class Training:
    """One classifier, what it learns from, and its run."""

    def __init__(self, arguments: argparse.Namespace, images: Images, out: Path | None = None) -> None:
        """``out``: where the weights go, if not to the shipped ones."""
        self.arguments = argparse.Namespace(**{**vars(arguments), "run": arguments.run / images.name})
        self.images, self.out = images, out or path_of(images.name)
        self.pictures = Pictures(images, arguments.images, arguments.seed)
        self.labels = torch.from_numpy(images.parts["train"][1]).long().to(device.best())
        self.config = DenseConfig(pixels=self.pictures.pixels.shape[1], classes=len(images.classes))
        torch.manual_seed(arguments.seed)
        self.model = DenseClassifier(self.config).to(device.best())
        self.run = Run[Tensor](self.model, self.arguments)
        if arguments.resume:
            self.run.resume(self.out)

    def loss(self, places: Tensor) -> tuple[Tensor, int]:
        """Return the summed cross-entropy of a batch in nats, and its number of pictures."""
        logits = self.model(moved(self.pictures.of(places), self.images.shape))
        wanted = self.labels[places.to(self.labels.device)]
        return F.cross_entropy(logits.float(), wanted, reduction="sum"), len(places)

    @torch.inference_mode()
    def dev_loss(self, model: DenseClassifier) -> float:
        """Return the mean cross-entropy on the development pictures."""
        pictures, labels = self.images.parts["dev"]
        logits = model.eval()(torch.from_numpy(as_shares(pictures)).to(device.best()))
        return round(float(F.cross_entropy(logits, torch.from_numpy(labels).long().to(logits.device))), 5)

    def save(self) -> bool:
        """Score the averaged weights; write the state, and weights and card if they are the best so far.

        Returns:
            False: the steps decide when it ends.
        """
        averaged = DenseClassifier(self.config).to(device.best())
        averaged.load_state_dict(self.run.average.weights)
        better = self.run.is_best(self.dev_loss(averaged))
        self.run.save()
        if better:
            checkpoints.save(self.out, self.run.average.weights, self.card(), int8=True)
            kept = load_classifier(self.images.name, self.out)
            for part in ("dev", "test"):
                pictures, labels = self.images.parts[part]
                found = {"images": len(labels), "accuracy": kept.accuracy(as_shares(pictures), labels)}
                checkpoints.add_scores(self.out, part, found)
        return False

    def card(self) -> dict[str, Any]:
        """Return the model card without scores."""
        return {
            "name": f"classifier, {self.images.name}",
            "task": "what a picture shows",
            "classes": list(self.images.classes),
            **facts_of(self.run, self.config),
            **self.pictures.told(file_of(self.arguments.data, self.images.name)),
        }


def moved(pixels: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return pictures, each moved by up to `MOVED` pixels along both axes: (picture, pixel)."""
    height, width = shape
    padded = F.pad(pixels.view(-1, height, width), (MOVED,) * 4)
    rows = torch.arange(height) + torch.randint(2 * MOVED + 1, (len(pixels), 1))
    columns = torch.arange(width) + torch.randint(2 * MOVED + 1, (len(pixels), 1))
    each = torch.arange(len(pixels))[:, None, None]
    return padded[each, rows[:, :, None], columns[:, None, :]].flatten(1)


def main() -> None:
    """Parse the command line and train one classifier after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    add_arguments(parser, steps=8000, images=256, run="runs/classifier")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.set_defaults(rate=2e-3, warmup=200, decay=0.6, every=1000)
    arguments = parser.parse_args()
    configure(arguments.threads)
    for name in arguments.only:
        print(name, flush=True)
        training = Training(arguments, load_images(arguments.data, name))
        training.run.train(training.pictures.epoch, training.loss, training.save)


if __name__ == "__main__":
    main()
