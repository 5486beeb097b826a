"""The measured curves' tables, names and words."""

from __future__ import annotations

import dataclasses

import pytest

from ui import bottleneck as view
from ui.chart import CATEGORIES
from ui.curves import Curve

LINE = Curve(
    "dot",
    "#0072B2",
    "square",
    [(1, 5), (31, None)],
    [12, 7],
    [4.0, 2.0],
    [3.0, 1.0],
    [5.0, 3.0],
    [False, True],
)


def test_korean_alone_is_scored_on_its_characters() -> None:
    assert view.metrics_of("ko-en") == ["chrf2", "bleu"]
    assert view.metrics_of("en-ko") == ["chrf2", "bleu", "bleu_characters"]


def test_lines_of_one_figure_differ_in_colour_and_marker_and_keep_them() -> None:
    for figure in (
        ("none", "dot", "general", "concat", "translator"),
        ("last", "last and cell", "dot", "general", "concat"),
    ):
        looks = [view.look_of(name) for name in figure]
        assert all(colour in CATEGORIES for _, colour, _ in looks)
        for part in zip(*looks, strict=True):
            assert len(set(part)) == len(figure)


def test_the_table_has_a_row_for_each_point() -> None:
    table = view.table_of([LINE, LINE], "chrF2")
    assert list(table["chrF2"]) == [4, 2, 4, 2]
    rows = list(zip(*table.values(), strict=True))
    assert rows[1] == ("dot", 31, None, 7, 2.0, 1.0, 3.0)


def test_a_caption_counts_sentences_and_explains_hollow_points_where_there_are_any() -> None:
    assert "1–5: 12, 31+: 7" in view.counts_words([LINE], 10) and "10" in view.counts_words([LINE], 10)
    full = dataclasses.replace(LINE, few=[False, False])
    assert len(view.counts_words([full], 10)) < len(view.counts_words([LINE], 10)) - 10


@pytest.mark.parametrize("value", [None, "x", [1]])
def test_what_a_card_does_not_say_is_a_dash(value: object) -> None:
    assert view.whole(value) == view.one_digit(value) == "–"
    assert view.whole(4_216_832) == "4,216,832" and view.one_digit(12.34) == "12.3"
