"""Translate: a sentence said token by token, with everything that was looked at and could have been said."""

from __future__ import annotations

import hashlib

import streamlit as st

from core import device
from pages.loading import translator
from pages.parts import translate as data
from pages.parts.beam import beam, beam_open, best_path
from pages.parts.deletion import deleted
from pages.parts.lanes import lanes
from pages.parts.unmasked import unmasked
from pages.reading import AUTO, direct, readable
from ui import course, frame, sentence, state, translate_page, translate_search
from ui.bleu_link import bleu_link
from ui.code_panel import code_panel
from ui.components.sampling import SamplerState, sampling_controls
from ui.components.translate import TranslateState, timeline_picture
from ui.i18n import _, current_language
from ui.lessons import translate as lesson
from ui.problems import half_character_problem
from ui.provenance import provenance
from ui.sampler_url import sampler_from_url, sampler_to_url

URL = "translate"
CONTROLS = "translate-sampling"


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    sentence.replace(preset.sentence)
    st.session_state["direction"] = AUTO
    translate_page.forget_forks()
    asked = ("step", "part", "sl", "sh", "cl", "ch", "t", "k", "p", "m", "seed")
    state.put_all(dict.fromkeys(asked, ("", "")))
    translate_page.begin_anew(preset.mode)
    if preset.mode == "sample":
        state.put("t", preset.temperature, 1.0)


def show(text: str, direction: str, mode: str, typed: str) -> None:
    """The timeline of one sentence, and what belongs to it."""
    model = translator()
    prefix = readable_prefix(typed)
    sampler: SamplerState | None = None
    if mode == "sample":
        sampler = sampling_controls(
            key=CONTROLS,
            vocabulary=len(model.tokenizer),
            initial=sampler_from_url(),
            restart=translate_page.restart(),
        )
        sampler_to_url(sampler)
    asked = data.Asked(text, direction, prefix)
    if sampler is not None:
        asked = asked._replace(sampler=data.sampling(sampler), seed=sampler["seed"])
    if mode == "beam":
        beam_open(text, direction, prefix)
        asked = asked._replace(path=best_path(text, direction, prefix))
    tree = hashlib.blake2b(repr(asked).encode(errors="replace"), digest_size=8).hexdigest()
    translate_page.belong(f"{direction}:{text}", tree)
    forks = translate_page.forks_from_url()
    try:
        views = data.tree(asked, forks)
    except ValueError:
        state.note(
            _("A fork of the address has no place in this translation; it is left out."), state.LASTING
        )
        translate_page.forget_forks()
        forks = ()
        views = data.tree(asked, forks)
    active = translate_page.active_branch(len(views))
    view = views[active]
    config = model.model.config
    opening = translate_page.choices_from_url(len(view.ids), config.decoder_layers, config.heads, active)
    told = timeline_picture(
        view,
        data.branches(views, forks),
        key=translate_page.PICTURE,
        text=text,
        tree=tree,
        active=active,
        encoder_layers=config.encoder_layers,
        initial=opening,
        restart=translate_page.restart(),
        answered=translate_page.answered(),
        sampler=None if sampler is None else {"key": CONTROLS, "sampler": sampler},
        on_change=lambda: translate_page.follow(tree),
    )
    chosen: TranslateState = {**opening, **told}
    translate_page.choices_to_url(chosen)
    provenance("computed", model.card, device.describe())
    bleu_link(view.texts[-1], lesson.REFERENCES.get(text, ""))
    step = min(chosen["step"], len(view.ids) - 1)
    if mode != "beam":
        beam(text, direction, prefix)
    lanes(text, direction, views[0].texts[-1])
    deleted(text, direction, view.ids)
    unmasked(text)
    code_panel(lesson.snippet(text, direction, view.ids[:step], chosen, sampler), lesson.KERAS)


def readable_prefix(typed: str) -> tuple[int, ...]:
    """The tokens of the typed beginning; none, and one sentence why, where it cannot be said."""
    try:
        tokens = data.prefix_tokens(translator().tokenizer, typed)
    except ValueError:
        half_character_problem()
        return ()
    if tokens is None:
        said = _(
            "The decoder cannot begin with “{prefix}”: it holds signs that are not the decoder's to say, or is longer "
            "than {longest} pieces. The model begins by itself."
        )
        frame.problem(said.format(prefix=typed[:40], longest=data.LONGEST_PREFIX))
        return ()
    return tokens


def page() -> None:
    """The header, the sentence, the timeline or one sentence why there is none, the other parts."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    left, right = st.columns([13, 10], vertical_alignment="center")
    with left:
        text, asked = sentence.box(lesson.FIRST[current_language()], (AUTO, "ko-en", "en-ko"))
    with right:
        mode, typed = translate_search.mode_row()
    if readable(text, data.LONGEST):
        show(text, direct(text, asked), mode, typed)
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
