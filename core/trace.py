"""What a recorded run keeps: every stage of every layer and head, by its textbook name.

A trace is of one sentence. Dimensions are named where the array is declared: ``layer``, ``head``, ``query`` and
``key`` (tokens on either side of the attention), ``token``, ``d_k`` (a head's width) and ``d_model``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar, cast

import torch
from torch import Tensor


@dataclass(frozen=True)
class AttentionTrace:
    """The stages of an attention, in order (Vaswani et al. 2017, section 3.2)."""

    query: Tensor  # (layer, head, query, d_k)
    key: Tensor  # (layer, head, key, d_k)
    value: Tensor  # (layer, head, key, d_k)
    scores: Tensor  # (layer, head, query, key): query · keyᵀ
    scaled: Tensor  # (layer, head, query, key): scores / √d_k
    masked: Tensor  # (layer, head, query, key): −∞ where the mask forbids a look
    weights: Tensor  # (layer, head, query, key): softmax over the keys
    context: Tensor  # (layer, head, query, d_k): weights · value
    output: Tensor  # (layer, query, d_model): the heads joined and projected

    @staticmethod
    def stack(layers: Sequence[AttentionTrace]) -> AttentionTrace:
        """Return one trace of traces that have no ``layer`` dimension yet."""
        return AttentionTrace(
            **{
                f.name: torch.stack([getattr(layer, f.name) for layer in layers])
                for f in fields(AttentionTrace)
            }
        )


@dataclass(frozen=True)
class SublayerTrace:
    """What follows a sub-layer: ``LayerNorm(x + sublayer(x))``."""

    residual: Tensor  # (layer, token, d_model): the sub-layer's input + its output
    normalized: Tensor  # (layer, token, d_model)

    @staticmethod
    def stack(layers: Sequence[SublayerTrace]) -> SublayerTrace:
        """Return one trace of traces that have no ``layer`` dimension yet."""
        return SublayerTrace(
            torch.stack([layer.residual for layer in layers]),
            torch.stack([layer.normalized for layer in layers]),
        )


@dataclass(frozen=True)
class BlockTrace:
    """One block, or all blocks of a stack once stacked; an encoder has no ``cross`` parts."""

    self_attention: AttentionTrace
    self_sublayer: SublayerTrace
    cross_attention: AttentionTrace | None
    cross_sublayer: SublayerTrace | None
    feed_forward: Tensor  # (layer, token, d_model)
    feed_forward_sublayer: SublayerTrace  # its ``normalized`` is the next block's input

    @staticmethod
    def stack(blocks: Sequence[BlockTrace]) -> BlockTrace:
        """Return one trace of traces that have no ``layer`` dimension yet."""
        cross = [b.cross_attention for b in blocks if b.cross_attention is not None]
        cross_sublayers = [b.cross_sublayer for b in blocks if b.cross_sublayer is not None]
        return BlockTrace(
            AttentionTrace.stack([b.self_attention for b in blocks]),
            SublayerTrace.stack([b.self_sublayer for b in blocks]),
            AttentionTrace.stack(cross) if cross else None,
            SublayerTrace.stack(cross_sublayers) if cross_sublayers else None,
            torch.stack([b.feed_forward for b in blocks]),
            SublayerTrace.stack([b.feed_forward_sublayer for b in blocks]),
        )


@dataclass(frozen=True)
class StackTrace:
    """An encoder or a decoder from its token ids to its last block."""

    embedding: Tensor  # (token, d_model): the embedding × √d_model
    positional: Tensor  # (token, d_model): embedding + positional is the first block's input
    layers: tuple[BlockTrace, ...]  # a block each, without the ``layer`` dimension

    @cached_property
    def blocks(self) -> BlockTrace:
        """All blocks as one trace with the ``layer`` dimension; stacked at the first look.

        A decoder that records each token would otherwise spend more on copying than on attention.
        """
        return BlockTrace.stack(self.layers)


@dataclass(frozen=True)
class Trace:
    """A recorded run of the whole model on one sentence."""

    encoder: StackTrace
    decoder: StackTrace
    logits: Tensor  # (token, vocabulary)

    def cpu(self) -> Trace:
        """Return the trace with every tensor in main memory, where NumPy can read it."""
        return on_cpu(self)


@dataclass(frozen=True)
class DecoderTrace:
    """A recorded run of a decoder alone on one text; its blocks have no ``cross`` parts."""

    decoder: StackTrace
    logits: Tensor  # (token, vocabulary)


T = TypeVar("T")


def on_cpu(part: T) -> T:
    """Return a tensor, or whatever holds tensors, in main memory."""
    moved: Any = part
    if isinstance(part, Tensor):
        moved = part.cpu()
    elif isinstance(part, tuple):
        moved = tuple(on_cpu(item) for item in part)
    elif is_dataclass(part) and not isinstance(part, type):
        moved = replace(part, **{field.name: on_cpu(getattr(part, field.name)) for field in fields(part)})
    return cast(T, moved)
