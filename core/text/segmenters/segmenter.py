"""The face that all segmenters share, and the way from bytes back to characters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

# byte: a byte, or bytes that are no whole character; unknown: the vocabulary has no entry, what stood there is
# lost; unseen: an entry that no training sentence has used.
Mark = Literal["", "byte", "unknown", "unseen"]
SPACE = "▁"  # how a space is drawn, after SentencePiece


class Token(NamedTuple):
    """One token, and the characters of the normalised text that it stands for."""

    shown: str  # readable: a space is ``▁``, a lone byte ``<0xEB>``
    stored: str  # as the vocabulary's file has it
    id: int
    start: int  # the first character it touches, counted from 0
    end: int  # the one after the last; two bytes of one character have the same span
    mark: Mark


class Segmenter(ABC):
    """Text to tokens and back. Every text is normalised first (`core.text.normalise`)."""

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of different ids."""

    @abstractmethod
    def encode(self, text: str) -> list[int]:
        """Return the ids of ``normalise(text)``.

        Raises:
            ValueError: the text holds a lone surrogate.
        """

    @abstractmethod
    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``."""

    @abstractmethod
    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of ``normalise(text)``; their ids are what `encode` returns.

        Raises:
            ValueError: the text holds a lone surrogate.
        """


def byte_spans(text: str, spelt: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Yield the characters of ``text`` that each of ``spelt`` touches, their bytes being the text's in order."""
    owner = [place for place, character in enumerate(text) for _ in character.encode()]
    ends = list(accumulate(len(part) for part in spelt))
    for part, end in zip(spelt, ends, strict=True):
        first = end - len(part)
        yield (owner[first], owner[end - 1] + 1) if part else (len(text), len(text))


def readable(spelt: bytes) -> tuple[str, Mark]:
    """Return bytes as text with ``▁`` for each space, or, where they are no whole characters, as ``<0xEB>``."""
    try:
        return spelt.decode().replace(" ", SPACE), ""
    except UnicodeDecodeError:
        return "".join(f"<0x{byte:02X}>" for byte in spelt), "byte"
