"""Pretraining of the sequence models that judge reviews: hidden pieces are guessed from the others.

No label is read. Devlin et al. 2019, section 3.1; more is hidden than there, which pays for small models (Wettig et al.
2023, section 3). The model's outputs go through one matrix to the embedding, which scores every piece; that matrix is
not kept.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core import device
from core.models.classifiers import EncoderClassifier, LstmClassifier
from core.sentiment import padded
from core.text.tokenizer import PAD
from core.training.batches import batches
from core.training.run import Run

HIDDEN = 0.35  # of the pieces
RATE, WARMUP, DECAY, EVERY = 1.5e-3, 500, 0.4, 1000
Ids = list[list[int]]  # an example has one side


class Guesser(nn.Module):
    """A classifier that says which pieces are hidden."""

    def __init__(self, classifier: LstmClassifier | EncoderClassifier) -> None:
        super().__init__()
        self.classifier = classifier
        # It judges nothing yet: a layer that no step changes would have no state to be kept.
        self.classifier.output = nn.Identity()  # type: ignore[assignment]
        self.transform = nn.Linear(classifier.width, classifier.config.d_model)

    def forward(self, ids: Tensor, hidden: Tensor) -> Tensor:
        """Return the logits (hidden piece, vocabulary) at ``hidden`` (batch, token) of ids (batch, token)."""
        x = self.classifier.outputs(self.classifier.vectors(ids), ids)
        return self.classifier.logits(self.transform(x[hidden]))


def hide(ids: Tensor, mask: int, vocabulary: int) -> tuple[Tensor, Tensor]:
    """Return ids (batch, token) with a share `HIDDEN` hidden, and where (batch, token).

    Of ten hidden pieces one is another piece by chance and one is itself: so every piece must be doubted.
    """
    hidden = (torch.rand(ids.shape) < HIDDEN) & (ids != PAD)
    drawn = torch.rand(ids.shape)
    other = torch.randint(vocabulary, ids.shape)
    put = torch.where(drawn < 0.8, mask, torch.where(drawn < 0.9, other, ids))
    return torch.where(hidden, put, ids), hidden


class Pretraining:
    """The pretraining of one model, and its run; ``arguments``: those of the training that follows."""

    def __init__(
        self,
        classifier: LstmClassifier | EncoderClassifier,
        arguments: argparse.Namespace,
        train: Sequence[list[int]],
        dev: Sequence[list[int]],
        mask: int,
    ) -> None:
        """``train`` and ``dev``: the ids of texts."""
        own = {
            "run": arguments.run.with_name(f"{arguments.run.name}-masked"), "steps": arguments.pretrain,
            "rate": RATE, "warmup": WARMUP, "decay": DECAY, "every": EVERY,
        }  # fmt: skip
        self.arguments = argparse.Namespace(**{**vars(arguments), **own})
        self.examples: list[Ids] = [[ids] for ids in train]
        self.dev = batches([[ids] for ids in dev], arguments.tokens, random.Random(0))
        self.mask, self.vocabulary = mask, classifier.config.vocabulary
        self.model = Guesser(classifier).to(device.best())
        self.run = Run[list[Ids]](self.model, self.arguments)
        if arguments.resume:
            self.run.resume()

    def epoch(self, number: int) -> list[list[Ids]]:
        """Return the batches of epoch ``number``, the same ones at every call."""
        return batches(self.examples, self.arguments.tokens, random.Random(f"{self.arguments.seed}/{number}"))

    def loss(self, group: Sequence[Ids]) -> tuple[Tensor, int]:
        """Return the summed cross-entropy of a batch's hidden pieces in nats, and how many they are."""
        ids = padded([ids for (ids,) in group])
        put, hidden = hide(ids, self.mask, self.vocabulary)
        if not hidden.any():
            hidden[:, 0] = True  # a batch of a few short texts may have none; one step needs one
        logits = self.model(put.to(device.best()), hidden)
        return F.cross_entropy(logits.float(), ids[hidden].to(logits.device), reduction="sum"), int(
            hidden.sum()
        )

    @torch.inference_mode()
    def dev_loss(self) -> float:
        """Return the mean cross-entropy of the present weights in nats a hidden piece, the same ones every time."""
        self.model.eval()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            sums = [(float(loss), count) for loss, count in map(self.loss, self.dev)]
        self.model.train()
        return round(sum(loss for loss, _ in sums) / sum(count for _, count in sums), 4)

    def save(self) -> None:
        """Note the development loss and write the state."""
        self.run.progress["dev_loss"] = self.dev_loss()
        self.run.save()

    def weights(self) -> dict[str, Tensor]:
        """Pretrain to the end; return the classifier's averaged weights, its output layer's excepted."""
        self.run.train(self.epoch, self.loss, self.save)
        own = "classifier."
        found = self.run.average.weights
        return {name.removeprefix(own): weight for name, weight in found.items() if name.startswith(own)}

    def told(self) -> dict[str, Any]:
        """Return what a card says of it."""
        progress = self.run.progress
        return {
            "task": "guess hidden pieces",
            "hidden": HIDDEN,
            "steps": progress["step"],
            "epochs": progress["epoch"],
            "seconds": round(progress["seconds"]),
            "dev_nats": progress["dev_loss"],
        }
