"""Homonyms: one word in several sentences, layer by layer, with cosines before and after attention."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from core import device
from core import homonyms as reading
from core.checkpoints import ModelFileError
from core.translator import direction_of
from pages.loading import translator
from ui import frame, homonym_words, state
from ui import homonyms as lesson
from ui.code_panel import code_panel
from ui.components.homonyms import HomonymView, homonym_picture
from ui.folded import folded
from ui.homonyms import Row
from ui.i18n import _
from ui.lessons.homonyms import HOMONYMS, KERAS, question, snippet
from ui.problems import half_character, model_file_problem
from ui.provenance import provenance

LONGEST = 64  # pieces


class Read(NamedTuple):
    """A sentence after the model has read and translated it."""

    occurrence: reading.Occurrence
    translation: str


@st.cache_resource(show_spinner=False, max_entries=256)
def read(text: str, word: str) -> Read | None:
    """The model's reading of a sentence, ``None`` without the word; equal sentences of all visitors are read once."""
    model, direction = translator(), direction_of(text)
    occurrence = reading.read_word(model, text, word, direction)
    # Where the word is missing, nobody waits for a translation that is not shown.
    return Read(occurrence, model.translate(text, direction)) if occurrence else None


@st.fragment  # a change in this lesson does not run the rest of the page
def homonyms() -> None:
    """The folded lesson; closed, it costs nothing."""
    panel = folded("homonyms", _("Homonyms: one word, several senses"), ":material/alt_route:")
    if panel is None:
        lesson.forget_url()
        return
    with panel:
        try:
            draw()
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name)


def draw() -> None:
    """The word, its sentences, and what the model makes of them."""
    word = lesson.word_choice()
    found: dict[int, tuple[Row, reading.Occurrence]] = {}

    def said(number: int, row: Row) -> None:
        outcome = tried(row.text, word)
        if isinstance(outcome, str):
            frame.problem(outcome)
            return
        found[number] = row, outcome.occurrence
        homonym_words.translation(outcome.translation, outcome.occurrence.pieces)

    boxes, picture = st.columns([5, 7], gap="medium")
    with boxes:
        rows = lesson.sentence_rows(word, said)
    depths = reading.depths(translator().model.config.encoder_layers)
    depth = state.param("depth", len(depths), state.integers(1, len(depths))) - 1
    with picture:
        if len(found) < 2:
            frame.problem(
                _("A comparison needs at least two sentences with the word “{word}”.").format(word=word)
            )
        else:
            depth = compare(word, found, depths, depth)
    lesson.keep_in_url(word, rows, depth, len(depths) - 1)
    question()


def tried(text: str, word: str) -> Read | str:
    """The model's reading, or one sentence why there is none."""
    try:
        pieces = len(translator().tokenizer.encode(text))
    except ValueError:
        return half_character()
    if pieces > LONGEST:
        return _("This sentence has {pieces} pieces; at most {longest} are read here.").format(
            pieces=pieces, longest=LONGEST
        )
    outcome = read(text, word)
    if outcome is None:
        return _("“{word}” is not in this sentence, so it is left out of the picture.").format(word=word)
    return outcome


def compare(
    word: str,
    found: dict[int, tuple[Row, reading.Occurrence]],
    depths: tuple[reading.Depth, ...],
    depth: int,
) -> int:
    """The picture, its verdict and its badge; returns the depth that is shown."""
    # Rows of one sense stand together, so that senses that are told apart are blocks.
    order = sorted(found, key=lambda number: found[number][0].sense)
    rows, occurrences = zip(*(found[number] for number in order), strict=True)
    senses = [row.sense for row in rows]
    cosines = reading.cosines([occurrence.vectors for occurrence in occurrences])
    same, other = reading.sense_means(cosines, senses)
    names = [_(sense) for sense in HOMONYMS[word].senses]
    view = HomonymView(
        word=word,
        sentences=[row.text for row in rows],
        labels=[f"{number} {names[row.sense]}" for number, row in zip(order, rows, strict=True)],
        senses=senses,
        pieces=[" ".join(occurrence.pieces) for occurrence in occurrences],
        stages=[depth.stage for depth in depths],
        layers=[depth.layer for depth in depths],
        vectors=np.stack([occurrence.vectors for occurrence in occurrences], axis=1),
        cosines=cosines,
        same=same,
        other=other,
    )
    homonym_words.verdict(
        reading.verdict(same[-1], other[-1]),
        same[-1],
        other[-1],
        reading.nearest_agree(cosines[-1], senses),
        (reading.CLEARLY, reading.SLIGHTLY),
    )
    same_pieces, same_places = (
        len({getattr(occurrence, name) for occurrence in occurrences}) == 1 for name in ("pieces", "places")
    )
    caption = homonym_words.caption(same_pieces, same_places)
    shown = homonym_picture(view, key="homonym-picture", caption=caption, depth=depth)
    provenance("computed", translator().card, device.describe(), key="homonyms")
    sentences = [
        (row.text, direction_of(row.text), occurrence.places)
        for row, occurrence in zip(rows, occurrences, strict=True)
    ]
    code_panel(snippet(sentences, *depths[shown]), KERAS, key="homonyms")
    return shown
