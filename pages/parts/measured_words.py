"""Measured points as the sentences about them write them."""

from __future__ import annotations

from collections.abc import Mapping

from core.measured import Point
from ui.bottleneck import PLACES as PLACE_NAMES
from ui.i18n import _


def range_said(point: Point) -> str:
    if point.last is None:
        return _("{first} pieces and more").format(first=point.first)
    return _("{first}–{last} pieces").format(first=point.first, last=point.last)


def by_place_said(words: Mapping[str, str]) -> str:
    return ", ".join(f"{_(PLACE_NAMES[place])} {said}" for place, said in words.items())


def share_said(point: Point) -> str:
    return f"{point.value:.0%}"


def shares_said(points: Mapping[str, Point]) -> str:
    """The lowest and the highest of them."""
    values = sorted(point.value for point in points.values())
    low, high = f"{values[0]:.0%}", f"{values[-1]:.0%}"
    return low if low == high else f"{low}–{high}"


def score_said(value: float) -> str:
    return f"{value:.1f}"


def signed_said(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")
