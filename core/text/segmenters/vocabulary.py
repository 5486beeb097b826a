"""What stands in a vocabulary: its entries, their ids and, of a unigram model, their probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.text.segmenters.byte_level import ByteLevel, byte_alphabet
from core.text.segmenters.pieces import Pieces
from core.text.segmenters.segmenter import SPACE, Segmenter, readable
from core.text.segmenters.wordpiece import WordPiece
from core.text.segmenters.words import Words


class Entry(NamedTuple):
    """One entry; ``score`` is unigram's log-probability, or None."""

    shown: str  # readable: a space is ``▁``, lone bytes ``<0xEB>``
    id: int
    score: float | None


def entries(segmenter: Segmenter, kind: str) -> list[Entry]:
    """Return a vocabulary's entries in the order of their ids; unigram's ``kind`` brings its scores.

    Raises:
        TypeError: the segmenter has no list of entries (characters and jamo: every Unicode number is an id).
    """
    if isinstance(segmenter, Pieces):
        tokenizer = segmenter.tokenizer
        names = tokenizer.pieces(range(len(tokenizer)))
        scored = [kind == "unigram" and tokenizer.find(name) is not None for name in names]
        return [
            Entry(name, place, tokenizer.score(place) if has else None)
            for place, (name, has) in enumerate(zip(names, scored, strict=True))
        ]
    if isinstance(segmenter, Words):
        return [Entry(name, place, None) for place, name in enumerate(segmenter.entries)]
    if not isinstance(segmenter, ByteLevel | WordPiece):
        raise TypeError(type(segmenter).__name__)
    found = sorted(segmenter.tokenizer.get_vocab().items(), key=lambda item: item[1])
    if isinstance(segmenter, WordPiece):
        return [Entry(name, place, None) for name, place in found]
    alphabet = byte_alphabet()
    return [Entry(readable(bytes(alphabet[s] for s in name))[0], place, None) for name, place in found]


def search(listed: Sequence[Entry], part: str) -> list[Entry]:
    """Return the entries that hold ``part`` (a space finds ``▁``), the longest first, equals by id."""
    wanted = part.replace(" ", SPACE)
    return sorted((e for e in listed if wanted in e.shown), key=lambda e: (-_length(e.shown), e.id))


def _length(shown: str) -> int:
    return 0 if shown.startswith("<") else len(shown)  # bytes and signs of control are not long words
