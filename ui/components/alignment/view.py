"""What the alignment picture is given: every step of one decoding by each model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypedDict

import numpy as np
from numpy.typing import NDArray

from ui.components.shared import json_part

KINDS: Final = ("none", "dot", "general", "concat")
LONGEST_IN_FULL: Final = (
    64  # rows of states in float32; beyond it half of that, so that a long sentence stays small
)


class AlignmentState(TypedDict, total=False):
    """Where the reader stands."""

    model: str  # one of `KINDS`
    step: int
    row: int  # the source piece that is held fast; −1: none


@dataclass(frozen=True)
class LookView:
    """All steps of one model's decoding; the same for every session and rerun.

    ``encoder``: (source, hidden); ``decoder``: (step, hidden); ``attentional``: (step, d_model); ``scores`` and
    ``weights``: (step, source); ``candidates`` and ``chances``: (step, candidate), ids and probabilities of the
    likeliest; ``ids``, ``pieces``, ``texts``, ``said`` (ln p), ``entropy`` (bits), ``rank``: (step,). ``texts`` is
    what has been said after each step.
    """

    kind: str  # one of `KINDS`
    source: tuple[str, ...]
    ids: tuple[int, ...]
    pieces: tuple[str, ...]
    texts: tuple[str, ...]
    encoder: NDArray[np.float32]
    decoder: NDArray[np.float32]
    attentional: NDArray[np.float32]
    scores: NDArray[np.float32] | None  # before the softmax; ``None`` without attention
    weights: NDArray[np.float32]
    candidates: NDArray[np.int64]
    chances: NDArray[np.float64]
    said: tuple[float, ...]
    entropy: tuple[float, ...]
    rank: tuple[int, ...]
    ending: str  # "end", "loop" or "length"
    vocabulary: int
    names: Mapping[int, str]  # the candidates' pieces, by id

    @property
    def half(self) -> bool:
        """Whether the states travel in half precision."""
        return len(self.source) + len(self.ids) > LONGEST_IN_FULL

    @cached_property
    def head(self) -> dict[str, Any]:
        """What is small enough for JSON."""
        return {
            "kind": self.kind,
            "hidden": self.encoder.shape[1],
            "width": self.attentional.shape[1],
            "half": self.half,
            "source": list(self.source),
            "ids": list(self.ids),
            "pieces": list(self.pieces),
            "texts": list(self.texts),
            "candidates": self.candidates.tolist(),
            "chances": self.chances.tolist(),
            "said": list(self.said),
            "entropy": list(self.entropy),
            "rank": list(self.rank),
            "ending": self.ending,
            "vocabulary": self.vocabulary,
            "names": {str(token): piece for token, piece in self.names.items()},
        }

    @cached_property
    def numbers(self) -> bytes:
        """Weights, scores where there are any, and the states, little-endian; each part fills whole float32 places."""
        return b"".join(self._parts())

    def _parts(self) -> Iterator[bytes]:
        states = "<f2" if self.half else "<f4"
        for array, kind in (
            (self.weights, "<f4"),
            (self.scores, "<f4"),
            (self.encoder, states),
            (self.decoder, states),
            (self.attentional, states),
        ):
            if array is not None:
                blob = np.ascontiguousarray(array, dtype=kind).tobytes()
                yield blob + b"\0" * (-len(blob) % 4)


def pack(looks: Sequence[LookView], **choices: Any) -> bytes:
    """Return the payload: words and small numbers as JSON, then the arrays of each model."""
    head = json_part({**choices, "looks": [look.head for look in looks]})
    return head + b"".join(look.numbers for look in looks)
