"""WordPiece as BERT uses it: lower case, the longest entry first, and [UNK] for a word that cannot be built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tokenizers

from core.text.normalise import normalise
from core.text.segmenters.segmenter import Segmenter, Token

UNKNOWN = "[UNK]"


class WordPiece(Segmenter):
    """WordPiece (Schuster and Nakajima 2012; Wu et al. 2016), greedy from left to right within a word.

    It does not give every text back: capitals, the spacing around signs and whole unknown words are lost.

    Raises:
        Exception: ``tokenizers`` cannot read the file (it has no narrower class of its own).
    """

    def __init__(self, path: Path) -> None:
        self.tokenizer = tokenizers.Tokenizer.from_file(str(path))

    def __len__(self) -> int:
        return int(self.tokenizer.get_vocab_size())

    def encode(self, text: str) -> list[int]:
        """Return the ids; see `Segmenter.encode`."""
        return list(self.tokenizer.encode(normalise(text)).ids)

    def decode(self, ids: Sequence[int]) -> str:
        """Return what is left of the text: lower case, usual spacing, ``[UNK]`` for lost words."""
        return str(self.tokenizer.decode(list(ids), skip_special_tokens=False))

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens; see `Segmenter.tokens`."""
        encoding = self.tokenizer.encode(normalise(text))
        return [
            Token(piece, piece, token, start, end, "unknown" if piece == UNKNOWN else "")
            for piece, token, (start, end) in zip(
                encoding.tokens, encoding.ids, encoding.offsets, strict=True
            )
        ]
