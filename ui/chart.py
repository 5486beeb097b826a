"""Charts: Plotly in the theme's own look, with a caption, a text alternative, a PNG and a CSV of its numbers."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from ui import projector
from ui.components.save import save_row
from ui.components.save.component import Column

# Okabe–Ito, without black and yellow, each of which is lost on one of the two backgrounds.
CATEGORIES: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#767676")
HEIGHT: Final = 320  # px
LETTER: Final = 13  # px
ON_PROJECTOR: Final = 22 / 16  # as in ui/styles/projector.css


def chart(
    figure: go.Figure,
    *,
    key: str,
    title: str,
    caption: str,
    table: Mapping[str, Column],
    height: int | None = None,
) -> None:
    """Draw a figure, and below it its caption and the buttons that save it.

    `title` (also the files' name) and `caption` are in the reader's language; both together are the text
    alternative. `table` holds the numbers behind the picture: column heads and columns of one length. `height`
    is in px. The caller's figure is left as it is. Texts of a visitor go into a figure through `plain`.
    """
    name = f"glassbox-chart-{key}"
    with st.container(key=name, gap="xsmall"):
        st.plotly_chart(
            calm(figure),
            key=f"{name}-plot",
            height=height or HEIGHT,
            config={"displayModeBar": False, "responsive": True, "showTips": False},
            alt=f"{title}. {caption}",
        )
        save_row(key=f"{name}-save", within=name, title=title, caption=caption, table=table)


def letter_size() -> int:
    """The size of a chart's letters in px. Plotly counts in px and does not follow a projector's larger type."""
    return round(LETTER * ON_PROJECTOR) if projector.active() else LETTER


def calm(figure: go.Figure) -> go.Figure:
    """Return a copy with quiet axes and narrow margins; a drag scrolls the page and does not zoom."""
    letter = letter_size()
    copy = go.Figure(figure)
    given = copy.layout.margin.to_plotly_json()
    copy.update_layout(
        margin={"l": 8, "r": 8, "t": 12, "b": 8, **given},
        dragmode=False,
        font_size=letter,
        hoverlabel_font_size=letter,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "font_size": letter},
    )
    for axes in (copy.update_xaxes, copy.update_yaxes):
        axes(automargin=True, fixedrange=True, tickfont_size=letter, title_font_size=letter)
    copy.update_annotations(font_size=letter)
    return copy


def label_lines(figure: go.Figure, height: int = HEIGHT) -> go.Figure:
    """Return a copy whose lines bear their names at their last points, with a dot in their colours, no legend.

    Lines that end close to each other get their names one above the other. A colour that a trace lacks is the
    next of `CATEGORIES`. `height` is the chart's in px.
    """
    letter = letter_size()
    copy = go.Figure(figure)
    lines = [line for line in map(_Line.of, copy.data) if line]
    for index, line in enumerate(lines):
        colour = line.trace.line.color or CATEGORIES[index % len(CATEGORIES)]
        line.trace.update(line_color=colour, marker_color=line.trace.marker.color or colour)
    logarithmic = copy.layout.yaxis.type == "log"
    heights = [_as_placed(line.heights, logarithmic) for line in lines]
    every = copy.layout.yaxis.range or [y for one in heights for y in one] or [0.0]
    # A chart's frame has about three quarters of its height; below are the axis' numbers and title.
    gap = ((max(every) - min(every)) or 1.0) * 1.4 * letter / (0.75 * height)
    ends = _spread([one[-1] for one in heights], gap)
    if copy.layout.yaxis.range:
        ends = _between(ends, gap, *sorted(copy.layout.yaxis.range))
    across = copy.layout.xaxis.type == "log"
    for line, place in zip(lines, ends, strict=True):
        dot = f'<span style="color:{line.trace.line.color}">●</span>'
        copy.add_annotation(
            x=_as_placed([float(line.end)], True)[0] if across else line.end,
            y=place,
            text=f"{dot} {line.trace.name}",
            font_size=letter,
            xanchor="left",
            xshift=4,
            showarrow=False,
        )
    # Full-width letters (Hangul) are as wide as they are high, others half that.
    names = [html.unescape(line.trace.name) for line in lines]
    widths = [sum(1.0 if ord(sign) > 0x10FF else 0.58 for sign in name) for name in names]
    copy.update_layout(showlegend=False, margin_r=round((max(widths, default=0) + 1.2) * letter) + 8)
    _end_at_the_last_point(copy, [x for line in lines for x in line.places])
    return copy


def plain(text: str) -> str:
    """Return a visitor's text so that Plotly, which reads a little HTML, shows every character of it."""
    return html.escape(text.encode(errors="replace").decode(), quote=False)


@dataclass(frozen=True)
class _Line:
    """A named line, without the points that have no height."""

    trace: Any
    places: list[Any]
    heights: list[float]

    @property
    def end(self) -> Any:
        return self.places[-1]

    @classmethod
    def of(cls, trace: Any) -> _Line | None:
        """The trace as a line; None where it is something else, has no name or no points."""
        if trace.type not in ("scatter", "scattergl") or not trace.name or trace.y is None:
            return None
        pairs = zip(trace.x, trace.y, strict=True) if trace.x is not None else enumerate(trace.y)
        points = [(x, float(y)) for x, y in pairs if y is not None and math.isfinite(y)]
        return cls(trace, [x for x, _ in points], [y for _, y in points]) if points else None


def _as_placed(heights: list[float], logarithmic: bool) -> list[float]:
    """Heights as annotations take them: exponents on a logarithmic axis."""
    return [math.log10(y) for y in heights if y > 0] or [0.0] if logarithmic else heights


def _end_at_the_last_point(figure: go.Figure, places: list[Any]) -> None:
    """Let the names stand in the margin: left to itself Plotly makes the axis longer, to hold them."""
    numbers = [float(x) for x in places if isinstance(x, int | float | np.number)]
    if len(numbers) < len(places) or not numbers or figure.layout.xaxis.range is not None:
        return
    if figure.layout.xaxis.type == "log":
        numbers = [math.log10(x) for x in numbers if x > 0]
    low, high = min(numbers, default=0.0), max(numbers, default=0.0)
    room = (high - low) * 0.02 or 0.5
    figure.update_xaxes(range=[low - room, high + room])


def _spread(places: list[float], gap: float) -> list[float]:
    """Move places apart until neighbours are `gap` from each other, and none further than it must.

    Places that would meet become a group around the mean of where they were (isotonic regression by pooling
    neighbours, Ayer et al. 1955).
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    groups: list[tuple[float, int]] = []  # the sum of what each place is without its gaps, and how many
    for index, one in enumerate(order):
        total, count = places[one] - index * gap, 1
        while groups and groups[-1][0] / groups[-1][1] >= total / count:
            total, count = total + groups[-1][0], count + groups.pop()[1]
        groups.append((total, count))
    means = [total / count for total, count in groups for _ in range(count)]
    found = [0.0] * len(places)
    for index, (one, mean) in enumerate(zip(order, means, strict=True)):
        found[one] = mean + index * gap
    return found


def _between(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Push places that are `gap` apart back between two bounds; without room for all the upper one holds."""
    found = list(places)
    order = sorted(range(len(places)), key=places.__getitem__)
    for index, one in enumerate(order):
        above = len(order) - 1 - index
        found[one] = min(max(places[one], low + index * gap), high - above * gap)
    return found
