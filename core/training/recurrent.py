"""Train the LSTM translators: one without attention, and one for each of Luong's three scores.

    python -m core.training.recurrent --data FOLDER --steps N [--only none dot …] [--resume]

All four have the same data, batches, seed and steps, and begin with the same numbers but for the attention's own, so
that what they score differs by the attention alone. What they learn from, and how, is the translator's
(`core.training.pairs`). Checkpoints go to ``runs/recurrent/KIND``; a file ``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from core.checkpoints import MODELS
from core.models.recurrent import RecurrentConfig, Seq2Seq
from core.recurrent import NAMES, path_of
from core.text.corpora import add_data_argument
from core.text.tokenizer import Tokenizer
from core.training.pairs import Material, PairTraining
from core.training.run import add_arguments, configure
from core.translator import TOKENIZER


class Training(PairTraining[Seq2Seq]):
    """One of the four, what it learns from, and its run."""

    int8 = True

    def __init__(self, kind: str, arguments: argparse.Namespace, material: Material) -> None:
        """``arguments.run`` and ``arguments.out`` are folders: the four share them."""
        config = RecurrentConfig(
            vocabulary=len(material.tokenizer), attention=kind, dropout=arguments.dropout
        )
        own = {"run": arguments.run / kind, "out": arguments.out / path_of(kind).name}
        super().__init__(
            f"recurrent, {kind}",
            lambda: Seq2Seq(config),
            material,
            argparse.Namespace(**{**vars(arguments), **own}),
        )


def main() -> None:
    """Parse the command line and train one model after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    add_arguments(parser, steps=10_000, tokens=2_000, run="runs/recurrent")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, metavar="KIND")
    parser.add_argument("--out", type=Path, default=MODELS, help="the folder that the weights go to")
    arguments = parser.parse_args()
    configure(arguments.threads)
    material = Material(Tokenizer(TOKENIZER), arguments)
    for kind in arguments.only:
        print(kind, flush=True)
        Training(kind, arguments, material).train()


if __name__ == "__main__":
    main()
