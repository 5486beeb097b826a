"""The models behind the attention picture, asked in the same words: what they read, their trace, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import streamlit as st
import torch
from torch import Tensor

from core import language
from core.arrays import Arrays, decoder_arrays, essential_arrays
from core.changes import Changes
from core.decoding.sampling import Sampler
from core.language import Language
from core.text.tokenizer import START, Tokenizer
from core.translator import Translator, untrained
from pages.loading import language_model, translator
from pages.parts.continuations import said
from ui.state import SEED

LONGEST = 64  # pieces; beyond that a cell of the matrix is too small to point at
CONTINUED = 8  # pieces that a decoder alone says behind the text


class Asked(NamedTuple):
    """What the page was asked to read, and by which model."""

    text: str
    direction: str  # of the translator
    target: str = ""  # a typed translation; empty for the model's own
    by_syllable: bool = False
    language: str = ""  # of a decoder alone, which is then asked; empty for the translator


class Reading(NamedTuple):
    """What a model reads, and what it then says."""

    source: tuple[int, ...]  # empty for a decoder alone
    target: tuple[int, ...]  # what the decoder reads
    said: str
    by_syllable: bool = False
    syllables_fit: bool = False  # whether the text, cut by character, is short enough for the picture


class Reader(Protocol):
    """A model, trained or not."""

    weights: str  # the file's name
    tokenizer: Tokenizer

    def read(self, asked: Asked) -> Reading:
        """Cut the text into what the model reads, and let it speak."""

    def trace(self, reading: Reading, changes: Changes | None = None) -> tuple[Tensor, Arrays]:
        """Return the logits (token, vocabulary) and the arrays of the picture.

        Raises:
            ValueError: a change names a place that this run does not have.
        """

    def says(self, reading: Reading, changes: Changes) -> str:
        """Return what the model says with something changed."""


class Translating:
    """The translator: encoder and decoder."""

    weights = "translator.safetensors"

    def __init__(self, model: Translator) -> None:
        self.model, self.tokenizer = model, model.tokenizer

    def read(self, asked: Asked) -> Reading:
        """The decoder reads the model's own translation, or the one that was typed."""
        by_syllable = self.model.syllable_ids(asked.text, asked.direction)
        fit = len(by_syllable) <= LONGEST + 2  # the direction and the end token beside the text's own
        cut = asked.by_syllable and fit
        source = by_syllable if cut else self.model.source_ids(asked.text, asked.direction)
        own = self.model.answer(source, longest=LONGEST)
        target = self.tokenizer.encode(asked.target)[:LONGEST] if asked.target else own
        return Reading(tuple(source), (START, *target), self.tokenizer.decode(own), cut, fit)

    def trace(self, reading: Reading, changes: Changes | None = None) -> tuple[Tensor, Arrays]:
        """All three attentions."""
        trace = self.model.trace_ids(reading.source, reading.target, changes)
        return trace.logits, essential_arrays(trace, self.model.model)

    def says(self, reading: Reading, changes: Changes) -> str:
        """Edits of the decoder's rows cannot be in it: they count words not yet said."""
        return self.tokenizer.decode(self.model.answer(reading.source, longest=LONGEST, changes=changes))


class GoingOn:
    """A language model: a decoder alone, which goes on behind the text."""

    def __init__(self, model: Language, name: str) -> None:
        self.model, self.tokenizer = model, model.tokenizer
        self.weights = language.path_of(name).name

    def read(self, asked: Asked) -> Reading:
        """The decoder reads the text; there is nothing else to read."""
        ids = self.model.ids(asked.text)
        return Reading((), tuple(ids), self._continuation(ids))

    def trace(self, reading: Reading, changes: Changes | None = None) -> tuple[Tensor, Arrays]:
        """The one attention."""
        trace = self.model.trace(reading.target, changes)
        return trace.logits, decoder_arrays(trace, self.model.model)

    def says(self, reading: Reading, changes: Changes) -> str:
        """Edits count rows of the text, so they are in it."""
        return self._continuation(reading.target, changes)

    def _continuation(self, ids: Sequence[int], changes: Changes | None = None) -> str:
        greedy = Sampler(temperature=0)
        drawn = list(self.model.go_on(ids, [greedy], [SEED], longest=CONTINUED, changes=changes))
        row = torch.cat([one.tokens for one in drawn]).tolist()
        return " ".join(said(self.model, ids, row)).strip()


@st.cache_resource(show_spinner=False)
def twin(language_: str = "", seed: int = SEED) -> Translator | Language:
    """A model before any training: the translator's, or that of a language model."""
    if language_:
        return language.untrained(language_model(language_), seed)
    return untrained(translator(), seed)


def model_of(asked: Asked, random: bool = False) -> Translator | Language:
    """The model that is asked.

    Raises:
        core.checkpoints.ModelFileError: its files are missing or damaged.
    """
    if random:
        return twin(asked.language)
    return language_model(asked.language) if asked.language else translator()


def reader(asked: Asked, random: bool = False) -> Reader:
    """The same model with the words that the picture asks in."""
    model = model_of(asked, random)
    return GoingOn(model, asked.language) if isinstance(model, Language) else Translating(model)
