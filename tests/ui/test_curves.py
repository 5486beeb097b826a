"""Curves with bands: what is drawn, in which order, and what stands apart."""

from __future__ import annotations

import pytest

from ui import chart
from ui.curves import Curve, curve_figure, highest, short_range

RANGES = [(1, 5), (6, 10), (31, None)]


def curve(
    name: str = "dot", colour: str = "#0072B2", symbol: str = "square", few: int | None = None
) -> Curve:
    """Values 10, 30 and 20, each in a band of 2; ``few``: the range with few sentences."""
    return Curve(
        name, colour, symbol, RANGES, [1200, 40, 7], [10.0, 30.0, 20.0], [9.0, 29.0, 19.0], [11.0, 31.0, 21.0],
        [place == few for place in range(3)],
    )  # fmt: skip


BASELINE = Curve(
    "baseline", "#767676", "", RANGES[:2], [1200, 40], [5.0, 5.0], [5.0, 5.0], [5.0, 5.0], [False] * 2
)


def test_a_band_is_the_way_along_the_upper_bounds_and_back_along_the_lower_ones() -> None:
    band = curve_figure([curve()], y_title="").data[0]
    assert band.fill == "toself" and band.name is None
    assert list(band.x) == [0, 1, 2, 2, 1, 0]
    assert list(band.y) == [11, 31, 21, 19, 29, 9]
    assert band.fillcolor.startswith("rgba(0,114,178,")


def test_all_bands_lie_below_all_points() -> None:
    figure = curve_figure([curve("a"), curve("b"), BASELINE], y_title="")
    kinds = ["band" if trace.fill == "toself" else "line" for trace in figure.data]
    assert kinds == sorted(kinds)
    assert kinds.count("band") == 2  # a baseline has none
    assert [trace.name for trace in figure.data if trace.name] == ["a", "b", "baseline"]


def test_few_sentences_are_hollow_and_their_lines_dashed() -> None:
    figure = curve_figure([curve(few=2)], y_title="")
    points = figure.data[-1]
    assert list(points.marker.symbol) == ["square", "square", "square-open"]
    lines = {trace.line.dash: list(trace.x) for trace in figure.data if trace.line.dash in ("solid", "dash")}
    assert lines["solid"] == [0, 1, None] and lines["dash"] == [1, 2, None]
    full = curve_figure([curve()], y_title="")
    assert not [trace for trace in full.data if trace.line.dash == "dash"]
    assert list(full.data[-1].marker.symbol) == ["square"] * 3


def test_every_line_has_its_name_at_its_end_and_in_its_colour() -> None:
    labelled = chart.label_lines(curve_figure([curve("none", "#E69F00"), curve(), BASELINE], y_title=""), 340)
    assert [note.text.split("</span> ")[1] for note in labelled.layout.annotations] == [
        "none",
        "dot",
        "baseline",
    ]
    assert "#E69F00" in labelled.layout.annotations[0].text
    assert [note.x for note in labelled.layout.annotations] == [2, 2, 1]
    assert not labelled.layout.showlegend


def test_the_axis_says_ranges_and_begins_at_nothing() -> None:
    figure = curve_figure([curve(), BASELINE], y_title="chrF2")
    assert list(figure.layout.xaxis.ticktext) == ["1–5", "6–10", "31+"]
    assert figure.layout.yaxis.range[0] == 0 and figure.layout.yaxis.range[1] > 31
    assert figure.layout.yaxis.title.text == "chrF2"
    assert highest([]) == pytest.approx(1.06)
    assert short_range((31, None)) == "31+"


def test_a_point_says_everything_about_itself() -> None:
    texts = curve_figure([curve()], y_title="").data[-1].text
    for part in ("dot", "31+", "20.0", "19.0", "21.0", "7"):
        assert part in texts[2]
    assert "1000%" in curve_figure([curve()], y_title="", percent=True).data[-1].text[0]


def test_curves_need_not_have_the_same_ranges() -> None:
    short = Curve("late", "#CC79A7", "circle", [(31, None)], [7], [20.0], [19.0], [21.0], [False])
    figure = curve_figure([BASELINE, short], y_title="")
    assert list(figure.data[-1].x) == [2]
