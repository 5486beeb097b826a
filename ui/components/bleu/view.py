"""What the BLEU pictures are given: one translation and its references, cut and scored in several ways."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, TypedDict


class BleuState(TypedDict, total=False):
    """What has been chosen in the main picture."""

    tok: str  # the tokenizer
    smooth: str  # the smoothing
    n: int  # the n-grams that are shown
    at: int  # the place of the n-gram that is pinned, -1 for none


class PackedGram(TypedDict):
    """One n-gram: its places in the translation and in each reference, and how many of them count."""

    places: list[int]
    found: list[list[int]]
    limit: int
    by: int  # the reference that sets the limit, -1 for none
    matches: int


class PackedOrder(TypedDict):
    """The n-grams of one length."""

    grams: list[PackedGram]
    matches: int
    total: int
    clipped: int


class PackedScore(TypedDict):
    """A score and its parts; ``fractions`` after smoothing, ``used``: how many enter the mean."""

    value: float
    brevity: float
    fractions: list[tuple[float, float]]
    used: int
    signature: str


@dataclass(frozen=True)
class CutView:
    """The sentences cut by one tokenizer; ``closest`` is the reference whose length counts."""

    tokens: Sequence[str]
    references: Sequence[Sequence[str]]
    orders: Sequence[PackedOrder]
    closest: int
    scores: Mapping[str, PackedScore]  # by smoothing


@dataclass(frozen=True)
class BleuView:
    """One translation with its references; the same for every session and rerun."""

    hypothesis: str
    references: tuple[str, ...]
    tokenizers: tuple[str, ...]  # in the order of the lesson, also those that are missing here
    smoothings: tuple[str, ...]
    cuts: Mapping[str, CutView]
    chrf: float
    chrf_signature: str
    waiting: bool = False  # what is missing is being loaded

    @cached_property
    def packed(self) -> dict[str, Any]:
        """The payload without words; made once for a view. ``digest`` names the texts."""
        texts = json.dumps([self.hypothesis, *self.references])
        return {
            **asdict(self),
            "digest": hashlib.blake2b(texts.encode(), digest_size=12).hexdigest(),
        }


@dataclass(frozen=True)
class Rated:
    """One translation that the class rates: what it translates, and what is shown once it has been rated."""

    source: str
    reference: str
    translation: str
    origin: str  # who wrote it, in words
    bleu: float
    chrf: float
