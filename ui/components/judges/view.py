"""What the picture of the judges is given: one text in one order, judged by every model of a language."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final, TypedDict

METHODS: Final = ("deletion", "gradients")  # of the sequence models; a bag's contributions are exact


class JudgesState(TypedDict, total=False):
    """What has been chosen in the picture."""

    order: list[int]  # place by place, the word that stands there
    kind: str  # the model whose contributions the words show
    method: str
    mask: bool  # the padding mask is on
    seed: int  # of the last shuffle
    made: int  # orders made by hand so far: Python says which of them it has followed


@dataclass(frozen=True)
class Figures:
    """What a model card says of a model's worth and cost."""

    accuracy: float | None
    reviews: int  # that it was measured on
    part: str  # "test" or "dev"
    bytes: int
    seconds: float  # of training
    ms: float | None  # a review


@dataclass(frozen=True)
class Line:
    """One model. Without its file there is a sentence in ``missing``, and nothing else."""

    kind: str
    missing: str = ""
    exact: bool = False  # the contributions add up to the logit by construction
    blind: bool = False  # no order of the words moves the logit
    logit: float = 0.0
    typed: float = 0.0  # the logit of the order as it was typed
    moves: Sequence[Sequence[float]] | None = (
        None  # (place, place): the logit after a move; None: a long text
    )
    words: Sequence[float] = ()  # (place,): contributions
    gaps: Sequence[float] = ()  # (place − 1,)
    base: float = 0.0
    rest: float = 0.0  # what words add that are not shown
    grams: Sequence[Sequence[tuple[str, float]]] = ()  # (place, gram): what a word's number is made of
    gap_grams: Sequence[Sequence[tuple[str, float]]] = ()
    figures: Figures | None = None


@dataclass(frozen=True)
class JudgesView:
    """One text in one order, all models."""

    text: str
    language: str
    words: tuple[str, ...]  # as typed; the first ones of a long text
    order: tuple[int, ...]
    method: str
    mask: bool
    lines: tuple[Line, ...]

    @cached_property
    def digest(self) -> str:
        """A name for the text and who judges it: an order belongs to it."""
        return digest_of(self.text, self.language)

    @cached_property
    def packed(self) -> dict[str, Any]:
        """The payload without words of the page."""
        return {**asdict(self), "digest": self.digest}


def digest_of(text: str, language: str) -> str:
    """Return the name of a text and of the language whose models judge it."""
    return hashlib.blake2b(f"{language}\n{text}".encode(), digest_size=12).hexdigest()
