"""How many tokens Korean and English need for the same meaning: counted over held-back pairs.

    python -m core.text.fertility --data FOLDER      # counts anew, with the shipped vocabularies

Fertility is the usual word for tokens per word (Rust et al. 2021, "How Good is Your Tokenizer?"). Words are what
stands between spaces, so a Korean word is an eojeol, with its particles.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypedDict

from core.checkpoints import ModelFileError
from core.text.corpora import Pair, add_data_argument, load_split
from core.text.normalise import normalise
from core.text.segmenters.segmenter import Token
from core.text.segmenters.shelf import FOLDER, KINDS, SIZED, SIZES, Shelf, load_shelf

FILE: Final = "korean-english.json"
LANGUAGES: Final = ("korean", "english")
PARTS: Final = ("tokens", "unknown", "byte")


class Count(TypedDict):
    """The tokens of both sides of some pairs, in all, and how many of them are unknown or bytes."""

    korean: dict[str, int]  # tokens, unknown, byte
    english: dict[str, int]


def words(text: str) -> int:
    """Return how many words stand between spaces."""
    return len(normalise(text).split())


def count_tokens(tokens: Sequence[Token]) -> dict[str, int]:
    """Return how many tokens there are, how many are unknown and how many are bytes."""
    return {
        "tokens": len(tokens),
        "unknown": sum(token.mark == "unknown" for token in tokens),
        "byte": sum(token.mark == "byte" for token in tokens),
    }


def count(shelf: Shelf, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return the counts of all kinds and sizes: ``{"counts": {kind: {size: Count}}, "pairs": …, "words": …}``.

    Characters and jamo have the one size 0.
    """
    counts: dict[str, dict[str, Count]] = {}
    for kind in KINDS:
        counts[kind] = {}
        for size in SIZES if kind in SIZED else (0,):
            segmenter = shelf.get(kind, size)
            counts[kind][str(size)] = Count(
                korean=_sum(count_tokens(segmenter.tokens(pair.korean)) for pair in pairs),
                english=_sum(count_tokens(segmenter.tokens(pair.english)) for pair in pairs),
            )
    digest = hashlib.sha256("".join(f"{p.english}\t{p.korean}\n" for p in pairs).encode())
    return {
        "command": "python -m core.text.fertility --data FOLDER",
        "part": "test",
        "pairs": len(pairs),
        "pairs_sha256": digest.hexdigest(),
        "words": {side: sum(words(getattr(pair, side)) for pair in pairs) for side in LANGUAGES},
        "counts": counts,
    }


def _sum(parts: Any) -> dict[str, int]:
    total = dict.fromkeys(PARTS, 0)
    for part in parts:
        for name in PARTS:
            total[name] += part[name]
    return total


def write(folder: Path, counted: dict[str, Any]) -> None:
    """Write the counts beside the vocabularies, atomically."""
    part = folder / f"{FILE}.part"
    part.write_text(json.dumps(counted, indent=1) + "\n", encoding="utf-8")
    os.replace(part, folder / FILE)


def read(folder: Path = FOLDER) -> dict[str, Any]:
    """Return the shipped counts.

    Raises:
        ModelFileError: the file is missing or unreadable.
    """
    path = folder / FILE
    try:
        counted = json.loads(path.read_text(encoding="utf-8"))
        if not all(counted["pairs"] and counted["counts"][kind] for kind in KINDS):
            raise ValueError(path)
    except FileNotFoundError as error:
        raise ModelFileError("missing", path) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError("unreadable", path) from error
    return dict(counted)


def main() -> None:
    """Count over the test part and print tokens per word."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    counted = count(load_shelf(arguments.folder), load_split(arguments.data)["test"])
    write(arguments.folder, counted)
    print(
        f"{'kind':12}{'size':>7}{'Korean':>9}{'English':>9}   tokens a sentence, {counted['pairs']:,} pairs"
    )
    for kind, sizes in counted["counts"].items():
        for size, sides in sizes.items():
            korean, english = (sides[side]["tokens"] / counted["pairs"] for side in LANGUAGES)
            print(f"{kind:12}{size:>7}{korean:9.2f}{english:9.2f}")


if __name__ == "__main__":
    main()
