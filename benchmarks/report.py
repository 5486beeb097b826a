"""A measured figure, its budget, and the table of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table; a smaller value is better, if not ``more_is_better``."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    note: str = ""
    more_is_better: bool = False

    @property
    def verdict(self) -> str:
        """Whether the figure keeps its budget; empty without one."""
        if self.budget is None:
            return ""
        if self.more_is_better:
            return "ok" if self.value >= self.budget else "UNDER"
        return "ok" if self.value <= self.budget else "OVER"


def median_ms(call: Callable[[], object], rounds: int = 20, warm_up: int = 3) -> float:
    """Return the median wall time of ``call`` in ms."""
    for _ in range(warm_up):
        call()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0 to 1) of ``values`` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of text."""
    width = max(len(figure.name) for figure in figures)
    lines = []
    for f in figures:
        budget = "" if f.budget is None else f"{f.budget:g}"
        lines.append(
            f"{f.name:<{width}}  {f.value:>9.2f} {f.unit:<9} {budget:>7} {f.verdict:<5} {f.note}".rstrip()
        )
    return "\n".join([f"{'':<{width}}  {'measured':>9} {'':<9} {'budget':>7}", *lines])
