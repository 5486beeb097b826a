"""What the segmenters of the ``tokenizers`` library share: a file, its ids and its texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tokenizers

from core.text.normalise import normalise
from core.text.segmenters.segmenter import Segmenter


class LibrarySegmenter(Segmenter):
    """A tokenizer of the library, read from its file.

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
        """Return the text of ``ids``, as far as the kind of tokenizer gives it back."""
        return str(self.tokenizer.decode(list(ids), skip_special_tokens=False))
