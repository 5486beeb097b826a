"""What the measured curves show: how far each model falls with the length, and whether attention keeps more.

Nothing is taken for granted: every finding can come out either way. Two scores count as different where their 95 %
bands lie apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from core.measured import (
    ATTENTIONS,
    CHANCE,
    NONE,
    PLACES,
    SYSTEMS,
    VECTORS,
    Curve,
    Measured,
    Point,
    Relation,
)

LONG: Final = 21  # pieces: where long ranges begin
WIDE: Final = 0.5  # a share whose band is wider says nothing

Widening = Literal["long", "short", "even"]


class Fall(NamedTuple):
    """From the best range of a curve to its longest one."""

    best: Point
    end: Point

    @property
    def points(self) -> float:
        """How much is lost."""
        return self.best.value - self.end.value


class Gap(NamedTuple):
    """The model without attention and one with it, on the same sentences."""

    none: Point
    attention: Point

    @property
    def points(self) -> float:
        """By how much the one with attention is ahead."""
        return self.attention.value - self.none.value


@dataclass(frozen=True)
class LengthFindings:
    """What one metric shows in one direction. Ranges with few sentences are left out."""

    falls: Mapping[str, Fall]  # by system
    best: str | None  # the attention with the highest score of all sentences
    gaps: Sequence[Gap]  # between none and ``best``, from short to long
    shares: Sequence[Point] = ()  # of what ``best`` has above chance, what none has, from short to long

    @property
    def long(self) -> Sequence[Gap]:
        """The gaps of the long ranges; where there is none, that of the longest."""
        return [gap for gap in self.gaps if gap.none.first >= LONG] or self.gaps[-1:]

    @property
    def relations(self) -> list[Relation]:
        """Where attention lies beside none in each of `long`."""
        return [gap.attention.relation(gap.none) for gap in self.long]

    @property
    def widening(self) -> Widening | None:
        """Whether attention is further ahead in the longest range or in the shortest one.

        ``even``: what the gap changes by is not more than the four bands allow (their halves, added as squares).
        """
        if len(self.gaps) < 2:
            return None
        short, long = self.gaps[0], self.gaps[-1]
        change = long.points - short.points
        allowed = math.hypot(*((point.high - point.low) / 2 for gap in (short, long) for point in gap))
        if abs(change) <= allowed:
            return "even"
        return "long" if change > 0 else "short"

    @property
    def kept(self) -> Relation | None:
        """Where the share of the longest range lies beside that of the shortest one."""
        return self.shares[-1].relation(self.shares[0]) if len(self.shares) > 1 else None

    @property
    def as_taught(self) -> bool | None:
        """Whether attention gets further ahead with the length, and its bands lie above in all long ranges."""
        if self.widening is None:
            return None
        return self.widening == "long" and set(self.relations) == {"above"}


def length_findings(measured: Measured, direction: str, metric: str) -> LengthFindings:
    """Return what one metric shows in one direction; a system that was not measured is left out."""
    curves = {name: _enough(curve) for name, curve in measured.of(direction, metric).items()}
    falls = {
        name: Fall(max(curve, key=lambda point: point.value), curve[-1])
        for name, curve in curves.items()
        if curve and name in SYSTEMS
    }
    overall = {
        name: float(measured.overall.get((name, direction), {}).get(metric, -math.inf)) for name in falls
    }
    best = max((name for name in ATTENTIONS if name in falls), key=lambda name: overall[name], default=None)
    gaps: list[Gap] = []
    if best and NONE in falls:
        same = {point.first: point for point in curves[best]}
        gaps = [Gap(point, same[point.first]) for point in curves[NONE] if point.first in same]
    shares = _enough(measured.shares.get((direction, metric, best), ())) if best else ()
    told = [share for share in shares if share.high - share.low < WIDE]
    return LengthFindings(falls, best, gaps, told)


@dataclass(frozen=True)
class PlaceFinding:
    """How well the word at one place is read out of the one vector (the last state), and out of the contexts."""

    short: Point  # of the one vector, in the shortest range
    long: Point  # the same in the longest one
    chance: Point  # in the longest range
    contexts: Mapping[str, Point]  # in the longest range, by attention
    early: Mapping[str, Point]  # the same in the shortest one
    relation: Relation  # of all contexts to the one vector, with its cell and without it


def probe_findings(measured: Measured, direction: str) -> dict[str, PlaceFinding]:
    """Return a finding for each place that was measured, of ranges with enough sentences."""
    found = {}
    for place in PLACES:
        curves = {name: _enough(curve) for name, curve in measured.of(direction, place).items()}
        one = curves.get(VECTORS[0])
        if not one:
            continue
        short, long = one[0], one[-1]
        early, there = _at(curves, short), _at(curves, long)
        contexts = {name: there[name] for name in ATTENTIONS if name in there}
        relations = {
            context.relation(there[vector])
            for context in contexts.values()
            for vector in VECTORS
            if vector in there
        }
        relation = relations.pop() if len(relations) == 1 else "together"
        early = {name: early[name] for name in ATTENTIONS if name in early}
        found[place] = PlaceFinding(short, long, there[CHANCE], contexts, early, relation)
    return found


def best_read(found: Mapping[str, PlaceFinding]) -> str | None:
    """Return the place whose word is read best out of the one vector in the longest range.

    ``even`` where the bands of the best two share a value, ``None`` where a place is missing.
    """
    if set(found) != set(PLACES):
        return None
    first, second, _ = sorted(found, key=lambda place: found[place].long.value, reverse=True)
    return first if found[first].long.relation(found[second].long) == "above" else "even"


def _at(curves: Mapping[str, Curve], where: Point) -> dict[str, Point]:
    """What each curve has in the range of this point."""
    return {name: point for name, curve in curves.items() for point in curve if point.first == where.first}


def _enough(curve: Curve) -> Curve:
    return tuple(point for point in curve if not point.few)
