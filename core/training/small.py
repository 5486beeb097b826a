"""Train the small language models: five that fill blanks, told apart by their positions, and two that go on.

    python -m core.training.small --data FOLDER [--only blank-none …] [--resume]

All have the same blocks, data, seed and steps, so that what the five score differs by their positions alone, and what
``next`` and ``next-unmasked`` score by the causal mask alone. For the five, a piece in seven is a blank (Devlin et
al. 2019, section 3.1, take 15 % and leave some as they are; here every one is blanked). Checkpoints go to
``runs/small/NAME``; a file ``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from core import checkpoints, device
from core.models.language import LanguageModel
from core.models.transformer import TransformerConfig
from core.small import LONGEST, MASKED, NAMES, SMALL_TOKENIZER, UNMASKED, load_small, path_of
from core.text.corpora import Pair, add_data_argument, epoch_of, load_split
from core.text.tokenizer import BLANK, END, PAD, START, Tokenizer
from core.training.batches import batches
from core.training.card import card_of
from core.training.run import Run, add_arguments, configure

BLANKED = 0.15
SCORED_TOGETHER = 3000  # padded tokens a batch: which pieces are hidden depends on it
Sentence = tuple[list[int]]  # one side: a text alone
TASKS = {  # (goes on, causal): what the card says
    (False, False): "the piece behind a blank",
    (True, True): "the next piece",
    (True, False): "the next piece, without a causal mask: each place sees what it is to say",
}


def config_of(name: str, vocabulary: int, dropout: float = 0.0) -> TransformerConfig:
    """Return the configuration of one of `core.small.NAMES`."""
    goes_on = name in (MASKED, UNMASKED)
    return TransformerConfig(
        vocabulary=vocabulary,
        d_model=96,
        heads=4,
        encoder_layers=0 if goes_on else 2,
        decoder_layers=2 if goes_on else 0,
        d_hidden=384,
        dropout=dropout,
        positions="sinusoidal" if goes_on else name.removeprefix("blank-"),
        longest=LONGEST,
        causal_mask=name != UNMASKED,
    )


def sentences_of(pairs: Sequence[Pair], tokenizer: Tokenizer) -> dict[Pair, list[Sentence]]:
    """Return both sides of each pair as sentences of their own, too long ones left out."""
    texts = {pair: (tokenizer.encode(pair.english), tokenizer.encode(pair.korean)) for pair in pairs}
    return {pair: [(ids,) for ids in sides if 1 < len(ids) < LONGEST] for pair, sides in texts.items()}


def collate(batch: Sequence[Sentence]) -> Tensor:
    """Return padded ids (batch, token)."""
    return pad_sequence([torch.tensor(ids) for (ids,) in batch], batch_first=True, padding_value=PAD)


def blanked(ids: Tensor, blank: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return ``ids`` (batch, token) with blanks, and where they are (batch, token): at least one a sentence."""
    draw = torch.rand(ids.shape, generator=generator).masked_fill(ids == PAD, 2.0)
    hidden = (draw < BLANKED) | (draw == draw.min(1, keepdim=True).values)
    return ids.masked_fill(hidden, blank), hidden


def blank_loss(model: LanguageModel, ids: Tensor, hidden: Tensor, wanted: Tensor) -> tuple[Tensor, int, int]:
    """Return the summed cross-entropy in nats of the hidden pieces, how many there are, and how many are right."""
    x, _ = model.read(ids)
    logits, wanted = model.logits(x[hidden]), wanted[hidden]
    right = int((logits.argmax(-1) == wanted).sum())
    return F.cross_entropy(logits, wanted, reduction="sum"), len(wanted), right


def next_loss(model: LanguageModel, ids: Tensor) -> tuple[Tensor, int, int]:
    """Return the summed cross-entropy in nats of each next piece, the end token included, and the counts."""
    inputs = F.pad(ids, (1, 0), value=START)
    wanted = F.pad(ids, (0, 1), value=PAD)
    wanted[torch.arange(len(ids)), (ids != PAD).sum(1)] = END
    kept = wanted != PAD
    x, _ = model.read(inputs)
    logits, wanted = model.logits(x[kept]), wanted[kept]
    right = int((logits.argmax(-1) == wanted).sum())
    return F.cross_entropy(logits, wanted, reduction="sum"), len(wanted), right


def losses(model: LanguageModel, group: Sequence[Sentence], blank: int, seed: int) -> tuple[Tensor, int, int]:
    """Return the loss, the number of guesses and of right ones; the same ``seed`` hides the same pieces."""
    wanted = collate(group)
    if model.goes_on:
        return next_loss(model, wanted.to(device.best()))
    ids, hidden = blanked(wanted, blank, torch.Generator().manual_seed(seed))
    return blank_loss(model, ids.to(device.best()), hidden.to(device.best()), wanted.to(device.best()))


def held_back(pairs: Sequence[Pair], tokenizer: Tokenizer) -> list[Sentence]:
    """Return the sentences of held-back pairs, both languages."""
    return [sentence for sides in sentences_of(pairs, tokenizer).values() for sentence in sides]


@torch.inference_mode()
def score(
    model: LanguageModel, sentences: list[Sentence], blank: int, shuffled: bool = False
) -> dict[str, float]:
    """Return nats a guess, perplexity and the share of right guesses.

    ``shuffled``: the same sentences with their pieces in another order.
    """
    rng = random.Random(0)
    groups = batches(sentences, SCORED_TOGETHER, rng)
    if shuffled:
        groups = [[(rng.sample(ids, len(ids)),) for (ids,) in group] for group in groups]
    total, guesses, right = 0.0, 0, 0
    for seed, group in enumerate(groups):
        loss, count, hits = losses(model, group, blank, seed)
        total, guesses, right = total + loss.item(), guesses + count, right + hits
    mean = total / guesses
    return {
        "nats": round(mean, 4),
        "perplexity": round(math.exp(mean), 2),
        "right": round(right / guesses, 4),
        "guesses": guesses,
    }


def scores_of(
    model: LanguageModel, sentences: dict[str, list[Sentence]], blank: int
) -> dict[str, dict[str, float]]:
    """Return the scores of a model's card: on the development and test sentences, and on the test's shuffled."""
    return {
        "dev": score(model, sentences["dev"], blank),
        "test": score(model, sentences["test"], blank),
        "test, pieces shuffled": score(model, sentences["test"], blank, shuffled=True),
    }


class Training:
    """One of the small models, what it learns from, and its run."""

    def __init__(self, name: str, arguments: argparse.Namespace, parts: dict[str, list[Pair]]) -> None:
        self.name = name
        self.arguments = argparse.Namespace(**{**vars(arguments), "run": arguments.run / name})
        self.tokenizer = Tokenizer(SMALL_TOKENIZER)
        self.blank = self.tokenizer.id_of(BLANK)
        self.sentences = sentences_of(parts["train"], self.tokenizer)
        self.held_back = {part: held_back(parts[part], self.tokenizer) for part in ("dev", "test")}
        torch.manual_seed(arguments.seed)
        self.config = config_of(name, len(self.tokenizer), arguments.dropout)
        self.model = LanguageModel(self.config).to(device.best())
        self.run = Run[list[Sentence]](self.model, self.arguments)
        if arguments.resume:
            self.run.resume()

    def epoch(self, number: int) -> list[list[Sentence]]:
        """Return the batches of epoch ``number``, the same ones at every call."""
        rng = random.Random(f"{self.arguments.seed}/{number}")
        sentences = [s for pair in epoch_of(self.sentences, rng) for s in self.sentences[pair]]
        return batches(sentences, self.arguments.tokens, rng)

    def loss(self, group: list[Sentence]) -> tuple[Tensor, int]:
        """Return the loss of a training batch and the number of its guesses."""
        seed = self.arguments.seed * 1_000_003 + self.run.progress["step"]
        return losses(self.model, group, self.blank, seed)[:2]

    def save(self) -> None:
        """Score the averaged weights, then write state, weights and card; the card's scores are the kept weights'."""
        run = self.run
        averaged = LanguageModel(self.config).to(device.best()).eval()
        averaged.load_state_dict(run.average.weights)
        run.progress["dev_loss"] = score(averaged, self.held_back["dev"], self.blank)["nats"]
        run.save()
        checkpoints.save(path_of(self.name), run.average.weights, self.card(), int8=True)
        kept = load_small(self.name, path_of(self.name)).model
        for part, found in scores_of(kept, self.held_back, self.blank).items():
            if part == "dev" or run.progress["step"] == self.arguments.steps:
                checkpoints.add_scores(path_of(self.name), part, found)

    def card(self) -> dict[str, Any]:
        """Return the model card without scores."""
        return {
            "name": f"small, {self.name}",
            "task": TASKS[self.model.goes_on, self.model.causal],
            **card_of(self.run, self.config, self.tokenizer),
        }


def main() -> None:
    """Parse the command line and train one model after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    add_arguments(parser, steps=2000, tokens=3000, run="runs/small")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.set_defaults(rate=3e-3, warmup=300, dropout=0.0, every=500)
    arguments = parser.parse_args()
    configure(arguments.threads)
    parts = load_split(arguments.data)
    for name in arguments.only:
        print(name, flush=True)
        training = Training(name, arguments, parts)
        training.run.train(training.epoch, training.loss, training.save)


if __name__ == "__main__":
    main()
