"""The shipped measurements: read back as they were kept, and told from others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from core import checkpoints
from core.lengths import by_length
from core.measured import SYSTEMS, Measured, other_weights, read_lengths, read_probe
from core.probe import scored
from core.scores import score
from tests import measurements


def read(tmp_path: Path, name: str = "lengths.json") -> Measured:
    found = measurements.lengths() if name == "lengths.json" else measurements.probe()
    path = measurements.write(tmp_path, found, name)
    return read_lengths(path) if name == "lengths.json" else read_probe(path)


def test_curves_go_from_short_to_long_in_the_order_of_the_lesson(tmp_path: Path) -> None:
    found = measurements.lengths()
    found["lengths"].reverse()
    curves = read_lengths(measurements.write(tmp_path, found, "lengths.json")).of("en-ko", "bleu_characters")
    assert tuple(curves) == (*SYSTEMS, "chance")
    assert [point.value for point in curves["chance"]] == pytest.approx([0.7 * measurements.CHANCE] * 6)
    assert [point.first for point in curves["none"]] == [1, 6, 11, 16, 21, 31]
    last = curves["none"][-1]
    assert (last.last, last.sentences, last.few) == (None, 6, True)
    assert [last.value, last.low, last.high] == pytest.approx([7.7, 6.3, 9.1])
    assert read(tmp_path).of("ko-en", "bleu_characters") == {}  # English is not scored by its letters


def test_shares_are_kept_apart_from_scores_and_older_files_have_none(tmp_path: Path) -> None:
    shares = read(tmp_path).shares
    assert {name for _, _, name in shares} == set(SYSTEMS) - {"none"}
    assert shares["ko-en", "chrf2", "dot"][0].value == pytest.approx(
        1
    )  # the same score at the shortest range
    found = measurements.lengths()
    for row in found["lengths"]:
        for name in [name for name in row if name.endswith(("_chance", "_share", "_share_band"))]:
            del row[name]
    older = read_lengths(measurements.write(tmp_path, found, "lengths.json"))
    assert not older.shares and tuple(older.of("ko-en", "chrf2")) == SYSTEMS


def test_a_probes_chance_is_a_curve(tmp_path: Path) -> None:
    curves = read(tmp_path, "probe.json").of("ko-en", "middle")
    assert list(curves) == ["last", "last and cell", "dot", "general", "concat", "chance"]
    assert [point.value for point in curves["chance"]] == [0.05] * 5
    assert all(point.low == point.value == point.high for point in curves["chance"])


@pytest.mark.parametrize("name", ["lengths.json", "probe.json"])
def test_other_weights_are_named(tmp_path: Path, name: str) -> None:
    found, models = read(tmp_path, name), tmp_path / "models"
    assert other_weights(found, models) == list(found.digests)  # no card, no weights
    measurements.write_cards(models)
    assert other_weights(found, models) == []
    measurements.write(models, {"file": {"sha256": "another"}}, "recurrent-general.json")
    assert other_weights(found, models) == ["general"]


def test_weights_without_a_digest_are_not_known_to_be_these(tmp_path: Path) -> None:
    found = measurements.lengths()
    found["models"]["dot"]["sha256"] = None
    measurements.write_cards(tmp_path)
    kept = read_lengths(measurements.write(tmp_path, found, "lengths.json"))
    assert other_weights(kept, tmp_path) == ["dot"]
    (tmp_path / "recurrent-dot.json").unlink()
    assert other_weights(kept, tmp_path) == ["dot"]


def test_a_missing_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    for read_it in (read_lengths, read_probe):
        with pytest.raises(checkpoints.ModelFileError, match="missing"):
            read_it(tmp_path / "nothing.json")


def with_changes(found: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**found, **changes}


def replaced(found: dict[str, Any], old: str, new: str) -> Any:
    text = json.dumps(found)
    assert old in text
    return json.loads(text.replace(old, new))


LENGTHS, PROBE = measurements.lengths(), measurements.probe()
BROKEN = {
    "lengths.json": [
        [], {}, with_changes(LENGTHS, models={"dot": None}), with_changes(LENGTHS, models=[]),
        with_changes(LENGTHS, draws="many"), with_changes(LENGTHS, lengths=None), with_changes(LENGTHS, lengths=[{}]),
        with_changes(LENGTHS, overall=[{}]), replaced(LENGTHS, '"to": 30', '"to": "x"'),
        replaced(LENGTHS, '"chrf2": 40.0', '"chrf2": NaN'),
        replaced(LENGTHS, '"chrf2_band": [38.0, ', '"chrf2_band": ['),
    ],
    "probe.json": [
        [], {}, with_changes(PROBE, models=None), with_changes(PROBE, words=None), with_changes(PROBE, rows=[{}]),
        with_changes(PROBE, rows=None), replaced(PROBE, '"right": 0.7,', '"right": null,'),
        replaced(PROBE, '"chance": 0.05', '"chance": Infinity'),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"), [(name, content) for name, all_of in BROKEN.items() for content in all_of]
)
def test_what_the_commands_do_not_write_cannot_be_read(tmp_path: Path, name: str, content: Any) -> None:
    path = measurements.write(tmp_path, content, name)
    with pytest.raises(checkpoints.ModelFileError, match="cannot be read"):
        (read_lengths if name == "lengths.json" else read_probe)(path)


def test_a_file_cut_short_cannot_be_read(tmp_path: Path) -> None:
    path = measurements.write(tmp_path, measurements.lengths(), "lengths.json")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(checkpoints.ModelFileError, match="cannot be read"):
        read_lengths(path)


def test_what_is_measured_can_be_read(tmp_path: Path) -> None:
    references = [f"the {word} cat sat on the mat" for word in ("black", "white", "grey")]
    rows = by_length({"none": references[::-1], "dot": references}, references, [4, 5, 40], "en-ko")
    overall = [{"system": "dot", "direction": "en-ko", "pairs": 3, **score(references, references, "en-ko")}]
    kept = {"draws": 500, "models": {"dot": {"sha256": "x"}}, "overall": overall, "lengths": rows}
    found = read_lengths(measurements.write(tmp_path, kept, "lengths.json"))
    assert [tuple(point)[:3] for point in found.of("en-ko", "bleu_characters")["none"]] == [
        (1, 5, 2), (31, None, 1),
    ]  # fmt: skip
    assert found.of("en-ko", "chrf2")["dot"][0].value == 100

    shown = torch.eye(4)[[0, 1, 2, 3] * 5]
    words = [7, 8, 9, 10] * 5
    scores = scored((shown, words), (shown, words), [4] * 20, [7, 8, 9, 10])
    named = {"direction": "ko-en", "kind": "dot", "read": "context", "place": "last"}
    kept = {"words": 4, "models": {"dot": "x"}, "rows": [{**named, **row} for row in scores]}
    curves = read_probe(measurements.write(tmp_path, kept, "probe.json")).of("ko-en", "last")
    assert [tuple(point)[:4] for point in curves["dot"]] == [(3, 5, 20, 1.0)]
    assert curves["chance"][0].value == 0.25


def test_what_is_shipped_was_measured_with_the_weights_that_are_shipped() -> None:
    for found in (read_lengths(), read_probe()):
        assert found.curves and other_weights(found) == []
