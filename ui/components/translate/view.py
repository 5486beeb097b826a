"""What the timeline picture is given: every step of one decoding, and the forks it may have come from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypedDict

import numpy as np
from numpy.typing import NDArray

from ui.components.shared import json_part

# float32 for the whole vocabulary up to here, half of that beyond: a long sentence stays about 1 MB.
LONGEST_IN_FULL: Final = 32  # steps


class Action(TypedDict):
    """Something that only Python can answer: a fork, or taking the last one back."""

    kind: str  # "fork" or "undo"
    branch: int
    step: int
    token: int
    at: float  # ms, the browser's clock: the same fork asked for again is another wish


class TranslateState(TypedDict, total=False):
    """Where the reader stands. Layers and heads are counted from 0; −1 is the mean over all."""

    branch: int
    step: int
    part: str  # one of `PARTS`
    top: int  # bars of the softmax
    self_layer: int
    self_head: int
    cross_layer: int
    cross_head: int
    action: Action | None


PARTS: Final = ("all", "encoder", "embed", "self", "cross", "feed", "softmax")
TOPS: Final = (5, 10, 20)


@dataclass(frozen=True)
class Branch:
    """One decoding in the tree of forks, without its numbers."""

    parent: int  # −1 for the first
    step: int  # where it leaves its parent
    pieces: Sequence[str]
    log_probability: float  # of the whole, in nats
    text: str


@dataclass(frozen=True)
class TimelineView:
    """All steps of one decoding; the same for every session and rerun.

    ``log_probabilities``: (step, vocabulary); ``self_attention``: (layer, head, step, step), lower triangle;
    ``cross_attention``: (layer, head, step, source); ``entropy`` (bits), ``rank``, ``ids``, ``pieces``, ``texts``:
    (step,). ``texts`` is what has been said after each step.
    """

    source: tuple[str, ...]
    ids: tuple[int, ...]
    pieces: tuple[str, ...]
    texts: tuple[str, ...]
    log_probabilities: NDArray[np.float32]
    self_attention: NDArray[np.float32]
    cross_attention: NDArray[np.float32]
    entropy: tuple[float, ...]
    rank: tuple[int, ...]
    total: float  # log-probability of all that was said, in nats
    ending: str  # "end", "loop" or "length"
    given: tuple[int, ...]  # the steps whose token was not the search's choice
    names: Mapping[int, str]  # the pieces of the likeliest tokens of every step, by id

    @cached_property
    def head(self) -> dict[str, Any]:
        """What is small enough for JSON; ``digest`` names the numbers."""
        layers, heads, steps, _ = self.self_attention.shape
        return {
            "layers": layers,
            "heads": heads,
            "steps": steps,
            "vocabulary": self.log_probabilities.shape[1],
            "half": steps > LONGEST_IN_FULL,
            "source": list(self.source),
            "ids": list(self.ids),
            "pieces": list(self.pieces),
            "texts": list(self.texts),
            "entropy": list(self.entropy),
            "rank": list(self.rank),
            "ending": self.ending,
            "given": list(self.given),
            "names": {str(token): piece for token, piece in self.names.items()},
            "digest": hashlib.blake2b(self.numbers, digest_size=12).hexdigest(),
        }

    @cached_property
    def numbers(self) -> bytes:
        """Self-attention, source–target attention and log-probabilities as they lie in memory, little-endian."""
        kind = "<f2" if len(self.ids) > LONGEST_IN_FULL else "<f4"
        # A tail below half's smallest number becomes −∞ or 0, which is what it would print as.
        with np.errstate(over="ignore"):
            blob = b"".join(
                np.ascontiguousarray(array, dtype=dtype).tobytes()
                for array, dtype in (
                    (self.self_attention, "<f4"),
                    (self.cross_attention, "<f4"),
                    (self.log_probabilities, kind),
                )
            )
        return blob + b"\0" * (-len(blob) % 4)


def pack(view: TimelineView, branches: Sequence[Branch], **choices: Any) -> bytes:
    """Return the payload: words and small numbers as JSON, then the large arrays."""
    tree = [
        {
            "parent": branch.parent,
            "step": branch.step,
            "pieces": list(branch.pieces),
            "logp": branch.log_probability,
            "text": branch.text,
        }
        for branch in branches
    ]
    return json_part({**choices, "timeline": view.head, "branches": tree}) + view.numbers


def action_of(state: Mapping[str, Any] | None) -> Action | None:
    """The action in a state that the browser has sent, if it is one."""
    action = (state or {}).get("action")
    if not isinstance(action, Mapping) or not {"kind", "branch", "step", "token", "at"} <= set(action):
        return None
    return Action(
        kind=str(action["kind"]),
        branch=int(action["branch"]),
        step=int(action["step"]),
        token=int(action["token"]),
        at=float(action["at"]),
    )
