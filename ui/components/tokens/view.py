"""What the tokens picture is given: one text, cut in several ways, at every vocabulary size."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypedDict

MARKS = {"": ".", "byte": "b", "unknown": "u", "unseen": "n"}  # one letter a token on the way to the browser


class Pressed(TypedDict):
    """A token of the picture that was pressed."""

    place: int  # the word around it, counted from 0
    text: str  # the digest of the text that it stands in
    at: float  # ms, the browser's clock: the same token pressed again is another press


class TokensState(TypedDict, total=False):
    """What has been chosen in the picture."""

    size: int  # entries of the vocabularies that come in several sizes
    ids: bool  # the ids are shown under the tokens
    word: Pressed | None  # the token that was pressed last


@dataclass(frozen=True)
class Cut:
    """The text cut by one segmenter. The sequences run side by side, one entry a token."""

    shown: Sequence[str]
    stored: Sequence[str]  # as the vocabulary's file has it
    ids: Sequence[int]
    starts: Sequence[int]  # the first character of the text, counted from 0
    ends: Sequence[int]  # the one after the last
    marks: Sequence[str]  # "", "byte", "unknown" or "unseen"
    back: str  # what decoding gives back

    def packed(self, text: str) -> dict[str, Any]:
        """The cut as JSON; what says nothing new is left out."""
        content: dict[str, Any] = {
            "shown": list(self.shown),
            "ids": list(self.ids),
            "starts": list(self.starts),
            "ends": list(self.ends),
            "marks": "".join(MARKS[mark] for mark in self.marks),
        }
        if list(self.stored) != list(self.shown):
            content["stored"] = list(self.stored)
        if self.back != text:
            content["back"] = self.back
        return content


@dataclass(frozen=True)
class Row:
    """One segmenter's row: its cuts by vocabulary size; 0 stands for a segmenter without sizes."""

    kind: str
    cuts: Mapping[int, Cut]


@dataclass(frozen=True)
class TokensView:
    """One text with all its rows; the same for every session and rerun."""

    text: str  # normalised
    sizes: tuple[int, ...]
    rows: tuple[Row, ...]
    exempt: tuple[str, ...] = ()  # kinds that do not give every text back

    @cached_property
    def packed(self) -> dict[str, Any]:
        """The text's own part of the payload; made once for a view. ``digest`` names it."""
        content: dict[str, Any] = {
            "text": self.text,
            "words": len(self.text.split()),
            "sizes": list(self.sizes),
            "exempt": list(self.exempt),
            "rows": [
                {
                    "kind": row.kind,
                    "cuts": {str(size): cut.packed(self.text) for size, cut in row.cuts.items()},
                }
                for row in self.rows
            ],
        }
        digest = hashlib.blake2b(json.dumps(content).encode(), digest_size=12).hexdigest()
        return {**content, "digest": digest}
