"""Runs that are watched: moments kept and thinned, steps taken back, turns, and what cannot go on."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from core import gan_points
from core.gan import BrokenError, Gan, Settings
from core.gan_points import EACH, PRESETS, look, watched
from core.live_gan import CURVE, MOMENTS, Desk, Thinned, Watched
from core.shapes import shape_of
from core.training.live import Turns
from core.verdict import Told, verdict

SMALL = Settings(batch=8, width_g=4, width_d=4)


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.005)


def few(settings: Settings = SMALL, seeds: tuple[int, ...] = (42,)) -> Watched:
    return watched(settings, shape_of("ring"), seeds, each=1)


def test_a_thinned_list_keeps_first_and_latest_and_even_gaps() -> None:
    held = Thinned[int](10)
    for number in range(1000):
        held.add(number, number)
        kept = held.all
        assert len(kept) <= 10 and kept[0] == 0 and kept[-1] == number
        gaps = {b - a for a, b in itertools.pairwise(kept[:-1])}
        assert len(gaps) <= 1
    held.forget_after(500)
    assert max(held.all) <= 500 and held.get(0) == 0 and held.get(999) is None


def test_moments_and_curve_end_at_the_same_place() -> None:
    runs = few()
    for _step in range(300):
        runs.advance()
    seen = runs.snapshot()
    assert len(seen.moments) <= MOMENTS and len(seen.curve) <= CURVE
    assert seen.moments[-1].number == seen.curve[-1].number == 300 == seen.moments[-1].told[0].step
    assert {moment.number for moment in seen.moments} <= {moment.number for moment in seen.curve}


def test_going_back_forgets_and_goes_on_as_before() -> None:
    runs = few()
    for _step in range(20):
        runs.advance()
    there = runs.snapshot().moments[8]
    after = runs.snapshot().moments[9]
    assert runs.go_back(there.number) and runs.number == there.number
    back = runs.snapshot()
    assert back.moments[-1].number == back.curve[-1].number == there.number
    runs.advance()
    again = runs.snapshot().moments[-1]
    assert np.array_equal(again.seen[0], after.seen[0]) and again.told == after.told
    assert not runs.go_back(10_000)


def test_single_steps_move_one_player_and_say_whose_they_were() -> None:
    runs = few()
    before = runs.snapshot().moments[-1].seen[0]
    parts = sum(p.numel() for p in Gan(SMALL, shape_of("ring")).generator.parameters())
    runs.take("discriminator")
    after = runs.snapshot().moments[-1]
    assert after.who == "discriminator" and np.array_equal(after.seen[0][:parts], before[:parts])
    assert not np.array_equal(after.seen[0][parts:], before[parts:])
    runs.take("generator")
    last = runs.snapshot().moments[-1]
    assert last.who == "generator" and np.array_equal(last.seen[0][parts:], after.seen[0][parts:])
    assert last.told[0].loss_d == after.told[0].loss_d  # what the other one told stands


def test_two_seeds_go_side_by_side_as_each_would_alone() -> None:
    both, alone = few(seeds=(1, 2)), few(seeds=(2,))
    for _step in range(5):
        both.advance()
        alone.advance()
    assert np.array_equal(both.snapshot().moments[-1].seen[1], alone.snapshot().moments[-1].seen[0])
    assert not np.array_equal(*both.snapshot().moments[-1].seen)


def test_settings_change_on_the_way_but_sizes_and_seeds_do_not() -> None:
    runs = few(seeds=(1, 2))
    runs.change(replace(SMALL, rate_g=0.5, width_g=64, seed=9))
    runs.advance()
    assert runs.settings.rate_g == 0.5 and runs.settings.width_g == 4 and runs.settings.seed == 1
    runs.change(replace(SMALL, rate_g=0.0, rate_d=0.0))
    before = runs.snapshot().moments[-1].seen
    runs.advance()
    assert all(np.array_equal(a, b) for a, b in zip(before, runs.snapshot().moments[-1].seen, strict=True))


def test_broken_numbers_are_named_and_the_last_good_moment_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = few()
    for _step in range(5):
        runs.advance()
    good = runs.snapshot().moments[-1]
    whole = Gan.update

    def breaks(run: Gan) -> object:
        whole(run)
        raise BrokenError("generator")

    monkeypatch.setattr(Gan, "update", breaks)
    assert list(runs.steps()) == [5]  # it ends by itself
    seen = runs.snapshot()
    assert seen.broken == "generator" and seen.moments[-1].number == 5
    monkeypatch.setattr(Gan, "update", whole)
    assert runs.go_back(5) and not runs.snapshot().broken
    fresh = few()
    for _step in range(6):
        fresh.advance()
    runs.advance()
    assert np.array_equal(runs.snapshot().moments[-1].seen[0], fresh.snapshot().moments[-1].seen[0])
    assert np.array_equal(good.seen[0], fresh.snapshot().moments[-2].seen[0])


def test_a_rate_of_a_million_ends_in_a_sentence_and_not_in_nan() -> None:
    runs = few(replace(SMALL, rate_g=1e6, rate_d=1e6))
    for _step in range(60):
        runs.advance()
        if runs.snapshot().broken:
            break
    seen = runs.snapshot()
    course = [moment.told[0] for moment in seen.curve]
    assert seen.broken or verdict(course, SMALL.loss, 8) == "burst"
    assert all(np.isfinite(moment.seen[0]).all() for moment in seen.moments)


def test_a_desk_trains_pauses_steps_and_goes_on_from_an_earlier_moment() -> None:
    desk = Desk(watched(SMALL, shape_of("ring"), (42,), EACH), Turns(1))
    assert desk.state == "ready" and desk.settled
    for _click in range(60):
        desk.go_on()
    until(lambda: desk.runs.number > 4)
    desk.pause()
    until(lambda: desk.state == "paused")
    held = desk.runs.number
    desk.take("generator", 2)
    assert desk.runs.number == 3 < held
    desk.go_on()
    until(lambda: desk.runs.number > 6)
    desk.stop()
    until(lambda: desk.state == "stopped")


def test_a_step_by_hand_pauses_a_training_first() -> None:
    desk = Desk(watched(SMALL, shape_of("ring"), (42,), EACH), Turns(1))
    desk.go_on()
    until(lambda: desk.runs.number > 2)
    desk.take("discriminator", 0)
    until(lambda: desk.settled)
    assert desk.runs.number > 2  # what is shown of a running training is no moment to go back to
    desk.stop()


def test_the_next_visitor_waits_and_a_pause_lets_them_in() -> None:
    turns = Turns(1)
    first, second = (Desk(watched(SMALL, shape_of("ring"), (seed,), EACH), turns) for seed in (1, 2))
    first.go_on()
    until(lambda: first.state == "running")
    second.go_on()
    until(lambda: turns.waiting == 1)
    assert second.state == "waiting" and second.ahead == 0 and second.runs.number == 0
    first.pause()
    until(lambda: second.runs.number > 1)
    for desk in (first, second):
        desk.stop()
    until(lambda: turns.running == 0)


def told(step: int, **more: object) -> Told:
    plain: dict[str, object] = {
        "loss_d": 1.0, "loss_g": 1.0, "right_real": 0.7, "right_fake": 0.7, "pull": 1.0, "norms": (1.0,), "good": 0.1,
        "modes": 1,
    }  # fmt: skip
    return Told(step, **{**plain, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "wanted"),
    [
        ({}, "learning"),
        ({"good": 0.8, "modes": 8}, "healthy"),
        ({"good": 0.8, "modes": 2}, "collapse"),
        ({"norms": (1e-4,)}, "strict"),
        ({"loss_d": 1.386, "good": 0.0, "modes": 0}, "foolish"),
        ({"loss_d": 1.386, "good": 0.8, "modes": 8}, "healthy"),
        ({"loss_d": 1.386, "good": 0.3, "modes": 6}, "learning"),
        ({"loss_d": 1e5}, "burst"),
        ({"loss_g": float("inf")}, "burst"),
    ],
)
def test_verdicts_follow_from_the_numbers(last: dict[str, object], wanted: str) -> None:
    course = [told(1), *[told(500 + i, **last) for i in range(6)]]
    assert verdict(course, "non-saturating", 8) == wanted


def test_a_single_accident_changes_no_verdict() -> None:
    course = [told(1), *[told(500 + i, good=0.8, modes=8) for i in range(6)], told(506, good=0.2, modes=4)]
    assert verdict(course, "non-saturating", 8) == "healthy"
    assert verdict([told(1), told(20, good=0.9, modes=8)], "non-saturating", 8) == "begun"


def test_recorded_runs_end_as_they_are_named() -> None:
    runs, card = gan_points.load_recorded()
    wanted = {
        "healthy": "healthy",
        "strict": "strict",
        "rescued": "collapse",
        "foolish": "foolish",
        "collapse": "collapse",
        "two": "collapse",
    }
    assert set(runs) == set(PRESETS) and card["file"]["name"] == gan_points.PATH.name
    for name, run in runs.items():
        course = [moment.told[0] for moment in run.curve]
        assert run.moments[-1].told[0].step == PRESETS[name].rounds * PRESETS[name].settings.g_steps
        if name in wanted:
            assert verdict(course, PRESETS[name].settings.loss, 8) == wanted[name]
    strict, rescued, eased = (runs[name].curve[-1].told[0].norm for name in ("strict", "rescued", "noise"))
    first = runs["strict"].curve[1].told[0].norm
    assert strict < 1e-3 * first and rescued > 0.1 * first and eased > 1e3 * strict


def test_a_recorded_run_can_be_run_again() -> None:
    run = gan_points.load_recorded()[0]["collapse"]
    each = PRESETS["collapse"].rounds // gan_points.RECORDED
    anew = watched(PRESETS["collapse"].settings, shape_of("ring"), (42,), each)
    anew.advance()
    mine, kept = anew.snapshot().moments[-1], run.moments[1]
    assert mine.told[0].loss_d == pytest.approx(kept.told[0].loss_d, rel=1e-3)
    assert np.allclose(mine.seen[0], kept.seen[0], atol=2e-3)


def test_what_is_shown_are_the_weights_in_their_order() -> None:
    run = Gan(SMALL, shape_of("ring"))
    seen, good, modes = look(run)
    first = run.generator.layers[0]  # type: ignore[index]
    assert np.array_equal(seen[: first.weight.numel()], first.weight.detach().flatten().numpy())
    assert len(seen) == sum(p.numel() for one in (run.generator, run.discriminator) for p in one.parameters())
    assert 0 <= good <= 1 and modes is not None
    assert torch.equal(gan_points.latents(), gan_points.latents())
