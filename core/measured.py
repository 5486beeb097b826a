"""The shipped measurements by the length of the source: what `core.lengths` and `core.probe` kept as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from core import checkpoints
from core.recurrent import NAMES, path_of
from core.translator import TRANSLATOR

FOLDER: Final = checkpoints.ASSETS / "seq2seq"
LENGTHS, PROBE = "lengths.json", "probe.json"
NONE, ATTENTIONS, TRANSFORMER = NAMES[0], NAMES[1:], "translator"
SYSTEMS: Final = (*NAMES, TRANSFORMER)
VECTORS: Final = ("last", "last and cell")  # what a probe reads of the model without attention
CHANCE: Final = "chance"  # of a probe: always the most frequent word; of a score: other sentences' references
METRICS: Final = ("chrf2", "bleu", "bleu_characters")
PLACES: Final = ("first", "middle", "last")
FEW: Final = 10  # fewer sentences than these are drawn apart, and no finding rests on them

Relation = Literal["above", "below", "together"]


class Point(NamedTuple):
    """What was measured on the sentences of one range of lengths, with its 95 % band."""

    first: int  # pieces
    last: int | None  # pieces, included; ``None``: no limit
    sentences: int
    value: float
    low: float
    high: float

    @property
    def few(self) -> bool:
        """Whether there are too few sentences to rest anything on."""
        return self.sentences < FEW

    def relation(self, other: Point) -> Relation:
        """Whether the band lies above the other one, below it, or they share a value."""
        if self.low > other.high:
            return "above"
        return "below" if self.high < other.low else "together"


Curve = tuple[Point, ...]  # from short to long


@dataclass(frozen=True)
class Measured:
    """A file of measurements."""

    about: Mapping[str, Any]  # all of it but the rows
    digests: Mapping[str, str | None]  # of the weights, by model
    curves: Mapping[tuple[str, str, str], Curve]  # by direction, metric or place, and system or reading
    overall: Mapping[tuple[str, str], Mapping[str, Any]]  # scores of all sentences, by system and direction
    shares: Mapping[
        tuple[str, str, str], Curve
    ]  # as ``curves``: of what a system has above chance, what `NONE` has

    def of(self, direction: str, what: str) -> dict[str, Curve]:
        """Return the curves of one direction and metric (or place), in the order of the lesson."""
        names = (NONE, *VECTORS, *ATTENTIONS, TRANSFORMER, CHANCE)
        keys = {name: (direction, what, name) for name in names}
        return {name: self.curves[key] for name, key in keys.items() if key in self.curves}


def shipped() -> bool:
    """Whether anything was measured: one of the two files is there."""
    return any((FOLDER / name).exists() for name in (LENGTHS, PROBE))


def read_lengths(path: Path | None = None) -> Measured:
    """Return what ``python -m core.evaluate seq2seq --write`` kept.

    Raises:
        checkpoints.ModelFileError: the file is missing, or not what that command writes.
    """
    return _read(path or FOLDER / LENGTHS, _lengths)


def read_probe(path: Path | None = None) -> Measured:
    """Return what ``python -m core.evaluate probe --write`` kept; chance is a curve of its own.

    Raises:
        checkpoints.ModelFileError: the file is missing, or not what that command writes.
    """
    return _read(path or FOLDER / PROBE, _probe)


def other_weights(measured: Measured, folder: Path | None = None) -> list[str]:
    """Return the models whose weights in ``folder`` are not known to be those that were measured, by their cards."""
    folder = folder or checkpoints.MODELS
    names = [name for name in SYSTEMS if name in measured.digests]
    return [name for name in names if (_shipped(name, folder) or "") != measured.digests[name]]


def _shipped(name: str, folder: Path) -> str | None:
    """The digest in the card of the weights in ``folder``; ``None`` without a card."""
    path = TRANSLATOR if name == TRANSFORMER else path_of(name)
    try:
        return str(checkpoints.read_card(folder / path.name)["file"]["sha256"])
    except (checkpoints.ModelFileError, KeyError):
        return None


def _read(path: Path, parsed: Callable[[dict[str, Any]], Measured]) -> Measured:
    try:
        return parsed(dict(json.loads(path.read_text(encoding="utf-8"))))
    except FileNotFoundError as error:
        raise checkpoints.ModelFileError("missing", path) from error
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise checkpoints.ModelFileError("unreadable", path) from error


def _lengths(found: dict[str, Any]) -> Measured:
    rows: dict[tuple[str, str, str], list[Point]] = {}
    shares: dict[tuple[str, str, str], list[Point]] = {}
    for row in found["lengths"]:
        direction, system = str(row["direction"]), str(row["system"])
        for metric in METRICS:
            if metric in row or metric != "bleu_characters":
                point = _point(row, "pairs", row[metric], row[f"{metric}_band"])
                rows.setdefault((direction, metric, system), []).append(point)
            if system == NONE and f"{metric}_chance" in row:
                guessed = _point(row, "pairs", row[f"{metric}_chance"], (row[f"{metric}_chance"],) * 2)
                rows.setdefault((direction, metric, CHANCE), []).append(guessed)
            if f"{metric}_share" in row:
                share = _point(row, "pairs", row[f"{metric}_share"], row[f"{metric}_share_band"])
                shares.setdefault((direction, metric, system), []).append(share)
    digests = {str(name): dict(model)["sha256"] for name, model in found["models"].items()}
    overall = {(str(row["system"]), str(row["direction"])): dict(row) for row in found["overall"]}
    about = _about(found, "draws", without=("lengths", "overall"))
    return Measured(about, digests, _sorted(rows), overall, _sorted(shares))


def _probe(found: dict[str, Any]) -> Measured:
    rows: dict[tuple[str, str, str], list[Point]] = {}
    chance: dict[tuple[str, str, str], dict[int, Point]] = {}
    for row in found["rows"]:
        direction, place = str(row["direction"]), str(row["place"])
        reading = row["kind"] if row["read"] == "context" else row["read"]
        point = _point(row, "sentences", row["right"], row["band"])
        rows.setdefault((direction, place, str(reading)), []).append(point)
        share = row["chance"]
        guessed = _point(row, "sentences", share, (share, share))
        chance.setdefault((direction, place, CHANCE), {})[guessed.first] = guessed
    curves = _sorted(rows) | _sorted({key: list(points.values()) for key, points in chance.items()})
    return Measured(_about(found, "words", without=("rows",)), dict(found["models"]), curves, {}, {})


def _about(found: Mapping[str, Any], count: str, without: Sequence[str]) -> dict[str, Any]:
    """Everything but the rows; ``count`` has to be a whole number."""
    if not isinstance(found[count], int):
        raise TypeError(count)
    return {name: value for name, value in found.items() if name not in without}


def _point(row: Mapping[str, Any], counted: str, value: float, band: Sequence[float]) -> Point:
    last = row["to"]
    low, high = band
    point = Point(
        int(row["from"]),
        None if last is None else int(last),
        int(row[counted]),
        float(value),
        float(low),
        float(high),
    )
    if not all(map(math.isfinite, point[3:])):
        raise ValueError(row)
    return point


def _sorted(rows: Mapping[tuple[str, str, str], list[Point]]) -> dict[tuple[str, str, str], Curve]:
    return {key: tuple(sorted(points, key=lambda point: point.first)) for key, points in rows.items()}
