"""What the cards of all models that judge reviews say of their data, and the held-back reviews that are shipped.

    python -m core.training.reviews --data FOLDER

writes ``assets/sentiment/test-ko.tsv``, a draw of the Korean test reviews, and ``test-en.tsv``, all English ones: with
them the scores on the cards can be measured again without the data (`core.evaluate`).
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

from core import checkpoints
from core.text.corpora import add_data_argument
from core.text.reviews import LANGUAGES, Review, files_of, load_reviews

SHIPPED = {"ko": 2000, "en": None}  # None: all of them

LICENCES = {"ko": "CC0 1.0; see docs/data.md", "en": "Apache-2.0; see docs/data.md"}


def data_of(folder: Path, language: str, parts: dict[str, list[Review]]) -> dict[str, Any]:
    """Return the files, how many reviews each part has, and the licences."""
    return {
        "data": {path.name: {"sha256": checkpoints.sha256(path)} for path in files_of(folder, language)},
        "reviews": {part: len(reviews) for part, reviews in parts.items()},
        "licence": {"weights": "CC BY-SA 4.0", "data": LICENCES[language]},
    }


def drawn(reviews: list[Review], count: int | None) -> list[Review]:
    """Return ``count`` of the reviews, those with the smallest digests: the same ones every time."""
    return sorted(reviews, key=lambda review: hashlib.sha256(review.text.encode()).digest())[:count]


def main() -> None:
    """Write the shipped reviews of both languages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    folder = parser.parse_args().data
    for language in LANGUAGES:
        reviews = drawn(load_reviews(folder, language)["test"], SHIPPED[language])
        out = checkpoints.ASSETS / "sentiment" / f"test-{language}.tsv"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text("".join(f"{text}\t{int(positive)}\n" for text, positive in reviews), encoding="utf-8")
        print(f"{out}: {len(reviews):,} reviews")


if __name__ == "__main__":
    main()
