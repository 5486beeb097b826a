"""Scaled dot-product attention in several heads (Vaswani et al. 2017, section 3.2).

Self, causal and source–target attention are this one module, called with other arguments.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.changes import Changes, changed
from core.models.packed import Linear, Packed, pack
from core.models.positions import rotate
from core.trace import AttentionTrace

ROOM = 32  # tokens that are set aside at first; most translations are shorter


class KeyValue(NamedTuple):
    """Projected keys and values, which a decoder keeps from step to step."""

    key: Tensor  # (batch, head, key, d_k)
    value: Tensor  # (batch, head, key, d_k)

    def of(self, rows: Tensor) -> KeyValue:
        """Return those of these rows of the batch, in this order; a row may be taken several times."""
        return KeyValue(self.key.index_select(0, rows), self.value.index_select(0, rows))


class Prefix:
    """The keys and values of what a decoder has read, in memory set aside for what comes.

    What `extended` returned stays as it is: later tokens are written behind it.
    """

    def __init__(self) -> None:
        self.length = 0
        self._held: KeyValue | None = None  # (batch, head, room, d_k)

    def extended(self, new: KeyValue) -> KeyValue:
        """Return all keys and values, the ``new`` ones last."""
        first, self.length = self.length, self.length + new.key.shape[2]
        held = self._held = self._with_room(new)
        for all_, own in zip(held, new, strict=True):
            all_.narrow(2, first, own.shape[2]).copy_(own)
        return KeyValue(held.key.narrow(2, 0, self.length), held.value.narrow(2, 0, self.length))

    def keep(self, rows: Tensor) -> None:
        """Keep these rows of the batch, in this order; a row that is kept several times branches."""
        self._held = self._held.of(rows) if self._held else None

    def _with_room(self, new: KeyValue) -> KeyValue:
        held = self._held
        if held is not None and self.length <= held.key.shape[2]:
            return held
        batch, heads, _, d_k = new.key.shape
        room = max(ROOM, 2 * self.length)
        larger = KeyValue(*(part.new_empty(batch, heads, room, d_k) for part in new))
        if held is not None:
            for all_, old in zip(larger, held, strict=True):
                all_.narrow(2, 0, old.shape[2]).copy_(old)
        return larger


class MultiHeadAttention(nn.Module):
    """``softmax(QKᵀ / √d_k) V`` in ``heads`` heads, joined and projected.

    Called like Keras' layer of the same name: ``attention(query, value, key=None)``, and ``key=None`` means
    ``key = value``. Self-attention is ``attention(x, x)``; source–target attention ``attention(target, source)``.
    """

    def __init__(self, d_model: int, heads: int, *, rotary: bool = False) -> None:
        """``rotary``: queries and keys are turned by their positions; see `core.models.positions.rotate`."""
        super().__init__()
        if d_model % heads:
            raise ValueError(f"d_model {d_model} cannot be shared among {heads} heads")
        self.heads = heads
        self.rotary = rotary
        self.query = Linear(d_model, d_model)
        self.key = Linear(d_model, d_model)
        self.value = Linear(d_model, d_model)
        self.output = Linear(d_model, d_model)
        self._packed: Packed | None = None

    def pack(self) -> None:
        """Pack the three projections as one matrix, for self-attention; see `core.models.packed`."""
        projections = (self.query, self.key, self.value)
        self._packed = pack([p.weight for p in projections], [p.bias for p in projections])

    def forward(
        self,
        query: Tensor,
        value: Tensor,
        key: Tensor | None = None,
        *,
        mask: Tensor | None = None,
        record: bool = False,
    ) -> tuple[Tensor, AttentionTrace | None]:
        """Let each query gather from the values.

        Args:
            query: (batch, query, d_model).
            value: (batch, key, d_model).
            key: (batch, key, d_model); ``None`` means ``key = value``.
            mask: boolean, broadcastable to (batch, head, query, key); True where a query may look.
            record: also return every stage; then the batch must be one sentence.

        Returns:
            (batch, query, d_model), and the trace (without a ``layer`` dimension) or ``None``.
        """
        return self.attend(self.queries(query), self.project(value, key), mask=mask, record=record)

    def queries(self, query: Tensor, *, first: int = 0) -> Tensor:
        """Return the queries that `attend` takes, (batch, head, query, d_k); ``first`` as in `project`."""
        queries = self._split(self.query(query))
        return rotate(queries, first) if self.rotary else queries

    def project(self, value: Tensor, key: Tensor | None = None, *, first: int = 0) -> KeyValue:
        """Return the keys and values that `attend` takes, so that a decoder projects each token once.

        ``first`` is the position of the first token, which matters to rotary attention alone.
        """
        keys = self._split(self.key(value if key is None else key))
        return KeyValue(rotate(keys, first) if self.rotary else keys, self._split(self.value(value)))

    def project_own(self, x: Tensor, *, first: int = 0) -> tuple[Tensor, KeyValue]:
        """Return what `queries` and `project` return for self-attention."""
        packed = self._packed
        if packed is None or not packed.serves(x):
            return self.queries(x, first=first), self.project(x, first=first)
        parts = packed(x).unflatten(-1, (3 * self.heads, -1)).transpose(1, 2)
        queries, keys, values = parts.chunk(3, dim=1)
        if self.rotary:
            queries, keys = rotate(queries, first), rotate(keys, first)
        return queries, KeyValue(keys, values)

    def attend(
        self,
        queries: Tensor,
        memory: KeyValue,
        *,
        mask: Tensor | None = None,
        record: bool = False,
        changes: Changes | None = None,
    ) -> tuple[Tensor, AttentionTrace | None]:
        """Attend from projected queries, (batch, head, query, d_k), to projected keys and values.

        Args:
            mask: as in `forward`.
            record: as in `forward`.
            changes: those of this attention's stages; then the batch must be one sentence.
        """
        if not record and changes is None:
            context = _fused(queries, *memory, mask)
            return self.output(self._join(context)), None
        if queries.shape[0] != 1:
            raise ValueError("a trace is of one sentence: the batch must be 1")
        # Without the batch, which is 1: (head, query, d_k) and (head, key, d_k).
        queries = changed(changes, "query", queries[0])
        keys, values = changed(changes, "key", memory.key[0]), changed(changes, "value", memory.value[0])
        scores = changed(changes, "scores", torch.bmm(queries, keys.transpose(1, 2)))
        scaled = scores / math.sqrt(queries.shape[-1])
        if mask is not None and mask.dim() == 4:
            mask = mask[0]
        masked = scaled if mask is None else scaled.masked_fill(~mask, -math.inf)
        weights = torch.softmax(masked, dim=-1)
        context = changed(changes, "context", torch.bmm(weights, values))
        output = changed(changes, "output", self.output(self._join(context)))
        if not record:
            return output[None], None
        trace = AttentionTrace(queries, keys, values, scores, scaled, masked, weights, context, output)
        return output[None], trace

    def _split(self, x: Tensor) -> Tensor:
        """(batch, token, d_model) → (batch, head, token, d_k)."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def _join(self, x: Tensor) -> Tensor:
        """(…, head, token, d_k) → (…, token, d_model)."""
        return x.transpose(-3, -2).flatten(-2)


def _fused(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Return the context in one call; in fp32 on a CPU, whose backward pass takes ten times as long in bf16."""
    if query.device.type == "cpu" and torch.is_autocast_enabled("cpu"):
        with torch.autocast("cpu", enabled=False):
            return F.scaled_dot_product_attention(query.float(), key.float(), value.float(), attn_mask=mask)
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask)


def causal_mask(length: int, device: torch.device | None = None) -> Tensor:
    """Return (length, length): True on and below the diagonal, so that no token sees a later one."""
    return torch.ones(length, length, dtype=torch.bool, device=device).tril()
