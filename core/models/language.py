"""One stack alone: an encoder that fills blanks, or a decoder that says what comes next."""

from __future__ import annotations

from torch import Tensor

from core.changes import Changes, at
from core.models.attention import Prefix, causal_mask
from core.models.transformer import LayerCache, Stack, TokenModel, TransformerConfig, padding_mask
from core.trace import StackTrace


class LanguageModel(TokenModel):
    """Encoder-only, where ``decoder_layers`` is 0, as BERT (Devlin et al. 2019); else decoder-only, as GPT.

    The two have the same blocks. In the decoder-only model no token sees a later one, and there is no source:
    its keys and values come from its own prefix. With ``causal_mask`` off it learns to say the next token while it
    sees it: a lesson, not a method.

    Raises:
        ValueError: the configuration has both an encoder and a decoder, or neither.
    """

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__(config)
        if bool(config.encoder_layers) == bool(config.decoder_layers):
            raise ValueError("a language model has encoder layers or decoder layers, not both")
        self.goes_on = bool(config.decoder_layers)  # says the next token; else the hidden ones
        self.causal = self.goes_on and config.causal_mask
        self.part = "decoder" if self.goes_on else "encoder"  # as `core.changes` names its places
        self.stack = Stack(config, config.encoder_layers or config.decoder_layers, cross=False)
        self.initialise()

    def read(
        self, ids: Tensor, record: bool = False, changes: Changes | None = None
    ) -> tuple[Tensor, StackTrace | None]:
        """Return the last block's output (batch, token, d_model) for ids (batch, token), padded with ``PAD``."""
        mask = padding_mask(ids)
        if self.causal:
            future = causal_mask(ids.shape[1], ids.device)
            mask = future if mask is None else mask & future
        x, trace = self.stack(*self.embed(ids), mask=mask, record=record, changes=at(changes, self.part))
        return x, trace

    def start(self) -> list[LayerCache]:
        """Return the caches for going on step by step from an empty text."""
        return [LayerCache(Prefix()) for _ in self.stack.blocks]

    def step(
        self, ids: Tensor, caches: list[LayerCache], first: int, changes: Changes | None = None
    ) -> Tensor:
        """Read ids (batch, token) behind the ``first`` ones that are cached; returns logits (batch, vocabulary).

        They are those of what follows the last of them. For a decoder with its causal mask. A change counts its rows
        among these ids.
        """
        read = ids.shape[1]
        mask = None if read == 1 else causal_mask(first + read, ids.device)[first:]
        x, _ = self.stack(*self.embed(ids, first), mask=mask, caches=caches, changes=at(changes, self.part))
        return self.logits(x[:, -1])

    def forward(
        self, ids: Tensor, *, record: bool = False, changes: Changes | None = None
    ) -> tuple[Tensor, StackTrace | None]:
        """Return logits (batch, token, vocabulary): of each blank's piece, or of each next piece.

        ``changes`` are made on the way, and everything after them is computed from what they left.
        """
        x, trace = self.read(ids, record, changes)
        return self.logits(x), trace
