"""The rule of 1,500 as charts: accuracy by size for one length, and who is ahead for all lengths."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import plotly.graph_objects as go

from ui.chart import CATEGORIES, chart, label_lines
from ui.components.judges import NAMES
from ui.curves import Range, short_range
from ui.i18n import N_, _

HEIGHT: Final = 340  # px
# A kind's colour and marker.
_LOOKS: Final = {
    "tfidf": (CATEGORIES[1], "circle"),
    "encoder": (CATEGORIES[0], "square"),
    "encoder-read": (CATEGORIES[2], "diamond"),
}
KINDS: Final = {
    "tfidf": NAMES["tfidf"],
    "encoder": N_("Encoder, begun anew"),
    "encoder-read": N_("Encoder that has read before"),
}
# At the ends of lines there is little room.
_SHORT: Final = {"tfidf": "TF–IDF", "encoder": N_("begun anew"), "encoder-read": N_("has read")}
_SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up")
_COLOURS: Final = (
    CATEGORIES[4],
    CATEGORIES[0],
    CATEGORIES[3],
    CATEGORIES[5],
)  # of the lengths, short to long
_RULE_COLOUR: Final = CATEGORIES[6]


class Reached(NamedTuple):
    """What a kind reached with so many reviews, one accuracy a draw."""

    size: int
    ratio: float  # size ÷ mean words
    accuracies: Sequence[float]

    @property
    def mean(self) -> float:
        """The mean over the draws."""
        return sum(self.accuracies) / len(self.accuracies)


class Ahead(NamedTuple):
    """By how much the sequence model is ahead."""

    size: int
    ratio: float
    lead: float
    error: float  # half of its 95 % interval
    sure: bool
    as_ruled: bool


@dataclass(frozen=True)
class Part:
    """The reviews of one length, and what was measured with them."""

    words: Range
    train: int  # reviews
    test: int
    mean_words: float
    curves: Mapping[str, Sequence[Reached]]  # by kind
    leads: Mapping[str, Sequence[Ahead]]  # by the sequence model's kind, and so both that follow
    crossings: Mapping[str, float | None]  # the ratio from which on it stays ahead
    places: Mapping[str, str | None]  # of the crossing beside the rule

    @property
    def name(self) -> str:
        """The length, as it is called on the screen."""
        return _("{range} words").format(range=short_range(self.words))


def _apart(sizes: Collection[int]) -> list[int]:
    """The sizes that have a tick, rising: the largest one, and going down those that are half as large or less."""
    kept: list[int] = []
    for size in sorted(sizes, reverse=True):
        if not kept or 2 * size <= kept[-1]:
            kept.append(size)
    return kept[::-1]


def accuracy_chart(part: Part, rule: int) -> None:
    """Draw what both kinds reach with more and more reviews of one length."""
    figure = go.Figure()
    for kind, reached in part.curves.items():
        colour, symbol = _LOOKS[kind]
        figure.add_scatter(
            x=[one.size for one in reached for _draw in one.accuracies],
            y=[accuracy for one in reached for accuracy in one.accuracies],
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 6, "opacity": 0.45},
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=[one.size for one in reached],
            y=[one.mean for one in reached],
            name=_(_SHORT[kind]),
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"symbol": symbol, "size": 8},
            hovertemplate="%{x:,}: %{y:.1%}<extra>" + _(KINDS[kind]) + "</extra>",
        )
    sizes = _apart({one.size for reached in part.curves.values() for one in reached})
    ruled = rule * part.mean_words
    figure.update_xaxes(
        type="log",
        tickvals=sizes,
        # On a phone there is room for every second quotient.
        ticktext=[
            f"{_short(size)}<br>{'' if place % 2 else _short(size / part.mean_words)}"
            for place, size in enumerate(sizes)
        ],
        tickangle=0,
        title_text=_("reviews learned from; below them ÷ {words} words").format(
            words=f"{part.mean_words:.1f}"
        ),
    )
    figure.update_yaxes(tickformat=".0%", title_text=_("accuracy"))
    _upright(figure, ruled, _("the rule: {rule}").format(rule=f"{rule:,}"))
    title = _("Accuracy against reviews learned from, {length}").format(length=part.name)
    chart(
        label_lines(figure, HEIGHT),
        key="rule-accuracy",
        title=title,
        caption=_(
            "Reviews of {length} alone, learned from and tested on ({test} test reviews). Pale points: one draw each; "
            "lines: their means. “Begun anew”: with random weights. “Has read before”: it first guessed hidden pieces "
            "of all reviews, without their labels. Left of the grey line the rule names the bag, right of it the "
            "sequence model."
        ).format(length=part.name, test=f"{part.test:,}"),
        table={
            _("model"): [_(KINDS[kind]) for kind, reached in part.curves.items() for _one in reached],
            _("reviews"): [one.size for reached in part.curves.values() for one in reached],
            _("reviews ÷ mean words"): [one.ratio for reached in part.curves.values() for one in reached],
            _("accuracy"): [round(one.mean, 4) for reached in part.curves.values() for one in reached],
            _("draws"): [len(one.accuracies) for reached in part.curves.values() for one in reached],
        },
        height=HEIGHT,
    )


def lead_chart(parts: Sequence[Part], kind: str, rule: int) -> None:
    """Draw by how many points a sequence model is ahead, at every length."""
    figure = go.Figure()
    rows = [(part, one) for part in parts for one in part.leads[kind]]
    for part, colour, symbol in zip(parts, _COLOURS, _SYMBOLS, strict=False):
        figure.add_scatter(
            x=[one.ratio for one in part.leads[kind]],
            y=[100 * one.lead for one in part.leads[kind]],
            error_y={
                "array": [100 * one.error for one in part.leads[kind]],
                "thickness": 1,
                "width": 3,
            },
            name=short_range(part.words),
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={
                "symbol": [symbol if one.sure else f"{symbol}-open" for one in part.leads[kind]],
                "size": 9,
                "line": {"width": 2, "color": colour},
            },
            customdata=[one.size for one in part.leads[kind]],
            hovertemplate="%{customdata:,} ÷ … = %{x:,.0f}: %{y:+.1f}<extra>" + part.name + "</extra>",
        )
    figure.add_hline(y=0, line={"color": _RULE_COLOUR, "width": 1})
    figure.update_xaxes(type="log", title_text=_("reviews ÷ mean words"), dtick=1, tickformat=",")
    figure.update_yaxes(ticksuffix=" ", title_text=_("lead in points"), zeroline=False)
    _upright(figure, rule, _("the rule: {rule}").format(rule=f"{rule:,}"))
    chart(
        label_lines(figure, HEIGHT),
        key="rule-lead",
        title=_("Who is ahead: “{name}” above 0, TF–IDF below").format(name=_(KINDS[kind])),
        caption=_(
            "A line for each length in words: the encoder’s accuracy minus that of TF–IDF, both having learned from "
            "the same reviews, in points; bars: 95 %. Hollow: chance alone could be behind it. If the rule held, every "
            "line would cross 0 at the grey one."
        ),
        table={
            _("words"): [short_range(part.words) for part, _one in rows],
            _("reviews"): [one.size for _part, one in rows],
            _("reviews ÷ mean words"): [one.ratio for _part, one in rows],
            _("lead in points"): [round(100 * one.lead, 2) for _part, one in rows],
            _("± (95 %)"): [round(100 * one.error, 2) for _part, one in rows],
        },
        height=HEIGHT,
    )


def _upright(figure: go.Figure, x: float, words: str) -> None:
    """A grey line at ``x`` of a logarithmic axis, with its name at the top."""
    figure.add_vline(x=x, line={"color": _RULE_COLOUR, "width": 2, "dash": "dash"})
    # Not as the line's own: Plotly would take its place for an exponent.
    figure.update_layout(margin_t=28)
    figure.add_annotation(
        x=math.log10(x), y=1.0, yref="paper", yanchor="bottom", xanchor="center", text=words, showarrow=False
    )


def _short(number: float) -> str:
    """A number as a narrow axis has room for it."""
    return f"{number:.0f}" if number < 1000 else f"{number / 1000:.2g}k"
