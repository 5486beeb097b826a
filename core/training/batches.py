"""Batches of examples of like length, so that little is spent on padding."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

Example = TypeVar("Example", bound=Sequence[list[int]])  # the sides of an example: a source and a target, say


def batches(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Group examples of like length into batches of at most ``tokens`` padded tokens a side, shuffled."""
    # A batch is as wide as its longest side; among equals, the other sides are of like length, too.
    ordered = sorted(examples, key=lambda e: (max(map(len, e)), len(e[-1]) + rng.random()))
    groups: list[list[Example]] = [[]]
    widest = 0
    for example in ordered:
        widest = max(widest, *map(len, example))
        if groups[-1] and widest * (len(groups[-1]) + 1) > tokens:
            groups.append([])
            widest = max(map(len, example))
        groups[-1].append(example)
    rng.shuffle(groups)
    return groups
