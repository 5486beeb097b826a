"""A training that somebody watches: it runs in a thread of its own, can be paused and stopped, and waits for its turn.

The thread only takes steps and keeps the latest of what they yield; whoever watches asks for it. Nothing here knows
what is trained.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Generic, Literal, TypeVar

Moment = TypeVar("Moment")
State = Literal["waiting", "running", "paused", "done", "stopped", "failed"]


def allowed() -> int:
    """Return how many may train at once: all cores but one, or what ``GLASSBOX_TRAININGS`` says.

    Raises:
        ValueError: ``GLASSBOX_TRAININGS`` is no whole number from 1 up.
    """
    wanted = os.environ.get("GLASSBOX_TRAININGS") or str(max(1, (os.cpu_count() or 2) - 1))
    if not wanted.isdecimal() or int(wanted) < 1:
        raise ValueError(f"GLASSBOX_TRAININGS is {wanted!r}; it must be a whole number from 1 up")
    return int(wanted)


class Turns:
    """So many trainings may run at once on this machine; the others wait in the order in which they came."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: list[object] = []
        self._running: set[object] = set()
        self._changed = threading.Condition()

    def take(self, who: object, given_up: threading.Event) -> bool:
        """Wait for a turn; False where ``given_up`` was set first."""
        with self._changed:
            self._waiting.append(who)
            while not given_up.is_set():
                if self._waiting[0] is who and len(self._running) < self._limit:
                    break
                self._changed.wait(0.1)
            self._waiting.remove(who)
            if given_up.is_set():
                return False
            self._running.add(who)
            return True

    def give_back(self, who: object) -> None:
        """Let the next one have this turn."""
        with self._changed:
            self._running.discard(who)
            self._changed.notify_all()

    def ahead_of(self, who: object) -> int:
        """Return how many wait before this one."""
        with self._changed:
            return self._waiting.index(who) if who in self._waiting else 0

    @property
    def waiting(self) -> int:
        """How many wait now."""
        with self._changed:
            return len(self._waiting)

    @property
    def running(self) -> int:
        """How many run now."""
        with self._changed:
            return len(self._running)


class Live(Generic[Moment]):
    """One training in a thread. Every method may be called from any thread, and none of them waits for a step."""

    def __init__(self, steps: Callable[[], Iterator[Moment]], turns: Turns) -> None:
        """``steps`` is called in the thread; its iterator takes a step, or a few, each time it is asked."""
        self._steps = steps
        self._turns = turns
        self._stopped = threading.Event()
        self._going = threading.Event()
        self._lock = threading.Lock()
        self._latest: Moment | None = None
        self._state: State = "waiting"
        self._thread = threading.Thread(target=self._run, name="glassbox-live", daemon=True)
        self._going.set()
        self._thread.start()

    @property
    def state(self) -> State:
        """What the training does now."""
        with self._lock:
            return self._state

    @property
    def latest(self) -> Moment | None:
        """What the last step yielded; None before the first."""
        with self._lock:
            return self._latest

    @property
    def over(self) -> bool:
        """Whether it will never take a step again."""
        return self.state in ("done", "stopped", "failed")

    @property
    def ahead(self) -> int:
        """How many others wait for their turn before it does."""
        return self._turns.ahead_of(self)

    @property
    def settled(self) -> bool:
        """Whether nothing will change until somebody asks for it: over, or paused and not asked to go on."""
        return self.over or (self.state == "paused" and not self._going.is_set())

    def pause(self) -> None:
        """Take no more steps, and let somebody else have the turn, until `go_on`."""
        self._going.clear()

    def go_on(self) -> None:
        """Take steps again, once it is this training's turn."""
        self._going.set()

    def stop(self) -> None:
        """End for good; the latest moment stays."""
        self._stopped.set()
        self._going.set()

    def join(self, seconds: float) -> bool:
        """Wait for the thread's end; return whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _set(self, state: State) -> None:
        with self._lock:
            self._state = state

    def _run(self) -> None:
        state: State = "failed"
        try:
            state = self._take_steps()
        except Exception:
            logging.getLogger(__name__).exception("a live training failed")
        finally:
            self._turns.give_back(self)
            self._set(state)

    def _take_steps(self) -> State:
        steps = None
        while True:
            self._set("waiting")
            if not self._turns.take(self, self._stopped):
                return "stopped"
            self._set("running")
            steps = steps or self._steps()
            while self._going.is_set() and not self._stopped.is_set():
                try:
                    moment = next(steps)
                except StopIteration:
                    return "done"
                with self._lock:
                    self._latest = moment
                time.sleep(0)  # other threads of the server come first
            self._turns.give_back(self)
            if not self._stopped.is_set():
                self._set("paused")
                self._going.wait()
            if self._stopped.is_set():
                return "stopped"
