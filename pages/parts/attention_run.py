"""What the attention picture shows: the model's run on a sentence, and the same run with something changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st
from torch import Tensor

from core.arrays import essential_arrays
from core.changes import Changes, Edit, HeadOff
from core.effect import effect
from core.text.tokenizer import START
from core.trace import Trace
from core.translator import Translator, untrained
from pages.loading import translator
from ui.components.attention import AttentionView, CanvasEdit, Made
from ui.effect import Spoken
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


class Change(NamedTuple):
    """What of the canvas' choices asks for other numbers than the model's own."""

    edits: Sequence[CanvasEdit]
    off: Sequence[Sequence[str | int]]
    random: bool


class ChangedRun(NamedTuple):
    """The run with something changed, over the same decoder input."""

    view: AttentionView
    logits: Tensor  # (token, vocabulary)


@st.cache_resource(show_spinner=False)
def twin(seed: int = SEED) -> Translator:
    """The translator before any training."""
    return untrained(translator(), seed)


@st.cache_resource(show_spinner=False, max_entries=32)  # up to 6 MB each
def run(asked: Asked) -> Run:
    """The model's run; equal requests of all visitors are computed once."""
    model = translator()
    by_syllable = model.syllable_ids(asked.text, asked.direction)
    fit = len(by_syllable) <= LONGEST + 2  # the direction and the end token beside the text's own
    source = by_syllable if asked.by_syllable and fit else model.source_ids(asked.text, asked.direction)
    own = model.answer(source, longest=LONGEST)
    target = [START, *(model.tokenizer.encode(asked.target)[:LONGEST] if asked.target else own)]
    made = Made(edits=[], off=[], random=False, syllable=asked.by_syllable and fit, syllables_fit=fit)
    view = _view(model, model.trace_ids(source, target), source, target, made)
    return Run(view, model.tokenizer.decode(own), tuple(source), tuple(target))


@st.cache_resource(show_spinner=False, max_entries=8)
def changed_run(asked: Asked, change: Change) -> ChangedRun:
    """The run with numbers changed by hand, heads switched off, or random weights.

    Raises:
        ValueError: a change names a place that this run does not have.
    """
    first = run(asked)
    model = twin() if change.random else translator()
    trace = model.trace_ids(first.source, first.target, changes_of(change))
    assert first.view.made is not None  # `run` says what it made
    made: Made = {
        **first.view.made,
        "edits": list(change.edits),
        "off": [list(head) for head in change.off],
        "random": change.random,
    }
    return ChangedRun(_view(model, trace, first.source, first.target, made), trace.logits)


@st.cache_data(show_spinner=False, max_entries=64)
def changed_translation(asked: Asked, change: Change) -> str:
    """The translation decoded anew. Edits of the decoder's rows cannot be in it: they count words not yet said."""
    model = twin() if change.random else translator()
    said = model.answer(run(asked).source, longest=LONGEST, changes=changes_of(change))
    return model.tokenizer.decode(said)


@st.cache_resource(show_spinner=False, max_entries=16)
def first_logits(asked: Asked) -> Tensor:
    """The unchanged run's logits (token, vocabulary): computed at the first change, then at hand."""
    first = run(asked)
    return translator().trace_ids(first.source, first.target).logits


def spoken(asked: Asked, changed: ChangedRun) -> Spoken:
    """Both runs' next tokens in words."""
    pieces, found = translator().tokenizer.pieces, effect(first_logits(asked), changed.logits)
    return Spoken(
        read=pieces(run(asked).target),
        said=pieces(found.said),
        before=found.before,
        after=found.after,
        says=pieces(found.says),
        says_probability=found.says_probability,
        distance=found.distance,
    )


def changes_of(change: Change) -> Changes:
    """The canvas' words for what was changed as core's.

    Raises:
        ValueError: there is no such place, or a value is not a finite number of a sane size.
    """
    by_hand = [Edit(e["place"], e["row"], e["column"], tuple(e["values"]), e["head"]) for e in change.edits]
    heads = [HeadOff(ATTENTIONS[str(wiring)], int(layer), int(head)) for wiring, layer, head in change.off]
    return Changes([*by_hand, *heads])


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
