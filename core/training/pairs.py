"""What every training on the parallel data shares: its examples, its loss, and the course of it.

An epoch holds the pairs of the corpora and the written ones as often as their weights say, and a fresh sample of
template pairs, each in both directions. The course is `core.training.run`'s, with label smoothing and batches of
sentences of like length.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from core import checkpoints, device
from core.text.corpora import WRITTEN_WEIGHT, Pair, epoch_of, load_split
from core.text.lexicon import TEMPLATES
from core.text.templates import template_pairs
from core.text.tokenizer import DIRECTIONS, END, PAD, START, Tokenizer
from core.text.written import apart_from_lists, forbidden_keys, unseen, with_written, written_digest
from core.training.batches import batches
from core.training.card import card_of
from core.training.run import Run

LABEL_SMOOTHING = 0.1  # Vaswani et al. 2017, section 5.4
LONGEST = 96  # pieces; longer pairs are few and slow
TEMPLATES_AN_EPOCH = 12_000  # pairs

Example = tuple[list[int], list[int]]  # source ids, target ids from start to end token
Model = TypeVar("Model", bound=nn.Module)


def examples_of(pairs: Sequence[Pair], tokenizer: Tokenizer) -> dict[Pair, tuple[list[int], list[int]]]:
    """Return the pieces (English, Korean) of each pair that is short enough to train on."""
    texts = {pair: (tokenizer.encode(pair.english), tokenizer.encode(pair.korean)) for pair in pairs}
    return {pair: ids for pair, ids in texts.items() if max(map(len, ids)) <= LONGEST}


def both_directions(pieces: tuple[list[int], list[int]], tokenizer: Tokenizer) -> list[Example]:
    """Return a pair's two examples: English to Korean and Korean to English."""
    english, korean = pieces
    return [
        ([tokenizer.direction("en-ko"), *english, END], [START, *korean, END]),
        ([tokenizer.direction("ko-en"), *korean, END], [START, *english, END]),
    ]


def collate(batch: Sequence[Example], to: torch.device) -> tuple[Tensor, Tensor]:
    """Return padded source (batch, source) and target (batch, target) ids."""
    source = pad_sequence([torch.tensor(s) for s, _ in batch], batch_first=True, padding_value=PAD)
    target = pad_sequence([torch.tensor(t) for _, t in batch], batch_first=True, padding_value=PAD)
    return source.to(to), target.to(to)


def loss_of(model: nn.Module, source: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, int]:
    """Return the summed cross-entropy in nats of predicting each next token, and the number of tokens."""
    logits, _ = model(source, target[:, :-1])
    wanted = target[:, 1:]
    loss = F.cross_entropy(
        logits.flatten(0, 1), wanted.flatten(), ignore_index=PAD, label_smoothing=smoothing, reduction="sum"
    )
    return loss, int((wanted != PAD).sum())


@torch.inference_mode()
def dev_loss(model: nn.Module, groups: Sequence[Sequence[Example]]) -> float:
    """Return the mean cross-entropy in nats a token, without smoothing."""
    model.eval()
    total, count = 0.0, 0
    for group in groups:
        loss, tokens = loss_of(model, *collate(group, device.best()), smoothing=0.0)
        total, count = total + loss.item(), count + tokens
    model.train()
    return total / count


class Material:
    """What is learned from, and the development part that is scored."""

    def __init__(self, tokenizer: Tokenizer, arguments: argparse.Namespace) -> None:
        """``arguments``: ``data``, ``seed`` and ``tokens`` of `core.training.run.add_arguments`."""
        self.tokenizer = tokenizer
        self.seed: int = arguments.seed
        self.tokens: int = arguments.tokens
        parts = load_split(arguments.data)
        held_back = [*parts["dev"], *parts["test"]]
        self.forbidden = forbidden_keys(held_back)
        self.pieces = examples_of(with_written(parts["train"], held_back), tokenizer)
        dev = [
            e
            for ids in examples_of(parts["dev"], tokenizer).values()
            for e in both_directions(ids, tokenizer)
        ]
        self.dev = batches(dev, arguments.tokens, random.Random(0))

    def epoch(self, number: int) -> list[list[Example]]:
        """Return the batches of epoch ``number``, the same ones at every call."""
        rng = random.Random(f"{self.seed}/{number}")
        drawn = [self.pieces[pair] for pair in epoch_of(self.pieces, rng)]
        drawn.extend(examples_of(self.templates(number), self.tokenizer).values())
        examples = [e for pieces in drawn for e in both_directions(pieces, self.tokenizer)]
        return batches(examples, self.tokens, rng)

    def templates(self, number: int) -> list[Pair]:
        """Return the template pairs of epoch ``number``: no sentence held back, none near a listed one."""
        pairs = template_pairs(TEMPLATES_AN_EPOCH, self.seed * 1_000_003 + number)
        return apart_from_lists(unseen(pairs, self.forbidden))


class PairTraining(Generic[Model]):
    """A model that translates, what it learns from, and its run."""

    int8 = False  # whether its matrices are kept in whole numbers (`core.checkpoints.to_int8`)

    def __init__(
        self, name: str, make: Callable[[], Model], material: Material, arguments: argparse.Namespace
    ) -> None:
        """
        Args:
            name: what the card calls the model.
            make: builds it from torch's random numbers; it has a dataclass ``config``.
            arguments: what `core.training.run.add_arguments` adds, and ``out``, where the weights go.
        """
        self.name, self.make, self.material, self.arguments = name, make, material, arguments
        torch.manual_seed(arguments.seed)
        self.run = Run[list[Example]](make().to(device.best()), arguments)
        self.out: Path = arguments.out
        if arguments.resume:
            self.run.resume(self.out)

    def loss(self, group: list[Example]) -> tuple[Tensor, int]:
        """Return the summed, smoothed loss of a batch and its number of target tokens."""
        return loss_of(self.model, *collate(group, device.best()), LABEL_SMOOTHING)

    @property
    def model(self) -> Model:
        """The model in training."""
        return cast(Model, self.run.model)

    def train(self) -> None:
        """Train to ``--steps``, saving the state and the weights every ``--every`` steps."""
        self.run.train(self.material.epoch, self.loss, self.save)

    def save(self) -> None:
        """Score the averaged weights on the dev part, then write state, weights and card."""
        run = self.run
        averaged = self.make().to(device.best())
        averaged.load_state_dict(run.average.weights)
        run.progress["dev_loss"] = round(dev_loss(averaged, self.material.dev), 4)
        run.save()
        checkpoints.save(self.out, run.average.weights, self.card(), int8=self.int8)

    def card(self) -> dict[str, Any]:
        """Return the model card; `python -m core.evaluate … --write-card` adds BLEU and chrF."""
        common = card_of(self.run, cast(Any, self.model).config, self.material.tokenizer)
        own = {
            "written": {"weight": WRITTEN_WEIGHT, "sha256": written_digest()},
            "templates": {
                "pairs_an_epoch": TEMPLATES_AN_EPOCH,
                "sha256": checkpoints.sha256(TEMPLATES),
            },
        }
        return {
            "name": self.name,
            "task": "translation, " + " and ".join(DIRECTIONS),
            **common,
            "data": common["data"] | own,
            "longest": LONGEST,
            "label_smoothing": LABEL_SMOOTHING,
            "scores": {"dev_loss_nats_a_token": self.run.progress["dev_loss"]},
        }
