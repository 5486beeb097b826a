"""Runs of a generator and a discriminator that somebody watches: moments to look back at, and to go on from."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, Generic, NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from core.gan import NAN, BrokenError, Gan, Kept, Player, Settings, Step
from core.training.live import Live, Turns
from core.verdict import Told

MOMENTS: Final = 60  # that can be gone back to; when there are more, every second one is dropped
CURVE: Final = 240  # points of a curve, dropped likewise
RECENT: Final = 8  # last moments, which are shown one after the other
SECONDS: Final = 90.0  # of training at a stretch, then whoever waits comes first
SLOW: Final = 0.6  # seconds a step in slow motion

One = TypeVar("One")
Seen = NDArray[Any]


class Moment(NamedTuple):
    """What can be seen of all runs, side by side, at one time."""

    number: int
    who: Player | None  # whose step it was, where it was a single one
    told: tuple[Told, ...]  # of each run
    seen: tuple[Seen, ...]  # of each run: what its source shows of it


class Snapshot(NamedTuple):
    """Everything that was kept of the runs, at one time."""

    curve: tuple[Moment, ...]  # without ``seen``
    moments: tuple[Moment, ...]
    recent: tuple[Moment, ...]
    broken: str  # "generator" or "discriminator" whose numbers ended; else nothing


class Thinned(Generic[One]):
    """The latest of a growing list, and some of those before it, evenly spaced: never more than ``limit``."""

    def __init__(self, limit: int) -> None:
        self._limit, self._each = limit, 1
        self._held: list[tuple[int, One]] = []

    def add(self, number: int, one: One) -> None:
        """Take the next; numbers rise."""
        if self._held and self._held[-1][0] % self._each:
            self._held.pop()  # the latest is there only as long as it is the latest
        self._held.append((number, one))
        while len(self._held) > self._limit:
            self._each *= 2
            last = self._held[-1]
            self._held = [held for held in self._held[:-1] if held[0] % self._each == 0] + [last]

    def forget_after(self, number: int) -> None:
        """Drop everything later than a number."""
        self._held = [held for held in self._held if held[0] <= number]

    @property
    def all(self) -> tuple[One, ...]:
        """What is held, in order."""
        return tuple(one for _number, one in self._held)

    def get(self, number: int) -> One | None:
        """Return what has this number, if it is still held."""
        return next((one for held, one in self._held if held == number), None)


class Watched:
    """One or more runs that take their steps together. Every method may be called from any thread."""

    def __init__(
        self,
        runs: Sequence[Gan],
        look: Callable[[Gan], tuple[Seen, float, int | None]],
        each: int,
        moments: int = MOMENTS,
    ) -> None:
        """``look`` returns what is shown of a run, the share of good samples and the modes that are covered.

        ``each``: rounds between moments; ``moments``: how many can be gone back to at most.
        """
        self._runs, self._look, self._each = list(runs), look, each
        self._lock = threading.Lock()
        self._curve, self._moments = Thinned[Moment](CURVE), Thinned[tuple[Moment, list[Kept]]](moments)
        self._recent: list[Moment] = []
        self._number = 0
        self._broken = ""
        self.slow = False  # a single step at a time, so that it can be followed
        self.used = 0.0  # seconds of this stretch
        with self._lock:
            self._note(None, [{} for _run in self._runs])

    @property
    def settings(self) -> Settings:
        """What the first run goes by; another one's seed alone is different."""
        return self._runs[0].settings

    @property
    def number(self) -> int:
        """The latest moment's."""
        return self._number

    def change(self, settings: Settings) -> None:
        """Go by other settings from the next step on; sizes and seed stay as they are."""
        for run in self._runs:
            run.settings = replace(
                settings,
                **{name: getattr(run.settings, name) for name in FIXED},
            )

    def steps(self) -> Iterator[int]:
        """Train for `SECONDS`, or until numbers break; yield the number of each moment."""
        self.used = 0.0
        while self.used < SECONDS and not self._broken:
            began = time.monotonic()
            if self.slow:
                self._together(lambda run: [run.advance()])
                yield self._number
                time.sleep(SLOW)
            else:
                self.advance()
                yield self._number
            self.used += time.monotonic() - began

    def advance(self) -> None:
        """Let all runs take the rounds between two moments."""
        self._together(lambda run: [one for _ in range(self._each) for one in run.update().items()])

    def take(self, who: Player) -> None:
        """Let one player of each run take a single step."""
        self._together(lambda run: [(who, run.take(who))])

    def go_back(self, number: int) -> bool:
        """Be again as at a moment, and forget what came after; False where it is not kept any more."""
        with self._lock:
            found = self._moments.get(number)
            if found is None:
                return False
            moment, kept = found
            for run, one in zip(self._runs, kept, strict=True):
                run.go_back(one)
            for held in (self._curve, self._moments):
                held.forget_after(number)
            self._recent = [moment]
            self._number, self._broken = number, ""
            return True

    def snapshot(self) -> Snapshot:
        """Return what is kept now."""
        with self._lock:
            moments = tuple(moment for moment, _kept in self._moments.all)
            return Snapshot(self._curve.all, moments, tuple(self._recent), self._broken)

    def _together(self, steps: Callable[[Gan], list[tuple[Player, Step]]]) -> None:
        """Let all runs take steps; where numbers break, all are again as at the latest moment."""
        with self._lock:
            try:
                told = [steps(run) for run in self._runs]
            except BrokenError as error:
                self._broken = str(error)
                _moment, kept = self._moments.all[-1]
                for run, one in zip(self._runs, kept, strict=True):
                    run.go_back(one)
                return
            self._number += 1
            single = told[0][0][0] if len(told[0]) == 1 else None
            self._note(single, [means(one) for one in told])

    def _note(self, who: Player | None, means: Sequence[dict[str, Any]]) -> None:
        told, seen = [], []
        before = self._recent[-1].told if self._recent else [None] * len(self._runs)
        for run, mean, last in zip(self._runs, means, before, strict=True):
            shown, good, modes = self._look(run)
            # What the other player's step told last stands until it takes another.
            kept = last._asdict() if last else {}
            told.append(Told(**{**EMPTY, **kept, **mean, "step": run.step, "good": good, "modes": modes}))
            seen.append(shown)
        moment = Moment(self._number, who, tuple(told), tuple(seen))
        self._curve.add(self._number, moment._replace(seen=()))
        self._moments.add(self._number, (moment, [run.keep() for run in self._runs]))
        self._recent = [*self._recent[1 - RECENT :], moment]


FIXED: Final = ("penalty", "batch", "width_g", "depth_g", "width_d", "depth_d", "latent", "seed")
EMPTY: Final[dict[str, Any]] = {
    "loss_d": NAN, "loss_g": NAN, "right_real": NAN, "right_fake": NAN, "pull": NAN, "norms": (),
}  # fmt: skip


def means(steps: Sequence[tuple[Player, Step]]) -> dict[str, Any]:
    """Return what the steps of a stretch told on average, as fields of `core.verdict.Told`."""
    found: dict[str, Any] = {}
    of_d = [step for who, step in steps if who == "discriminator"]
    of_g = [step for who, step in steps if who == "generator"]
    if of_d:
        loss, real, fake = np.mean([(one.loss, one.right_real, one.right_fake) for one in of_d], axis=0)
        found |= {"loss_d": float(loss), "right_real": float(real), "right_fake": float(fake)}
    if of_g:
        norms = np.mean([one.norms for one in of_g], axis=0)
        found |= {
            "loss_g": float(np.mean([one.loss for one in of_g])),
            "pull": float(np.mean([one.pull for one in of_g])),
            "norms": tuple(norms.tolist()),
        }
    return found


@torch.no_grad()
def flat(run: Gan) -> NDArray[np.float32]:
    """Return all weights of a run, the generator's first, each layer's matrix before its bias."""
    parts = [p.flatten() for player in (run.generator, run.discriminator) for p in player.parameters()]
    return torch.cat(parts).cpu().numpy()


class Desk:
    """A watched run and the thread in which it trains, if it does. No method waits for a step in that thread."""

    def __init__(self, runs: Watched, turns: Turns) -> None:
        self.runs = runs
        self._turns = turns
        self._live: Live[int] | None = None

    @property
    def state(self) -> str:
        """``ready`` before it first begins, else one of `core.training.live.State`."""
        return self._live.state if self._live else "ready"

    @property
    def settled(self) -> bool:
        """Whether nothing will change until somebody asks for it."""
        return self._live is None or self._live.settled

    @property
    def ahead(self) -> int:
        """How many others wait for their turn before this one does."""
        return self._live.ahead if self._live else 0

    def go_on(self, number: int | None = None) -> None:
        """Train, from a moment's ``number`` if that is not the latest; what came after it is forgotten."""
        if not self.settled:
            return
        self._back_to(number)
        if self._live is None or self._live.over:
            self._live = Live(self._steps, self._turns)
        else:
            self._live.go_on()

    def _steps(self) -> Iterator[int]:
        # Of this thread alone: a gradient that vanishes reaches numbers that a CPU handles many times slower.
        torch.set_flush_denormal(True)
        yield from self.runs.steps()

    def pause(self) -> None:
        """Take no more steps, and let somebody else have the turn."""
        if self._live:
            self._live.pause()

    def take(self, who: Player, number: int | None = None) -> None:
        """Let one player take a single step; a training that runs is paused first."""
        if not self.settled:
            self.pause()
            number = None
        self._back_to(number)
        self.runs.take(who)

    def stop(self) -> None:
        """End for good."""
        if self._live:
            self._live.stop()

    def _back_to(self, number: int | None) -> None:
        if number is not None and number != self.runs.number:
            self.runs.go_back(number)
