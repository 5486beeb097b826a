"""The shipped vocabularies and the card that describes them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from core.checkpoints import ASSETS, ModelFileError, read_card, sha256
from core.text.segmenters.byte_level import ByteLevel
from core.text.segmenters.characters import Characters, Jamo
from core.text.segmenters.pieces import Pieces
from core.text.segmenters.segmenter import Segmenter
from core.text.segmenters.wordpiece import WordPiece
from core.text.segmenters.words import Words

FOLDER: Final = ASSETS / "tokenizers"
CARD: Final = "vocabularies"  # vocabularies.json, beside the files
SIZES: Final = (1000, 2000, 4000, 8000, 16000)
WORDS_FILE: Final = "words.txt"  # one word a line, the most frequent first
CHARACTERS_FILE: Final = "characters.txt"  # the characters of the training data, the most frequent first

# From the coarsest to the finest.
KINDS: Final = ("words", "wordpiece", "unigram", "bpe", "bytelevel", "characters", "jamo")
SIZED: Final = KINDS[:5]  # those whose vocabulary has a size to choose
TRAINED: Final[dict[str, tuple[str, Callable[[Path], Segmenter]]]] = {
    "wordpiece": (".json", WordPiece),
    "unigram": (".model", Pieces),
    "bpe": (".model", Pieces),
    "bytelevel": (".json", ByteLevel),
}
EXEMPT: Final = ("words", "wordpiece")  # decode(encode(s)) may differ from normalise(s)


def file_of(kind: str, size: int) -> str:
    """Return the name of a trained vocabulary's file, for instance ``unigram-8000.model``."""
    return f"{kind}-{size}{TRAINED[kind][0]}"


def file_names() -> list[str]:
    """Return the names of all files that the card describes."""
    return [*(file_of(kind, size) for kind in TRAINED for size in SIZES), WORDS_FILE, CHARACTERS_FILE]


class Shelf:
    """Every segmenter by kind and size, each loaded when it is first asked for. Safe to share among threads."""

    def __init__(self, folder: Path, card: dict[str, Any]) -> None:
        self.folder = folder
        self.card = card
        self._loaded: dict[tuple[str, int], Segmenter] = {}
        self._lock = threading.Lock()

    def get(self, kind: str, size: int) -> Segmenter:
        """Return a segmenter; ``size`` does not count for characters and jamo.

        Raises:
            ModelFileError: its file is missing, truncated, altered or unreadable.
            KeyError: there is no such kind or size.
        """
        key = (kind, size if kind in SIZED else 0)
        with self._lock:
            if key not in self._loaded:
                self._loaded[key] = self._load(kind, size)
            return self._loaded[key]

    def path(self, kind: str, size: int) -> Path:
        """Return the file of a trained vocabulary."""
        return self.folder / file_of(kind, size)

    def _load(self, kind: str, size: int) -> Segmenter:
        if kind in SIZED and size not in SIZES:
            raise KeyError(size)
        if kind == "words":
            return Words(self._lines(WORDS_FILE)[: size - 1])  # the first entry is <unk>
        if kind in ("characters", "jamo"):
            seen = {line or " " for line in self._lines(CHARACTERS_FILE)}
            return (Characters if kind == "characters" else Jamo)(seen)
        path = self._checked(file_of(kind, size))
        try:
            return TRAINED[kind][1](path)
        except Exception as error:  # `tokenizers` raises Exception itself
            raise ModelFileError("unreadable", path) from error

    def _lines(self, name: str) -> list[str]:
        return self._checked(name).read_text(encoding="utf-8").split("\n")[:-1]

    def _checked(self, name: str) -> Path:
        path, described = self.folder / name, self.card.get("files", {}).get(name, {})
        if not path.exists():
            raise ModelFileError("missing", path)
        if path.stat().st_size < described.get("bytes", 0):
            raise ModelFileError("truncated", path)
        if sha256(path) != described.get("sha256"):
            raise ModelFileError("altered", path)
        return path


def load_shelf(folder: Path = FOLDER) -> Shelf:
    """Return the shipped segmenters.

    Raises:
        ModelFileError: the card is missing or unreadable.
    """
    return Shelf(folder, read_card(folder / CARD))
