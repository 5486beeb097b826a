"""Attention: every stage of every layer and head, for any sentence."""

from __future__ import annotations

import streamlit as st

from core import device
from core.language import language_of
from core.translator import direction_of
from pages.loading import language_model, translator
from pages.parts.architectures import architectures
from pages.parts.attention_models import LONGEST, Asked, model_of
from pages.parts.attention_run import Change, Run, changed_run, changed_words, run, spoken
from pages.parts.homonyms import homonyms
from pages.reading import AUTO, readable
from ui import canvas_url, course, frame, sentence, state
from ui.code_panel import code_panel
from ui.components.attention import CanvasState, attention_canvas, attention_labels, canvas_state
from ui.effect import effect_picture
from ui.i18n import _, current_language
from ui.lessons import attention as lesson
from ui.provenance import provenance

URL = "attention"
CANVAS = "attention-canvas"
NEXT = "next"  # in the place of a direction: a decoder alone goes on


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    sentence.replace(preset.sentence)
    st.session_state["direction"] = preset.direction
    canvas_url.to_url(preset.choices)
    st.session_state["restart"] = st.session_state.get("restart", 0) + 1


def show(text: str, direction: str, language: str) -> None:
    """The picture of one sentence, and what belongs to it; ``language``: of a decoder alone, or empty."""
    restart = str(st.session_state.get("restart", 0))
    known = canvas_state(CANVAS, restart)
    grain = known.get("grain") or canvas_url.grain(alone=bool(language))
    with sentence.translation_line():
        line = st.empty()
        target = "" if language else typed_translation(text)
    asked = Asked(text, direction, target, grain == "syllable" and not language, language)
    first = run(asked)
    opening = known or canvas_url.from_url(first.view)
    change = change_of(first, opening)
    if change and not fits(asked, change):
        opening = {**opening, "edits": []}
        change = change_of(first, opening)
    changed = changed_run(asked, change) if change else None
    if not changed:
        with line:
            say(asked, first)
    if (
        not language and len(first.view.target_tokens) > LONGEST
    ):  # the start token and as many as were let through
        state.note(_("The translation is cut off after {longest} pieces.").format(longest=LONGEST))
    view = changed.view if changed else first.view
    told = attention_canvas(view, key=CANVAS, labels=attention_labels(), initial=opening, restart=restart)
    chosen = told or opening
    canvas_url.to_url(chosen)
    provenance("computed", model_of(asked, bool(change and change.random)).card, device.describe())
    if change and changed:
        # The picture is on its way; what the model says now takes a decoding more.
        found = spoken(asked, changed)
        with line:
            say(asked, first, changed_words(asked, change), found.summary())
        effect_picture(found, key="attention")
    whole: CanvasState = {**canvas_url.USUAL, **chosen}
    code_panel(lesson.snippet(text, direction, whole, target, language), lesson.KERAS)


def say(asked: Asked, first: Run, changed: str | None = None, moved: str = "") -> None:
    """The line with what the model says, and with what it says after a change."""
    if asked.language:
        sentence.continuation(first.reading.said, changed, moved)
    else:
        sentence.translation(first.reading.said, changed, asked.target, moved)


def typed_translation(text: str) -> str:
    """The typed translation, or the empty text where there is none that can be read."""
    typed = sentence.typed_translation(text)
    try:
        translator().tokenizer.encode(typed)
    except ValueError:
        state.note(_("The typed translation holds half a character; the model's own is read instead."))
        return ""
    return typed


def change_of(first: Run, choices: CanvasState) -> Change | None:
    """What was changed; None where nothing was. Heads that another model had do not count."""
    view = first.view
    # Edits count rows: those of another sentence mean nothing here.
    own = choices.get("sentence", view.sentence) == view.sentence
    off = [
        [wiring, layer, head]
        for wiring, layer, head in choices.get("off", [])
        if wiring in view.wirings and layer < view.layers and head < view.heads
    ]
    change = Change(choices.get("edits", []) if own else [], off, bool(choices.get("random")))
    return change if any(change) else None


def fits(asked: Asked, change: Change) -> bool:
    """Whether every number changed by hand has its place in this sentence; if not, the page says so."""
    try:
        changed_run(asked, change)
    except ValueError:
        left_out = _(
            "The numbers changed by hand name a place that this sentence does not have; they are left out."
        )
        state.note(left_out, state.LASTING)  # the canvas answers at once, and its run has nothing to say
        return False
    return True


def page() -> None:
    """The header, the sentence, the picture or one sentence why there is none, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    text, asked = sentence.box(lesson.FIRST[current_language()], (AUTO, "ko-en", "en-ko", NEXT))
    direction = asked if asked in ("ko-en", "en-ko") else direction_of(text)
    language = language_of(text) if asked == NEXT else ""
    if readable(text, LONGEST, lambda: language_model(language) if language else translator()):
        show(text, direction, language)
        architectures(text, direction)
    homonyms()
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
