"""A vocabulary of words: whatever is not in it becomes <unk>."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.text.normalise import normalise
from core.text.segmenters.segmenter import Segmenter, Token

UNKNOWN = "<unk>"
# A run of letters and digits, with the marks that belong to them, or one sign.
WORD = re.compile(r"(?:\w[\u0300-\u036f]*)+|[^\w\s]")


class Words(Segmenter):
    """The most frequent words and signs, ``<unk>`` being the first entry. Spacing and unknown words are lost."""

    def __init__(self, words: Sequence[str]) -> None:
        self.entries = [UNKNOWN, *words]
        self._ids = {word: place for place, word in enumerate(self.entries) if place}

    def __len__(self) -> int:
        return len(self.entries)

    def encode(self, text: str) -> list[int]:
        """Return the ids; see `Segmenter.encode`."""
        return [self._ids.get(word, 0) for word in WORD.findall(normalise(text))]

    def decode(self, ids: Sequence[int]) -> str:
        """Return the words with a space between each two."""
        return " ".join(self.entries[i] for i in ids)

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens; see `Segmenter.tokens`."""
        found = []
        for match in WORD.finditer(normalise(text)):
            place = self._ids.get(match[0], 0)
            entry = self.entries[place]
            found.append(Token(entry, entry, place, *match.span(), "" if place else "unknown"))
        return found
