"""Byte-level BPE: the alphabet is the 256 bytes, so nothing is ever unknown."""

from __future__ import annotations

from core.text.normalise import normalise
from core.text.segmenters.library import LibrarySegmenter
from core.text.segmenters.segmenter import Token, byte_spans, readable


def byte_alphabet() -> dict[str, int]:
    """Return the letter that stands for each byte in the file, as GPT-2 writes them (Radford et al. 2019).

    Printable bytes stand for themselves; the others take the letters from U+0100 on, a space being ``Ġ``.
    """
    printable = [
        *range(ord("!"), ord("~") + 1),
        *range(ord("¡"), ord("¬") + 1),
        *range(ord("®"), ord("ÿ") + 1),
    ]
    others = [byte for byte in range(256) if byte not in printable]
    letters = {chr(byte): byte for byte in printable}
    return letters | {chr(256 + place): byte for place, byte in enumerate(others)}


_BYTE = byte_alphabet()


class ByteLevel(LibrarySegmenter):
    """BPE (Sennrich et al. 2016) over UTF-8 bytes (Radford et al. 2019).

    ``decode(encode(s)) == normalise(s)`` for every string. Raises as `LibrarySegmenter` does.
    """

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens; see `Segmenter.tokens`."""
        text = normalise(text)
        encoding = self.tokenizer.encode(text)
        spelt = [bytes(_BYTE[letter] for letter in stored) for stored in encoding.tokens]
        spans = byte_spans(text, spelt)
        found = []
        for part, stored, token, span in zip(spelt, encoding.tokens, encoding.ids, spans, strict=True):
            shown, mark = readable(part)
            found.append(Token(shown, stored, token, *span, mark))
        return found
