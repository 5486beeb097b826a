"""Words or sequence: one review before seven judges, its words in any order, and what each word adds."""

from __future__ import annotations

from core.language import language_of
from core.sentiment import LONGEST, PADDED
from pages.parts import judges as data
from pages.parts.judge_cards import card
from pages.parts.review_words import SHOWN, cut, first_problem
from pages.parts.rule import rule_of_1500
from pages.reading import normalised
from ui import course, frame, sentiment_page
from ui.code_panel import code_panel
from ui.components.judges import JudgesState, judges_picture, told_by
from ui.components.judges.view import digest_of
from ui.i18n import _, current_language
from ui.lessons import sentiment as lesson
from ui.lessons import sentiment_code as code
from ui.problems import model_file_problem
from ui.provenance import provenance

URL = "sentiment"
PICTURE = "sentiment-picture"


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    sentiment_page.pick(preset.text, preset.chosen)


def show(text: str, language: str) -> None:
    """The picture of one text, and what belongs to it."""
    found = cut(text, language)
    if found is None:
        error = first_problem(language)
        if error is not None:
            model_file_problem(error.kind, error.path.name)
        return
    for remark in lesson.remarks(
        text, language, words=len(found.words), shown=SHOWN, pieces=found.pieces, longest=LONGEST
    ):
        frame.caption(remark)
    restart, digest = sentiment_page.restart(), digest_of(text, language)
    state = sentiment_page.present(told_by(PICTURE, digest, restart), digest, found.shown)
    asked = data.Asked(text, language, tuple(state["order"]), state["method"], state["mask"])
    judges_picture(data.view(asked), key=PICTURE, state=state, restart=restart)
    provenance("computed", card(language))
    lesson.data_sentence()
    rule_of_1500()
    show_code(asked, state)


def show_code(asked: data.Asked, state: JudgesState) -> None:
    """The code of the chosen model, if it can be read."""
    bag = data.bag_of(asked, state["kind"])
    if bag is not None:
        snippet = code.bag_snippet(asked.language, state["kind"], *bag)
    else:
        method = "" if data.is_bag(state["kind"]) else asked.method
        snippet = code.judge_snippet(
            asked.language, state["kind"], asked.text, asked.order, method, asked.masked, PADDED
        )
    code_panel(snippet, code.KERAS, tabs=("Python · PyTorch", "Keras"))


def page() -> None:
    """The header, the text, the picture or one sentence why there is none, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    first = lesson.PRESETS[lesson.FIRST[current_language()]].text
    typed, language = sentiment_page.boxes(first)
    text = readable(typed)
    if text:
        show(text, language_of(text) if language == "auto" else language)
    lesson.questions()
    frame.next_page(URL)


def readable(typed: str) -> str:
    """The normalised text; nothing where it cannot be judged, and then one sentence has said why."""
    if len(typed) > sentiment_page.LONGEST:
        frame.problem(lesson.too_long(len(typed), sentiment_page.LONGEST))
        return ""
    read = normalised(typed)
    if read is None:
        return ""
    (text,) = read
    if not text:
        frame.problem(lesson.nothing_typed())
    return text


frame.guard()
page()
