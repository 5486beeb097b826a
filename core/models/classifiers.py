"""Sequence models that judge a text: an LSTM and a Transformer encoder, each with one logit at its end.

Both go from ids over vectors to the logit in two calls, so that the vectors can be moved (`core.attribution`).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from core.models.tied import TiedModel
from core.models.transformer import Stack, TokenModel, TransformerConfig
from core.text.tokenizer import PAD
from core.trace import StackTrace


@dataclass(frozen=True)
class LstmConfig:
    """The sizes of an LSTM classifier; a model card's ``architecture`` holds these fields."""

    vocabulary: int = 8000
    d_model: int = 128  # of the embedding
    hidden: int = 128  # of the states, in each direction
    dropout: float = 0.3  # on the embedding and on the last states


class LstmClassifier(TiedModel):
    """A bidirectional LSTM (Schuster and Paliwal 1997) whose two last states decide."""

    def __init__(self, config: LstmConfig) -> None:
        super().__init__(config.vocabulary, config.d_model, config.dropout)
        self.config = config
        self.lstm = nn.LSTM(config.d_model, config.hidden, batch_first=True, bidirectional=True)
        self.width = 2 * config.hidden
        self.output = nn.Linear(self.width, 1)
        self.initialise_embedding()

    def outputs(self, vectors: Tensor, ids: Tensor) -> Tensor:
        """Return both directions' states at every piece: (batch, token, d_model) → (batch, token, width)."""
        lengths = (ids != PAD).sum(1).clamp(min=1).cpu()
        packed = pack_padded_sequence(self.dropout(vectors), lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=ids.shape[1])
        return states

    def classify(self, vectors: Tensor, ids: Tensor, masked: bool = True) -> Tensor:
        """Return the logits (batch,) of vectors (batch, token, d_model); ``ids`` (batch, token) say what is padding.

        Not ``masked``: the padding is read like everything else.
        """
        if masked:
            lengths = (ids != PAD).sum(1).clamp(min=1).cpu()
            packed = pack_padded_sequence(
                self.dropout(vectors), lengths, batch_first=True, enforce_sorted=False
            )
            _, (last, _cell) = self.lstm(packed)
        else:
            _, (last, _cell) = self.lstm(self.dropout(vectors))
        return self.output(self.dropout(torch.cat([last[0], last[1]], -1))).squeeze(-1)

    def forward(self, ids: Tensor, masked: bool = True) -> Tensor:
        """Return the logits (batch,) of ids (batch, token), padded with ``PAD`` on the right."""
        return self.classify(self.vectors(ids), ids, masked)


class EncoderClassifier(TokenModel):
    """A Transformer encoder whose outputs' mean decides. With ``positions="none"`` it is a bag of pieces.

    Raises:
        ValueError: the configuration has decoder layers or no encoder layers.
    """

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__(config)
        if config.decoder_layers or not config.encoder_layers:
            raise ValueError("a classifier has encoder layers alone")
        self.stack = Stack(config, config.encoder_layers, cross=False)
        self.width = config.d_model
        self.output = nn.Linear(self.width, 1)
        self.initialise()

    def encode(
        self, vectors: Tensor, ids: Tensor, masked: bool = True, record: bool = False
    ) -> tuple[Tensor, StackTrace | None]:
        """Return the last block's output (batch, token, d_model), and the first text's trace if asked for."""
        kept = ids != PAD
        mask = kept[:, None, None, :] if masked and not bool(kept.all()) else None
        positional = self.positions(ids.shape[1], 0)
        x, trace = self.stack(self.dropout(vectors), self.dropout(positional), mask=mask, record=record)
        return x, trace

    def outputs(self, vectors: Tensor, ids: Tensor) -> Tensor:
        """Return the last block's output (batch, token, width), the padding masked."""
        return self.encode(vectors, ids)[0]

    def classify(self, vectors: Tensor, ids: Tensor, masked: bool = True) -> Tensor:
        """Return the logits (batch,) of vectors (batch, token, d_model); ``ids`` (batch, token) say what is padding.

        Not ``masked``: the padding is looked at, and counts in the mean.
        """
        x, _ = self.encode(vectors, ids, masked)
        kept = (ids != PAD).to(x.dtype) if masked else torch.ones_like(ids, dtype=x.dtype)
        mean = (x * kept[..., None]).sum(1) / kept.sum(1, keepdim=True).clamp(min=1)
        return self.output(self.dropout(mean)).squeeze(-1)

    def forward(self, ids: Tensor, masked: bool = True) -> Tensor:
        """Return the logits (batch,) of ids (batch, token), padded with ``PAD`` on the right."""
        return self.classify(self.vectors(ids), ids, masked)
