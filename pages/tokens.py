"""Tokens: one sentence as seven tokenizers hand it to a model, at every vocabulary size."""

from __future__ import annotations

import streamlit as st

from core.checkpoints import ModelFileError
from core.text.normalise import normalise
from core.text.segmenters import KINDS, SIZED, SIZES
from core.translator import direction_of
from pages.loading import translator
from pages.parts import tokens as data
from pages.reading import normalised
from ui import course, frame, sentence, tokens_page
from ui.code_panel import code_panel
from ui.components.tokens import PairsState, TokensState, pairs_picture, steps_picture, tokens_picture
from ui.i18n import _, current_language
from ui.lessons import tokens as lesson
from ui.problems import model_file_problem
from ui.provenance import provenance

URL = "tokens"
LONGEST = 500  # characters: in jamo, already a whole screen
LONGEST_WORD = 24  # letters that are taken apart step by step


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    sentence.replace(preset.sentence)
    tokens_page.to_url({"size": preset.size, "ids": True})
    tokens_page.begin_anew()


def show(text: str) -> None:
    """The picture of one text, and what belongs to it."""
    opening = tokens_page.from_url(SIZES)
    told = tokens_picture(
        data.cuts(text), key="tokens-picture", initial=opening, restart=tokens_page.restart()
    )
    chosen: TokensState = {**opening, **told}
    tokens_page.to_url(chosen)
    provenance("computed", data.shelf().card)
    show_word(text, chosen)


def show_word(text: str, chosen: TokensState) -> None:
    """One word of the text, cut step by step."""
    words = text.split(" ")
    tokens_page.section(_("How a word is cut"))
    place = tokens_page.choose_word(words, text, chosen.get("word"))
    word = words[place][:LONGEST_WORD]
    method = steps_picture(
        word,
        data.steps(word, place == 0),
        sizes=SIZES,
        size=chosen["size"],
        method=tokens_page.method_from_url(),
        key="tokens-steps",
        restart=tokens_page.restart(),
    )
    tokens_page.method_to_url(method)
    if len(words[place]) > LONGEST_WORD:
        frame.caption(_("Only the first {count} letters are taken apart.").format(count=LONGEST_WORD))


def translate_above() -> None:
    """Take the sentence above into the pair, and the translator's own translation as its other half."""
    text = sentence.current()
    direction = direction_of(text)
    try:
        text = normalise(text)[: tokens_page.LONGEST_SIDE]
        translation = translator().translate(text, direction)
    except ValueError:
        return  # half a character: the page says so beside the box
    except ModelFileError as error:
        tokens_page.keep_problem(error.kind, error.path.name)
        return
    tokens_page.put_pair(*((text, translation) if direction == "ko-en" else (translation, text)))


def show_pairs(size: int) -> None:
    """Korean against English: over the held-back pairs, and for the pair that is typed."""
    tokens_page.section(_("Korean against English"))
    place = st.container()
    korean, english = tokens_page.pair_boxes(lesson.PAIR, translate_above)
    with place:
        sides = normalised(korean, english) or ("", "")
        opening = tokens_page.pairs_from_url(size)
        told = pairs_picture(
            data.corpus_counts(),
            data.pair_counts(*sides) if all(sides) else None,
            kinds=KINDS,
            sizes=SIZES,
            key="tokens-pairs",
            initial=opening,
        )
        chosen: PairsState = {**opening, **told}
        tokens_page.pairs_to_url(chosen)
        if chosen["source"] == "typed":
            provenance("computed", data.shelf().card, key="pair")
        else:
            provenance("measured", data.counts_card(), key="pairs")
    lesson.pairs_note()


def page() -> None:
    """The header, the sentence, the picture or one sentence why there is none, the other parts."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    typed = sentence.text_box(lesson.FIRST[current_language()])
    try:
        read = readable(typed)
        if read:
            show(read)
        size = tokens_page.from_url(SIZES)["size"]
        show_pairs(size)
        tokens_page.vocabulary_panel(SIZED, SIZES, size, data.found_entries)
        if read:
            code_panel(lesson.snippet(read, size), lesson.KERAS)
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name)
    lesson.questions()
    frame.next_page(URL)


def readable(typed: str) -> str:
    """The normalised text; nothing where it cannot be shown, and then one sentence has said why."""
    read = normalised(typed)
    if read is None:
        return ""
    (text,) = read
    if not text:
        frame.problem(_("Type a sentence, or pick one above: there is nothing to read yet."))
    elif len(text) > LONGEST:
        sentence.too_many_characters(len(text), LONGEST, text[:LONGEST])
        return ""
    return text


frame.guard()
page()
