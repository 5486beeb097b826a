"""A text's words in another order: what each model says of every order that a hand can make with one move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.deletion import word_spans
from core.sentiment import Judge

MOST = 12  # words: 121 other orders; of longer texts an order is judged when it has been made


def words_of(judge: Judge, text: str) -> list[list[int]]:
    """Return the ids of each word. No piece reaches over a space, so any order of them is some text's ids."""
    ids = judge.tokenizer.encode(text)
    return [ids[first:end] for first, end in word_spans(judge.tokenizer.pieces(ids))]


def in_order(words: Sequence[Sequence[int]], order: Sequence[int]) -> list[int]:
    """Return the ids of words in an order: ``order`` names, place by place, the word that stands there."""
    return [piece for word in order for piece in words[word]]


def moved(order: Sequence[int], first: int, to: int) -> list[int]:
    """Return an order with what stood at ``first`` taken out and put in at ``to``."""
    rest = list(order)
    rest.insert(to, rest.pop(first))
    return rest


def logits_of_moves(
    judge: Judge,
    words: Sequence[Sequence[int]],
    order: Sequence[int],
    masked: bool = True,
) -> NDArray[np.float64]:
    """Return the logits (word, word) of an order with what stands at the row's place moved to the column's.

    ``masked`` as in `Judge.logits`.
    """
    places = range(len(order))
    made = {(first, to): tuple(moved(order, first, to)) for first in places for to in places}
    orders = list(dict.fromkeys(made.values()))  # neighbours exchanged are one order made in two ways
    found_logits = judge.logits([in_order(words, one) for one in orders], masked)
    logits = dict(zip(orders, found_logits, strict=True))
    found = np.empty((len(order), len(order)))
    for place, one in made.items():
        found[place] = logits[one]
    return found
