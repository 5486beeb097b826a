"""What the Temperature page lets the model say: one text at several temperatures, and hundreds at once."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st
import torch
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from core.decoding.sampling import Sampler
from core.diversity import distinct, repetition
from core.language import LONGEST, Language
from core.text.tokenizer import END, PAD
from pages.loading import language_model
from ui import frame, many_texts
from ui.folded import folded
from ui.i18n import _
from ui.lessons import temperature as lesson

SIDE_BY_SIDE = (0.0, 0.5, 1.0, 1.5, 2.0)
TEMPERATURES = (0.2, 0.5, 0.8, 1.0, 1.2, 1.5, 2.0)
MANY = 200  # continuations at each temperature
LONGEST_OF_MANY = 32  # pieces
KEPT = 256  # requests whose texts side by side are kept for all visitors: a class often asks the same
_TURN = threading.Lock()  # one visitor's hundreds at a time: the others' pages stay quick


@st.cache_data(show_spinner=False, max_entries=64)
def logits(language: str, ids: tuple[int, ...]) -> NDArray[np.float32]:
    """The logits (vocabulary,) after a text; equal requests of all visitors are computed once."""
    return language_model(language).logits(ids)


@st.cache_resource(show_spinner=False)
def told() -> dict[Any, list[list[int]]]:
    """The rows of the texts side by side by what was asked, the oldest first."""
    return {}


def said(model: Language, ids: Sequence[int], row: Sequence[int]) -> tuple[str, str]:
    """What a row of tokens says behind a text, and a word on its end."""
    kept = [token for token in row if token not in (PAD, END)]
    before = model.tokenizer.decode(list(ids[1:]))
    text = model.tokenizer.decode([*ids[1:], *kept])[len(before) :].replace("\ufffd", "…")
    return text, _("⟨end⟩") if len(kept) < len(row) else "…"


def side_by_side(language: str, ids: tuple[int, ...], sampler: Sampler, seed: int, first: int) -> None:
    """The same text at several temperatures, drawn from the same random numbers, as it is said."""
    model = language_model(language)
    st.subheader(
        _("Let it go on: the same random numbers at {count} temperatures").format(count=len(SIDE_BY_SIDE))
    )
    prompt = model.tokenizer.decode(list(ids[1:]))
    names = [f"T = {temperature:g}" for temperature in SIDE_BY_SIDE]
    place = st.empty()

    def draw(rows: Sequence[Sequence[int]], over: bool) -> None:
        texts = [said(model, ids, row) for row in rows]
        place.html(
            many_texts.table(
                prompt, [(n, text, end if over else "") for n, (text, end) in zip(names, texts, strict=True)]
            )
        )

    asked = (
        language,
        ids,
        dataclasses.replace(sampler, temperature=1.0),
        seed,
        first,
    )  # at temperatures of their own
    rows = told().get(asked)
    if rows is None:
        samplers = [dataclasses.replace(sampler, temperature=temperature) for temperature in SIDE_BY_SIDE]
        columns: list[torch.Tensor] = []
        for drawn in model.go_on(ids, samplers, [seed] * len(samplers), first=first):
            columns.append(drawn.tokens)
            draw(torch.stack(columns, 1).tolist(), False)
        rows = torch.stack(columns, 1).tolist()
        told()[asked] = rows
        if len(told()) > KEPT:
            told().pop(next(iter(told())), None)
    draw(rows, True)
    frame.caption(lesson.side_by_side_sentence(LONGEST))


def many(language: str, ids: tuple[int, ...], sampler: Sampler, seed: int) -> None:
    """Hundreds of continuations at each temperature: how varied they are, and how much they repeat themselves."""
    label = _("{count} continuations at each temperature: variety and repetition").format(count=MANY)
    panel = folded("many", label, ":material/scatter_plot:")
    if panel is not None:
        with panel:
            _many(language, ids, sampler, seed)


@st.fragment
def _many(language: str, ids: tuple[int, ...], sampler: Sampler, seed: int) -> None:
    """What has been measured; and, while it runs, the next temperature: then the fragment begins anew."""
    asked = (language, ids, dataclasses.replace(sampler, temperature=1.0), seed)
    found = many_texts.results(asked)
    running = many_texts.start_or_stop(len(found), len(TEMPERATURES))
    bar = st.empty()
    many_texts.draw(found)
    if not running:
        return
    temperature = next(t for t in TEMPERATURES if t not in found)
    model = language_model(language)
    rows = _drawn(bar, model, ids, dataclasses.replace(sampler, temperature=temperature), seed, len(found))
    texts = [[token for token in row if token not in (PAD, END)] for row in rows]
    found[temperature] = many_texts.Measured(
        distinct_1=distinct(texts, 1),
        distinct_2=distinct(texts, 2),
        repetition=repetition(texts),
        length=sum(map(len, texts)) / len(texts),
        samples=tuple(said(model, ids, row)[0] for row in rows[: many_texts.SHOWN]),
    )
    st.rerun(scope="fragment")


def _drawn(
    bar: DeltaGenerator, model: Language, ids: tuple[int, ...], sampler: Sampler, seed: int, before: int
) -> list[list[int]]:
    """The texts of one temperature, token by token under a progress bar; ``before``: temperatures that are done."""
    columns: list[torch.Tensor] = []
    share = before / len(TEMPERATURES)
    while not _TURN.acquire(timeout=0.2):
        # A press on Stop is heard here.
        bar.progress(share, text=_("Waiting for another visitor's texts to be drawn …"))
    try:
        samplers, seeds = [sampler] * MANY, range(seed, seed + MANY)
        for step, drawn in enumerate(model.go_on(ids, samplers, seeds, longest=LONGEST_OF_MANY), 1):
            columns.append(drawn.tokens)
            words = _("T = {temperature}: token {step} of {steps}, {count} texts at once")
            told = words.format(temperature=sampler.temperature, step=step, steps=LONGEST_OF_MANY, count=MANY)
            bar.progress(share + step / LONGEST_OF_MANY / len(TEMPERATURES), text=told)
    finally:
        _TURN.release()
    return torch.stack(columns, 1).tolist()
