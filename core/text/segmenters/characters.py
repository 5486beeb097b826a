"""Characters and jamo: the id is the letter's own Unicode number, so every text comes back."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Collection, Sequence

from core.text.normalise import normalise
from core.text.segmenters.segmenter import SPACE, Segmenter, Token

SYLLABLES = range(0xAC00, 0xD7A4)  # 가 to 힣: each divides into two or three jamo
CODE_POINTS = sys.maxunicode + 1


class Characters(Segmenter):
    """One token a code point. ``seen``: the characters of the training data; others are marked unseen."""

    def __init__(self, seen: Collection[str]) -> None:
        self.seen = frozenset(seen)

    def __len__(self) -> int:
        return CODE_POINTS

    def encode(self, text: str) -> list[int]:
        """Return the code points; see `Segmenter.encode`."""
        return [ord(character) for character in normalise(text)]

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``; ``decode(encode(s)) == normalise(s)`` for every string."""
        return "".join(map(chr, ids))

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens; see `Segmenter.tokens`."""
        return [
            Token(
                SPACE if character == " " else character,
                character,
                ord(character),
                place,
                place + 1,
                "" if character in self.seen else "unseen",
            )
            for place, character in enumerate(normalise(text))
        ]


class Jamo(Characters):
    """One token a code point, each Hangul syllable being divided into its jamo first (가 → ᄀ ᅡ).

    ``seen``: the characters of the training data, undivided. Only Hangul is divided: é stays one token.
    """

    def __init__(self, seen: Collection[str]) -> None:
        super().__init__({jamo for character in seen for jamo in divided(character)})

    def encode(self, text: str) -> list[int]:
        """Return the code points of the divided text; see `Segmenter.encode`."""
        return [ord(jamo) for character in normalise(text) for jamo in divided(character)]

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``: NFC joins the jamo again, and a normalised text is NFC to begin with."""
        return unicodedata.normalize("NFC", "".join(map(chr, ids)))

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens; see `Segmenter.tokens`."""
        return [
            Token(letter_of(jamo), jamo, ord(jamo), place, place + 1, "" if jamo in self.seen else "unseen")
            for place, character in enumerate(normalise(text))
            for jamo in divided(character)
        ]


def divided(character: str) -> str:
    """Return the jamo of a Hangul syllable; any other character as it is."""
    return unicodedata.normalize("NFD", character) if ord(character) in SYLLABLES else character


def letter_of(jamo: str) -> str:
    """Return the letter by which a jamo is known in writing (final ᆫ → ㄴ); a space becomes ``▁``."""
    if jamo == " ":
        return SPACE
    kind, _, name = unicodedata.name(jamo, "").removeprefix("HANGUL ").partition(" ")
    if kind in ("CHOSEONG", "JUNGSEONG", "JONGSEONG"):
        try:
            return unicodedata.lookup(f"HANGUL LETTER {name}")
        except KeyError:  # an old letter that has no form of its own
            return jamo
    return jamo
