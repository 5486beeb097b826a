"""WordPiece as BERT uses it: lower case, the longest entry first, and [UNK] for a word that cannot be built."""

from __future__ import annotations

from core.text.normalise import normalise
from core.text.segmenters.library import LibrarySegmenter
from core.text.segmenters.segmenter import Token

UNKNOWN = "[UNK]"


class WordPiece(LibrarySegmenter):
    """WordPiece (Schuster and Nakajima 2012; Wu et al. 2016), greedy from left to right within a word.

    It does not give every text back: capitals, the spacing around signs and whole unknown words (``[UNK]``) are lost.
    Raises as `LibrarySegmenter` does.
    """

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens; see `Segmenter.tokens`."""
        encoding = self.tokenizer.encode(normalise(text))
        return [
            Token(piece, piece, token, start, end, "unknown" if piece == UNKNOWN else "")
            for piece, token, (start, end) in zip(
                encoding.tokens, encoding.ids, encoding.offsets, strict=True
            )
        ]
