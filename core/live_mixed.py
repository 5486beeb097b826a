"""Networks of several precisions that learn side by side while somebody watches; and such runs recorded beforehand."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core import checkpoints
from core.live_gan import Thinned
from core.numerics.mixed import POINTS, WAYS, Race, Settings, Told

SECONDS: Final = 60.0
EVERY: Final = 0.3  # seconds between moments
COURSE: Final = 120  # points of a curve at most
RECORDED: Final = 60  # moments of a recorded run
SHOWN: Final = 64  # points of the learned curve
PATH: Final = checkpoints.ASSETS / "numerics" / "mixed.json"


class Point(NamedTuple):
    """What a network told at a step."""

    loss: float
    scale: float
    skipped: int
    zeros: float


class Mixed(NamedTuple):
    """What can be seen of all networks."""

    step: int
    seconds: float  # of training, without pauses
    steps: tuple[int, ...]
    course: dict[str, tuple[Point, ...]]  # of each way, at these steps
    gradients: dict[str, NDArray[np.int64]]  # of the last step, by exponent
    curves: dict[str, NDArray[np.float32]]  # (SHOWN,) each


@dataclass(frozen=True)
class Preset:
    """A run that shows one thing, from any seed."""

    settings: Settings
    steps: int


PRESETS: Final = {
    "usual": Preset(Settings(), 1800),
    "absorbed": Preset(Settings(rate=1e-4), 3000),
    "vanished": Preset(Settings(unit=1e-6, rate=0.1, scale=2.0**16), 1200),
    "cliff": Preset(Settings(scale=2.0**30), 900),
}
EARLY: Final = 200  # steps before anything is said
LATELY: Final = 6  # points of a curve whose median counts: plain gradient descent goes up and down
LIKE: Final = 1.5  # times the loss of fp32, up to which a network learns as that one does
LEARNED: Final = 0.03  # a relative loss below which the curve is learned, whatever fp32 has come to
STILL: Final = 0.9  # a relative loss above which nothing has been learned

Verdict = Literal["begun", "learns", "behind", "stands", "broken", "skips"]


def train(settings: Settings, seconds: float = SECONDS) -> Iterator[Mixed]:
    """Train all ways side by side; yield a moment every `EVERY` seconds, the untrained one first."""
    race = Race(settings)
    course = Thinned[tuple[int, dict[str, Told]]](COURSE)
    used, number = 0.0, 0
    while True:
        course.add(number, race.told())
        yield seen(course, used)
        if used >= seconds:
            return
        began = time.monotonic()
        while time.monotonic() - began < EVERY:
            race.advance(5)
        used += time.monotonic() - began
        number += 1


def record(preset: Preset) -> Mixed:
    """Run a preset to its end."""
    race = Race(preset.settings)
    course = Thinned[tuple[int, dict[str, Told]]](RECORDED + 1)
    course.add(0, race.told())
    for number in range(RECORDED):
        race.advance(preset.steps // RECORDED)
        course.add(number + 1, race.told())
    return seen(course, 0.0)


def seen(course: Thinned[tuple[int, dict[str, Told]]], seconds: float) -> Mixed:
    """Return what a course so far shows."""
    steps, told = zip(*course.all, strict=True)
    last = told[-1]
    each = POINTS // SHOWN
    return Mixed(
        steps[-1],
        seconds,
        steps,
        {
            name: tuple(
                Point(one[name].loss, one[name].scale, one[name].skipped, one[name].zeros) for one in told
            )
            for name in last
        },
        {name: one.gradients for name, one in last.items()},
        {name: one.curve[each // 2 :: each] for name, one in last.items()},
    )


def verdicts(run: Mixed) -> dict[str, Verdict]:
    """Say of every way what it has come to, compared with fp32."""
    lately = {
        way: float(np.median([point.loss for point in points[-LATELY:]]))
        for way, points in run.course.items()
    }
    return {
        way: _verdict(lately[way], points[-1].skipped, run.step, lately["fp32"])
        for way, points in run.course.items()
    }


def _verdict(loss: float, skipped: int, step: int, reference: float) -> Verdict:
    if not np.isfinite(loss):
        return "broken"
    if step < EARLY:
        return "begun"
    if skipped > step / 2:
        return "skips"
    if loss <= max(LIKE * reference, LEARNED):
        return "learns"
    return "stands" if loss > STILL else "behind"


def save_recorded(runs: dict[str, Mixed], card: dict[str, Any], path: Path = PATH) -> None:
    """Write runs of `PRESETS` as JSON, to five digits."""
    told = {
        name: {
            "settings": asdict(PRESETS[name].settings),
            "steps": run.steps,
            "course": {
                way: [[_plain(value) for value in point] for point in points]
                for way, points in run.course.items()
            },
            "gradients": {way: counts.tolist() for way, counts in run.gradients.items()},
            "curves": {way: [_plain(float(value)) for value in curve] for way, curve in run.curves.items()},
        }
        for name, run in runs.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**card, "runs": told}, separators=(",", ":")) + "\n", encoding="utf-8")


def load_recorded(path: Path = PATH) -> tuple[dict[str, Mixed], dict[str, Any]]:
    """Return the recorded runs of `PRESETS`, and their card.

    Raises:
        checkpoints.ModelFileError: the file is missing, or is not what it should be.
    """
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        runs = {name: _read(one) for name, one in card.pop("runs").items()}
    except FileNotFoundError as error:
        raise checkpoints.ModelFileError("missing", path) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise checkpoints.ModelFileError("unreadable", path) from error
    return runs, card


def _read(run: dict[str, Any]) -> Mixed:
    course = {way: tuple(_point(point) for point in points) for way, points in run["course"].items()}
    gradients = {way: np.array(counts, dtype=np.int64) for way, counts in run["gradients"].items()}
    curves = {
        way: np.array([np.nan if v is None else v for v in curve], dtype=np.float32)
        for way, curve in run["curves"].items()
    }
    if not set(course) == set(gradients) == set(curves) == set(WAYS):
        raise KeyError("ways")
    return Mixed(run["steps"][-1], 0.0, tuple(run["steps"]), course, gradients, curves)


def _point(values: list[Any]) -> Point:
    loss, scale, skipped, zeros = values
    return Point(np.nan if loss is None else loss, scale, skipped, zeros)


def _plain(value: float) -> float | None:
    """A number as JSON knows it: what is not finite is null."""
    if isinstance(value, int):
        return value
    return float(f"{value:.5g}") if np.isfinite(value) else None
