"""Train the translator's shared Korean and English vocabulary.

python -m core.training.tokenizer --data FOLDER [--vocabulary 8000]
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import sentencepiece as spm

from core.checkpoints import ASSETS
from core.text.corpora import add_data_argument, load_split
from core.text.normalise import normalise
from core.text.tokenizer import DIRECTIONS, END, PAD, START, UNKNOWN


def train_unigram(sentences: list[str], path: Path, vocabulary: int) -> None:
    """Write a unigram model of ``vocabulary`` pieces with byte fallback to ``path``, atomically.

    Digits stand alone, so that numbers are copied digit by digit. SentencePiece's own normalisation is off:
    `core.text.normalise` is the only one.
    """
    prefix = path.with_suffix(".part")
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(prefix),
        vocab_size=vocabulary,
        model_type="unigram",
        byte_fallback=True,
        character_coverage=0.9995,
        split_digits=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        control_symbols=list(DIRECTIONS.values()),
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=START,
        eos_id=END,
        minloglevel=1,
    )
    os.replace(f"{prefix}.model", path)
    os.remove(f"{prefix}.vocab")


def main() -> None:
    """Read the training part of the parallel data and train on both sides of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--vocabulary", type=int, default=8000)
    parser.add_argument("--out", type=Path, default=ASSETS / "tokenizers" / "translation.model")
    arguments = parser.parse_args()
    pairs = load_split(arguments.data)["train"]
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    sentences = [normalise(text) for pair in pairs for text in (pair.english, pair.korean)]
    train_unigram(sentences, arguments.out, arguments.vocabulary)
    print(f"{arguments.out}: {arguments.vocabulary} pieces from {len(sentences):,} sentences")


if __name__ == "__main__":
    main()
