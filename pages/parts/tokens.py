"""What the Tokens page shows, asked of core and brought into the form that ui draws. No Streamlit calls but caches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.text import fertility
from core.text.segmenters import EXEMPT, KINDS, SIZED, SIZES, Segmenter, Shelf, load_shelf
from core.text.segmenters.byte_level import ByteLevel
from core.text.segmenters.pieces import Pieces
from core.text.segmenters.steps import (
    Step,
    Way,
    bpe_steps,
    byte_level_steps,
    unigram_ways,
    wordpiece_steps,
)
from core.text.segmenters.vocabulary import Entry, entries, search
from core.text.segmenters.wordpiece import WordPiece
from ui.components.tokens import Cut, PackedStep, PackedWay, PairCounts, Row, TokensView

MOST_ENTRIES = 100  # of a search; nobody reads 16,000

Lines = list[PackedStep] | list[PackedWay]
SearchResult = tuple[list[tuple[str, int, float | None]], int]


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """All vocabularies, each loaded when first asked for; a broken one is not kept."""
    return load_shelf()


@st.cache_resource(show_spinner=False, max_entries=64)
def cuts(text: str) -> TokensView:
    """A normalised text cut by every tokenizer at every size; equal texts of all visitors are cut once."""
    rows = [
        Row(kind, {size: _cut(shelf().get(kind, size), text) for size in sizes_of(kind)}) for kind in KINDS
    ]
    return TokensView(text, SIZES, tuple(rows), EXEMPT)


def sizes_of(kind: str) -> tuple[int, ...]:
    """The sizes that a kind comes in; (0,) where it has none to choose."""
    return SIZES if kind in SIZED else (0,)


def _cut(segmenter: Segmenter, text: str) -> Cut:
    tokens = segmenter.tokens(text)
    return Cut(
        shown=[token.shown for token in tokens],
        stored=[token.stored for token in tokens],
        ids=[token.id for token in tokens],
        starts=[token.start for token in tokens],
        ends=[token.end for token in tokens],
        marks=[token.mark for token in tokens],
        back=segmenter.decode([token.id for token in tokens]),
    )


@st.cache_resource(show_spinner=False)
def corpus_counts() -> PairCounts:
    """The shipped counts over the held-back pairs."""
    counted = fertility.read()
    return PairCounts(
        counted["pairs"],
        (counted["words"]["korean"], counted["words"]["english"]),
        {
            kind: {
                int(size): (sides["korean"]["tokens"], sides["english"]["tokens"])
                for size, sides in sizes.items()
            }
            for kind, sizes in counted["counts"].items()
        },
    )


def counts_card() -> dict[str, Any]:
    """Where the shipped counts come from: everything about them but the counts."""
    described = {name: value for name, value in fertility.read().items() if name != "counts"}
    return {"name": shelf().card["name"], **described, "licence": shelf().card["licence"]}


@st.cache_resource(show_spinner=False, max_entries=64)
def pair_counts(korean: str, english: str) -> PairCounts:
    """The counts of one typed pair, normalised."""
    return PairCounts(
        1,
        (fertility.words(korean), fertility.words(english)),
        {
            kind: {
                size: (
                    len(shelf().get(kind, size).encode(korean)),
                    len(shelf().get(kind, size).encode(english)),
                )
                for size in sizes_of(kind)
            }
            for kind in KINDS
        },
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def steps(word: str, first: bool) -> dict[str, dict[int, Lines]]:
    """How a word is cut, by method and size; ``first``: it begins the text."""
    methods: dict[str, dict[int, Lines]] = {"bpe": {}, "bytelevel": {}, "wordpiece": {}, "unigram": {}}
    for size in SIZES:
        bpe, unigram = shelf().get("bpe", size), shelf().get("unigram", size)
        byte_level, wordpiece = shelf().get("bytelevel", size), shelf().get("wordpiece", size)
        assert isinstance(bpe, Pieces) and isinstance(unigram, Pieces)
        assert isinstance(byte_level, ByteLevel) and isinstance(wordpiece, WordPiece)
        methods["bpe"][size] = _packed(bpe_steps(bpe, word))
        methods["bytelevel"][size] = _packed(byte_level_steps(byte_level, word, first))
        methods["wordpiece"][size] = _packed(wordpiece_steps(wordpiece, word))
        methods["unigram"][size] = [_packed_way(way) for way in unigram_ways(unigram, word)]
    return methods


def _packed(found: Sequence[Step]) -> list[PackedStep]:
    return [{"parts": list(step.parts), "new": step.new, "id": step.id} for step in found]


def _packed_way(way: Way) -> PackedWay:
    return {"pieces": list(way.pieces), "log_probs": list(way.log_probs)}


@st.cache_resource(show_spinner=False, max_entries=16)
def _listed(kind: str, size: int) -> list[Entry]:
    return entries(shelf().get(kind, size), kind)


def found_entries(kind: str, size: int, part: str) -> SearchResult:
    """The entries that hold ``part``, the longest first, and how many there are in all."""
    found = search(_listed(kind, size), part)
    return [(entry.shown, entry.id, entry.score) for entry in found[:MOST_ENTRIES]], len(found)
