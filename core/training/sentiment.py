"""Train the sequence models that judge reviews: an LSTM, and a Transformer encoder without and with positions.

    python -m core.training.sentiment --data FOLDER --language ko|en [--only lstm …] [--pretrain STEPS] [--resume]

All of a language have the same reviews, batches, seed and steps. Before they see a label they guess hidden pieces
of the same reviews (`core.training.masked`). In training a piece in ten is hidden, another one at
every step: a model must not lean on one word (Iyyer et al. 2015, section 3.1, leave words out), and it learns what a
hidden piece is (`core.attribution`). The weights that are kept are those with the best
development loss so far; after ``--patience`` checkpoints without a better one the training stops. Checkpoints go to
``runs/sentiment/LANGUAGE-KIND``; a file ``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from core import checkpoints, device
from core.models.classifiers import EncoderClassifier, LstmClassifier, LstmConfig
from core.models.transformer import TransformerConfig
from core.sentiment import LONGEST, MASK, SEQUENCES, load_judge, padded, path_of, tokenizer_of
from core.sentiment_table import scores_of
from core.text.corpora import add_data_argument
from core.text.reviews import LANGUAGES, Review, load_reviews
from core.text.tokenizer import PAD, Tokenizer
from core.training.batches import batches
from core.training.card import course_of
from core.training.masked import Pretraining
from core.training.reviews import data_of
from core.training.run import STATE, Run, add_arguments, configure

HIDDEN = 0.1
PRETRAINING_DROPOUT = 0.1
WIDTHS = {"ko": 128, "en": 64}  # d_model: there are eight times as many Korean reviews
Example = tuple[list[int], list[int]]  # a review's ids, and its label


def config_of(
    kind: str, vocabulary: int, dropout: float, d_model: int = 128
) -> LstmConfig | TransformerConfig:
    """Return the sizes of one of `core.sentiment.SEQUENCES`."""
    if kind == "lstm":
        return LstmConfig(vocabulary=vocabulary, d_model=d_model, hidden=d_model, dropout=dropout)
    return TransformerConfig(
        vocabulary=vocabulary,
        d_model=d_model,
        heads=4,
        encoder_layers=2,
        decoder_layers=0,
        d_hidden=4 * d_model,
        dropout=dropout,
        positions="none" if kind == "encoder-none" else "sinusoidal",
        longest=LONGEST,
    )


def make(config: LstmConfig | TransformerConfig) -> LstmClassifier | EncoderClassifier:
    """Return a model of these sizes, its weights drawn at random."""
    return LstmClassifier(config) if isinstance(config, LstmConfig) else EncoderClassifier(config)


def examples_of(reviews: Sequence[Review], tokenizer: Tokenizer) -> list[Example]:
    """Return reviews as a model reads them, those without a piece left out."""
    pieces = ((tokenizer.encode(review.text)[:LONGEST], int(review.positive)) for review in reviews)
    return [(ids, [label]) for ids, label in pieces if ids]


def loss_of(
    model: LstmClassifier | EncoderClassifier, group: Sequence[Example], mask: int | None = None
) -> tuple[Tensor, int]:
    """Return the summed cross-entropy of a batch in nats, and how many reviews it has.

    ``mask`` stands for a share `HIDDEN` of the pieces, drawn by torch.
    """
    ids = padded([ids for ids, _ in group])
    if mask is not None:
        ids = torch.where((torch.rand(ids.shape) < HIDDEN) & (ids != PAD), mask, ids)
    logits = model(ids.to(device.best()))
    wanted = torch.tensor([label for _, (label,) in group], device=logits.device, dtype=logits.dtype)
    return F.binary_cross_entropy_with_logits(logits, wanted, reduction="sum"), len(group)


def pretrained(
    config: LstmConfig | TransformerConfig,
    arguments: argparse.Namespace,
    parts: dict[str, list[Review]],
    tokenizer: Tokenizer,
) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Return the weights of a model that has learned to guess hidden pieces, and what a card says of it."""
    texts = {part: [ids for ids, _ in examples_of(parts[part], tokenizer)] for part in ("train", "dev")}
    # Less is left out than in the training that follows: more than a third of the pieces is hidden already.
    model = make(dataclasses.replace(config, dropout=PRETRAINING_DROPOUT))
    pretraining = Pretraining(model, arguments, texts["train"], texts["dev"], tokenizer.id_of(MASK))
    return pretraining.weights(), pretraining.told()


class Training:
    """One sequence model, what it learns from, and its run."""

    def __init__(
        self,
        kind: str,
        arguments: argparse.Namespace,
        parts: dict[str, list[Review]],
        tokenizer: Tokenizer,
        out: Path | None = None,
        begin: dict[str, Tensor] | None = None,
    ) -> None:
        """``out``: where the weights go, if not to the shipped ones; ``begin``: weights of a `pretrained` model."""
        self.kind, self.language, self.parts, self.tokenizer = kind, arguments.language, parts, tokenizer
        self.out = out or path_of(self.language, kind)
        self.arguments = argparse.Namespace(
            **{**vars(arguments), "run": arguments.run / f"{arguments.language}-{kind}"}
        )
        self.examples = examples_of(parts["train"], tokenizer)
        self.dev = batches(examples_of(parts["dev"], tokenizer), arguments.tokens, random.Random(0))
        torch.manual_seed(arguments.seed)
        self.config = config_of(kind, len(tokenizer), arguments.dropout, WIDTHS[self.language])
        self.model = make(self.config).to(device.best())
        told: dict[str, Any] = {}
        if arguments.pretrain and not self.resumes():
            begin, told = pretrained(self.config, self.arguments, parts, tokenizer)
        if begin is not None:
            lacking = self.model.load_state_dict(begin, strict=False)
            assert all(
                name.startswith("output.") for name in (*lacking.missing_keys, *lacking.unexpected_keys)
            )
        self.run = Run[list[Example]](self.model, self.arguments)
        if arguments.resume:
            self.run.resume(self.out)
            if not told and self.out.exists():
                told = checkpoints.read_card(self.out).get("pretraining", {})
        self.pretraining = told

    def resumes(self) -> bool:
        """Whether there is a state to go on from, or weights: both have been pretrained."""
        return self.arguments.resume and ((self.arguments.run / STATE).exists() or self.out.exists())

    def epoch(self, number: int) -> list[list[Example]]:
        """Return the batches of epoch ``number``, the same ones at every call."""
        return batches(self.examples, self.arguments.tokens, random.Random(f"{self.arguments.seed}/{number}"))

    def loss(self, group: list[Example]) -> tuple[Tensor, int]:
        """Return the loss of a training batch and its number of reviews."""
        return loss_of(self.model, group, self.tokenizer.id_of(MASK))

    @torch.inference_mode()
    def dev_loss(self, model: LstmClassifier | EncoderClassifier) -> float:
        """Return the mean cross-entropy on the development reviews."""
        total = sum(float(loss_of(model, group)[0]) for group in self.dev)
        return round(total / sum(map(len, self.dev)), 4)

    def save(self) -> bool:
        """Score the averaged weights; write the state, and weights and card if they are the best so far.

        Returns:
            Whether the patience is at its end.
        """
        run, progress = self.run, self.run.progress
        averaged = make(self.config).to(device.best()).eval()
        averaged.load_state_dict(run.average.weights)
        loss = self.dev_loss(averaged)
        better = run.is_best(loss)
        run.save()
        if better:
            checkpoints.save(self.out, run.average.weights, self.card(), int8=True)
            # Of the weights as they are kept, not as they were trained.
            kept = load_judge(self.language, self.kind, self.out, self.tokenizer.path)
            checkpoints.add_scores(
                self.out, "dev", {"nats_as_trained": loss, **scores_of(kept, self.parts["dev"])}
            )
        return bool(progress["waited"] >= self.arguments.patience)

    def card(self) -> dict[str, Any]:
        """Return the model card without scores; ``core.evaluate sentiment … --write-card`` adds those of the test."""
        return {
            "name": f"sentiment, {self.language}, {self.kind}",
            "task": "pleasant or not",
            "kind": self.kind,
            **course_of(self.run, self.config, self.tokenizer),
            "pretraining": self.pretraining,
            **data_of(self.arguments.data, self.language, self.parts),
        }


def main() -> None:
    """Parse the command line and train one model after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    add_arguments(parser, steps=8000, tokens=2000, run="runs/sentiment")
    parser.add_argument("--language", choices=LANGUAGES, required=True)
    parser.add_argument("--only", nargs="+", choices=SEQUENCES, default=SEQUENCES)
    parser.add_argument("--pretrain", type=int, default=12_000, help="steps of guessing hidden pieces")
    parser.add_argument("--patience", type=int, default=8, help="checkpoints without a better dev loss")
    parser.set_defaults(rate=5e-4, warmup=200, decay=0.5, dropout=0.2)
    arguments = parser.parse_args()
    configure(arguments.threads)
    parts = load_reviews(arguments.data, arguments.language)
    for kind in arguments.only:
        print(kind, flush=True)
        training = Training(kind, arguments, parts, Tokenizer(tokenizer_of(arguments.language)))
        training.run.train(training.epoch, training.loss, training.save)


if __name__ == "__main__":
    main()
