"""What the attention picture shows: a model's run on a sentence, and the same run with something changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st
from torch import Tensor

from core.arrays import Arrays
from core.changes import Changes, Edit, HeadOff
from core.effect import effect
from pages.parts.attention_models import Asked, Reader, Reading, reader
from ui.components.attention import AttentionView, CanvasEdit, Made
from ui.effect import Spoken
from ui.lessons.attention import ATTENTIONS
from ui.urls import model_url


class Run(NamedTuple):
    """A sentence after the model has read it and spoken; the view keeps itself packed for the browser."""

    view: AttentionView
    reading: Reading


class Change(NamedTuple):
    """What of the canvas' choices asks for other numbers than the model's own."""

    edits: Sequence[CanvasEdit]
    off: Sequence[Sequence[str | int]]
    random: bool


class ChangedRun(NamedTuple):
    """The run with something changed, over the same decoder input."""

    view: AttentionView
    logits: Tensor  # (token, vocabulary)


@st.cache_resource(show_spinner=False, max_entries=32)  # up to 6 MB each
def run(asked: Asked) -> Run:
    """The model's run; equal requests of all visitors are computed once."""
    model = reader(asked)
    reading = model.read(asked)
    made = Made(
        edits=[],
        off=[],
        random=False,
        syllable=reading.by_syllable,
        syllables_fit=reading.syllables_fit,
    )
    return Run(_view(model, reading, model.trace(reading)[1], made), reading)


@st.cache_resource(show_spinner=False, max_entries=8)
def changed_run(asked: Asked, change: Change) -> ChangedRun:
    """The run with numbers changed by hand, heads switched off, or random weights.

    Raises:
        ValueError: a change names a place that this run does not have.
    """
    first = run(asked)
    model = reader(asked, change.random)
    logits, arrays = model.trace(first.reading, changes_of(change))
    assert first.view.made is not None  # `run` says what it made
    made: Made = {
        **first.view.made,
        "edits": list(change.edits),
        "off": [list(head) for head in change.off],
        "random": change.random,
    }
    return ChangedRun(_view(model, first.reading, arrays, made), logits)


@st.cache_data(show_spinner=False, max_entries=64)
def changed_words(asked: Asked, change: Change) -> str:
    """What the model says with something changed, decoded anew."""
    return reader(asked, change.random).says(run(asked).reading, changes_of(change))


@st.cache_resource(show_spinner=False, max_entries=16)
def first_logits(asked: Asked) -> Tensor:
    """The unchanged run's logits (token, vocabulary): computed at the first change, then at hand."""
    return reader(asked).trace(run(asked).reading)[0]


def spoken(asked: Asked, changed: ChangedRun) -> Spoken:
    """Both runs' next tokens in words."""
    pieces, found = reader(asked).tokenizer.pieces, effect(first_logits(asked), changed.logits)
    return Spoken(
        read=pieces(run(asked).reading.target),
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


def _view(model: Reader, reading: Reading, arrays: Arrays, made: Made) -> AttentionView:
    pieces = model.tokenizer.pieces
    return AttentionView(
        tuple(pieces(reading.source)),
        tuple(pieces(reading.target)),
        arrays,
        arrays["decoder.self.query"].shape[1],
        "" if made["random"] else model_url(model.weights),  # random weights are in no file
        made,
    )
