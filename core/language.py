"""The language models: one English and one Korean, which say what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core import checkpoints
from core.changes import Changes
from core.decoding.continuation import Drawn, continuations
from core.decoding.distribution import FORBIDDEN
from core.decoding.sampling import Sampler
from core.models.language import LanguageModel
from core.models.loading import load_model, untrained_model
from core.text.tokenizer import END, START, Tokenizer
from core.trace import DecoderTrace, on_cpu
from core.translator import direction_of

CONTEXT = 256  # pieces: as far as a model looks back
LONGEST = 64  # pieces of a continuation: a text and what is said behind it have room in the context
READ = CONTEXT - LONGEST


def tokenizer_of(language: str) -> Path:
    """Return where a language model's vocabulary lies."""
    return checkpoints.ASSETS / "tokenizers" / f"language-{language}.model"


def language_of(text: str) -> str:
    """Return the language whose model reads a text: ``ko`` or ``en``, by its script."""
    return "ko" if direction_of(text) == "ko-en" else "en"


def path_of(language: str) -> Path:
    """Return where a language model's weights lie."""
    return checkpoints.MODELS / f"language-{language}.safetensors"


class Language:
    """A prompt in, logits, a trace or continuations out. Safe to share among threads: a call changes nothing."""

    def __init__(self, model: LanguageModel, tokenizer: Tokenizer, card: dict[str, Any]) -> None:
        self.model = model.eval().requires_grad_(False)
        self.tokenizer = tokenizer
        self.card = card
        self.device = next(model.parameters()).device
        self.pieces = tuple(tokenizer.pieces(range(len(tokenizer))))

    def ids(self, prompt: str, said: Sequence[int] = ()) -> list[int]:
        """Return the pieces of a prompt behind the start token; an empty prompt is the start token alone.

        ``said``: tokens behind the prompt. After an end the next text starts, as everywhere in training.

        Raises:
            ValueError: the text holds a lone surrogate.
        """
        ids = [START, *self.tokenizer.encode(prompt)]
        for token in said:
            ids += [token, START] if token == END else [token]
        return ids

    @torch.inference_mode()
    def logits(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the logits (vocabulary,) of what follows, −∞ for what no text holds.

        Of longer texts the last `READ` pieces are read.
        """
        found, _ = self.model.read(torch.tensor([ids[-READ:]], device=self.device))
        logits = self.model.logits(found[:, -1])[0].float().cpu()
        logits[list(FORBIDDEN)] = -torch.inf
        return np.asarray(logits.numpy(), dtype=np.float32)

    @torch.inference_mode()
    def trace(self, ids: Sequence[int], changes: Changes | None = None) -> DecoderTrace:
        """Return every stage of every block, in main memory, of ids as `ids` gives them.

        Raises:
            ValueError: a change names a place that this run does not have.
        """
        if changes is not None:
            changes.check(0, self.model.config.decoder_layers)
        logits, trace = self.model(torch.tensor([ids], device=self.device), record=True, changes=changes)
        if trace is None:
            raise RuntimeError("a recorded run returned no trace")
        return on_cpu(DecoderTrace(trace, logits[0]))

    def go_on(
        self,
        ids: Sequence[int],
        samplers: Sequence[Sampler],
        seeds: Sequence[int],
        *,
        longest: int = LONGEST,
        first: int = 0,
        changes: Changes | None = None,
    ) -> Iterator[Drawn]:
        """Yield the places of continuations (`core.decoding.continuation`); the last `READ` pieces are read."""
        return continuations(
            self.model, ids[-READ:], samplers, seeds, longest=longest, first=first, changes=changes
        )


def load_language(language: str, path: Path | None = None, tokenizer: Path | None = None) -> Language:
    """Load the model of ``en`` or ``ko`` onto the best device.

    Raises:
        checkpoints.ModelFileError: weights, card or tokenizer are missing, truncated or altered.
    """
    found = load_model(LanguageModel, path or path_of(language), tokenizer or tokenizer_of(language))
    return Language(*found)


def untrained(trained: Language, seed: int) -> Language:
    """Return a language model of the same sizes whose weights are as a training would begin: drawn at random."""
    name = f"{trained.card.get('name', 'language model')}, untrained"
    model, card = untrained_model(trained.model, trained.card, name, seed)
    return Language(model, trained.tokenizer, card)
