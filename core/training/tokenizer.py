"""Train the vocabularies: the shared ones of the translator and of the small models, each language model's own, and
those of the reviews.

python -m core.training.tokenizer --data FOLDER [--small | --language en|ko | --reviews en|ko]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import sentencepiece as spm

from core.language import tokenizer_of
from core.sentiment import MASK
from core.sentiment import tokenizer_of as reviews_tokenizer_of
from core.small import SMALL_TOKENIZER
from core.text.corpora import add_data_argument, load_split
from core.text.normalise import normalise
from core.text.reviews import load_reviews
from core.text.texts import LANGUAGES, load_documents, split_documents
from core.text.tokenizer import BLANK, DIRECTIONS, END, PAD, START, UNKNOWN
from core.translator import TOKENIZER

VOCABULARY = 8000  # pieces of the translator's vocabulary and of each language model's
REVIEWS_VOCABULARY = 4000  # six sequence models read in it, and each has a vector for every piece
# Unigram cuts the space off one Korean word in nine (11.0 % of the 160,691 in Hangul in the language model's training
# documents), BPE off one in forty (2.5 %): a model that may say a lone space says it too often, and then anything.
KINDS = {"en": "unigram", "ko": "bpe"}


def train_vocabulary(
    sentences: list[str],
    path: Path,
    vocabulary: int,
    *,
    kind: str = "unigram",
    control: Sequence[str] = (),
    user_defined: Sequence[str] = (),
) -> None:
    """Write a model of ``vocabulary`` pieces with byte fallback to ``path``, atomically; ``kind``: unigram or bpe.

    ``control`` tokens never come out of a text; ``user_defined`` ones do, whole, where the text holds them.

    Digits stand alone, so that numbers are copied digit by digit. SentencePiece's own normalisation is off:
    `core.text.normalise` is the only one.
    """
    prefix = path.with_suffix(".part")
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(prefix),
        vocab_size=vocabulary,
        model_type=kind,
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


def train_language(folder: Path, language: str) -> None:
    """Train a language model's vocabulary on every line of its training documents, each once."""
    documents = split_documents(load_documents(folder, language))["train"]
    lines = sorted({line for document in documents for line in document.lines})
    out = tokenizer_of(language)
    train_vocabulary(lines, out, VOCABULARY, kind=KINDS[language])
    print(f"{out}: from {len(lines):,} lines")


def train_reviews(folder: Path, language: str) -> None:
    """Train the vocabulary of a language's reviews on those that are trained on."""
    texts = [review.text for review in load_reviews(folder, language)["train"]]
    out = reviews_tokenizer_of(language)
    train_vocabulary(texts, out, REVIEWS_VOCABULARY, control=[MASK])
    print(f"{out}: from {len(texts):,} reviews")


def main() -> None:
    """Read the training part of the parallel data and train on both sides of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--small", action="store_true", help="the small language models' vocabulary")
    parser.add_argument("--language", choices=LANGUAGES, help="a language model's own vocabulary")
    parser.add_argument("--reviews", choices=LANGUAGES, help="the vocabulary of a language's reviews")
    arguments = parser.parse_args()
    if arguments.language:
        train_language(arguments.data, arguments.language)
        return
    if arguments.reviews:
        train_reviews(arguments.data, arguments.reviews)
        return
    pairs = load_split(arguments.data)["train"]
    sentences = [normalise(text) for pair in pairs for text in (pair.english, pair.korean)]
    out = SMALL_TOKENIZER if arguments.small else TOKENIZER
    out.parent.mkdir(parents=True, exist_ok=True)
    if arguments.small:
        train_vocabulary(sentences, out, 4000, user_defined=[BLANK])
    else:
        train_vocabulary(sentences, out, VOCABULARY, control=list(DIRECTIONS.values()))
    print(f"{out}: from {len(sentences):,} sentences")


if __name__ == "__main__":
    main()
