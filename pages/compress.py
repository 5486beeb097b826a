"""Compression: the translator with fewer bits and fewer weights, and what it still says."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from core import compression
from core.checkpoints import ModelFileError
from core.compression import Scored
from core.training.live import Live
from pages.loading import translator
from pages.parts import compress as part
from pages.parts.turns import turns
from ui import compress_page, compress_view, course, frame, sentence
from ui.code_panel import code_panel
from ui.components import parts as picture
from ui.compress_page import Choice
from ui.i18n import _, current_language
from ui.lessons import compress as lesson
from ui.problems import half_character_problem, model_file_problem
from ui.provenance import provenance

URL = "compress"
KEY: Final = "compress-parts"
BEGUN: Final = "compress-begun"
OFTEN: Final = 0.5
LONGEST: Final = 300  # characters of a sentence


def pick(name: str) -> None:
    """Set the page up for a preset."""
    compress_page.pick(part.choice_of(name))


@st.cache_resource(show_spinner=False)
def recorded() -> dict[str, Any]:
    """The scores measured beforehand. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return compression.recorded()


@st.cache_resource(scope="session", show_spinner=False, max_entries=1, on_release=lambda one: one.stop())
def scoring(choice: Choice, number: int) -> Live[Scored]:
    """This visitor's scoring. ``number``: how many were begun before."""
    model, pairs = part.smaller(choice), part.held_back()
    return Live(lambda: compression.scored(model, pairs), turns())


def show(known: dict[str, Any]) -> None:
    """The parts, translations before and after, the scores."""
    alone = {name: part.lost_by(known, name) for name in part.names()}
    told = picture.told_by(KEY, compress_page.restart())
    choice = compress_page.choose(part.names(), told[0] if told else None)
    rows = part.rows_of(choice, current_language(), alone)
    compress_view.size(*part.bytes_of(choice))
    compress_view.explained(choice)
    texts = own_text() + lesson.TEXTS
    with st.spinner(_("Translating with the smaller model …"), show_time=False):
        said = part.said(choice, texts)
    compress_view.translations(texts, part.said(None, texts), said)
    provenance("computed", translator().card, key="said")
    picture.parts_picture(
        rows,
        key=KEY,
        plan=compress_view.words_of(choice),
        part=compress_page.shown(part.names(), told[1] if told else None),
        restart=compress_page.restart(),
    )
    scores(choice, known)
    code_panel(lesson.snippet(choice, texts), lesson.KERAS)


def own_text() -> tuple[str, ...]:
    """The visitor's sentence, or one line why it cannot be translated."""
    text = sentence.text_box(lesson.FIRST[current_language()]).strip()
    if len(text) > LONGEST:
        sentence.too_many_characters(len(text), LONGEST, text[:LONGEST])
        return ()
    try:
        text.encode()
    except UnicodeEncodeError:
        half_character_problem()
        return ()
    return (text,) if text else ()


def scores(choice: Choice, known: dict[str, Any]) -> None:
    """BLEU and chrF on the held-back pairs: presets were measured beforehand, everything else on request."""
    st.subheader(_("Scores on held-back sentences"), anchor=False)
    compress_view.presets(
        known, {name: _(words) for name, words in lesson.PRESETS.items()}, part.preset_of(choice)
    )
    provenance("measured", {k: v for k, v in known.items() if k not in ("plans", "alone")}, key="scores")
    begun: tuple[Choice, int] | None = st.session_state.get(BEGUN)
    number = begun[1] + 1 if begun else 1
    st.button(
        _("Score these settings here (240 sentences)"),
        key="compress-score",
        icon=":material/play_arrow:",
        on_click=st.session_state.update,
        args=({BEGUN: (choice, number)},),
    )
    if begun is None:
        return
    one = scoring(*begun)
    watched = not one.settled
    st.fragment(run_every=OFTEN if watched else None)(watch)(one, begun[0], watched)


def watch(one: Live[Scored], choice: Choice, watched: bool) -> None:
    """How far the scoring is; the page runs anew where looking has to begin or may end."""
    compress_view.progress(one.state, one.latest, choice, stop=one.stop)
    if one.state == "done":
        provenance("computed", key="scored")
    if one.settled == watched:
        st.rerun()


def page() -> None:
    """The header, the compressed translator, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(one) for n, one in lesson.PRESETS.items()}, pick
    )
    try:
        known = recorded()
        part.weights()
        part.held_back()
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name)
    else:
        show(known)
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
