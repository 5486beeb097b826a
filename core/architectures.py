"""What the three architectures are for, on one sentence: fill a blank, go on, translate (`core.translator`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from core.small import BLANK_SIGN, SmallModel
from core.text.normalise import normalise
from core.text.tokenizer import BLANK, END, PAD, START, UNKNOWN

GOES_ON = 8  # tokens
# What stands in no sentence; the blank itself is no guess for a blank.
_NOT_TEXT = (PAD, UNKNOWN, START)


class Guess(NamedTuple):
    """A piece as it is stored, and its probability."""

    piece: str
    probability: float


class Cut(NamedTuple):
    """A sentence cut around its last word."""

    before: str
    word: str
    after: str  # the sentence's closing signs


def cut_last_word(text: str) -> Cut:
    """Return ``normalise(text)`` cut around its last word; without a space, all of it is the last word.

    Raises:
        ValueError: the text holds a lone surrogate, or nothing but white space.
    """
    match = re.search(r"(\S+?)([^\w\s]*)$", normalise(text))
    if match is None:
        raise ValueError("there is no word in this text")
    return Cut(match.string[: match.start()], match[1], match[2])


def with_blank(text: str) -> str:
    """Return the text whose last word is a blank, with a full stop where it has none: else that would be guessed."""
    cut = cut_last_word(text)
    return f"{cut.before}{BLANK_SIGN}{cut.after or '.'}"


def fill_last_word(model: SmallModel, text: str, count: int = 3) -> list[Guess]:
    """Return the ``count`` pieces that an encoder-only model finds most probable in the last word's place.

    The whole word becomes one blank, and a blank is one piece: of a long word, its beginning is guessed.
    """
    ids = model.ids(with_blank(text))
    blank = model.tokenizer.id_of(BLANK)
    place = len(ids) - 1 - ids[::-1].index(blank)  # the text may hold blanks of its own, before this one
    best = _without(model.probabilities(ids)[place], (*_NOT_TEXT, blank)).topk(count)
    pieces = model.tokenizer.pieces(best.indices.tolist())
    return [Guess(piece, value) for piece, value in zip(pieces, best.values.tolist(), strict=True)]


def go_on(model: SmallModel, text: str, count: int = GOES_ON) -> list[Guess]:
    """Return what a decoder-only model says after ``text``, greedily, until it ends the sentence."""
    ids = model.ids(text)
    said: list[Guess] = []
    while len(said) < count:
        probabilities = _without(model.probabilities(ids)[-1], _NOT_TEXT)
        token = int(probabilities.argmax())
        if token == END:
            break
        said.append(Guess(model.tokenizer.pieces([token])[0], float(probabilities[token])))
        ids = [*ids, token]
    return said


def _without(probabilities: Tensor, pieces: Sequence[int]) -> Tensor:
    return probabilities.index_fill(0, torch.tensor(pieces), 0.0)
