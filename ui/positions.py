"""The words of the positions page's pictures."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from ui.components.shared import save_words
from ui.i18n import N_, _
from ui.table import table

KINDS: Final = ("learned", "sinusoidal", "integers", "none", "rotary")  # the order of the lesson
METRICS: Final = ("dot", "cosine", "length")

NAMES: Final = {
    "learned": N_("Learned"),
    "sinusoidal": N_("Sinusoidal"),
    "integers": N_("0, 1, 2 …"),
    "none": N_("None"),
    "rotary": N_("Rotary"),
}
_ABOUT: Final = {
    "learned": N_(
        "Learned: an Embedding layer gives each position a vector of its own, and training sets its numbers, as "
        "in the textbook. Training sentences are short: rows far down were hardly trained, and stay short and "
        "noisy (press “length”)."
    ),
    "sinusoidal": N_(
        "Sinusoidal: sines and cosines of ever slower waves (Vaswani et al. 2017). Nothing to learn, values "
        "between −1 and 1, and the dot product depends on the distance alone."
    ),
    "integers": N_(
        "“Just add 0, 1, 2 …”, taken word for word: the same integer in every dimension. It is not what the "
        "textbook does, and further down you see why it fails."
    ),
    "none": N_(
        "No positions: nothing is added. To attention a sentence is then a bag of words without order."
    ),
    "rotary": N_(
        "Rotary: nothing is added to the embedding. Each pair of dimensions of a query or key is turned by an "
        "angle that grows with the position; here are the sines and cosines (Su et al. 2021)."
    ),
}
_CELLS: Final = {
    "learned": N_("position {position}, dimension {dimension}: {value}, a learned number"),
    "sinusoidal": N_(
        "position {position}, dimension {dimension}: {sign}({position} ÷ 10000^({pair}/{width})) = "
        "{sign}({angle}) = {value}"
    ),
    "integers": N_("position {position}, dimension {dimension}: {value}, as in every dimension"),
    "none": N_("position {position}, dimension {dimension}: {value}, nothing is added"),
    "rotary": N_(
        "position {position}, dimension {dimension}: turned by {position} ÷ 10000^({pair}/{width}) = {angle} "
        "rad; {sign} = {value}"
    ),
}


def names() -> dict[str, str]:
    """The kinds' names in the reader's language, in the order of the lesson."""
    return {kind: _(name) for kind, name in NAMES.items()}


def table_labels() -> dict[str, str]:
    """The words of the main picture."""
    return {
        **{f"kind_{kind}": _(name) for kind, name in NAMES.items()},
        **{f"about_{kind}": _(about) for kind, about in _ABOUT.items()},
        **{f"cell_{kind}": _(cell) for kind, cell in _CELLS.items()},
        "kinds": _("Kind of positions"),
        "no_model": _("The model file for this one cannot be used."),
        "width": _("Width of the table"),
        "width_small": _("96 dimensions (small model)"),
        "width_translator": _("256 (translator)"),
        "metrics": _("What is compared"),
        "metric_dot": _("dot product"),
        "metric_cosine": _("cosine"),
        "metric_length": _("length"),
        "query": _("query"),
        "key": _("key"),
        "head": _("head"),
        "axis_position": _("position"),
        "axis_dimension": _("dimension →"),
        "x_distance": _("distance to the chosen position"),
        "x_position": _("position"),
        "x_key": _("key's position − query's position"),
        "dot_title": _("Dot product with position {position}"),
        "cosine_title": _("Cosine with position {position}"),
        "length_title": _("Length of each position's vector"),
        "own_line": _("position {position}"),
        "mean_line": _("mean of all pairs"),
        "rotary_title": _("{query} · {key}, layer 1, head {head}: {value} at their distance {distance}"),
        "file": _("positions"),
        **save_words(),
    }


def shuffle_labels() -> dict[str, str]:
    """The words of the shuffled sentence's picture."""
    return {
        "row_shuffled": _("shuffled"),
        "row_plain": _("as typed"),
        "largest": _("max |Δ|"),
        "drag": _(
            "Drag a piece of the upper row to another place. With the keyboard: arrow keys choose one, with Shift "
            "they move it."
        ),
        "caption": _(
            "Each cell: the largest |Δ| between a piece's output in the typed order and in the shuffled one, "
            "after the rows were put back in order. Without positions only float32's rounding is left."
        ),
        "file": _("shuffled words"),
        **save_words(),
    }


def blank_labels(vocabulary: int) -> dict[str, str]:
    """The words of the blanks' picture; ``vocabulary`` is how many pieces the models choose from."""
    return {
        "rest": _("all other pieces"),
        "probability": _("probability"),
        "caption": _(
            "The five likeliest pieces for the blank, with the probabilities of the softmax over all {count} "
            "pieces. Without positions the answer is the same in any order: the model sees a bag of pieces, and a "
            "full stop that is missing anywhere in it can be the best guess."
        ).format(count=f"{vocabulary:,}"),
        "file": _("blank"),
        **save_words(),
    }


def drowning_labels() -> dict[str, str]:
    """The words of the picture of drowned words."""
    return {
        "lengths": _("Length of the vectors, place by place"),
        "cosines": _("Cosine of word + position"),
        "x_place": _("place in the sentence"),
        "position_length": _("position"),
        "word_length": _("word"),
        "different_words": _("different words, same place"),
        "same_word": _("same word, place 0 and here"),
        "compared": _("different words, sinusoidal"),
        "caption": _(
            "The position soon is longer than the word: different words at one place become nearly the same "
            "vector, and one word at two places becomes a stranger to itself. Sinusoidal positions leave the "
            "words apart."
        ),
        "file": _("drowned words"),
        **save_words(),
    }


def erasure_labels() -> dict[str, str]:
    """The words of the picture of LayerNorm."""
    return {
        "word": _("word"),
        "slider": _("the integer that is added"),
        "before": _("Before LayerNorm"),
        "after": _("After LayerNorm"),
        "x_dimension": _("dimension"),
        "result": _("max |LayerNorm(e + {p}) − LayerNorm(e)| over all words = {difference}"),
        "caption": _(
            "LayerNorm subtracts the mean over the dimensions, and what was added to all of them goes with it. "
            "The rest is float32's rounding of e + p. In the model the first attention still sees the integer; "
            "the LayerNorm behind it takes it out of the residual."
        ),
        "file": _("erased integers"),
        **save_words(),
    }


def section(title: str, sentence: str) -> None:
    """A part of the page below the main picture: its heading and one sentence."""
    st.html(
        f'<h2 class="gb-section">{html.escape(title)}</h2><p class="gb-caption">{html.escape(sentence)}</p>'
    )


def scores_table(rows: Sequence[tuple[str, Mapping[str, float], Mapping[str, float]]]) -> None:
    """What each model scored on held-back text: (name, in order, shuffled), as the cards have it."""
    heads = (
        _("positions"),
        _("perplexity"),
        _("right"),
        _("perplexity, pieces shuffled"),
        _("right, pieces shuffled"),
    )
    table(
        heads,
        [
            [name, *(_score(part, score) for part in parts for score in ("perplexity", "right"))]
            for name, *parts in rows
        ],
        "scores",
    )


def number(value: float) -> str:
    """A difference as the pictures write it: plain digits where they say enough, else a power of ten."""
    if value == 0:
        return "0"
    if 0.01 <= value < 1000:
        return f"{value:.2f}"
    front, power = f"{value:.1e}".split("e")
    return f"{front}e{int(power)}".replace("-", "−")


def _score(part: Mapping[str, float], score: str) -> str:
    value = part.get(score)
    if not isinstance(value, int | float):
        return "–"
    return f"{value:,.1f}" if score == "perplexity" else f"{value:.1%}"
