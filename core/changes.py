"""Numbers changed by hand inside a running model, and heads switched off.

A model is never altered: what is changed is an argument of the call, as recording is, so that sessions share
one model. Every stage hands its numbers to `changed`, and whatever follows is computed from what comes back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from torch import Tensor

LARGEST = 1e6  # a larger number would leave float32's range a few products later
ATTENTIONS = ("encoder.self", "decoder.self", "decoder.cross")
_INNER = "query|key|value|scores|context|output|residual|normalized"  # of an attention and what follows it
_PER_HEAD = ("query", "key", "value", "scores", "context")
_PLACE = re.compile(
    rf"(encoder\.(\d+)\.(self\.({_INNER})|x|feed_forward|residual|final))"
    rf"|(decoder\.(\d+)\.((self|cross)\.({_INNER})|x|feed_forward|residual|final))",
    re.ASCII,
)


@dataclass(frozen=True)
class Edit:
    """Some numbers of one row of one stage, replaced.

    ``place`` is the stage's path: ``encoder.0.x`` (the first block's input), ``encoder.0.self.query``,
    ``decoder.2.cross.scores``, ``encoder.1.final`` (the second block's output). ``head`` counts where the stage
    has heads; ``values`` replaces the row from ``column`` on.

    Raises:
        ValueError: there is no such place, a value is not finite or larger than `LARGEST`, or there is none.
    """

    place: str
    row: int
    column: int
    values: tuple[float, ...]
    head: int | None = None

    def __post_init__(self) -> None:
        if not _PLACE.fullmatch(self.place):
            raise ValueError(f"there is no place {self.place!r} in a model")
        if not self.values:
            raise ValueError("an edit needs at least one number")
        for value in self.values:
            if not math.isfinite(value) or abs(value) > LARGEST:
                raise ValueError(f"{value} is not a finite number within ±{LARGEST:g}")

    def put(self, stage: Tensor) -> Tensor:
        """Return a copy of ``stage``, (…, head, row, column) or (…, row, column), with the row replaced.

        Raises:
            ValueError: the stage has no such head or row, or the values do not fit into the row.
        """
        per_head = self.place.endswith(_PER_HEAD)
        if per_head and (self.head is None or not 0 <= self.head < stage.shape[-3]):
            raise ValueError(f"{self.place} has no head {self.head}")
        if not per_head and self.head is not None:
            raise ValueError(f"{self.place} has no heads")
        rows, columns = stage.shape[-2:]
        if not 0 <= self.row < rows:
            raise ValueError(f"{self.place} has no row {self.row}")
        end = self.column + len(self.values)
        if not 0 <= self.column < end <= columns:
            raise ValueError(
                f"{len(self.values)} numbers from column {self.column} do not fit into {columns}"
            )
        edited = stage.clone()
        sheet = edited if self.head is None else edited[..., self.head, :, :]
        sheet[..., self.row, self.column : end] = stage.new_tensor(self.values)
        return edited


@dataclass(frozen=True)
class HeadOff:
    """One head whose context is set to zero (the head masks of Michel et al. 2019, section 2.3).

    Raises:
        ValueError: there is no such attention.
    """

    attention: str  # one of `ATTENTIONS`
    layer: int
    head: int

    def __post_init__(self) -> None:
        if self.attention not in ATTENTIONS:
            raise ValueError(f"there is no attention {self.attention!r}; there are {', '.join(ATTENTIONS)}")

    @property
    def place(self) -> str:
        """The path of the stage that is set to zero."""
        part, kind = self.attention.split(".")
        return f"{part}.{self.layer}.{kind}.context"

    def put(self, stage: Tensor) -> Tensor:
        """Return a copy of ``stage`` (…, head, query, d_k) in which the head is zero.

        Raises:
            ValueError: there is no such head.
        """
        if not 0 <= self.head < stage.shape[-3]:
            raise ValueError(f"{self.attention} has no head {self.head}")
        without = stage.clone()
        without[..., self.head, :, :] = 0
        return without


class Changes:
    """All changes of a run, or those below one part of the model."""

    def __init__(self, changes: Iterable[Edit | HeadOff], prefix: str = "") -> None:
        self._changes = tuple(changes)
        self._prefix = prefix

    def __bool__(self) -> bool:
        return bool(self._changes)

    def at(self, part: str | int) -> Changes | None:
        """Return the changes of a part (``encoder``, a layer, ``self``), or ``None``: the fast path is open."""
        prefix = f"{self._prefix}{part}."
        below = [change for change in self._changes if change.place.startswith(prefix)]
        return Changes(below, prefix) if below else None

    def put(self, stage: str, values: Tensor) -> Tensor:
        """Return ``values`` with this stage's changes, in their order."""
        for change in self._changes:
            if change.place == self._prefix + stage:
                values = change.put(values)
        return values

    def check(self, encoder_layers: int, decoder_layers: int) -> None:
        """Refuse a change of a part that a model of these sizes does not have; a run would pass over it.

        Raises:
            ValueError: the layer is not there, or there is no encoder that a decoder could look at.
        """
        for change in self._changes:
            part, layer, inner, *_ = change.place.split(".")
            if int(layer) >= (encoder_layers if part == "encoder" else decoder_layers):
                raise ValueError(f"the {part} has no layer {layer}")
            if inner == "cross" and not encoder_layers:
                raise ValueError("a decoder alone has no source-target attention")

    def heads_off(self) -> Changes:
        """Return the heads that are switched off, without the edits: they hold at every step of a decoder."""
        return Changes([change for change in self._changes if isinstance(change, HeadOff)], self._prefix)


def at(changes: Changes | None, part: str | int) -> Changes | None:
    """Return the changes below ``part``, if there are any."""
    return changes.at(part) if changes is not None else None


def changed(changes: Changes | None, stage: str, values: Tensor) -> Tensor:
    """Return ``values`` as the changes leave them: the same tensor where there are none."""
    return values if changes is None else changes.put(stage, values)
