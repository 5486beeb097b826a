"""Train the Korean ⇄ English translator, both directions in one model.

    python -m core.training.translation --data FOLDER --steps 12000 [--resume]

An epoch holds the pairs of the corpora and the written ones as often as their weights say, and a fresh sample of
template pairs. The course of it is `core.training.run`'s, with label smoothing and batches of sentences of like length.
Checkpoints go to ``runs/translation``; a file ``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from core import checkpoints, device
from core.models.transformer import Transformer, TransformerConfig
from core.text.corpora import WRITTEN_WEIGHT, Pair, add_data_argument, epoch_of, load_split
from core.text.lexicon import TEMPLATES
from core.text.templates import template_pairs
from core.text.tokenizer import DIRECTIONS, END, PAD, START, Tokenizer
from core.text.written import WRITTEN, apart_from_lists, forbidden_keys, unseen, with_written
from core.training.batches import batches
from core.training.card import card_of
from core.training.run import Run, add_arguments, configure
from core.training.state import Average
from core.translator import TOKENIZER, TRANSLATOR

LABEL_SMOOTHING = 0.1  # Vaswani et al. 2017, section 5.4
LONGEST = 96  # pieces; longer pairs are few and slow
TEMPLATES_AN_EPOCH = 12_000  # pairs

Example = tuple[list[int], list[int]]  # source ids, target ids from start to end token


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


def loss_of(model: Transformer, source: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, int]:
    """Return the summed cross-entropy in nats of predicting each next token, and the number of tokens."""
    logits, _ = model(source, target[:, :-1])
    wanted = target[:, 1:]
    loss = F.cross_entropy(
        logits.flatten(0, 1), wanted.flatten(), ignore_index=PAD, label_smoothing=smoothing, reduction="sum"
    )
    return loss, int((wanted != PAD).sum())


@torch.inference_mode()
def dev_loss(model: Transformer, groups: Sequence[Sequence[Example]]) -> float:
    """Return the mean cross-entropy in nats a token, without smoothing."""
    model.eval()
    total, count = 0.0, 0
    for group in groups:
        loss, tokens = loss_of(model, *collate(group, device.best()), smoothing=0.0)
        total, count = total + loss.item(), count + tokens
    model.train()
    return total / count


class Training:
    """The translator, what it learns from, and its run."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.tokenizer = Tokenizer(TOKENIZER)
        parts = load_split(arguments.data)
        held_back = [*parts["dev"], *parts["test"]]
        self.forbidden = forbidden_keys(held_back)
        train = with_written(parts["train"], held_back)
        self.pieces = examples_of(train, self.tokenizer)
        dev = [
            e
            for ids in examples_of(parts["dev"], self.tokenizer).values()
            for e in both_directions(ids, self.tokenizer)
        ]
        self.dev = batches(dev, arguments.tokens, random.Random(0))
        torch.manual_seed(arguments.seed)
        self.config = TransformerConfig(vocabulary=len(self.tokenizer), dropout=arguments.dropout)
        self.run = Run[list[Example]](Transformer(self.config).to(device.best()), arguments)
        if arguments.resume and not self.run.resume() and TRANSLATOR.exists():
            self._begin_from_shipped()

    def _begin_from_shipped(self) -> None:
        """Go on from the weights that the project ships: the run's folder is gone."""
        run = self.run
        weights, card = checkpoints.load(TRANSLATOR)
        run.model.load_state_dict({name: t.to(device.best()) for name, t in weights.items()})
        run.average = Average(run.model)
        run.progress.update(
            step=card["steps"], begun=card["steps"], epoch=card["epochs"] + 1, seconds=card["seconds"]
        )

    def epoch(self, number: int) -> list[list[Example]]:
        """Return the batches of epoch ``number``, the same ones at every call."""
        rng = random.Random(f"{self.arguments.seed}/{number}")
        drawn = [self.pieces[pair] for pair in epoch_of(self.pieces, rng)]
        drawn.extend(examples_of(self.templates(number), self.tokenizer).values())
        examples = [e for pieces in drawn for e in both_directions(pieces, self.tokenizer)]
        return batches(examples, self.arguments.tokens, rng)

    def templates(self, number: int) -> list[Pair]:
        """Return the template pairs of epoch ``number``: no sentence held back, none near a listed one."""
        seed = self.arguments.seed * 1_000_003 + number
        pairs = template_pairs(TEMPLATES_AN_EPOCH, seed)
        return apart_from_lists(unseen(pairs, self.forbidden))

    def loss(self, group: list[Example]) -> tuple[Tensor, int]:
        """Return the summed, smoothed loss of a batch and its number of target tokens."""
        return loss_of(self.model, *collate(group, device.best()), LABEL_SMOOTHING)

    @property
    def model(self) -> Transformer:
        """The model in training."""
        return cast(Transformer, self.run.model)

    def train(self) -> None:
        """Train to ``--steps``, saving the state and the shipped weights every ``--every`` steps."""
        self.run.train(self.epoch, self.loss, self.save)

    def save(self) -> None:
        """Score the averaged weights on the dev part, then write state, weights and card."""
        run = self.run
        averaged = Transformer(self.config).to(device.best())
        averaged.load_state_dict(run.average.weights)
        run.progress["dev_loss"] = round(dev_loss(averaged, self.dev), 4)
        run.save()
        checkpoints.save(self.arguments.out, run.average.weights, self.card())

    def card(self) -> dict[str, Any]:
        """Return the model card; `python -m core.evaluate translation --write-card` adds BLEU and chrF."""
        common = card_of(self.run, self.config, self.tokenizer)
        own = {
            "written": {"weight": WRITTEN_WEIGHT, "sha256": checkpoints.sha256(WRITTEN)},
            "templates": {
                "pairs_an_epoch": TEMPLATES_AN_EPOCH,
                "sha256": checkpoints.sha256(TEMPLATES),
            },
        }
        return {
            "name": "translator",
            "task": "translation, " + " and ".join(DIRECTIONS),
            **common,
            "data": common["data"] | own,
            "label_smoothing": LABEL_SMOOTHING,
            "scores": {"dev_loss_nats_a_token": self.run.progress["dev_loss"]},
        }


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    add_arguments(parser, steps=12_000, tokens=2_000, run="runs/translation")
    parser.add_argument("--out", type=Path, default=TRANSLATOR)
    arguments = parser.parse_args()
    configure(arguments.threads)
    Training(arguments).train()


if __name__ == "__main__":
    main()
