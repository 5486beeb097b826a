"""The pictures that the app ships: a few of each set's training and test parts, drawn once with a fixed seed."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple
from zipfile import BadZipFile

import numpy as np

from core import checkpoints
from core.images import Images, Pixels

FOLDER: Final = checkpoints.ASSETS / "images"
# Training and test pictures, at most. Small trainings on a page learn from the digits.
COUNTS: Final = {"digits": (4000, 500), "clothes": (1000, 300), "hangul": (1000, 112), "faces": (0, 60)}


class Examples(NamedTuple):
    """Pictures (count, height, width) or (count, height, width, 3) and labels, as in `core.images`."""

    train: Pixels
    train_labels: Pixels
    test: Pixels
    test_labels: Pixels


def path_of(name: str) -> Path:
    """Return where a set's shipped pictures lie."""
    return FOLDER / f"{name}.npz"


def drawn_from(images: Images) -> Examples:
    """Return as many pictures of a set as the app ships: as many of each class, in an order that mixes them."""
    found: list[Pixels] = []
    for part, count in zip(("train", "test"), COUNTS[images.name], strict=True):
        pictures, labels = images.parts[part]
        order = np.random.default_rng(7).permutation(len(pictures))
        if labels.ndim == 1:  # the first of every class, then the second of every class …
            nth = np.zeros(len(order), dtype=int)
            for label in range(len(images.classes)):
                mine = labels[order] == label
                nth[mine] = np.arange(mine.sum())
            order = order[np.argsort(nth, kind="stable")]
        found += [pictures[order[:count]], labels[order[:count]]]
    return Examples(*found)


def save_examples(name: str, examples: Examples) -> None:
    """Write the pictures that the app ships, compressed and without pickled objects."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path_of(name), **examples._asdict())


def load_examples(name: str) -> Examples:
    """Return the pictures that the app ships of a set.

    Raises:
        checkpoints.ModelFileError: the file is missing or cannot be read.
    """
    path = path_of(name)
    try:
        with np.load(path) as arrays:
            return Examples(*(arrays[field] for field in Examples._fields))
    except FileNotFoundError as error:
        raise checkpoints.ModelFileError("missing", path) from error
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise checkpoints.ModelFileError("unreadable", path) from error
