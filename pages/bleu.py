"""BLEU: how a translation is scored against references, n-gram by n-gram, and what the class thinks of it."""

from __future__ import annotations

import streamlit as st

from core import bleu
from core.checkpoints import ModelFileError
from core.translator import direction_of
from pages.loading import translator
from pages.parts import bleu as data
from pages.reading import normalised
from ui import bleu_page, bleu_scatter, course, frame
from ui.bleu_link import bleu_query
from ui.code_panel import code_panel
from ui.components.bleu import BleuState, bleu_picture, cuts_picture, rating_list
from ui.folded import folded
from ui.i18n import _, current_language
from ui.lessons import bleu as lesson
from ui.problems import model_file_problem
from ui.provenance import provenance

URL = "bleu"
LONGEST = 500  # characters of one text: cut into characters, already a whole screen


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    hypothesis, references = preset.texts(current_language())
    bleu_page.replace(bleu_query(hypothesis, *references))
    bleu_page.to_url({**bleu_page.USUAL, **preset.choices})
    bleu_page.begin_anew()


def show(hypothesis: str, references: tuple[str, ...]) -> None:
    """The picture of one translation, and what belongs to it."""
    tokenizers = data.tokenizers(wait=bleu_page.asks_for("morpheme"))
    view = data.compared(hypothesis, references, tokenizers, data.loading())
    opening = bleu_page.from_url(tokenizers, bleu.SMOOTHINGS)
    told = bleu_picture(view, key="bleu-picture", initial=opening, restart=bleu_page.restart())
    chosen: BleuState = {**opening, **told}
    bleu_page.to_url(chosen)
    provenance("counted", data.card())
    lesson.about()
    cut = view.cuts[chosen["tok"]]
    code_panel(
        lesson.snippet(cut.tokens, cut.references, chosen["tok"], chosen["smooth"]),
        lesson.sacrebleu_call(view, chosen["tok"], chosen["smooth"]),
        tabs=("Python", "sacreBLEU"),
        note=_(
            "Keras has no BLEU. sacreBLEU, by which papers compare, is called like this and gives the same number."
        ),
    )
    bleu_page.section(_("One sentence, four ways to cut it"), lesson.cuts_sentence(view))
    if all(direction_of(text) == "en-ko" for text in (hypothesis, *references)):
        frame.caption(_("There is no Hangul in these texts: morphemes are a matter of Korean."))
    cuts_picture(view, chosen["smooth"], key="bleu-cuts")
    if view.waiting:
        await_morphemes()


@st.fragment(run_every=1.0)
def await_morphemes() -> None:
    """Draw the page again once morphemes can be had; until then it goes on without them."""
    if not data.loading():
        st.rerun()


def rate() -> None:
    """The class rates translations, and sees its rating beside the scores."""
    panel = folded("rate", _("The class rates: is BLEU right?"), ":material/how_to_vote:")
    if panel is None:
        return
    with panel:
        frame.caption(lesson.rate_sentence())
        try:
            listed = data.rated_list()
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name)
            return
        rated = bleu_scatter.means(rating_list(listed, key="bleu-rating"))
        if len(rated) < data.ENOUGH:
            bleu_scatter.too_few(len(rated), data.ENOUGH)
        else:
            bleu_scatter.scatter(listed, rated, data.correlations(listed, rated))
            frame.caption(lesson.corpus_sentence(*data.corpus_scores()))
        provenance("computed", translator().card, key="rate")


def page() -> None:
    """The header, the texts, the picture or one sentence why there is none, the other parts."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    preset = lesson.PRESETS[lesson.FIRST]
    if bleu_page.is_new():
        bleu_page.to_url({**bleu_page.USUAL, **preset.choices})
    first = preset.texts(current_language())
    typed, references = bleu_page.boxes(bleu_query(first[0], *first[1]))
    readable = read(typed, references)
    if readable:
        show(*readable)
    rate()
    lesson.questions()
    frame.next_page(URL)


def read(typed: str, references: list[str]) -> tuple[str, tuple[str, ...]] | None:
    """The normalised texts; None where they cannot be scored, and then one sentence has said why."""
    texts = normalised(typed, *references)
    if texts is None:
        return None
    longest = max(len(text) for text in texts)
    filled = tuple(text for text in texts[1:] if text)
    if longest > LONGEST:
        bleu_page.too_long(longest, LONGEST)
    elif not texts[0]:
        frame.problem(_("There is no translation to score: type one, or pick an example above."))
    elif not filled:
        frame.problem(_("There is no reference: BLEU compares a translation with at least one by a person."))
    else:
        return texts[0], filled
    return None


frame.guard()
page()
