"""The parallel corpora: reading, weighting, and holding sentences back.

Where each set comes from, its licence and its format stand in ``docs/data.md``. The project holds no copy of
them; the folder is named by ``--data`` or ``GLASSBOX_DATA``.

    python -m core.text.corpora --data FOLDER --out FOLDER    # writes the held-back pairs, a file a set
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import lzma
import os
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from core.text.normalise import matching_key

# Times a set is seen in an epoch: clean everyday sentences often, the narrow or the poorly translated seldom.
WEIGHTS: dict[str, float] = {
    "tatoeba": 3.0,
    "talpco": 3.0,
    "storybooks": 3.0,
    "jhe": 2.0,
    "ncsoft_context": 2.0,
    "xrisawoz": 2.0,
    "nikl_examples": 1.0,
    "korsts": 1.0,
    "xgqa": 1.0,
    "massive": 1.0,
    "xpersona": 1.0,
    "stylekqc": 0.4,
    "mkqa": 0.5,
    "pawsx": 0.5,
    "renpy": 0.5,
    "goemotions_mt": 0.1,
}
WRITTEN_WEIGHT = 1.5  # of the pairs written for this project (core.text.written)
HELD_BACK = {"dev": 0.01, "test": 0.02}
# stylekqc says each meaning in up to ten neighbouring lines without marking where one ends, so it is held back
# in blocks, and as many lines beside a block as one meaning has are left out altogether.
STYLEKQC_BLOCK = 100
STYLEKQC_WORDINGS = 10
LARGEST_HELD_BACK = 300  # pairs tied together by equal sentences; a larger knot stays in training


class Pair(NamedTuple):
    """One sentence in two languages, and the set it is from."""

    english: str
    korean: str
    source: str


def read_text(path: Path) -> str:
    """Return a UTF-8 text file's text; files ending in ``.gz`` and ``.xz`` are unpacked."""
    packed = path.read_bytes()
    unpack = {".gz": gzip.decompress, ".xz": lzma.decompress}.get(path.suffix, bytes)
    return unpack(packed).decode()


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a file of lines ``English TAB Korean``, which may be packed (`read_text`).

    Raises:
        ValueError: a line has not exactly one tab; it is named.
    """
    pairs = []
    source = path.name.partition(".")[0]
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != 2:
            raise ValueError(f"{path.name}, line {number}: expected English TAB Korean")
        pairs.append(Pair(cells[0], cells[1], source))
    return pairs


def load_split(folder: Path) -> dict[str, list[Pair]]:
    """Return the parallel data of ``folder`` as ``train``, ``dev`` and ``test``."""
    base = folder / "parallel" / "en-ko"
    return split_pairs({name: read_pairs(base / f"{name}.tsv") for name in WEIGHTS})


def split_pairs(sources: Mapping[str, list[Pair]]) -> dict[str, list[Pair]]:
    """Divide pairs so that no sentence of either language stands in two parts.

    Pairs that share a sentence (by `matching_key`, on either side) are tied together, and a whole knot goes to
    one part, drawn by the digest of its smallest key: the same data always give the same parts.
    """
    knots = _Knots()
    keys: dict[Pair, str] = {}
    for name, pairs in sources.items():
        for index, pair in enumerate(pairs):
            key = "en " + matching_key(pair.english)
            keys[pair] = key
            knots.tie(key, "ko " + matching_key(pair.korean))
            if name == "stylekqc":
                knots.tie(key, f"block {index // STYLEKQC_BLOCK}")
    part_of = _draw_parts(knots, keys)
    parts: dict[str, list[Pair]] = {"train": [], "dev": [], "test": []}
    for name, pairs in sources.items():
        labels = [part_of[knots.root(keys[pair])] for pair in pairs]
        for index, (pair, label) in enumerate(zip(pairs, labels, strict=True)):
            near = labels[max(0, index - STYLEKQC_WORDINGS) : index + STYLEKQC_WORDINGS + 1]
            if name == "stylekqc" and label == "train" and set(near) != {"train"}:
                continue
            parts[label].append(pair)
    return parts


def _draw_parts(knots: _Knots, keys: Mapping[Pair, str]) -> dict[str, str]:
    members: dict[str, list[str]] = defaultdict(list)
    for key in keys.values():
        members[knots.root(key)].append(key)
    parts = {}
    for root, knot in members.items():
        draw = int(hashlib.sha256(min(knot).encode()).hexdigest()[:8], 16) / 16**8
        if len(knot) > LARGEST_HELD_BACK or draw >= sum(HELD_BACK.values()):
            parts[root] = "train"
        else:
            parts[root] = "dev" if draw < HELD_BACK["dev"] else "test"
    return parts


class _Knots:
    """Disjoint sets of strings (union–find with path halving)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        self._parent.setdefault(key, key)
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def tie(self, first: str, second: str) -> None:
        self._parent[self.root(first)] = self.root(second)


def epoch_of(pairs: Iterable[Pair], rng: random.Random) -> list[Pair]:
    """Return one epoch: each pair as often as its set's weight says, a fraction being a chance."""
    drawn = []
    for pair in pairs:
        weight = WEIGHTS.get(pair.source, WRITTEN_WEIGHT)
        drawn.extend([pair] * (int(weight) + (rng.random() < weight % 1)))
    return drawn


def add_data_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--data``, the folder of the training data; ``GLASSBOX_DATA`` is its default."""
    default = os.environ.get("GLASSBOX_DATA")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(default) if default else None,
        required=default is None,
        help="folder of the training data (docs/data.md); default: GLASSBOX_DATA",
    )


def main() -> None:
    """Write the held-back pairs as TSV, a file a set, for ``python -m core.evaluate translation``."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    parts = load_split(arguments.data)
    print({name: len(pairs) for name, pairs in parts.items()})
    for part in HELD_BACK:
        by_source: dict[str, list[Pair]] = defaultdict(list)
        for pair in parts[part]:
            by_source[pair.source].append(pair)
            by_source["all"].append(pair)
        for name, pairs in by_source.items():
            lines = "".join(f"{pair.english}\t{pair.korean}\n" for pair in pairs)
            (arguments.out / f"{part}-{name}.tsv").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
