"""What the page `/sentiment` shows, asked of core for ui to draw. No Streamlit calls but caches."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from core.checkpoints import ModelFileError
from core.models.bags import Bag
from core.reorder import MOST, in_order, logits_of_moves
from core.sentiment import BAGS, BLIND, KINDS
from pages.loading import judge
from pages.parts import judged_words
from pages.parts.judge_cards import figures_of
from pages.parts.review_words import SHOWN, cut, cut_by
from ui.components.judges import MISSING, JudgesView, Line
from ui.i18n import _

MOST_LISTED = 300  # n-grams that a snippet writes out


class Asked(NamedTuple):
    """A text, who judges it, and in which order of its first `SHOWN` words."""

    text: str  # normalised
    language: str
    order: tuple[int, ...]
    method: str
    masked: bool


def view(asked: Asked) -> JudgesView:
    """The text in its order, by all models."""
    found = cut(asked.text, asked.language)
    words = found.words[:SHOWN] if found else ()
    lines = tuple(_line_or_sentence(asked, kind) for kind in KINDS)
    return JudgesView(asked.text, asked.language, words, asked.order, asked.method, asked.masked, lines)


def _line_or_sentence(asked: Asked, kind: str) -> Line:
    try:
        return judged(asked, kind)
    except ModelFileError as error:
        sentence = _(MISSING.get(error.kind, MISSING["unreadable"]))
        return Line(kind, missing=sentence.format(name=error.path.name))


@st.cache_resource(show_spinner=False, max_entries=256)
def judged(asked: Asked, kind: str) -> Line:
    """One model's line; equal questions of all visitors are answered once.

    Raises ``core.checkpoints.ModelFileError``, which is not cached.
    """
    found = judge(asked.language, kind)
    words = cut_by(asked.text, asked.language, kind).ids
    ordered = _ordered(asked, kind)
    ids = [piece for word in ordered for piece in word]
    typed = in_order(words, range(len(words)))
    spans = judged_words.spans_of(ordered)
    bag = isinstance(found.model, Bag)
    explained, beyond = judged_words.explained(
        found, ids, spans, len(asked.order), asked.method, asked.masked
    )
    grams, gap_grams = judged_words.grams_of(found, ids, spans, len(asked.order)) if bag else ([], [])
    return Line(
        kind,
        exact=bag,
        blind=kind in BLIND,
        logit=explained.logit,
        typed=found.logits([typed], asked.masked)[0],
        moves=logits_of_moves(found, words, asked.order, asked.masked).tolist()
        if len(words) <= MOST
        else None,
        words=explained.words[: len(asked.order)].tolist(),
        gaps=explained.gaps[: max(0, len(asked.order) - 1)].tolist(),
        base=explained.base,
        rest=beyond,
        grams=grams,
        gap_grams=gap_grams,
        figures=figures_of(found.card),
    )


def _ordered(asked: Asked, kind: str) -> list[list[int]]:
    """The pieces of each word, in the order that is asked for; what is not shown stays at the end."""
    words = cut_by(asked.text, asked.language, kind).ids
    rest = range(len(asked.order), len(words))
    return [words[word] for word in (*asked.order, *rest)]


def is_bag(kind: str) -> bool:
    """Whether a kind is a bag of n-grams."""
    return kind in BAGS


def bag_of(asked: Asked, kind: str) -> tuple[float, list[judged_words.Feature]] | None:
    """A bag's bias and the text's n-grams that it knows; None for other kinds, long texts and missing files."""
    if not is_bag(kind):
        return None
    try:
        found = judge(asked.language, kind)
        ids = _ordered(asked, kind)
    except ModelFileError:
        return None
    assert isinstance(found.model, Bag)
    features = judged_words.features_of(found, [piece for word in ids for piece in word])
    return (found.model.bias, features) if len(features) <= MOST_LISTED else None
