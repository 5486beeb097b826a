"""Train the Korean ⇄ English translator, both directions in one model.

    python -m core.training.translation --data FOLDER --steps 12000 [--resume]

What it learns from, and how: `core.training.pairs`. Checkpoints go to ``runs/translation``; a file ``runs/PAUSE`` makes
it wait.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from core.models.transformer import Transformer, TransformerConfig
from core.text.corpora import add_data_argument
from core.text.tokenizer import Tokenizer
from core.training.pairs import Material, PairTraining
from core.training.run import add_arguments, configure
from core.translator import TOKENIZER, TRANSLATOR


class Training(PairTraining[Transformer]):
    """The translator, what it learns from, and its run."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        tokenizer = Tokenizer(TOKENIZER)
        config = TransformerConfig(vocabulary=len(tokenizer), dropout=arguments.dropout)
        super().__init__("translator", lambda: Transformer(config), Material(tokenizer, arguments), arguments)


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
