"""Continuations of a text at one thread, one streamed and hundreds in a batch, beside a peer of the same shape."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import torch

from benchmarks.other_programs import HOW_TO_INSTALL, OtherProgram, installed
from benchmarks.report import Figure
from core.decoding.sampling import Sampler
from core.language import Language, load_language
from core.text.tokenizer import END

PROMPT = "Once upon a time, there was a little"
TOKENS = 32
MANY = 200
ROUNDS = {1: 15, MANY: 3}


def figures() -> Iterator[Figure]:
    """Yield ms a token; the end token is made the least likely one, so that each run draws as many tokens."""
    torch.set_num_threads(1)
    model = load_language("en")
    with torch.inference_mode():
        model.model.embedding.weight[END] *= -1
    model.model.pack()
    ours = {count: partial(_drawn, model, count) for count in ROUNDS}
    if not installed():
        yield from _table({"ours": _timed(ours)}, HOW_TO_INSTALL)
        return
    shape = {**vars(model.model.config), "prompt": len(model.ids(PROMPT)), "tokens": TOKENS}
    with OtherProgram(shape, "peer_gpt2.py") as other:
        theirs = {count: partial(other.milliseconds, str(count)) for count in ROUNDS}
        yield from _table({"ours": _timed(ours), "GPT-2 generate": _timed(theirs)}, other.versions)


def _timed(calls: Mapping[int, Callable[[], float]]) -> dict[int, float]:
    """Return the median ms of a token by the number of continuations, after a run that warms up."""
    found = {}
    for count, call in calls.items():
        call()
        found[count] = statistics.median(call() for _ in range(ROUNDS[count])) / (count * TOKENS)
    return found


def _drawn(model: Language, count: int) -> float:
    began = time.perf_counter()
    drawn = model.go_on(model.ids(PROMPT), [Sampler()] * count, range(count), longest=TOKENS)
    emitted = sum(1 for _ in drawn)
    if emitted != TOKENS:
        raise RuntimeError(f"the benchmark needs {TOKENS} tokens, the model stopped after {emitted}")
    return (time.perf_counter() - began) * 1000


def _table(taken: Mapping[str, Mapping[int, float]], note: str) -> Iterator[Figure]:
    names = {1: "one text, streamed", MANY: f"{MANY} texts in a batch"}
    for who, times in taken.items():
        for count, took in times.items():
            about = f"{1000 / took:,.0f} tokens a second; T = 1, {TOKENS} tokens a text"
            yield Figure(f"{names[count]}: {who}", took, "ms/token", None, f"{about}; {note}")
    if len(taken) == 2:
        ours, theirs = taken.values()
        for count, name in names.items():
            yield Figure(f"  ours : theirs, {name}", ours[count] / theirs[count], "ratio", None, "same run")
