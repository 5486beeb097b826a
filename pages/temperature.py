"""Temperature: the next token of any text, over the whole vocabulary, and how it is chosen."""

from __future__ import annotations

import hashlib

import streamlit as st

from core import device
from core.checkpoints import ModelFileError
from core.decoding.sampling import Sampler
from core.language import READ, language_of
from pages.loading import language_model
from pages.parts import continuations
from pages.parts.translate import script_of
from ui import course, frame, sentence, state, temperature_page
from ui.code_panel import code_panel
from ui.components.next_token import next_token_picture
from ui.components.sampling import sampling_controls
from ui.i18n import _, current_language
from ui.lessons import temperature as lesson
from ui.problems import half_character_problem, model_file_problem
from ui.provenance import provenance
from ui.sampler_url import sampler_from_url, sampler_to_url

URL = "temperature"


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    sentence.replace(preset.prompt)
    temperature_page.begin_with(temperature_page.AUTO)
    sampler_to_url(lesson.sampler_of(preset))


def model_for(text: str, asked: str) -> str:
    """The model to ask: the one that was chosen, or that of the text's own script."""
    if text and script_of(text) is None:
        state.note(
            _("This text is neither Korean nor English. The model goes on all the same; do not trust it.")
        )
    if asked != temperature_page.AUTO:
        return asked
    if not text:
        return current_language()
    return language_of(text)


def show(text: str, language: str) -> None:
    """The picture, the continuations, and what belongs to them."""
    try:
        model = language_model(language)
        typed = model.ids(text)
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name)
        return
    except ValueError:
        half_character_problem()
        return
    sampler = sampling_controls(
        key=temperature_page.CONTROLS,
        vocabulary=len(model.tokenizer),
        initial=sampler_from_url(),
        restart=temperature_page.restart(),
    )
    sampler_to_url(sampler)
    said = temperature_page.said_from_url(f"{language}:{text}")
    if any(token >= len(model.tokenizer) for token in said):
        temperature_page.forget_said()
        said = ()
    ids = model.ids(text, said)
    if len(ids) > READ:
        told = _("This text has {pieces} pieces; the model reads the last {read} of them.")
        state.note(told.format(pieces=f"{len(ids) - 1:,}", read=READ))
    tree = hashlib.blake2b(repr((language, ids)).encode(), digest_size=8).hexdigest()
    first = max(0, len(ids) - READ)
    next_token_picture(
        continuations.logits(language, tuple(ids)),
        model.pieces,
        key=temperature_page.PICTURE,
        text=text,
        tree=tree,
        prompt=model.tokenizer.pieces(typed[first:]),
        said=said,
        cut=first > 0,
        sampler={"key": temperature_page.CONTROLS, "sampler": sampler},
        on_change=lambda: temperature_page.follow(tree),
    )
    provenance("computed", model.card, device.describe())
    chosen = Sampler(sampler["temperature"], sampler["top_k"], sampler["top_p"], sampler["min_p"])
    continuations.side_by_side(language, tuple(ids), chosen, sampler["seed"], len(said))
    continuations.many(language, tuple(ids), chosen, sampler["seed"])
    code_panel(lesson.snippet(language, ids[first:], sampler, len(said)), lesson.KERAS)


def page() -> None:
    """The header, the prompt, the picture or one sentence why there is none, the other parts."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    wide, narrow = st.columns([74, 26], vertical_alignment="bottom")
    with wide:
        text = sentence.text_box(lesson.FIRST[current_language()])
    with narrow:
        asked = temperature_page.model_choice()
    show(text, model_for(text.strip(), asked))
    lesson.extremes(READ)
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
