"""Precision and compression: what each preset shows over seeds, and how long a page waits for its answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import torch

from benchmarks.report import Figure
from core.compression import held_back, last_of, scored, smaller
from core.live_mixed import PRESETS, Preset, Verdict, record, verdicts
from core.numerics.compress import Plan, compressed
from core.numerics.mixed import WAYS, Race, Settings
from core.translator import load_translator

SEEDS: Final = (42, 1, 2, 3, 4)
STEPS: Final = 100
LEARNS: Final[tuple[Verdict, ...]] = ("learns",)
BEHIND: Final[tuple[Verdict, ...]] = ("behind", "stands")
# What a preset is named for: which ways fail in it, and which cure helps.
WANTED: Final[dict[str, dict[str, tuple[Verdict, ...]]]] = {
    "usual": dict.fromkeys(("fp16", "master", "static", "dynamic"), LEARNS),
    "absorbed": {
        **dict.fromkeys(("bf16", "fp16"), BEHIND),
        **dict.fromkeys(("master", "bf16-master"), LEARNS),
    },
    "vanished": {
        **dict.fromkeys(("fp16", "master", "late"), BEHIND),
        **dict.fromkeys(("static", "dynamic"), LEARNS),
    },
    "cliff": {**dict.fromkeys(("static", "late"), ("skips",)), "dynamic": LEARNS, "master": LEARNS},
}


def figures() -> Iterator[Figure]:
    """One thread, as on the page."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield _step()
    for name, preset in PRESETS.items():
        yield _preset(name, preset)
    yield from _compression()
    torch.set_num_threads(threads)


def _step() -> Figure:
    race = Race(Settings())
    race.advance(STEPS)
    began = time.perf_counter()
    race.advance(STEPS)
    each = (time.perf_counter() - began) / STEPS
    return Figure(
        "nine precisions: a step of all", 1000 * each, "ms", None, f"{1000 * each / len(WAYS):.2f} ms each"
    )


def _preset(name: str, preset: Preset) -> Figure:
    """How many seeds do what the preset's name says; the note names what did not."""
    right, wrong = 0, []
    for seed in SEEDS:
        found = verdicts(record(replace(preset, settings=replace(preset.settings, seed=seed))))
        off = [f"{way} {found[way]}" for way, wanted in WANTED[name].items() if found[way] not in wanted]
        right += not off
        wrong += [f"seed {seed}: {', '.join(off)}"] if off else []
    note = "; ".join(wrong) or ", ".join(f"{way} {wanted[0]}" for way, wanted in WANTED[name].items())
    return Figure(f"precision preset “{name}”: seeds that behave", right, f"of {len(SEEDS)}", None, note)


def _compression() -> Iterator[Figure]:
    translator = load_translator()
    weights = translator.model.state_dict()
    for words, plan in (("int4", Plan(4)), ("half pruned", Plan(16, pruned=0.5))):
        began = time.perf_counter()
        compressed(weights, plan)
        yield Figure(f"compressing the translator, {words}", 1000 * (time.perf_counter() - began), "ms")
    model, pairs = smaller(translator, Plan(8)), held_back()
    began = time.perf_counter()
    found = last_of(scored(model, pairs))
    note = ", ".join(f"{direction} chrF {scores['chrf2']}" for direction, scores in found.items())
    yield Figure(f"scoring {2 * len(pairs)} sentences, int8", time.perf_counter() - began, "s", None, note)
