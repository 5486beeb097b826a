"""What the Translate page shows, asked of core and brought into the form that ui draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st

from core.decoding.distribution import check_tokens
from core.decoding.sampling import Sampler
from core.decoding.timeline import Timeline, timeline
from core.text.tokenizer import DIRECTIONS, END, Tokenizer
from core.translator import direction_of
from pages.loading import translator
from ui.components.sampling import SamplerState
from ui.components.translate import Branch, TimelineView
from ui.translate_page import Fork

LONGEST = 64  # pieces of the source, and tokens of a translation
NAMED = 200  # of the likeliest tokens of a step; nobody looks further down
LONGEST_PREFIX = 32  # tokens


class Asked(NamedTuple):
    """A decoding as the page was asked for it."""

    text: str
    direction: str
    prefix: tuple[int, ...] = ()
    sampler: tuple[float, int, float, float] | None = None  # None: the most probable token
    seed: int = 0
    path: tuple[int, ...] = ()  # tokens that another search has found; they count as chosen


def script_of(text: str) -> str | None:
    """``ko-en`` for a text with Hangul, ``en-ko`` for one with Latin letters, None for any other."""
    if direction_of(text) == "ko-en":
        return "ko-en"
    return "en-ko" if any(letter.isascii() and letter.isalpha() for letter in text) else None


def prefix_tokens(tokenizer: Tokenizer, typed: str, longest: int = LONGEST_PREFIX) -> tuple[int, ...] | None:
    """The tokens of a typed beginning, at most ``longest``; None where the decoder cannot say them.

    Raises:
        ValueError: the text holds a lone surrogate.
    """
    tokens = tokenizer.encode(typed)
    own = {tokenizer.direction(direction) for direction in DIRECTIONS}
    if len(tokens) > longest or own.intersection(tokens) or END in tokens or (typed and not tokens):
        return None
    try:
        check_tokens(tokens, len(tokenizer))
    except ValueError:
        return None
    return tuple(tokens)


def sampling(chosen: SamplerState) -> tuple[float, int, float, float]:
    """The controls' values in the order of `Sampler`."""
    return chosen["temperature"], chosen["top_k"], chosen["top_p"], chosen["min_p"]


@st.cache_resource(show_spinner=False, max_entries=48)  # up to 2 MB each
def decoded(asked: Asked, forced: tuple[int, ...], given: tuple[int, ...]) -> TimelineView:
    """One decoding with everything recorded; equal requests of all visitors are computed once.

    Raises:
        ValueError: no translation begins with ``forced``.
    """
    model = translator()
    found = timeline(
        model,
        asked.text,
        asked.direction,
        prefix=forced,
        longest=LONGEST,
        sampler=None if asked.sampler is None else Sampler(*asked.sampler),
        seed=asked.seed,
    )
    return _view(found, given, model.tokenizer)


def tree(asked: Asked, forks: Sequence[Fork]) -> list[TimelineView]:
    """The first decoding and those that leave it.

    Raises:
        ValueError: a fork has no place, or its token cannot be said there.
    """
    first = asked.path or asked.prefix
    views = [decoded(asked, first, tuple(range(len(asked.prefix))))]
    for fork in forks:
        parent = views[fork.parent]
        if fork.step >= len(parent.ids):
            raise ValueError("this branch has no such step")
        given = (*(step for step in parent.given if step < fork.step), fork.step)
        views.append(decoded(asked._replace(path=()), (*parent.ids[: fork.step], fork.token), given))
    return views


def branches(views: Sequence[TimelineView], forks: Sequence[Fork]) -> list[Branch]:
    """The tree of forks without its large arrays."""
    leaves = [(-1, 0), *((fork.parent, fork.step) for fork in forks)]
    return [
        Branch(parent, step, view.pieces, view.total, view.texts[-1])
        for view, (parent, step) in zip(views, leaves, strict=True)
    ]


def _view(found: Timeline, given: tuple[int, ...], tokenizer: Tokenizer) -> TimelineView:
    order = np.argsort(-found.log_probabilities, axis=1, kind="stable")[:, :NAMED]
    named = sorted({*np.unique(order).tolist(), *found.tokens})
    return TimelineView(
        source=tuple(tokenizer.pieces(found.source)),
        ids=found.tokens,
        pieces=tuple(tokenizer.pieces(found.tokens)),
        texts=tuple(
            tokenizer.decode(found.tokens[: step + 1]).replace("�", "…") for step in range(len(found.tokens))
        ),
        log_probabilities=found.log_probabilities,
        self_attention=found.self_attention,
        cross_attention=found.cross_attention,
        entropy=tuple(found.entropy.tolist()),
        rank=tuple(found.rank.tolist()),
        total=found.total,
        ending=found.ending,
        given=given,
        names=dict(zip(named, tokenizer.pieces(named), strict=True)),
    )
