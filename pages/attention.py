"""Attention: every stage of every layer and head, for any sentence."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from core import device
from core.arrays import essential_arrays
from core.checkpoints import ModelFileError
from core.translator import direction_of
from pages.loading import translator
from pages.parts.architectures import architectures
from pages.parts.homonyms import homonyms
from ui import canvas_url, course, frame, sentence, state
from ui.code_panel import code_panel
from ui.components.attention import AttentionView, CanvasState, attention_canvas, attention_labels
from ui.i18n import _, current_language
from ui.lessons import attention as lesson
from ui.problems import model_file_problem
from ui.provenance import provenance
from ui.urls import model_url

URL = "attention"
LONGEST = 64  # pieces; beyond that a cell of the matrix is too small to point at
AUTO = "auto"


class Run(NamedTuple):
    """A sentence after the model has read and translated it; the view keeps itself packed for the browser."""

    view: AttentionView
    translation: str


@st.cache_resource(show_spinner=False, max_entries=64)
def run(text: str, direction: str) -> Run:
    """The model's run on a sentence; equal requests of all visitors are computed once."""
    model = translator()
    source, target = model.source_ids(text, direction), model.target_ids(text, direction, longest=LONGEST)
    pieces = model.tokenizer.pieces
    arrays = essential_arrays(model.trace_ids(source, target), model.model)
    view = AttentionView(
        tuple(pieces(source)),
        tuple(pieces(target)),
        arrays,
        model.model.config.heads,
        model_url("translator.safetensors"),
    )
    return Run(view, model.tokenizer.decode(target))


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    sentence.replace(preset.sentence)
    st.session_state["direction"] = AUTO
    canvas_url.to_url(preset.choices)
    st.session_state["restart"] = st.session_state.get("restart", 0) + 1


def show(text: str, direction: str) -> None:
    """The picture of one sentence, and what belongs to it."""
    model = translator()
    seen = run(text, direction)
    sentence.translation(seen.translation)
    config = model.model.config
    opening = canvas_url.from_url(
        config.encoder_layers,
        config.heads,
        len(seen.view.source_tokens),
        len(seen.view.target_tokens),
        config.d_model,
    )
    restart = str(st.session_state.get("restart", 0))
    if len(seen.view.target_tokens) > LONGEST:  # the start token and as many as were let through
        state.note(_("The translation is cut off after {longest} pieces.").format(longest=LONGEST))
    labels = attention_labels()
    told = attention_canvas(
        seen.view, key="attention-canvas", labels=labels, initial=opening, restart=restart
    )
    chosen = told or opening
    canvas_url.to_url(chosen)
    provenance("computed", model.card, device.describe())
    whole: CanvasState = {**canvas_url.USUAL, **chosen}
    code_panel(lesson.snippet(text, direction, whole), lesson.KERAS)


def page() -> None:
    """The header, the sentence, the picture or one sentence why there is none, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    text, asked = sentence.box(lesson.FIRST[current_language()], (AUTO, "ko-en", "en-ko"))
    try:
        tokenizer = translator().tokenizer
        pieces = len(tokenizer.encode(text))
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name)
        return
    except ValueError:
        frame.problem(_("This text holds half a character (a lone surrogate), which cannot be read."))
        return
    if not pieces:
        frame.problem(_("Type a sentence, or pick one above: there is nothing to read yet."))
    elif pieces > LONGEST:
        sentence.too_long(pieces, LONGEST, tokenizer.first(text, LONGEST))
    else:
        show(text, direction_of(text) if asked == AUTO else asked)
        architectures(text, direction_of(text) if asked == AUTO else asked)
    homonyms()
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
