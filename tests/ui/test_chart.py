"""Charts: names at the lines' ends, visitors' texts as they are, tables that can be saved."""

from __future__ import annotations

import html
import json

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import chart
from ui.components.save import table_rows


def lines(*ends: float, axis: str = "linear") -> go.Figure:
    """One line for each end, over the places 0, 1 and 2."""
    figure = go.Figure()
    for end in ends:
        figure.add_scatter(x=[0, 1, 2], y=[1, 5, end], name=f"to {end}", mode="lines")
    figure.update_yaxes(type=axis)
    return figure


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=7))
def test_every_line_bears_its_name_and_no_two_names_lie_over_each_other(ends: list[float]) -> None:
    labelled = chart.label_lines(lines(*ends), height=320)
    assert [note.text.split("</span> ")[1] for note in labelled.layout.annotations] == [
        f"to {end}" for end in ends
    ]
    places = sorted(note.y for note in labelled.layout.annotations)
    span = max(5, *ends) - min(1, *ends)
    pixels = np.diff(places) / span * 320 * 0.7
    assert (pixels > chart.LETTER * 0.95).all()
    assert not labelled.layout.showlegend


def test_a_name_stands_at_its_line_unless_another_is_in_the_way() -> None:
    labelled = chart.label_lines(lines(1.0, 3.0, 5.0))
    assert [(note.x, note.y) for note in labelled.layout.annotations] == [(2, 1), (2, 3), (2, 5)]
    low, high = labelled.layout.xaxis.range
    assert low < 0 and 2 < high < 2.1  # the names have the margin and not a part of the axis


def test_a_name_is_not_moved_by_others_that_are_far_away() -> None:
    labelled = chart.label_lines(lines(0.0, 100.0, 100.0, 100.0))
    places = [note.y for note in labelled.layout.annotations]
    assert places[0] == 0 and sum(places[1:]) == pytest.approx(300)


def test_names_keep_apart_on_an_axis_that_is_longer_than_its_lines() -> None:
    figure = lines(1.0, 1.0)
    figure.update_yaxes(range=[0, 50])
    low, high = sorted(note.y for note in chart.label_lines(figure, height=320).layout.annotations)
    assert (high - low) / 50 * 320 * 0.75 >= chart.LETTER


@given(st.lists(st.floats(0, 50), min_size=1, max_size=6))
def test_names_stay_within_a_given_axis(ends: list[float]) -> None:
    figure = lines(*ends)
    figure.update_yaxes(range=[0, 50])
    places = sorted(note.y for note in chart.label_lines(figure).layout.annotations)
    assert places[0] >= -1e-9 and places[-1] <= 50 + 1e-9
    assert (np.diff(places) / 50 * 320 * 0.75 >= chart.LETTER).all()


def test_names_on_a_logarithmic_axis_stand_at_the_exponent() -> None:
    labelled = chart.label_lines(lines(1000.0, 1.0, axis="log"))
    assert [note.y for note in labelled.layout.annotations] == [pytest.approx(3), pytest.approx(0)]


def test_gaps_and_infinities_do_not_count_and_the_callers_figure_stays_as_it_was() -> None:
    figure = go.Figure(go.Scatter(x=["a", "b", "c"], y=[1, 2, None], name="gap"))
    figure.add_scatter(y=[float("nan"), float("inf")], name="nothing")
    figure.add_bar(y=[1], name="bar")
    before = figure.to_json()
    labelled = chart.calm(chart.label_lines(figure))
    assert [(note.x, note.y) for note in labelled.layout.annotations] == [("b", 2)]
    assert figure.to_json() == before


def test_what_a_caller_has_set_stays() -> None:
    figure = lines(3.0)
    figure.update_traces(line_color="#123456")
    figure.update_xaxes(range=[0, 10])
    figure.update_layout(margin_l=77)
    labelled = chart.calm(chart.label_lines(figure))
    assert "#123456" in labelled.layout.annotations[0].text
    assert tuple(labelled.layout.xaxis.range) == (0, 10)
    assert labelled.layout.margin.l == 77 and labelled.layout.margin.r > 40


@pytest.mark.parametrize("text", ["<b>눈</b>", "a & b", "<a href='x'>", "&lt;"])
def test_plain_text_holds_no_markup(text: str) -> None:
    shown = chart.plain(text)
    assert "<" not in shown and html.unescape(shown) == text


def test_a_table_becomes_rows_that_json_takes() -> None:
    rows = table_rows(
        {
            "numpy": np.array([1, 2], np.float32),
            "odd": [float("nan"), -np.inf],
            "words": ["가", "\ud800"],
            "none": [None, np.float64(0.5)],
        }
    )
    assert json.loads(json.dumps(rows, allow_nan=False)) == [
        [1, {"number": "NaN"}, "가", None],
        [2, {"number": "-Infinity"}, "?", 0.5],
    ]
    assert table_rows({}) == []


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="a: 1, b: 2"):
        table_rows({"a": [1], "b": [1, 2]})
