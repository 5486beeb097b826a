"""Train the shared Korean and English vocabularies of the translator and of the small language models.

python -m core.training.tokenizer --data FOLDER [--small]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import sentencepiece as spm

from core.small import SMALL_TOKENIZER
from core.text.corpora import add_data_argument, load_split
from core.text.normalise import normalise
from core.text.tokenizer import BLANK, DIRECTIONS, END, PAD, START, UNKNOWN
from core.translator import TOKENIZER


def train_unigram(
    sentences: list[str],
    path: Path,
    vocabulary: int,
    *,
    control: Sequence[str] = (),
    user_defined: Sequence[str] = (),
) -> None:
    """Write a unigram model of ``vocabulary`` pieces with byte fallback to ``path``, atomically.

    ``control`` tokens never come out of a text; ``user_defined`` ones do, whole, where the text holds them.

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
        control_symbols=list(control),
        user_defined_symbols=list(user_defined),
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
    parser.add_argument("--small", action="store_true", help="the small language models' vocabulary")
    arguments = parser.parse_args()
    pairs = load_split(arguments.data)["train"]
    sentences = [normalise(text) for pair in pairs for text in (pair.english, pair.korean)]
    out = SMALL_TOKENIZER if arguments.small else TOKENIZER
    out.parent.mkdir(parents=True, exist_ok=True)
    if arguments.small:
        train_unigram(sentences, out, 4000, user_defined=[BLANK])
    else:
        train_unigram(sentences, out, 8000, control=list(DIRECTIONS.values()))
    print(f"{out}: from {len(sentences):,} sentences")


if __name__ == "__main__":
    main()
