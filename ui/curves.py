"""Curves over ranges of lengths, each with its band; what rests on few sentences is hollow and dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import plotly.graph_objects as go

from ui.i18n import _

Range = tuple[int, int | None]  # pieces, both ends included; ``None``: no limit
BAND: Final = 0.16  # opacity


@dataclass(frozen=True)
class Curve:
    """A named line; all lists have one entry a range."""

    name: str
    colour: str  # #rrggbb
    symbol: str  # Plotly's name of the marker; empty: a dotted line without markers or band
    ranges: Sequence[Range]
    counts: Sequence[int]  # sentences
    values: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    few: Sequence[bool]


def curve_figure(
    curves: Sequence[Curve], *, y_title: str, top: float | None = None, percent: bool = False
) -> go.Figure:
    """Return the figure, without the names at the lines' ends.

    ``top``: where the upright axis, which begins at 0, ends; by itself a little above all bands. ``percent``: the
    values are shares.
    """
    ranges = ranges_of(curves)
    places = {range_: place for place, range_ in enumerate(ranges)}
    figure = go.Figure()
    for curve in curves:
        if curve.symbol:
            _add_band(figure, curve, [places[range_] for range_ in curve.ranges])
    for curve in curves:
        x = [places[range_] for range_ in curve.ranges]
        if curve.symbol:
            _add_lines(figure, curve, x)
        _add_points(figure, curve, x, percent)
    figure.update_xaxes(
        tickvals=list(places.values()),
        ticktext=[short_range(range_) for range_ in ranges],
        title_text=_("source length in pieces"),
    )
    figure.update_yaxes(
        range=[0, top or highest(curves)], tickformat=".0%" if percent else "", title_text=y_title
    )
    return figure


def ranges_of(curves: Sequence[Curve]) -> dict[Range, int]:
    """All ranges, from short to long, each with its number of sentences."""
    found = {
        range_: count for curve in curves for range_, count in zip(curve.ranges, curve.counts, strict=True)
    }
    return dict(sorted(found.items(), key=lambda one: one[0][0]))


def highest(curves: Sequence[Curve]) -> float:
    """Where an axis for all curves ends: a little above their bands."""
    return 1.06 * max((bound for curve in curves for bound in curve.high), default=1.0) or 1.0


def short_range(range_: Range) -> str:
    """A range as an axis names it."""
    first, last = range_
    return f"{first}+" if last is None else f"{first}–{last}"


def _add_band(figure: go.Figure, curve: Curve, x: Sequence[int]) -> None:
    red, green, blue = (int(curve.colour[place : place + 2], 16) for place in (1, 3, 5))
    figure.add_scatter(
        x=[*x, *reversed(x)],
        y=[*curve.high, *reversed(curve.low)],
        fill="toself",
        fillcolor=f"rgba({red},{green},{blue},{BAND})",
        line_width=0,
        mode="lines",
        hoverinfo="skip",
    )


def _add_lines(figure: go.Figure, curve: Curve, x: Sequence[int]) -> None:
    """The line in parts: a part that touches a point of few sentences is dashed."""
    spans = zip(pairwise(x), pairwise(curve.values), pairwise(curve.few), strict=True)
    parts: dict[str, tuple[list[int | None], list[float | None]]] = {}
    for xs, ys, few in spans:
        part = parts.setdefault("dash" if any(few) else "solid", ([], []))
        part[0].extend([*xs, None])  # nothing joins it to the next part
        part[1].extend([*ys, None])
    for dash, (along, up) in parts.items():
        figure.add_scatter(
            x=along,
            y=up,
            mode="lines",
            line={"color": curve.colour, "width": 2, "dash": dash},
            hoverinfo="skip",
        )


def _add_points(figure: go.Figure, curve: Curve, x: Sequence[int], percent: bool) -> None:
    symbols = [f"{curve.symbol}-open" if few else curve.symbol for few in curve.few]
    figure.add_scatter(
        x=x,
        y=curve.values,
        name=curve.name,
        mode="markers" if curve.symbol else "lines",
        line={"color": curve.colour, "width": 2, "dash": "dot"},
        marker={"symbol": symbols, "size": 8, "line": {"width": 2, "color": curve.colour}}
        if curve.symbol
        else None,
        cliponaxis=False,
        text=_told(curve, percent),
        hovertemplate="%{text}<extra></extra>",
    )


def _told(curve: Curve, percent: bool) -> list[str]:
    """What each point says when it is pointed at."""
    form = "{:.0%}" if percent else "{:.1f}"
    said = []
    rows = zip(curve.ranges, curve.counts, curve.values, curve.low, curve.high, strict=True)
    for range_, count, *numbers in rows:
        value, low, high = map(form.format, numbers)
        words = (
            _("{name}, {range} pieces: {value}")
            if not curve.symbol
            else _("{name}, {range} pieces: {value} (95 %: {low} to {high}), {count} sentences")
        )
        said.append(
            words.format(
                name=curve.name,
                range=short_range(range_),
                value=value,
                low=low,
                high=high,
                count=f"{count:,}",
            )
        )
    return said
