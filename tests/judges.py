"""Small untrained judges of reviews: the tests of the page need no file."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch

from core.models.bags import NO_PIECE, ListedBag
from core.models.characters import CharacterBag, hashes
from core.models.classifiers import EncoderClassifier, LstmClassifier, LstmConfig
from core.models.transformer import TransformerConfig
from core.sentiment import CHARACTERS, LONGEST, Judge
from core.small import SMALL_TOKENIZER
from core.text.characters import Characters
from core.text.tokenizer import Tokenizer

CARD = {
    "name": "sentiment, untrained",
    "seconds": 12.0,
    "scores": {"dev": {"accuracy": 0.8, "reviews": 100, "ms": 0.5}},
    "file": {"bytes": 1_234_567},
    "data": {"reviews.tsv": {"sha256": "0"}},
    "licence": {"weights": "CC BY-SA 4.0"},
}
TINY = TransformerConfig(
    vocabulary=0,
    d_model=16,
    heads=2,
    encoder_layers=2,
    decoder_layers=0,
    d_hidden=32,
    dropout=0.0,
    longest=LONGEST,
)


def made(kind: str, *texts: str) -> Judge:
    """Return a judge with weights drawn by a seed; a bag knows every piece, and the pairs and letters of
    ``texts``."""
    tokenizer = Tokenizer(SMALL_TOKENIZER)
    torch.manual_seed(5)
    if kind == "lstm":
        lstm = LstmClassifier(LstmConfig(vocabulary=len(tokenizer), d_model=16, hidden=8))
        return Judge(lstm, tokenizer, {**CARD, "kind": kind})
    if kind.startswith("encoder"):
        positions = "none" if kind == "encoder-none" else "sinusoidal"
        config = dataclasses.replace(TINY, vocabulary=len(tokenizer), positions=positions)
        return Judge(EncoderClassifier(config), tokenizer, {**CARD, "kind": kind})
    rng = np.random.default_rng(3)
    if kind == CHARACTERS:
        keys = np.unique(
            np.concatenate([hashes(Characters().encode(text))[0] for text in (*texts, "a b 가")])
        )
        bag = CharacterBag(keys, rng.normal(size=len(keys)), rng.uniform(1, 9, len(keys)), 0.25)
        return Judge(bag, Characters(), {**CARD, "kind": kind})
    grams = {(piece, NO_PIECE) for piece in range(len(tokenizer))}
    if kind != "unigram":
        pieces = {piece for text in texts for piece in tokenizer.encode(text)}
        grams |= {(a, b) for a in pieces for b in pieces}
    idf = rng.uniform(1, 9, len(grams)) if kind == "tfidf" else None
    return Judge(
        ListedBag(kind, np.array(sorted(grams)), rng.normal(size=len(grams)), 0.25, idf),
        tokenizer,
        {**CARD, "kind": kind},
    )
