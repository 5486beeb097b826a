"""Letters as a tokenizer of reviews: an id is a letter's own Unicode number, and a space stands before each word."""

from __future__ import annotations

from collections.abc import Sequence

from core.text.normalise import normalise
from core.text.segmenters.segmenter import SPACE


class Characters:
    """Small letters, each one piece; like SentencePiece, ``▁`` stands for a space and before the first word."""

    def encode(self, text: str) -> list[int]:
        """Return the ids of ``normalise(text)`` in small letters."""
        text = normalise(text).lower()
        return [ord(letter) for letter in f"{SPACE}{text}".replace(" ", SPACE)] if text else []

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``."""
        return "".join(self.pieces(ids)).replace(SPACE, " ").removeprefix(" ")

    def pieces(self, ids: Sequence[int]) -> list[str]:
        """Return each id's letter, ``▁`` for a space."""
        return [chr(i) for i in ids]
