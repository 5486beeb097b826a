"""What the small encoders put into a blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.small import BLANK_SIGN, SmallModel
from core.text.tokenizer import BLANK


@dataclass(frozen=True)
class Answers:
    """The likeliest pieces for a blank, and what all others share."""

    pieces: tuple[str, ...]  # as the tokenizer stores them
    probabilities: tuple[float, ...]  # of the softmax over the whole vocabulary, falling
    rest: float  # the probability of everything that is not among ``pieces``


def blanks_in(model: SmallModel, ids: Sequence[int]) -> list[int]:
    """Return the places of the blanks."""
    blank = model.tokenizer.id_of(BLANK)
    return [place for place, piece in enumerate(ids) if piece == blank]


def fill_blank(model: SmallModel, ids: Sequence[int], place: int, top: int = 5) -> Answers:
    """Return the ``top`` likeliest pieces for the blank at ``place``.

    Raises:
        ValueError: no blank stands there.
    """
    if place not in blanks_in(model, ids):
        raise ValueError(f"piece {place} is no blank")
    likely = model.probabilities(list(ids))[place].topk(top)
    probabilities = tuple(likely.values.tolist())
    pieces = tuple(model.tokenizer.pieces(likely.indices.tolist()))
    return Answers(pieces, probabilities, max(0.0, 1.0 - sum(probabilities)))


def shown_pieces(model: SmallModel, ids: Sequence[int]) -> tuple[str, ...]:
    """Return the pieces as a reader knows them: a blank as it is typed."""
    return tuple(BLANK_SIGN if piece == BLANK else piece for piece in model.tokenizer.pieces(list(ids)))
