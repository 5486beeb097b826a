"""Sentences whose translations a class rates: each with a reference and one more translation, all written by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.checkpoints import ASSETS

FILE: Final = ASSETS / "examples" / "ratings.json"
KINDS: Final = ("paraphrase", "salad", "wrong")  # what the translation in ``other`` is


@dataclass(frozen=True)
class Example:
    """One sentence; ``other`` is a translation by a person, good or bad as its ``kind`` says."""

    direction: str
    source: str
    reference: str
    other: str
    kind: str


def load(path: Path = FILE) -> list[Example]:
    """Return the sentences in the order of the file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return [Example(**example) for example in content["examples"]]
