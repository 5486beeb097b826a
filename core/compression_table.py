"""Scores of the compressed translator, for `core.evaluate`: held-back pairs drawn, presets and parts measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core import checkpoints, device
from core.compression import (
    ALONE,
    PRESETS,
    TIMED,
    chosen,
    held_back,
    measured,
    seconds_a_token,
    smaller,
    write_held_back,
    write_recorded,
)
from core.numerics.compress import sizes
from core.text.corpora import load_split
from core.translator import TRANSLATOR, Translator


def compression(translator: Translator, folder: Path | None, write: bool) -> Iterator[dict[str, Any]]:
    """Yield a row for each preset and for each part alone; ``folder``: draw the held-back pairs anew from the data."""
    if folder is not None:
        write_held_back(chosen(load_split(folder)["test"]))
    pairs = held_back()
    weights = translator.model.state_dict()
    found: dict[str, dict[str, Any]] = {"plans": {}, "alone": {}}
    for kind, name, scores in measured(translator, pairs):
        row: dict[str, Any] = {direction: _short(one) for direction, one in scores.items()}
        if kind == "plans":
            plan = PRESETS[name]
            row["bytes"] = sum(size.after for size in sizes(weights, plan).values())
            row["ms_a_token"] = round(1000 * seconds_a_token(smaller(translator, plan), pairs[:TIMED]), 2)
        found[kind][name] = row
        yield {"kind": kind, "name": name, **row}
    if write:
        card = {
            "name": "Compressed translator",
            "model": checkpoints.sha256(TRANSLATOR),
            "pairs": len(pairs),
            "alone_bits": ALONE.bits,
            "device": device.describe()["name"],
            "command": "python -m core.evaluate compression --write",
        }
        write_recorded(found, card)


def _short(scores: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in scores.items() if "signature" not in name}
