"""The measured curves of the seq2seq page: what is shown, its switches, the scores and where they come from."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from ui import frame, state
from ui.chart import CATEGORIES, LETTER, chart, label_lines, letter_size
from ui.components.save.component import Column
from ui.curves import Curve, curve_figure, highest, ranges_of, short_range
from ui.i18n import N_, _
from ui.switch import switch

HEIGHT: Final = 340  # px
PANEL_HEIGHT: Final = 300  # px
DIRECTIONS: Final = {"ko-en": N_("Korean → English"), "en-ko": N_("English → Korean")}
METRICS: Final = {"chrf2": "chrF2", "bleu": "BLEU", "bleu_characters": N_("BLEU on characters")}
PLACES: Final = {"first": N_("first word"), "middle": N_("middle word"), "last": N_("last word")}
# A line's name, colour and marker. No red line beside a green one.
_LOOKS: Final = {
    "none": (N_("no attention"), CATEGORIES[1], "circle"),
    "last": (N_("state"), CATEGORIES[1], "circle"),
    "last and cell": (N_("+ cell"), CATEGORIES[5], "diamond"),
    "dot": ("dot", CATEGORIES[0], "square"),
    "general": ("general", CATEGORIES[4], "triangle-up"),
    "concat": ("concat", CATEGORIES[3], "triangle-down"),
    "translator": (N_("Transformer"), CATEGORIES[6], "x"),
    "chance": (N_("baseline"), CATEGORIES[6], ""),
}
_INTO: Final = {"en": "ko-en", "ko": "en-ko"}  # as the address names the direction
_DIRECTION_KEY: Final = "glassbox-curves-direction"
_METRIC_KEY: Final = "glassbox-curves-metric"


def name_of(name: str) -> str:
    """What a system or a reading is called on the screen."""
    return _(_LOOKS[name][0])


def look_of(name: str) -> tuple[str, str, str]:
    """A line's name on the screen, its colour and its marker."""
    _words, colour, symbol = _LOOKS[name]
    return name_of(name), colour, symbol


def metrics_of(direction: str) -> list[str]:
    """The metrics of a direction: Korean is scored on its characters, too."""
    return [name for name in METRICS if name != "bleu_characters" or direction == "en-ko"]


def switches() -> tuple[str, str]:
    """Draw the choices of direction and metric, and return both; they live in the URL too."""
    with st.container(horizontal=True, gap="small", key="glassbox-curves-switches"):
        asked = _INTO[state.param("into", "en", state.choices(_INTO))]
        direction = switch(_("Direction"), DIRECTIONS, list(DIRECTIONS), _DIRECTION_KEY, asked)
        offered = metrics_of(direction)
        metric = switch(_("Score"), METRICS, offered, _METRIC_KEY, _metric_asked(offered))
    into = next(name for name, of in _INTO.items() if of == direction)
    state.put_all({"into": (into, "en"), "metric": (metric, "chrf2")})
    return direction, metric


def forget_url() -> None:
    """Take the choices out of the address once the panel is folded away."""
    state.put_all({"into": ("", ""), "metric": ("", "")})


def length_chart(curves: Sequence[Curve], direction: str, metric: str, draws: int, enough: int) -> None:
    """Draw the scores by length.

    ``draws``: behind the bands; ``enough``: the fewest sentences that a finding may rest on.
    """
    words, height = _(METRICS[metric]), _tall(HEIGHT)
    title = _("{metric} by the length of the source, {direction}").format(
        metric=words, direction=_(DIRECTIONS[direction])
    )
    caption = _(
        "Held-back sentences, translated greedily. The band holds the score in 95 % of {draws} drawings of as many "
        "sentences. Long sentences are other sentences, and harder for every model: compare the lines with each other. "
        "“baseline”: the same translations without attention, against other sentences’ references: the score of chance."
    ).format(draws=draws)
    st.markdown(f"**{title}**")
    chart(
        label_lines(curve_figure(curves, y_title=words), height),
        key="bottleneck-lengths",
        title=title,
        caption=f"{caption} {counts_words(curves, enough)}",
        table=table_of(curves, words),
        height=height,
    )


def probe_heading(asked: int) -> None:
    """What the panels below are about, and what a probe is; ``asked``: words that it can say."""
    st.markdown("**" + _("The one vector fills up: which words can still be read out of it?") + "**")
    frame.caption(
        _(
            "A probe is a linear classifier that sees nothing but a vector and says which word stood at a place; what "
            "it gets right is in the vector. It was asked for the {words} most frequent words of held-back sentences. "
            "“state”: the encoder’s last state without attention, “+ cell”: with the LSTM’s cell beside it. dot, "
            "general, concat: the attention’s context at the step that looks at the word most. “baseline”: always the "
            "most frequent word. Bands: 95 %."
        ).format(words=asked)
    )


def probe_charts(panels: Mapping[str, Sequence[Curve]], direction: str, enough: int) -> None:
    """Draw a panel for each place, on one scale; they stand below each other where the window is narrow."""
    height = _tall(PANEL_HEIGHT)
    top = min(1.0, max(map(highest, panels.values()), default=1.0))
    st.html("<style>" + _PANELS + "</style>")
    with st.container(key="glassbox-curves-panels"):
        for place, curves in panels.items():
            words = _(PLACES[place])
            title = _("Read right: {place}, {direction}").format(
                place=words, direction=_(DIRECTIONS[direction])
            )
            with st.container(gap="xsmall"):
                st.markdown(f"**{words}**")
                figure = curve_figure(curves, y_title="", top=top, percent=True)
                chart(
                    label_lines(figure, height),
                    key=f"bottleneck-{place}",
                    title=title,
                    caption=counts_words(curves, enough),
                    table=table_of(curves, _("read right")),
                    height=height,
                )


def table_of(curves: Sequence[Curve], value: str) -> dict[str, Column]:
    """The numbers of a figure, a row for each point; ``value``: the measured column's head."""
    rows = [
        (curve.name, *range_, *numbers)
        for curve in curves
        for range_, *numbers in zip(
            curve.ranges, curve.counts, curve.values, curve.low, curve.high, strict=True
        )
    ]
    heads = (_("model"), _("from"), _("to"), _("sentences"), value, _("95 % from"), _("95 % to"))
    return {head: [row[place] for row in rows] for place, head in enumerate(heads)}


def counts_words(curves: Sequence[Curve], enough: int) -> str:
    """How many sentences each range has, and what is drawn hollow."""
    counts = ", ".join(f"{short_range(range_)}: {count:,}" for range_, count in ranges_of(curves).items())
    words = _("Sentences: {counts}.").format(counts=counts)
    if any(few for curve in curves for few in curve.few):
        few = _("Hollow points and dashed lines: fewer than {count} sentences, and no finding rests on them.")
        words = f"{words} {few.format(count=enough)}"
    return words


def said(name: str, sentences: Sequence[str]) -> None:
    """What the figures say, in sentences; ``name``: what the page can find them by."""
    words = html.escape(" ".join(filter(None, sentences)))
    st.html(f'<p class="gb-caption" data-glassbox-finding="{name}">{words}</p>')


def column_head(direction: str, metric: str) -> str:
    """What a column of scores is called."""
    words = _("{metric} into English") if direction == "ko-en" else _("{metric} into Korean")
    return words.format(metric=_(METRICS[metric]))


def whole(value: object) -> str:
    """A count as the table writes it."""
    return f"{value:,}" if isinstance(value, int) else "–"


def one_digit(value: object) -> str:
    """A score as the table writes it."""
    return f"{value:.1f}" if isinstance(value, int | float) else "–"


def command_line(command: str) -> None:
    """The command that measures again."""
    words = html.escape(_("Measured again by:"))
    st.html(f'<p class="gb-caption">{words} <code>{html.escape(command)}</code></p>')


_PANELS: Final = (
    ".st-key-glassbox-curves-panels { display: grid; gap: 1rem; "
    "grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); }"
)


def _tall(height: int) -> int:
    """A height in px that grows with the letters on a projector."""
    return round(height * letter_size() / LETTER)


def _metric_asked(offered: Sequence[str]) -> str:
    """The address' metric; BLEU where its own kind is not to be had in this direction."""
    kept = st.session_state.get(_METRIC_KEY)
    if kept is not None and kept not in offered:
        return "bleu"
    return state.param("metric", "chrf2", state.choices(offered))
