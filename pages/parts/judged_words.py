"""What the words of a text add to a judgement, and the n-grams that their numbers are made of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from core import attribution
from core.models.bags import NO_PIECE, Bag, Part
from core.sentiment import LONGEST, Judge
from core.text.characters import Characters

Span = tuple[int, int]
Grams = list[tuple[str, float]]


class Feature(NamedTuple):
    """An n-gram of a text that a bag knows."""

    name: str
    times: int  # that it stands in the text
    weight: float
    idf: float | None


def spans_of(words: Sequence[Sequence[int]]) -> list[Span]:
    """Return first place and last + 1 of each word's pieces."""
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return list(pairwise(ends))


def explained(
    judge: Judge, ids: list[int], spans: list[Span], shown: int, method: str, masked: bool
) -> tuple[attribution.Attribution, float]:
    """Return what the words add, and what those behind the first ``shown`` ones add together."""
    if isinstance(judge.model, Bag):
        whole = attribution.of_bag(judge.model, ids, spans)
        return whole, float(whole.words[shown:].sum() + whole.gaps[max(0, shown - 1) :].sum())
    read = ids[:LONGEST]
    spans = [(min(first, len(read)), min(end, len(read))) for first, end in spans]
    if method == "gradients":
        whole = attribution.gradients(judge, read, spans, masked=masked)
        return whole, float(whole.words[shown:].sum())
    return attribution.deletion(judge, read, spans[:shown], masked), 0.0


def grams_of(judge: Judge, ids: list[int], spans: list[Span], shown: int) -> tuple[list[Grams], list[Grams]]:
    """Return the n-grams that the number of each of the first ``shown`` words, and of each gap, is the sum of."""
    assert isinstance(judge.model, Bag)
    word_at = attribution.word_at(spans)
    own: list[Grams] = [[] for _ in range(shown)]
    between: list[Grams] = [[] for _ in range(max(0, shown - 1))]
    for part in judge.model.parts(ids):
        name = _name(judge, part)
        for at, apart, share in part.shares(word_at):
            within = between if apart else own
            if at < len(within):
                within[at].append((name, share))
    return own, between


def features_of(judge: Judge, ids: list[int]) -> list[Feature]:
    """Return the n-grams of a text that a bag knows, in the order of its parts."""
    assert isinstance(judge.model, Bag)
    return [
        Feature(_name(judge, part), len(part.places), part.weight, part.idf)
        for part in judge.model.parts(ids)
    ]


def _name(judge: Judge, part: Part) -> str:
    between = "" if isinstance(judge.tokenizer, Characters) else " + "
    return between.join(judge.tokenizer.pieces([piece for piece in part.gram if piece != NO_PIECE]))
