"""SentencePiece with byte fallback: any Unicode text to ids and back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import sentencepiece as spm

from core.text.normalise import normalise

PAD, UNKNOWN, START, END = 0, 1, 2, 3
BLANK = "<blank>"  # a piece of its own in the small models' vocabulary: the word to be guessed
DIRECTIONS = {"ko-en": "<2en>", "en-ko": "<2ko>"}  # the token that asks for the target language


class Tokenizer:
    """A trained SentencePiece model (Kudo and Richardson 2018; unigram: Kudo 2018).

    Raises:
        OSError: the file is missing or is not a SentencePiece model.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._processor = spm.SentencePieceProcessor(model_file=str(path))

    def __len__(self) -> int:
        return int(self._processor.get_piece_size())

    def is_byte(self, token: int) -> bool:
        """Return whether an id stands for one byte of a character without a piece of its own."""
        return bool(self._processor.is_byte(token))

    def find(self, piece: str) -> int | None:
        """Return the id of a piece that a text can be cut into, or None; bytes and control tokens are none."""
        found = int(self._processor.piece_to_id(piece))
        ordinary = not (
            self._processor.is_byte(found)
            or self._processor.is_unknown(found)
            or self._processor.is_control(found)
        )
        return found if ordinary else None

    def score(self, token: int) -> float:
        """Return a piece's score: unigram's log-probability, or minus the order in which BPE learned it."""
        return float(self._processor.get_score(token))

    def best(self, text: str, paths: int) -> list[list[str]]:
        """Return the likeliest ways to cut ``normalise(text)``, the best first (unigram models only)."""
        return [list(path) for path in self._processor.nbest_encode_as_pieces(normalise(text), paths)]

    def encode(self, text: str) -> list[int]:
        """Return the ids of ``normalise(text)``, without start, end or direction token."""
        return list(self._processor.encode(normalise(text)))

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ``ids``; ``decode(encode(s)) == normalise(s)`` for every string."""
        return str(self._processor.decode(list(ids)))

    def pieces(self, ids: Sequence[int]) -> list[str]:
        """Return the piece behind each id as it is stored: ``▁`` is a space, ``<0xF0>`` a byte."""
        return [str(self._processor.id_to_piece(i)) for i in ids]

    def id_of(self, piece: str) -> int:
        """Return the id of a piece as it is stored, or of the unknown piece."""
        return int(self._processor.piece_to_id(piece))

    def first(self, text: str, pieces: int) -> str:
        """Return the longest beginning of ``normalise(text)`` that has at most ``pieces`` pieces."""
        text = normalise(text)
        ids = self.encode(text)
        if len(ids) <= pieces:
            return text
        # Cutting the ids may cut a character's bytes or change how its end is divided, so the text is shortened
        # until it fits.
        end = len(self.decode(ids[:pieces]))
        while end and len(self.encode(text[:end])) > pieces:
            end -= 1
        return text[:end].rstrip()

    def direction(self, direction: str) -> int:
        """Return the id of the direction token.

        Raises:
            KeyError: the direction is neither ``ko-en`` nor ``en-ko``.
        """
        return self.id_of(DIRECTIONS[direction])

    def sha256(self) -> str:
        """Return the digest of the model file, which the model card names."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()
