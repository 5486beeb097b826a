"""Train the two language models, one English and one Korean.

    python -m core.training.language --data FOLDER --language en [--resume]

Documents follow one another, each between a start and an end token, and are cut into blocks of `CONTEXT` pieces. The
weights that are kept, in int8, are those with the best dev loss so far, each text weighing what it does in training;
after ``--patience`` checkpoints without a better one the training stops. Checkpoints go to
``runs/language/LANGUAGE``; a file ``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core import checkpoints, device
from core.language import CONTEXT, path_of, tokenizer_of
from core.language_scores import held_back, next_losses, score
from core.models.language import LanguageModel
from core.models.transformer import TransformerConfig
from core.text.corpora import add_data_argument
from core.text.texts import LANGUAGES, WEIGHTS, Document, epoch_of, load_documents, split_documents, weight_of
from core.text.tokenizer import END, START, Tokenizer
from core.training.card import course_of
from core.training.run import Run, add_arguments, configure

SIZES = {
    "en": TransformerConfig(
        d_model=256, heads=8, encoder_layers=0, decoder_layers=5, d_hidden=1024, longest=CONTEXT
    ),
    "ko": TransformerConfig(
        d_model=192, heads=6, encoder_layers=0, decoder_layers=5, d_hidden=768, longest=CONTEXT
    ),
}
LICENCES = {
    "en": "CDLA-Sharing-1.0, CC BY, public domain; see docs/data.md",
    "ko": "CC BY-SA 4.0, CC BY-SA 2.0 KR, CC BY, MIT and those of the parallel sets; see docs/data.md",
}


def blocks_of(sequences: Sequence[Sequence[int]], length: int) -> Tensor:
    """Return all sequences, one behind the other, as (block, length + 1); a rest that fills no block is left out.

    Neighbours share a piece: the last one to be said is the first one that the next block reads.
    """
    pieces = torch.tensor([piece for ids in sequences for piece in ids])
    return pieces.unfold(0, length + 1, length)


def mixed(scores: Mapping[str, Mapping[str, float]], language: str) -> float:
    """Return the nats a piece of scores by source (`score`), each source weighing what it weighs in training."""
    shares = {
        source: weight_of(source, language) * row["pieces"]
        for source, row in scores.items()
        if source != "all"
    }
    whole = sum(share * scores[source]["nats"] for source, share in shares.items())
    return round(whole / sum(shares.values()), 4)


class Training:
    """A language's model, what it learns from, and its run."""

    def __init__(
        self, language: str, arguments: argparse.Namespace, parts: dict[str, list[Document]]
    ) -> None:
        self.language = language
        self.arguments = argparse.Namespace(**{**vars(arguments), "run": arguments.run / language})
        self.tokenizer = Tokenizer(tokenizer_of(language))
        self.pieces = {document: self._ids(document) for document in parts["train"]}
        self.dev = held_back(parts["dev"], self.tokenizer)
        torch.manual_seed(arguments.seed)
        self.config = dataclasses.replace(
            SIZES[language], vocabulary=len(self.tokenizer), dropout=arguments.dropout
        )
        self.model = LanguageModel(self.config).to(device.best())
        self.run = Run[Tensor](self.model, self.arguments)
        if arguments.resume:
            self.run.resume(path_of(language))
            if "begun" in self.run.progress:  # what is shipped is replaced by better weights alone
                shipped = checkpoints.load(path_of(language))[1]["scores"]["dev"]["nats_as_trained"]
                self.run.progress.setdefault("best", shipped)

    def _ids(self, document: Document) -> list[int]:
        return [START, *self.tokenizer.encode(document.text), END]

    def epoch(self, number: int) -> list[Tensor]:
        """Return the batches (block, length + 1) of epoch ``number``, the same ones at every call."""
        rng = random.Random(f"{self.arguments.seed}/{number}")
        drawn = [self.pieces[document] for document in epoch_of(self.pieces, self.language, rng)]
        blocks = blocks_of(drawn, CONTEXT)
        order = torch.randperm(len(blocks), generator=torch.Generator().manual_seed(rng.getrandbits(32)))
        return list(blocks[order].split(max(1, self.arguments.tokens // CONTEXT)))

    def loss(self, blocks: Tensor) -> tuple[Tensor, int]:
        """Return the summed loss of a batch and how many pieces were to be said."""
        nats, kept = next_losses(self.model, blocks.to(device.best()))
        return nats[kept].sum(), int(kept.sum())

    def save(self) -> bool:
        """Score the averaged weights; write the state, and weights and card if they are the best so far.

        Returns:
            Whether the patience is at its end.
        """
        run, progress = self.run, self.run.progress
        averaged = LanguageModel(self.config).to(device.best()).eval()
        averaged.load_state_dict(run.average.weights)
        dev = score(averaged, self.dev)
        loss = mixed(dev, self.language)
        better = run.is_best(loss)
        run.save()
        if better:
            checkpoints.save(
                path_of(self.language),
                run.average.weights,
                self.card({**dev["all"], "nats_as_trained": loss}),
                int8=True,
            )
        return bool(progress["waited"] >= self.arguments.patience)

    def card(self, dev: dict[str, float]) -> dict[str, Any]:
        """Return the model card; ``python -m core.evaluate language-model … --write-card`` adds the test scores."""
        base: Path = self.arguments.data / "text" / self.language
        return {
            "name": f"language model, {self.language}",
            "task": "the next piece",
            **course_of(self.run, self.config, self.tokenizer),
            "data": {
                name: {"weight": weight, "sha256": checkpoints.sha256(next(base.glob(f"{name}.*")))}
                for name, weight in WEIGHTS[self.language].items()
            },
            "licence": {"weights": "CC BY-SA 4.0", "data": LICENCES[self.language]},
            "context": CONTEXT,
            "scores": {"dev": dev},
        }


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    add_arguments(parser, steps=8000, tokens=2048, run="runs/language")
    parser.add_argument("--language", choices=LANGUAGES, required=True)
    parser.add_argument("--patience", type=int, default=5, help="checkpoints without a better dev loss")
    arguments = parser.parse_args()
    configure(arguments.threads)
    parts = split_documents(load_documents(arguments.data, arguments.language))
    training = Training(arguments.language, arguments, parts)
    training.run.train(training.epoch, training.loss, training.save)


if __name__ == "__main__":
    main()
