"""Findings about curves that are made by hand: each way that they can come out."""

from __future__ import annotations

from typing import Any

import pytest

from core.bottleneck import LengthFindings, best_read, length_findings, probe_findings
from core.measured import read_lengths, read_probe
from tests import measurements
from tests.measurements import SCORES


@pytest.fixture
def findings(tmp_path: Any) -> Any:
    def made(half: float = 2.0, metric: str = "chrf2", **scores: tuple[float, ...]) -> LengthFindings:
        kept = scores or SCORES
        path = measurements.write(tmp_path, measurements.lengths(kept, half), "lengths.json")
        return length_findings(read_lengths(path), "ko-en", metric)

    return made


def test_curves_as_the_lesson_tells_them(findings: Any) -> None:
    found = findings()
    assert list(found.falls) == list(SCORES)  # in the order of the lesson
    none = found.falls["none"]
    # The longest range has six sentences: no finding rests on it.
    assert (none.best.value, none.end.value, none.points) == (40, 16, 24)
    assert (none.end.first, none.end.last) == (21, 30)
    assert found.falls["general"].points == 4  # 43 to 39
    assert found.best == "general"
    assert [gap.points for gap in found.gaps] == [1, 7, 14, 19, 23]
    assert found.relations == ["above"] and found.widening == "long" and found.as_taught


def test_what_is_left_above_chance_can_fall_where_the_distance_does_not_grow(findings: Any) -> None:
    sinking = (40.0, 34.0, 28.0, 22.0, 18.0, 9.0)
    found = findings(half=1.0, none=(25.0, 19.0, 14.0, 11.0, 9.0, 8.0), dot=sinking)
    assert found.widening == "short" and found.kept == "below"
    assert found.shares[0].value == pytest.approx(17 / 32) and found.shares[-1].value == pytest.approx(1 / 10)
    even = findings(half=1.0, none=tuple(8 + (value - 8) / 2 for value in sinking), dot=sinking)
    assert even.widening == "short" and even.kept == "together"
    assert findings(dot=sinking).kept is None  # nothing to compare with


def test_a_share_with_a_wide_band_says_nothing(tmp_path: Any) -> None:
    found = measurements.lengths()
    for row in found["lengths"]:
        if "chrf2_share" in row and row["from"] == 21:
            row["chrf2_share_band"] = [0.1, 1.2]
    shares = length_findings(
        read_lengths(measurements.write(tmp_path, found, "lengths.json")), "ko-en", "chrf2"
    ).shares
    assert [share.first for share in shares] == [1, 6, 11, 16]


def test_the_best_attention_is_that_of_all_sentences_and_not_of_one_range(findings: Any) -> None:
    once = {**SCORES, "dot": (99.0, 20.0, 20.0, 20.0, 20.0, 20.0)}
    assert findings(**once).best == "general"


def test_halved_scores_have_halved_findings(findings: Any) -> None:
    assert findings(metric="bleu").falls["none"].points == 12


def test_equal_curves_do_not_show_the_lesson(findings: Any) -> None:
    found = findings(none=SCORES["dot"], dot=SCORES["dot"])
    assert found.relations == ["together"] and found.widening == "even" and found.as_taught is False


def test_an_attention_that_falls_further_is_said_so(findings: Any) -> None:
    found = findings(none=(30.0,) * 6, dot=SCORES["none"])
    assert found.relations == ["below"] and found.widening == "short" and found.as_taught is False
    assert found.falls["none"].best == found.falls["none"]._replace(end=found.falls["none"].best).end
    assert found.falls["none"].points == 0


def test_a_growing_distance_within_the_bands_proves_nothing(findings: Any) -> None:
    none, dot = (30.0,) * 6, (31.0, 32.0, 32.0, 33.0, 33.0, 33.0)
    assert findings(half=2.0, none=none, dot=dot).widening == "even"
    # Two points more: halves of 0.9 add up to 1.8 as squares, and the bands still lie apart.
    found = findings(half=0.9, none=none, dot=dot)
    assert found.widening == "long" and found.relations == ["above"] and found.as_taught
    # A distance that grows, but from behind.
    found = findings(half=0.9, none=(40.0,) * 6, dot=(30.0, 31.0, 33.0, 35.0, 38.0, 38.0))
    assert found.widening == "long" and found.relations == ["below"] and found.as_taught is False


def test_bands_that_touch_are_not_apart(findings: Any) -> None:
    point = findings().falls["none"].end
    other = point._replace(low=point.high, high=point.high + 1)
    assert point.relation(other) == other.relation(point) == "together"
    other = other._replace(low=point.high + 0.01)
    assert (point.relation(other), other.relation(point)) == ("below", "above")


@pytest.mark.parametrize("alone", ["none", "general", "translator"])
def test_one_system_alone_is_compared_with_nothing(findings: Any, alone: str) -> None:
    found = findings(**{alone: SCORES[alone]})
    assert list(found.falls) == [alone] and not found.gaps and not found.long and not found.relations
    assert found.widening is None and found.as_taught is None


def probed(tmp_path: Any, found: dict[str, Any]) -> Any:
    return probe_findings(read_probe(measurements.write(tmp_path, found, "probe.json")), "ko-en")


def test_the_probes_findings(tmp_path: Any) -> None:
    found = probed(tmp_path, measurements.probe())
    assert {place: one.relation for place, one in found.items()} == {
        "first": "above", "middle": "above", "last": "together",
    }  # fmt: skip
    first = found["first"]
    assert (first.short.value, first.long.value, first.chance.value) == (0.7, 0.12, 0.05)
    assert first.long.first == 21 and list(first.contexts) == ["dot", "general", "concat"]
    assert best_read(found) == "last"
    assert best_read({name: one for name, one in found.items() if name != "last"}) is None


def test_words_that_are_read_equally_well_are_not_ranked(tmp_path: Any) -> None:
    found = measurements.probe(half=0.5)
    assert best_read(probed(tmp_path, found)) == "even"


def test_a_context_has_to_beat_the_cell_too(tmp_path: Any) -> None:
    found = measurements.probe()
    for row in found["rows"]:
        if row["read"] == "last and cell":
            row["right"], row["band"] = 0.86, [0.84, 0.88]
    assert probed(tmp_path, found)["first"].relation == "together"


def test_a_range_with_few_sentences_carries_no_finding_of_the_probe(tmp_path: Any) -> None:
    found = measurements.probe()
    for row in found["rows"]:
        if row["from"] == 21:
            row["sentences"] = 9
    assert probed(tmp_path, found)["first"].long.first == 16
