"""What the attention picture shows: the model's run on a sentence, and the same run with something changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st
from torch import Tensor

from core.arrays import essential_arrays
from core.changes import Changes, Edit, HeadOff
from core.effect import Effect, effect
from core.text.tokenizer import START
from core.trace import Trace
from core.translator import Translator, untrained
from pages.loading import translator
from ui.components.attention import AttentionView, CanvasEdit, CanvasState, Made
from ui.lessons.attention import ATTENTIONS
from ui.state import SEED
from ui.urls import model_url

LONGEST = 64  # pieces; beyond that a cell of the matrix is too small to point at


class Asked(NamedTuple):
    """What the page was asked to read. ``target``: a typed translation; empty for the model's own."""

    text: str
    direction: str
    target: str = ""
    by_syllable: bool = False


class Run(NamedTuple):
    """A sentence after the model has read and translated it; the view keeps itself packed for the browser."""

    view: AttentionView
    translation: str  # the model's own
    source: tuple[int, ...]
    target: tuple[int, ...]


class ChangedRun(NamedTuple):
    """The run with something changed, over the same decoder input."""

    view: AttentionView
    translation: str  # decoded anew; edits of the decoder's rows cannot be in it
    effect: Effect


@st.cache_resource(show_spinner=False)
def twin(seed: int = SEED) -> Translator:
    """The translator before any training."""
    return untrained(translator(), seed)


@st.cache_resource(show_spinner=False, max_entries=64)
def run(asked: Asked) -> Run:
    """The model's run; equal requests of all visitors are computed once."""
    model = translator()
    ids = model.syllable_ids if asked.by_syllable else model.source_ids
    source = ids(asked.text, asked.direction)
    own = model.answer(source, longest=LONGEST)
    target = [START, *(model.tokenizer.encode(asked.target)[:LONGEST] if asked.target else own)]
    made = Made(edits=[], off=[], random=False, syllable=asked.by_syllable)
    view = _view(model, model.trace_ids(source, target), source, target, made)
    return Run(view, model.tokenizer.decode(own), tuple(source), tuple(target))


@st.cache_resource(show_spinner=False, max_entries=16)
def changed_run(
    asked: Asked, edits: Sequence[CanvasEdit], off: Sequence[Sequence[str | int]], random: bool
) -> ChangedRun:
    """The run with numbers changed by hand, heads switched off, or random weights.

    Raises:
        ValueError: a change names a place that this run does not have.
    """
    first = run(asked)
    model = twin() if random else translator()
    changes = changes_of(edits, off)
    made = Made(
        edits=list(edits), off=[list(head) for head in off], random=random, syllable=asked.by_syllable
    )
    trace = model.trace_ids(first.source, first.target, changes)
    view = _view(model, trace, first.source, first.target, made)
    said = model.tokenizer.decode(model.answer(first.source, longest=LONGEST, changes=changes))
    return ChangedRun(view, said, effect(first_logits(asked), trace.logits))


@st.cache_resource(show_spinner=False, max_entries=16)
def first_logits(asked: Asked) -> Tensor:
    """The unchanged run's logits (token, vocabulary): computed at the first change, then at hand."""
    first = run(asked)
    return translator().trace_ids(first.source, first.target).logits


def changes_of(edits: Sequence[CanvasEdit], off: Sequence[Sequence[str | int]]) -> Changes:
    """The canvas' words for what was changed as core's.

    Raises:
        ValueError: there is no such place, or a value is not a finite number of a sane size.
    """
    by_hand = [Edit(e["place"], e["row"], e["column"], tuple(e["values"]), e["head"]) for e in edits]
    heads = [HeadOff(ATTENTIONS[str(wiring)], int(layer), int(head)) for wiring, layer, head in off]
    return Changes([*by_hand, *heads])


def is_changed(choices: CanvasState) -> bool:
    """Whether these choices ask for other numbers than the model's own."""
    return bool(choices.get("edits") or choices.get("off") or choices.get("random"))


def _view(
    model: Translator, trace: Trace, source: Sequence[int], target: Sequence[int], made: Made
) -> AttentionView:
    pieces = model.tokenizer.pieces
    return AttentionView(
        tuple(pieces(source)),
        tuple(pieces(target)),
        essential_arrays(trace, model.model),
        model.model.config.heads,
        "" if made["random"] else model_url("translator.safetensors"),  # random weights are in no file
        made,
    )
