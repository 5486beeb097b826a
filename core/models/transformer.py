"""The Transformer (Vaswani et al. 2017): encoder, decoder, and both.

Layer normalisation follows the residual sum, as in the paper and in Chollet's textbook, so that the stages on
the screen come in the order of the lesson.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

from core.changes import Changes, at, changed
from core.models.attention import KeyValue, MultiHeadAttention, Prefix, causal_mask
from core.models.packed import Linear
from core.models.positions import positions_of
from core.models.tied import TiedModel
from core.text.tokenizer import PAD
from core.trace import BlockTrace, StackTrace, SublayerTrace, Trace


@dataclass(frozen=True)
class TransformerConfig:
    """The sizes of a model; a model card's ``architecture`` holds these fields."""

    vocabulary: int = 8000
    d_model: int = 256
    heads: int = 8
    encoder_layers: int = 3
    decoder_layers: int = 3
    d_hidden: int = 1024  # inside the feed-forward network
    dropout: float = 0.1  # on embeddings and sub-layers' outputs (Vaswani et al. 2017, section 5.4)
    positions: str = "sinusoidal"  # see core.models.positions.KINDS
    longest: int = 256  # the most learned positions
    causal_mask: bool = True  # of a decoder alone; without it each token sees those that come after it


class FeedForward(nn.Module):
    """Two dense layers with a ReLU between them, for each token alone (section 3.3)."""

    def __init__(self, d_model: int, d_hidden: int) -> None:
        super().__init__()
        self.hidden = Linear(d_model, d_hidden)
        self.output = Linear(d_hidden, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, token, d_model) → the same."""
        return cast(Tensor, self.output(torch.relu(self.hidden(x))))


class AddAndNorm(nn.LayerNorm):
    """``LayerNorm(x + sublayer(x))``, with dropout on the sub-layer while training."""

    def __init__(self, d_model: int, dropout: float) -> None:
        super().__init__(d_model)
        self.drop = nn.Dropout(dropout)

    def add(
        self,
        x: Tensor,
        output: Tensor,
        record: bool,
        changes: Changes | None = None,
        normalized_name: str = "normalized",
    ) -> tuple[Tensor, SublayerTrace | None]:
        """Return the normalised sum of (batch, token, d_model) tensors, and its trace if asked for."""
        residual = changed(changes, "residual", x + (self.drop(output) if self.training else output))
        normalized = changed(changes, normalized_name, self(residual))
        return normalized, SublayerTrace(residual[0], normalized[0]) if record else None


@dataclass
class LayerCache:
    """What one decoder block keeps between steps."""

    prefix: Prefix  # of what was read before
    source: KeyValue | None = None  # those of the encoded source, where there is one

    def keep(self, rows: Tensor) -> None:
        """Keep these rows of the batch, in this order; a row that is kept several times branches."""
        self.prefix.keep(rows)
        self.source = self.source.of(rows) if self.source else None


class Block(nn.Module):
    """Self-attention, source–target attention in a decoder, feed-forward; a residual and LayerNorm after each."""

    def __init__(self, config: TransformerConfig, *, cross: bool) -> None:
        super().__init__()
        d_model, heads, dropout = config.d_model, config.heads, config.dropout
        self.cross = cross
        self.self_attention = MultiHeadAttention(d_model, heads, rotary=config.positions == "rotary")
        self.self_attention_norm = AddAndNorm(d_model, dropout)
        if cross:
            self.cross_attention = MultiHeadAttention(d_model, heads)
            self.cross_attention_norm = AddAndNorm(d_model, dropout)
        self.feed_forward = FeedForward(d_model, config.d_hidden)
        self.feed_forward_norm = AddAndNorm(d_model, dropout)

    def forward(
        self,
        x: Tensor,
        *,
        mask: Tensor | None = None,
        memory: Tensor | None = None,
        memory_mask: Tensor | None = None,
        cache: LayerCache | None = None,
        record: bool = False,
        changes: Changes | None = None,
    ) -> tuple[Tensor, BlockTrace | None]:
        """Run the block on (batch, token, d_model).

        Args:
            mask: for the self-attention; see `MultiHeadAttention.forward`.
            memory: (batch, source, d_model), the encoder's output; needed by a decoder block without a cache.
            memory_mask: for the source–target attention.
            cache: keys and values of earlier steps; extended in place. The cache, not ``memory``, is then used.
            record: also return the trace, without a ``layer`` dimension.
            changes: those of this block's stages.
        """
        x = changed(changes, "x", x)
        inner = at(changes, "self")
        first = cache.prefix.length if cache is not None else 0
        queries, own = self.self_attention.project_own(x, first=first)
        if cache is not None:
            own = cache.prefix.extended(own)
        attended, self_trace = self.self_attention.attend(
            queries, own, mask=mask, record=record, changes=inner
        )
        x, self_sublayer = self.self_attention_norm.add(x, attended, record, inner)
        cross_trace = cross_sublayer = None
        if self.cross:
            inner = at(changes, "cross")
            kept = cache.source if cache is not None else None
            source = kept if kept is not None else self.cross_attention.project(cast(Tensor, memory))
            queries = self.cross_attention.queries(x)
            attended, cross_trace = self.cross_attention.attend(
                queries, source, mask=memory_mask, record=record, changes=inner
            )
            x, cross_sublayer = self.cross_attention_norm.add(x, attended, record, inner)
        hidden = changed(changes, "feed_forward", self.feed_forward(x))
        x, sublayer = self.feed_forward_norm.add(x, hidden, record, changes, "final")
        if self_trace is None or self_sublayer is None or sublayer is None:
            return x, None
        return x, BlockTrace(self_trace, self_sublayer, cross_trace, cross_sublayer, hidden[0], sublayer)


class Stack(nn.Module):
    """The blocks of an encoder (``cross=False``) or of a decoder that looks at a source (``cross=True``)."""

    def __init__(self, config: TransformerConfig, layers: int, *, cross: bool) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block(config, cross=cross) for _ in range(layers))

    def forward(
        self,
        embedding: Tensor,
        positional: Tensor,
        *,
        mask: Tensor | None = None,
        memory: Tensor | None = None,
        memory_mask: Tensor | None = None,
        caches: list[LayerCache] | None = None,
        record: bool = False,
        changes: Changes | None = None,
    ) -> tuple[Tensor, StackTrace | None]:
        """Run all blocks on ``embedding + positional``; see `Block.forward` for the arguments."""
        x = embedding + positional
        traces = []
        for layer, block in enumerate(self.blocks):
            x, trace = block(
                x,
                mask=mask,
                memory=memory,
                memory_mask=memory_mask,
                cache=caches[layer] if caches else None,
                record=record,
                changes=at(changes, layer),
            )
            traces.append(trace)
        if not record:
            return x, None
        return x, StackTrace(embedding[0], positional.expand_as(embedding[0]), tuple(traces))


class TokenModel(TiedModel):
    """What every Transformer begins and ends with: the embedding is also the output matrix (section 3.4)."""

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__(config.vocabulary, config.d_model, config.dropout)
        self.config = config
        self.positions = positions_of(config.positions, config.d_model, config.longest)

    def pack(self) -> None:
        """Pack every matrix; see `TiedModel.pack`."""
        super().pack()
        for module in self.modules():
            if isinstance(module, Block):
                module.self_attention.pack()

    def initialise(self) -> None:
        """Xavier for the projections; the embedding as in `TiedModel.initialise_embedding`."""
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1 and "embedding" not in name and "positions" not in name:
                nn.init.xavier_uniform_(parameter)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)
        self.initialise_embedding()

    def embed(self, ids: Tensor, first: int = 0) -> tuple[Tensor, Tensor]:
        """Return the scaled embedding of ``ids`` (batch, token, d_model) and the positions (token, d_model)."""
        embedding = self.vectors(ids)
        positional = self.positions(ids.shape[1], first)
        if not self.training:
            return embedding, positional
        return self.dropout(embedding), self.dropout(positional)


class Transformer(TokenModel):
    """Encoder and decoder over one vocabulary."""

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__(config)
        self.encoder = Stack(config, config.encoder_layers, cross=False)
        self.decoder = Stack(config, config.decoder_layers, cross=True)
        self.initialise()

    def encode(
        self, source: Tensor, record: bool = False, changes: Changes | None = None
    ) -> tuple[Tensor, StackTrace | None]:
        """Encode source ids (batch, source), padded with ``PAD``, into (batch, source, d_model)."""
        return cast(
            tuple[Tensor, StackTrace | None],
            self.encoder(
                *self.embed(source),
                mask=padding_mask(source),
                record=record,
                changes=at(changes, "encoder"),
            ),
        )

    def decode(
        self,
        target: Tensor,
        memory: Tensor,
        memory_mask: Tensor | None = None,
        record: bool = False,
        changes: Changes | None = None,
    ) -> tuple[Tensor, StackTrace | None]:
        """Decode target ids (batch, target) with teacher forcing into logits (batch, target, vocabulary)."""
        x, trace = self.decoder(
            *self.embed(target),
            mask=causal_mask(target.shape[1], target.device),
            memory=memory,
            memory_mask=memory_mask,
            record=record,
            changes=at(changes, "decoder"),
        )
        return self.logits(x), trace

    def start(self, memory: Tensor) -> list[LayerCache]:
        """Return the caches for decoding step by step from an encoded source."""
        return [
            LayerCache(Prefix(), block.cross_attention.project(memory)) for block in self._decoder_blocks()
        ]

    def step(
        self,
        token: Tensor,
        caches: list[LayerCache],
        position: int,
        memory_mask: Tensor | None = None,
        record: bool = False,
        changes: Changes | None = None,
    ) -> tuple[Tensor, StackTrace | None]:
        """Decode one token (batch, 1) after the cached prefix; returns logits (batch, vocabulary)."""
        x, trace = self.decoder(
            *self.embed(token, position),
            memory_mask=memory_mask,
            caches=caches,
            record=record,
            changes=at(changes, "decoder"),
        )
        return self.logits(x[:, -1]), trace

    def forward(
        self, source: Tensor, target: Tensor, *, record: bool = False, changes: Changes | None = None
    ) -> tuple[Tensor, Trace | None]:
        """Return the logits (batch, target, vocabulary) for every next token, and the trace if asked for.

        ``changes`` are made on the way, and everything after them is computed from what they left.
        """
        memory, encoder = self.encode(source, record, changes)
        logits, decoder = self.decode(target, memory, padding_mask(source), record, changes)
        if encoder is None or decoder is None:
            return logits, None
        return logits, Trace(encoder, decoder, logits[0])

    def _decoder_blocks(self) -> list[Block]:
        return [cast(Block, block) for block in self.decoder.blocks]


def padding_mask(ids: Tensor) -> Tensor | None:
    """Return (batch, 1, 1, token), False at padding; ``None`` if there is none, which is the faster path."""
    kept = ids != PAD
    return None if bool(kept.all()) else kept[:, None, None, :]
