"""The rule of 1,500: where the sequence model overtakes the bag, read off measured points."""

import json
import math
from pathlib import Path

import pytest

from core import checkpoints
from core.lengths import Range
from core.rule import (
    BAG,
    LENGTHS,
    READ,
    RULE,
    SEQUENCE,
    crossings,
    leads,
    mean_words,
    measured,
    places,
    points,
    words_in,
)  # fmt: skip
from core.text.reviews import Review


def rows(
    bag: list[float], sequence: list[float], words: tuple[int, int | None] = (1, 4)
) -> list[dict[str, object]]:
    return [
        {
            "words": list(words),
            "size": 100 * 10**i,
            "ratio": 10.0 * 10**i,
            "kind": kind,
            "accuracy": value,
            "seed": 1,
        }
        for kind, values in ((BAG, bag), (SEQUENCE, sequence))
        for i, value in enumerate(values)
    ]


def test_every_review_is_of_one_length() -> None:
    for words in range(1, 40):
        review = Review(" ".join(["w"] * words), True)
        assert sum(lengths.holds(words_in(review)) for lengths in LENGTHS) == 1
    assert mean_words([Review("a b", True), Review("a b c d", False)]) == 3


def test_the_lines_cross_where_their_means_do() -> None:
    found = crossings(points(rows([0.70, 0.80, 0.82], [0.60, 0.78, 0.86])))
    ((_, ratio),) = found.items()
    assert ratio == pytest.approx(math.exp(math.log(100) + math.log(10) * 2 / 6))


@pytest.mark.parametrize(
    ("sequence", "ratio"),
    [
        ([0.60, 0.70, 0.80], None),  # never
        ([0.75, 0.85, 0.90], 10.0),  # from the first one on
        ([0.75, 0.70, 0.81], None),  # ahead once, but not to the end
    ],
)
def test_who_is_ahead_at_the_end_counts(sequence: list[float], ratio: float | None) -> None:
    assert list(crossings(points(rows([0.70, 0.80, 0.82], sequence))).values()) == [ratio]


def test_draws_of_one_size_are_one_point() -> None:
    both = rows([0.7], [0.6]) + rows([0.9], [0.8])
    bag = next(point for point in points(both) if point.kind == BAG)
    assert bag.accuracies == (0.7, 0.9) and bag.mean == pytest.approx(0.8)


def test_a_lead_is_sure_when_it_is_larger_than_chance_and_the_draws_say() -> None:
    short = Range(1, 4)
    few = rows([0.70], [0.74])
    ((_, _, ratio, lead, error),) = leads(points(few), {short: 1000})
    assert (ratio, lead) == (10.0, pytest.approx(0.04))
    assert error == pytest.approx(1.96 * math.sqrt((0.7 * 0.3 + 0.74 * 0.26) / 1000))
    assert leads(points(few), {short: 1000})[0].sure and not leads(points(few), {short: 900})[0].sure
    apart = few + rows([0.70], [0.78]) + rows([0.70], [0.70])  # three draws that disagree
    assert leads(points(apart), {short: 10**9})[0].error == pytest.approx(
        1.96 * 0.04 / math.sqrt(3), rel=1e-3
    )
    assert not leads(points(apart), {short: 10**9})[0].sure


def test_the_rule_names_the_bag_below_it_and_the_sequence_model_above() -> None:
    both = rows([0.70] * 4, [0.80, 0.60, 0.60, 0.80])
    found = {one.ratio: one.as_ruled for one in leads(points(both), {Range(1, 4): 1000})}
    assert found == {10.0: False, 100.0: True, 1000.0: True, 10_000.0: True} and 1000 < RULE < 10_000


@pytest.mark.parametrize(
    ("sequence", "place"),
    [
        ([0.60, 0.60, 0.68, 0.80], "near"),  # a sixth of the way from 1,000 to 10,000
        ([0.60, 0.75, 0.80, 0.80], "earlier"),
        ([0.60, 0.60, 0.60, 0.60], "later"),
    ],
)
def test_where_the_crossing_lies_beside_the_rule(sequence: list[float], place: str) -> None:
    both = points(rows([0.70, 0.70, 0.70, 0.70], sequence))
    assert list(places(both).values()) == [place]


def test_a_length_that_never_comes_to_the_rule_tells_nothing() -> None:
    assert list(places(points(rows([0.7, 0.7], [0.6, 0.6]))).values()) == [None]


def test_each_sequence_model_is_compared_on_its_own() -> None:
    read = [{**row, "kind": READ} for row in rows([0.7, 0.7], [0.8, 0.9]) if row["kind"] == SEQUENCE]
    both = points([*rows([0.7, 0.7], [0.6, 0.6]), *read])
    assert list(crossings(both).values()) == [None] and list(crossings(both, READ).values()) == [10.0]
    tested = {Range(1, 4): 100}
    assert [one.lead for one in leads(both, tested, READ)] == pytest.approx([0.1, 0.2])


def test_a_file_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rule.json"
    with pytest.raises(checkpoints.ModelFileError, match="missing"):
        measured(path)
    for text in ("{", "[]", json.dumps({"rows": [{"words": [1, 4]}]})):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(checkpoints.ModelFileError, match="cannot be read"):
            measured(path)
