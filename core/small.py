"""The small language models: five encoders that fill a blank, told apart by their positions, and two decoders.

They are trained to compare, not to impress: the same blocks, data, seed and steps (`core.training.small`). The two
decoders differ by the causal mask alone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core import checkpoints
from core.models.language import LanguageModel
from core.models.loading import load_model
from core.models.positions import KINDS
from core.text.tokenizer import BLANK, START, Tokenizer
from core.trace import StackTrace, on_cpu

SMALL_TOKENIZER = checkpoints.ASSETS / "tokenizers" / "small.model"
BLANK_SIGN = "___"  # how a reader types a blank
LONGEST = 64  # pieces: as many positions as the learned table has
MASKED, UNMASKED = "next", "next-unmasked"  # the decoders, with the causal mask and without it
NAMES = (*(f"blank-{kind}" for kind in KINDS), MASKED, UNMASKED)
SPACE = "▁"


class SmallModel:
    """Text in, probabilities or a trace out. Safe to share among threads: a call changes nothing."""

    def __init__(self, model: LanguageModel, tokenizer: Tokenizer, card: dict[str, Any]) -> None:
        self.model = model.eval().requires_grad_(False)
        self.tokenizer = tokenizer
        self.card = card
        self.device = next(model.parameters()).device

    def ids(self, text: str) -> list[int]:
        """Return the pieces of ``text``, each ``___`` a blank; a decoder's begin with the start token.

        Raises:
            ValueError: the text holds a lone surrogate.
        """
        ids = blank_ids(self.tokenizer, text)
        return [START, *ids] if self.model.goes_on else ids

    @torch.inference_mode()
    def probabilities(self, ids: list[int]) -> Tensor:
        """Return (token, vocabulary), in main memory: of the piece at each place, or of the one after it."""
        logits, _ = self.model(torch.tensor([ids], device=self.device))
        return torch.softmax(logits[0].float(), -1).cpu()

    @torch.inference_mode()
    def trace(self, ids: list[int]) -> StackTrace:
        """Return every stage of every block, in main memory."""
        _, trace = self.model(torch.tensor([ids], device=self.device), record=True)
        if trace is None:
            raise RuntimeError("a recorded run returned no trace")
        return on_cpu(trace)


def blank_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    """Return the pieces of ``text`` with each run of three or more underscores as one blank piece.

    A blank stands for a piece with the space before it, as in training; so the lone space that SentencePiece
    leaves before it is dropped.
    """
    blank, space = tokenizer.id_of(BLANK), tokenizer.id_of(SPACE)
    ids = tokenizer.encode(re.sub(r"_{3,}", BLANK, text))
    return [
        piece
        for piece, following in zip(ids, [*ids[1:], None], strict=False)
        if not (piece == space and following == blank)
    ]


def path_of(name: str) -> Path:
    """Return where the weights of one of `NAMES` lie."""
    return checkpoints.MODELS / f"small-{name}.safetensors"


def load_small(name: str, path: Path | None = None, tokenizer: Path = SMALL_TOKENIZER) -> SmallModel:
    """Load one of `NAMES` onto the best device.

    Raises:
        checkpoints.ModelFileError: weights, card or tokenizer are missing, truncated or altered.
    """
    return SmallModel(*load_model(LanguageModel, path or path_of(name), tokenizer))
