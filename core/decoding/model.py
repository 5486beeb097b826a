"""What a search asks of the network that translates, whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, Self

from torch import Tensor, nn

from core.changes import Changes
from core.trace import StackTrace


class Sizes(Protocol):
    """The part of a configuration that decoding needs."""

    @property
    def vocabulary(self) -> int:
        """How many pieces there are."""
        ...


class EncoderDecoder(Protocol):
    """An encoder that reads the source once, and a decoder that goes on token by token.

    What the encoder returns (``memory``) and what the decoder keeps between steps (``caches``, each with a method
    ``keep``) are the network's own affair.
    """

    @property
    def config(self) -> Sizes:
        """The sizes."""
        ...

    def encode(self, source: Tensor, record: bool = False, changes: Changes | None = None) -> tuple[Any, Any]:
        """Encode source ids (batch, source), padded with ``PAD``; also return the trace or ``None``."""
        ...

    def decode(self, target: Tensor, memory: Any, memory_mask: Tensor | None = None) -> tuple[Tensor, Any]:
        """Decode target ids (batch, target), all at once, into logits (batch, target, vocabulary)."""
        ...

    def start(self, memory: Any) -> list[Any]:
        """Return the caches for decoding step by step."""
        ...

    def step(
        self,
        token: Tensor,
        caches: list[Any],
        position: int,
        memory_mask: Tensor | None = None,
        record: bool = False,
        changes: Changes | None = None,
    ) -> tuple[Tensor, StackTrace | None]:
        """Decode one token (batch, 1) after the cached prefix; returns logits (batch, vocabulary)."""
        ...

    # Those of `torch.nn.Module` that are used.
    def eval(self) -> Self: ...
    def requires_grad_(self, requires_grad: bool = True) -> Self: ...
    def parameters(self, recurse: bool = True) -> Iterator[nn.Parameter]: ...
