"""GANs: updates a second, what paused trainings hold in memory, and whether presets do what they are named after."""

from __future__ import annotations

import ctypes
import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import torch

from benchmarks.report import Figure
from core import gan_pictures, gan_points
from core.classifier import load_classifier
from core.examples import load_examples
from core.gan import Gan, Settings
from core.gan_points import PRESETS, record
from core.images import as_shares
from core.live_gan import MOMENTS, Moment, Watched
from core.models.gan_losses import WASSERSTEIN
from core.shapes import shape_of
from core.verdict import Verdict, verdict

SEEDS = (42, 1, 2, 3, 4)
SESSIONS = 10
SECONDS = 3.0
GAN_LAB = Settings()  # one hidden layer of 14 each, batch 150: GAN Lab's own beginning


def figures() -> Iterator[Figure]:
    """One thread, as on the page, where half of the points' numbers may be too small for a fast multiplication."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    yield _updates("GAN of points: updates", GAN_LAB, 300)
    yield _updates("GAN of points: updates, Wasserstein", replace(GAN_LAB, loss=WASSERSTEIN), None)
    yield _picture_updates()
    yield from _memory()
    for name in PRESETS:
        if name != "two":
            yield _preset(name)
    torch.set_num_threads(threads)


def _per_second(update: Callable[[], object]) -> float:
    for _warming in range(20):
        update()
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        update()
        count += 1
    return count / (time.perf_counter() - began)


def _updates(name: str, settings: Settings, budget: float | None) -> Figure:
    run = Gan(settings, shape_of("ring"))
    note = "both players one hidden layer of 14, batch 150, one thread"
    return Figure(name, _per_second(run.update), "a second", budget, note, more_is_better=True)


def _picture_updates() -> Figure:
    pixels = as_shares(load_examples("digits").train)
    run = Gan(gan_pictures.USUAL, gan_pictures.PictureSource(pixels))
    note = f"28 × 28, batch {gan_pictures.USUAL.batch}, one thread"
    return Figure("GAN of pictures: updates", _per_second(run.update), "a second", None, note)


def _memory() -> Iterator[Figure]:
    """Trainings that ran until every moment that can be gone back to is there, left as a pause leaves them."""
    pixels, judge = as_shares(load_examples("digits").train), load_classifier("digits")

    def pictures() -> Watched:
        return gan_pictures.watched(gan_pictures.USUAL, pixels, judge)

    for name, make, rounds in (
        (
            "points",
            lambda: gan_points.watched(PRESETS["healthy"].settings, shape_of("ring"), (42,), 1),
            MOMENTS,
        ),
        ("pictures", pictures, gan_pictures.KEPT),
    ):
        make()  # what is loaded once for all
        before = _resident()
        held = []
        for _session in range(SESSIONS):
            runs = make()
            for _round in range(rounds + 2):
                runs.advance()
            held.append(runs)
        note = f"{(_resident() - before) / SESSIONS:.1f} MB each; {rounds} moments to go back to"
        yield Figure(
            f"memory of {SESSIONS} paused trainings on {name}", _resident() - before, "MB", None, note
        )


def _resident() -> float:
    """Megabytes of this process, what was freed given back first."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


WANTED: dict[str, Verdict] = {
    "healthy": "healthy",
    "strict": "strict",
    "foolish": "foolish",
    "collapse": "collapse",
}


def _preset(name: str) -> Figure:
    """How many seeds of a preset do what its name says; what the others mean is said of the strict teacher's cures."""
    right, falls = 0, []
    for seed in SEEDS:
        preset = replace(PRESETS[name], seeds=(seed,))
        course = [moment.told[0] for moment in _curve(preset)]
        fall = course[-1].norm / course[1].norm
        falls.append(fall)
        if name in WANTED:
            right += verdict(course, preset.settings.loss, 8) == WANTED[name]
        else:  # the gradient lives, and the non-saturating loss brings samples to where real ones are
            right += fall > 0.1 and (name == "noise" or course[-1].good > 0.3)
    last = f"‖∇G‖ at the end {min(falls):.0e} to {max(falls):.0e} of the first"
    return Figure(f"preset “{name}”: seeds that behave", right, f"of {len(SEEDS)}", None, last)


def _curve(preset: gan_points.Preset) -> tuple[Moment, ...]:
    return record(preset).curve
