"""SentencePiece's unigram and BPE, both with byte fallback."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.text.normalise import normalise
from core.text.segmenters.segmenter import SPACE, Mark, Segmenter, Token, byte_spans
from core.text.tokenizer import Tokenizer


class Pieces(Segmenter):
    """A SentencePiece model (Kudo and Richardson 2018) over the text with a space put before it.

    A character without a piece is spelt as the bytes of its UTF-8 form, one id each.

    Raises:
        OSError: the file is missing or is not a SentencePiece model.
    """

    def __init__(self, path: Path) -> None:
        self.tokenizer = Tokenizer(path)

    def __len__(self) -> int:
        return len(self.tokenizer)

    def encode(self, text: str) -> list[int]:
        """Return the ids; see `Segmenter.encode`."""
        return self.tokenizer.encode(text)

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``; ``decode(encode(s)) == normalise(s)`` for every string."""
        return self.tokenizer.decode(ids)

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens; see `Segmenter.tokens`."""
        text = normalise(text)
        ids = self.tokenizer.encode(text)
        pieces = self.tokenizer.pieces(ids)
        marks: list[Mark] = ["byte" if self.tokenizer.is_byte(i) else "" for i in ids]
        spelt = [
            bytes([int(piece[3:5], 16)]) if mark else piece.replace(SPACE, " ").encode()
            for piece, mark in zip(pieces, marks, strict=True)
        ]
        # Counted in the text with its space in front, which the text itself does not have.
        spans = byte_spans(" " + text, spelt) if ids else iter(())
        return [
            Token(piece, piece, token, max(0, start - 1), max(0, end - 1), mark)
            for piece, token, (start, end), mark in zip(pieces, ids, spans, marks, strict=True)
        ]
