"""The rule of 1,500: where the sequence model overtakes the bag, read off measured points."""

import json
import math
from pathlib import Path

import pytest

from core import checkpoints
from core.rule import BAG, LENGTHS, SEQUENCE, crossings, mean_words, measured, points, words_in
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


def test_a_file_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rule.json"
    with pytest.raises(checkpoints.ModelFileError, match="missing"):
        measured(path)
    for text in ("{", "[]", json.dumps({"rows": [{"words": [1, 4]}]})):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(checkpoints.ModelFileError, match="cannot be read"):
            measured(path)
