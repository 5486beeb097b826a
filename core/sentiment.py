"""The models that judge reviews: four bags of n-grams and three sequence models a language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from core import checkpoints
from core.models import bags
from core.models.bags import Bag, ListedBag
from core.models.characters import IDF_STEPS, CharacterBag
from core.models.classifiers import EncoderClassifier, LstmClassifier, LstmConfig
from core.models.loading import load_model, load_tokenizer
from core.text.characters import Characters
from core.text.tokenizer import PAD, Tokenizer

SEQUENCES: Final = ("lstm", "encoder-none", "encoder")  # without positions, and with
CHARACTERS: Final = "characters"  # the bag of character n-grams
BAGS: Final = (*bags.KINDS, CHARACTERS)
KINDS: Final = (*BAGS, *SEQUENCES)
MASK: Final = "<mask>"  # a piece that no text holds: it stands for one that is hidden
LONGEST: Final = 256  # pieces: what a sequence model reads of a text; a bag reads it whole
PADDED: Final = 64  # pieces: a text is filled up to so many where its padding is to be read
BLIND: Final = ("unigram", "encoder-none")  # whose logit no other order of the pieces moves


def tokenizer_of(language: str) -> Path:
    """Return where the vocabulary of a language's reviews lies."""
    return checkpoints.ASSETS / "tokenizers" / f"reviews-{language}.model"


def path_of(language: str, kind: str) -> Path:
    """Return where a model's weights lie; ``kind``: one of `KINDS`."""
    return checkpoints.MODELS / f"sentiment-{language}-{kind}.safetensors"


class Judge:
    """A review in, a logit out: above 0 pleasant. Safe to share among threads."""

    def __init__(
        self,
        model: Bag | LstmClassifier | EncoderClassifier,
        tokenizer: Tokenizer | Characters,
        card: dict[str, Any],
    ) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.card = card
        if not isinstance(model, Bag):
            assert isinstance(tokenizer, Tokenizer)  # a bag alone reads characters
            self.mask = tokenizer.id_of(MASK)
            model.eval().requires_grad_(False)
            self.device = next(model.parameters()).device

    @torch.inference_mode()
    def logits(self, texts: Sequence[Sequence[int]], masked: bool = True) -> list[float]:
        """Return the logit of each text's ids.

        Not ``masked``: a sequence model reads every text filled up to `PADDED` pieces at least, its padding with it.
        """
        if isinstance(self.model, Bag):
            return [self.model.logit(ids) for ids in texts]
        ids = padded(texts, length_of(masked)).to(self.device)
        return [float(x) for x in self.model(ids, masked).float().cpu()]


def length_of(masked: bool) -> int:
    """Return the pieces that a text is filled up to at least."""
    return 1 if masked else PADDED


def padded(texts: Sequence[Sequence[int]], length: int = 1) -> torch.Tensor:
    """Return ids (batch, token), the first `LONGEST` of each text, padded on the right to ``length`` at least."""
    longest = max(length, *(min(len(ids), LONGEST) for ids in texts))
    ids = torch.full((len(texts), longest), PAD)
    for row, text in zip(ids, texts, strict=True):
        row[: min(len(text), LONGEST)] = torch.tensor(text[:LONGEST])
    return ids


def load_judge(language: str, kind: str, path: Path | None = None, tokenizer: Path | None = None) -> Judge:
    """Load a model onto the best device.

    Raises:
        checkpoints.ModelFileError: weights, card or tokenizer are missing, truncated or altered.
        KeyError: there is no such kind.
    """
    path, tokenizer = path or path_of(language, kind), tokenizer or tokenizer_of(language)
    if kind == "lstm":
        return Judge(*load_model(LstmClassifier, path, tokenizer, LstmConfig))
    if kind in SEQUENCES:
        return Judge(*load_model(EncoderClassifier, path, tokenizer))
    if kind == CHARACTERS:
        return _load_character_bag(path)
    if kind not in bags.KINDS:
        raise KeyError(kind)
    return _load_bag(path, tokenizer)


def _load_bag(path: Path, tokenizer: Path) -> Judge:
    weights, card = checkpoints.load(path)
    vocabulary = load_tokenizer(tokenizer, card)
    try:
        bag = ListedBag(
            card["kind"],
            weights["grams"].numpy().astype(np.int64),
            weights["weights"].double().numpy(),
            float(weights["bias"]),
            weights["idf"].double().numpy() if "idf" in weights else None,
        )
    except (KeyError, ValueError) as error:
        raise checkpoints.ModelFileError("unreadable", path) from error
    return Judge(bag, vocabulary, card)


def _load_character_bag(path: Path) -> Judge:
    weights, card = checkpoints.load(path)
    try:
        keys = weights["keys"].numpy().view(np.uint32)  # PyTorch hardly knows whole numbers without a sign
        idf = weights["idf"].double().numpy() / IDF_STEPS
        bag = CharacterBag(keys, weights["weights"].double().numpy(), idf, float(weights["bias"]))
        return Judge(bag, Characters(), card)
    except (KeyError, ValueError) as error:
        raise checkpoints.ModelFileError("unreadable", path) from error
