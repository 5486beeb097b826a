"""What the cards of all models that judge reviews say of their data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core import checkpoints
from core.text.reviews import Review, files_of

LICENCES = {"ko": "CC0 1.0; see docs/data.md", "en": "Apache-2.0; see docs/data.md"}


def data_of(folder: Path, language: str, parts: dict[str, list[Review]]) -> dict[str, Any]:
    """Return the files, how many reviews each part has, and the licences."""
    return {
        "data": {path.name: {"sha256": checkpoints.sha256(path)} for path in files_of(folder, language)},
        "reviews": {part: len(reviews) for part, reviews in parts.items()},
        "licence": {"weights": "CC BY-SA 4.0", "data": LICENCES[language]},
    }
