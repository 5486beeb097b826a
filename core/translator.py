"""A trained Transformer with its tokenizer and card: Korean ⇄ English in one model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from core import checkpoints
from core.changes import Changes
from core.decoding.beam import LENGTH_PENALTY, Beam, beam_search
from core.decoding.greedy import greedy, greedy_batch
from core.decoding.model import EncoderDecoder
from core.decoding.step import LONGEST, Step
from core.models.loading import load_model, untrained_model
from core.models.transformer import Transformer
from core.text.normalise import normalise
from core.text.tokenizer import END, PAD, START, UNKNOWN, Tokenizer
from core.trace import Trace

TRANSLATOR = checkpoints.MODELS / "translator.safetensors"
TOKENIZER = checkpoints.ASSETS / "tokenizers" / "translation.model"


def direction_of(text: str) -> str:
    """Return ``ko-en`` for a text that holds a Hangul letter, ``en-ko`` for any other."""
    return "ko-en" if any("\uac00" <= c <= "\ud7a3" or "\u3131" <= c <= "\u318e" for c in text) else "en-ko"


Model = TypeVar("Model", bound=EncoderDecoder)


class TextModel(Generic[Model]):
    """Text in, text out, by any network that encodes and decodes.

    Safe to share among threads: a call changes nothing.
    """

    def __init__(self, model: Model, tokenizer: Tokenizer, card: dict[str, Any]) -> None:
        self.model: Model = model.eval().requires_grad_(False)
        self.tokenizer = tokenizer
        self.card = card
        self.device = next(model.parameters()).device

    def source_ids(self, text: str, direction: str) -> list[int]:
        """Return direction token, the pieces of ``text``, end token."""
        return [self.tokenizer.direction(direction), *self.tokenizer.encode(text), END]

    def steps(
        self,
        text: str,
        direction: str,
        *,
        prefix: Sequence[int] = (),
        record: bool = False,
        longest: int = LONGEST,
    ) -> Iterator[Step]:
        """Yield the greedy translation token by token, stopped in a loop; see `core.decoding.greedy.greedy`."""
        source = self._batch(self.source_ids(text, direction))
        return greedy(self.model, source, prefix=prefix, longest=longest, record=record, stop_loops=True)

    def answer(
        self, source: Sequence[int], *, longest: int = LONGEST, changes: Changes | None = None
    ) -> list[int]:
        """Return the greedy translation of ids as `source_ids` gives them, without the end token.

        A loop ends it; see `core.decoding.loops`.
        """
        steps = greedy(self.model, self._batch(source), longest=longest, stop_loops=True, changes=changes)
        return [step.token for step in steps if step.token != END]

    def search(
        self,
        text: str,
        direction: str,
        *,
        width: int,
        length_penalty: float = LENGTH_PENALTY,
        prefix: Sequence[int] = (),
        longest: int = LONGEST,
        shown: int = 0,
    ) -> Beam:
        """Return a beam search for a translation; see `core.decoding.beam.beam_search`."""
        return beam_search(
            self.model,
            self._batch(self.source_ids(text, direction)),
            width=width,
            length_penalty=length_penalty,
            prefix=prefix,
            longest=longest,
            shown=shown,
        )

    def translate(self, text: str, direction: str, width: int = 1) -> str:
        """Return the greedy translation of one sentence, or the best that a beam of ``width`` finds.

        Raises:
            ValueError: the text holds a lone surrogate, or ``width`` is not positive.
            KeyError: the direction is neither ``ko-en`` nor ``en-ko``.
        """
        if width == 1:
            return self.tokenizer.decode(self.answer(self.source_ids(text, direction)))
        best = self.search(text, direction, width=width).hypotheses[0].tokens
        return self.tokenizer.decode([token for token in best if token != END])

    def translate_all(self, texts: Sequence[str], direction: str, batch: int = 64) -> list[str]:
        """Return the greedy translations of many sentences, in order; sentences of like length run together."""
        ids = [self.source_ids(text, direction) for text in texts]
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        translations = [""] * len(ids)
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            source = pad_sequence([torch.tensor(ids[i]) for i in chosen], batch_first=True, padding_value=PAD)
            emitted = greedy_batch(self.model, source.to(self.device), stop_loops=True)
            for index, tokens in zip(chosen, emitted, strict=True):
                translations[index] = self.tokenizer.decode(tokens)
        return translations

    def target_ids(
        self, text: str, direction: str, target: str | None = None, longest: int = LONGEST
    ) -> list[int]:
        """Return the decoder's input: the start token and the pieces of ``target`` or of the translation.

        ``longest`` limits both.
        """
        if target is not None:
            return [START, *self.tokenizer.encode(target)[:longest]]
        return [START, *self.answer(self.source_ids(text, direction), longest=longest)]

    def _batch(self, ids: Sequence[int]) -> Tensor:
        return torch.tensor([list(ids)], device=self.device)


class Translator(TextModel[Transformer]):
    """Text in, text or a trace out."""

    def syllable_ids(self, text: str, direction: str) -> list[int]:
        """Return what `source_ids` returns with each character encoded alone, a word's first one with its space.

        The model was not trained on texts cut like this: it reads them worse.
        """
        words = normalise(text).split(" ")
        alone = [
            id_ for word in words for place, letter in enumerate(word) for id_ in self._alone(letter, place)
        ]
        return [self.tokenizer.direction(direction), *alone, END]

    def _alone(self, letter: str, place: int) -> list[int]:
        """The ids of one character at this place of a word."""
        ids = self.tokenizer.encode(letter)  # with the space before it
        if place == 0:
            return ids
        inside = self.tokenizer.id_of(letter)
        if inside != UNKNOWN:
            return [inside]
        space = self.tokenizer.id_of("▁")
        return ids[1:] if ids[0] == space else ids

    @torch.inference_mode()
    def trace(self, text: str, direction: str, target: str | None = None) -> Trace:
        """Return every stage of one sentence, the decoder reading ``target``.

        Args:
            target: what the decoder has said; ``None`` means the model's own greedy translation.
        """
        return self.trace_ids(self.source_ids(text, direction), self.target_ids(text, direction, target))

    @torch.inference_mode()
    def trace_ids(
        self, source: Sequence[int], target: Sequence[int], changes: Changes | None = None
    ) -> Trace:
        """Return the trace, in main memory, of ids as `source_ids` and `target_ids` give them.

        Raises:
            ValueError: a change names a place that this run does not have.
        """
        if changes is not None:
            changes.check(self.model.config.encoder_layers, self.model.config.decoder_layers)
        _, trace = self.model(self._batch(source), self._batch(target), record=True, changes=changes)
        if trace is None:
            raise RuntimeError("a recorded run returned no trace")
        return trace.cpu()


def load_translator(path: Path = TRANSLATOR, tokenizer: Path = TOKENIZER) -> Translator:
    """Load the trained translator onto the best device.

    Raises:
        checkpoints.ModelFileError: weights, card or tokenizer are missing, truncated or altered.
    """
    return Translator(*load_model(Transformer, path, tokenizer))


def untrained(trained: Translator, seed: int) -> Translator:
    """Return a translator of the same sizes whose weights are as a training would begin: drawn at random."""
    model, card = untrained_model(trained.model, trained.card, "untrained", seed)
    return Translator(model, trained.tokenizer, card)
