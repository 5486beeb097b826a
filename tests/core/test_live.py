"""Trainings that are watched: turns, pauses, ends, and what is left of a failure."""

from __future__ import annotations

import functools
import itertools
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from core.live_vae import GRID, HALF, LiveMoment, train
from core.training.live import Live, Turns, allowed


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.002)


def counting() -> Iterator[int]:
    for number in itertools.count():
        time.sleep(0.001)
        yield number


def test_it_runs_pauses_goes_on_and_stops() -> None:
    one = Live(counting, Turns(1))
    until(lambda: (one.latest or 0) > 3)
    one.pause()
    until(lambda: one.state == "paused")
    held = one.latest
    time.sleep(0.03)
    assert one.latest == held and one.settled
    one.go_on()
    assert not one.settled  # at once: whoever looks must not think that it rests still
    until(lambda: (one.latest or 0) > (held or 0))
    one.stop()
    assert one.join(5) and one.state == "stopped" and one.over


def test_the_next_one_waits_and_a_pause_lets_it_in() -> None:
    turns = Turns(1)
    first = Live(counting, turns)
    until(lambda: first.state == "running")
    second, third = Live(counting, turns), Live(counting, turns)
    until(lambda: {second.ahead, third.ahead} == {0, 1})
    assert second.latest is None and turns.running == 1
    first.pause()
    until(lambda: "running" in (second.state, third.state))
    for one in (first, second, third):
        one.stop()
    for one in (first, second, third):
        assert one.join(5) and one.state == "stopped"
    assert turns.running == 0


def test_turns_come_in_the_order_of_asking() -> None:
    turns, began = Turns(1), list[int]()
    first = Live(counting, turns)
    until(lambda: first.state == "running")

    def telling(number: int) -> Iterator[int]:
        began.append(number)
        yield number

    waiting = []
    for number in range(8):
        waiting.append(Live(functools.partial(telling, number), turns))
        until(lambda: waiting[-1].ahead == len(waiting) - 1 and turns.waiting == len(waiting))
    first.stop()
    assert all(one.join(5) for one in waiting) and began == list(range(8))


def test_one_that_waits_can_give_up() -> None:
    turns = Turns(1)
    first = Live(counting, turns)
    until(lambda: first.state == "running")
    second = Live(counting, turns)
    second.stop()
    assert second.join(5) and second.state == "stopped" and second.latest is None
    first.stop()
    assert first.join(5)


def test_the_end_and_a_failure_free_the_turn() -> None:
    turns = Turns(1)
    done = Live(lambda: iter((1, 2)), turns)
    assert done.join(5) and done.state == "done" and done.latest == 2

    def fails() -> Iterator[int]:
        yield 1
        raise RuntimeError("on purpose")

    failed = Live(fails, turns)
    assert failed.join(5) and failed.state == "failed" and failed.latest == 1
    assert turns.running == 0


def test_how_many_may_train_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLASSBOX_TRAININGS", "3")
    assert allowed() == 3
    monkeypatch.delenv("GLASSBOX_TRAININGS")
    assert allowed() >= 1
    for wrong in ("0", "-1", "many"):
        monkeypatch.setenv("GLASSBOX_TRAININGS", wrong)
        with pytest.raises(ValueError, match="whole number"):
            allowed()


def test_a_stopped_one_leaves_no_thread() -> None:
    before = threading.active_count()
    several = [Live(counting, Turns(2)) for _ in range(4)]
    for one in several:
        one.stop()
    assert all(one.join(5) for one in several) and threading.active_count() == before


@pytest.fixture(scope="module")
def learned() -> list[LiveMoment]:
    pixels = (np.random.default_rng(2).random((600, 16)) < np.linspace(0, 1, 16)).astype(np.float32)
    return list(train(pixels, pixels[:50], seconds=1.2))


def test_it_learns_and_tells_how_far_it_has_come(learned: list[LiveMoment]) -> None:
    steps = [moment.step for moment in learned]
    assert steps[0] == 0 and steps == sorted(set(steps)) and learned[-1].seconds >= 1.2
    last = learned[-1]
    assert last.places.shape == (500, 2) and last.manifold.shape == (GRID, GRID, 16) and HALF > 0
    first, end = last.scores[0], last.scores[-1]
    assert end.held_back < first.held_back - 1 and end.reconstruction < first.reconstruction
    assert [score.step for score in last.scores] == steps


def test_it_leaves_the_global_generator_alone() -> None:
    import torch

    torch.manual_seed(1)
    expected = torch.rand(1)
    torch.manual_seed(1)
    next(train(np.ones((4, 9), np.float32), np.ones((2, 9), np.float32)))
    assert torch.rand(1) == expected
