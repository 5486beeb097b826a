"""Measurements as `core.evaluate` writes them, made up for tests: nobody measured these numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.lengths import RANGES
from core.measured import PLACES, SYSTEMS
from core.probe import RANGES as PROBE_RANGES

# Without attention the score falls with the length; with it hardly.
SCORES = {
    "none": (40.0, 36.0, 28.0, 22.0, 16.0, 11.0),
    "dot": (40.0, 41.0, 39.0, 38.0, 36.0, 33.0),
    "general": (41.0, 43.0, 42.0, 41.0, 39.0, 36.0),
    "concat": (40.0, 42.0, 40.0, 39.0, 37.0, 34.0),
    "translator": (46.0, 49.0, 48.0, 47.0, 46.0, 44.0),
}
CHANCE = 8.0  # what every model scores against other sentences' references
PAIRS = (120, 640, 810, 420, 160, 6)
# Shares that a probe reads right, by place.
LAST = {
    "first": (0.7, 0.5, 0.3, 0.2, 0.12),
    "middle": (0.6, 0.4, 0.25, 0.15, 0.1),
    "last": (0.9, 0.88, 0.86, 0.85, 0.8),
}
CONTEXT = {"first": 0.86, "middle": 0.84, "last": 0.82}


def length_row(
    system: str,
    place: int,
    value: float,
    half: float = 2.0,
    direction: str = "ko-en",
    pairs: int | None = None,
) -> dict[str, Any]:
    """A row of `core.lengths.by_length`: BLEU is half of chrF2."""
    row: dict[str, Any] = {"system": system, "direction": direction}
    row |= {
        "from": RANGES[place].first,
        "to": RANGES[place].last,
        "pairs": PAIRS[place] if pairs is None else pairs,
    }
    for metric, share in (("chrf2", 1.0), ("bleu", 0.5), ("bleu_characters", 0.7)):
        if metric != "bleu_characters" or direction == "en-ko":
            row[metric] = value * share
            row[f"{metric}_band"] = [(value - half) * share, (value + half) * share]
            row[f"{metric}_chance"] = CHANCE * share
    return row


def with_share(row: dict[str, Any], none: float | None, half: float = 0.05) -> dict[str, Any]:
    """The row with what the model without attention, which scores ``none``, has above chance as a share of its own."""
    if none is None:
        return row
    for metric in ("chrf2", "bleu", "bleu_characters"):
        if metric in row and row["system"] != "none":
            unit = row[f"{metric}_chance"] / CHANCE
            share = (none - CHANCE) * unit / (row[metric] - row[f"{metric}_chance"])
            row |= {f"{metric}_share": share, f"{metric}_share_band": [share - half, share + half]}
    return row


def lengths(scores: Mapping[str, tuple[float, ...]] = SCORES, half: float = 2.0) -> dict[str, Any]:
    """What ``seq2seq --write`` keeps."""
    directions = ("ko-en", "en-ko")
    overall = []
    for direction in directions:
        for system, values in scores.items():
            row = length_row(system, 0, sum(values) / len(values), direction=direction, pairs=sum(PAIRS))
            overall.append({name: value for name, value in row.items() if name not in ("from", "to")})
    return {
        "draws": 500,
        "seed": 1,
        "models": {
            name: {
                "sha256": f"{name}-digest",
                "parameters": 4_216_832,
                "steps": 10_000,
                "seconds": 1,
                "seed": 1,
            }
            for name in scores
        },
        "overall": overall,
        "lengths": [
            with_share(
                length_row(system, place, value, half, direction),
                scores["none"][place] if "none" in scores else None,
            )
            for direction in directions
            for place in range(len(RANGES))
            for system, values in scores.items()
            for value in (values[place],)
        ],
    }


def probe(half: float = 0.03) -> dict[str, Any]:
    """What ``probe --write`` keeps."""
    rows = []
    for direction in ("ko-en", "en-ko"):
        for place in PLACES:
            for kind, read, values in (
                ("none", "last", LAST[place]),
                ("none", "last and cell", tuple(value + 0.02 for value in LAST[place])),
                *(
                    (kind, "context", (CONTEXT[place] + more,) * 5)
                    for kind, more in (("dot", 0.0), ("general", 0.02), ("concat", 0.01))
                ),
            ):
                for range_, value in zip(PROBE_RANGES, values, strict=True):
                    rows.append(
                        {
                            "direction": direction, "kind": kind, "read": read, "place": place,
                            "from": range_.first, "to": range_.last, "sentences": 300, "right": value,
                            "band": [value - half, value + half], "chance": 0.05,
                        }
                    )  # fmt: skip
    models = {name: f"{name}-digest" for name in SYSTEMS[:-1]}
    return {"words": 500, "draws": 500, "seed": 1, "models": models, "rows": rows}


def write(folder: Path, found: Mapping[str, Any], name: str) -> Path:
    """Write one as a file of ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(found), encoding="utf-8")
    return folder / name


def write_cards(folder: Path) -> None:
    """Cards of weights with the digests that were measured."""
    for name in SYSTEMS:
        file = "translator.json" if name == "translator" else f"recurrent-{name}.json"
        write(folder, {"file": {"sha256": f"{name}-digest"}}, file)
