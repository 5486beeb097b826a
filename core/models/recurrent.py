"""The LSTM encoder–decoder of before the Transformer, with and without attention.

Encoder and decoder are one LSTM layer each (Sutskever et al. 2014); the attention is the global one of Luong et al.
2015, section 3.1. At each step the decoder's state h_t scores every encoder state s, the softmax of the scores weighs
them, their weighted sum is the context c_t, and ``h̃_t = tanh(W_c [c_t; h_t])`` says the next token.

There is no input feeding (section 3.3): h̃_t does not enter step t + 1, so the whole target can be run at once. In the
variant that most lessons tell (Bahdanau et al. 2015) the context enters the decoder's next step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from core.changes import Changes
from core.models.tied import TiedModel
from core.models.transformer import padding_mask
from core.text.tokenizer import PAD

KINDS = ("none", "dot", "general", "concat")


@dataclass(frozen=True)
class RecurrentConfig:
    """The sizes of a model; a model card's ``architecture`` holds these fields."""

    vocabulary: int = 8000
    d_model: int = 128  # of the embedding, and of h̃, which is compared with it
    hidden: int = 256  # of the encoder's and the decoder's states
    attention: str = "dot"  # one of `KINDS`
    dropout: float = 0.1  # on embeddings and on h̃


@dataclass(frozen=True)
class LstmTrace:
    """What an LSTM did at each token (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).

    ``cell = forget · (the cell before) + input · candidate``; ``hidden = output · tanh(cell)``.
    """

    input: Tensor  # (token, hidden), 0 to 1
    forget: Tensor  # (token, hidden), 0 to 1
    candidate: Tensor  # (token, hidden), −1 to 1
    output: Tensor  # (token, hidden), 0 to 1
    cell: Tensor  # (token, hidden)
    hidden: Tensor  # (token, hidden): the state


@dataclass(frozen=True)
class RecurrentTrace:
    """Every stage of one sentence, the decoder reading a given target."""

    source_embedding: Tensor  # (source, d_model): × √d_model
    target_embedding: Tensor  # (step, d_model): × √d_model
    encoder: LstmTrace  # of the source
    decoder: LstmTrace  # of the target; its first step starts from the encoder's last hidden and cell
    scores: Tensor | None  # (step, source): before the softmax; ``None`` without attention
    weights: Tensor  # (step, source): rows add up to 1; without attention, 1 at the last state
    contexts: Tensor  # (step, hidden): weights · encoder.hidden
    attentional: Tensor  # (step, d_model): h̃ = tanh(W_c [context; decoder.hidden])
    logits: Tensor  # (step, vocabulary): h̃ · embeddingᵀ


class Encoded(NamedTuple):
    """A source that was read."""

    states: Tensor  # (batch, source, hidden)
    keys: Tensor  # (batch, source, hidden): the part of the scores that is the same at every step
    last: Tensor  # (batch, hidden): the state after the last token, padding not counted
    cell: Tensor  # (batch, hidden): the cell after it


class Look(NamedTuple):
    """What the decoder sees at each step of a target."""

    states: Tensor  # (batch, step, hidden): its own
    contexts: Tensor  # (batch, step, hidden)
    weights: Tensor | None  # (batch, step, source); ``None`` without attention


@dataclass
class DecoderState:
    """What the decoder keeps between steps."""

    encoded: Encoded
    hidden: Tensor  # (batch, hidden)
    cell: Tensor  # (batch, hidden)

    def keep(self, rows: Tensor) -> None:
        """Keep these rows of the batch, in this order; a row that is kept several times branches."""
        self.encoded = Encoded(*(part.index_select(0, rows) for part in self.encoded))
        self.hidden, self.cell = self.hidden.index_select(0, rows), self.cell.index_select(0, rows)


class Attention(nn.Module):
    """The score functions of Luong et al. 2015, equation 8, and ``none``, which looks at the last state alone.

    ==========  =====================
    dot         hᵀ s
    general     hᵀ W s
    concat      vᵀ tanh(W [h; s])
    ==========  =====================

    Raises:
        ValueError: ``kind`` is not one of `KINDS`.
    """

    def __init__(self, kind: str, hidden: int) -> None:
        super().__init__()
        if kind not in KINDS:
            raise ValueError(f"no such attention: {kind!r}; there are {', '.join(KINDS)}")
        self.kind = kind
        if kind == "general":
            self.weight = nn.Parameter(torch.empty(hidden, hidden))  # W
            nn.init.xavier_uniform_(self.weight)
        if kind == "concat":
            self.weight = nn.Parameter(
                torch.empty(hidden, 2 * hidden)
            )  # W: the left half meets h, the right s
            self.vector = nn.Parameter(torch.empty(hidden))  # v
            nn.init.xavier_uniform_(self.weight)
            nn.init.normal_(self.vector, std=hidden**-0.5)

    def keys(self, states: Tensor) -> Tensor:
        """Return what `scores` needs of the encoder's states (batch, source, hidden): computed once a sentence."""
        match self.kind:
            case "general":
                return nn.functional.linear(states, self.weight)
            case "concat":
                return nn.functional.linear(states, self.weight.chunk(2, dim=1)[1])
        return states

    def scores(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Score each key (batch, source, hidden) against each h (batch, step, hidden): (batch, step, source)."""
        if self.kind != "concat":
            return queries @ keys.transpose(1, 2)
        own = nn.functional.linear(queries, self.weight.chunk(2, dim=1)[0])
        return torch.tanh(own[:, :, None] + keys[:, None]) @ self.vector

    def forward(
        self, queries: Tensor, encoded: Encoded, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor | None, Tensor | None]:
        """Return contexts (batch, step, hidden), and scores and weights (batch, step, source) where there are any.

        Args:
            queries: (batch, step, hidden), the decoder's states.
            mask: boolean (batch, 1, source), False at padding.
        """
        if self.kind == "none":
            return encoded.last[:, None].expand_as(queries), None, None
        scores = self.scores(queries, encoded.keys)
        masked = scores if mask is None else scores.masked_fill(~mask, -torch.inf)
        weights = torch.softmax(masked, dim=-1)
        return weights @ encoded.states.to(weights.dtype), scores, weights


class Seq2Seq(TiedModel):
    """Encoder, decoder and attention over one vocabulary.

    The four kinds differ by the attention's own parameters alone, which are drawn last: from one seed, everything
    else begins with the same numbers.
    """

    def __init__(self, config: RecurrentConfig) -> None:
        super().__init__(config.vocabulary, config.d_model, config.dropout)
        self.config = config
        self.initialise_embedding()
        self.encoder = _lstm(config)
        self.decoder = _lstm(config)
        self.join = nn.Linear(2 * config.hidden, config.d_model, bias=False)  # W_c
        nn.init.xavier_uniform_(self.join.weight)
        self.attention = Attention(config.attention, config.hidden)

    def encode(
        self, source: Tensor, record: bool = False, changes: Changes | None = None
    ) -> tuple[Encoded, None]:
        """Read source ids (batch, source), padded with ``PAD``."""
        _refuse(record, changes)
        x = self.dropout(self.vectors(source))
        lengths = (source != PAD).sum(1)
        if bool((lengths == source.shape[1]).all()):
            states, (last, cell) = self.encoder(x)
        else:  # so that the last state is that of the last token, not of the padding
            packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
            output, (last, cell) = self.encoder(packed)
            states, _ = pad_packed_sequence(output, batch_first=True, total_length=source.shape[1])
        return Encoded(states, self.attention.keys(states), last[0], cell[0]), None

    def decode(
        self,
        target: Tensor,
        memory: Encoded,
        memory_mask: Tensor | None = None,
        record: bool = False,
        changes: Changes | None = None,
    ) -> tuple[Tensor, None]:
        """Decode target ids (batch, target) with teacher forcing into logits (batch, target, vocabulary).

        ``memory_mask`` is `core.models.transformer.padding_mask` of the source.
        """
        _refuse(record, changes)
        return self._say(self.look(target, memory, memory_mask)), None

    def look(self, target: Tensor, memory: Encoded, memory_mask: Tensor | None = None) -> Look:
        """Return what the decoder sees while it reads a target; the arguments are those of `decode`."""
        x = self.dropout(self.vectors(target))
        states, _ = self.decoder(x, (memory.last[None], memory.cell[None]))
        return self._look(states, memory, memory_mask)

    def start(self, memory: Encoded) -> list[DecoderState]:
        """Return, as the one element of a list, what the decoder keeps between steps."""
        return [DecoderState(memory, memory.last, memory.cell)]

    def step(
        self,
        token: Tensor,
        caches: list[DecoderState],
        position: int,
        memory_mask: Tensor | None = None,
        record: bool = False,
        changes: Changes | None = None,
    ) -> tuple[Tensor, None]:
        """Decode one token (batch, 1) from the state, which goes on; returns logits (batch, vocabulary).

        ``position`` makes no difference: the state knows where it stands.
        """
        _refuse(record, changes)
        (state,) = caches
        # The whole layer would pack its matrices anew at every call: 2.6 ms for a step instead of 0.2.
        state.hidden, state.cell = torch.lstm_cell(
            self.vectors(token)[:, 0], (state.hidden, state.cell), *self.decoder.all_weights[0]
        )
        return self._say(self._look(state.hidden[:, None], state.encoded, memory_mask))[:, -1], None

    def _look(self, states: Tensor, encoded: Encoded, memory_mask: Tensor | None) -> Look:
        mask = None if memory_mask is None else memory_mask[:, 0]
        contexts, _, weights = self.attention(states, encoded, mask)
        return Look(states, contexts, weights)

    def _say(self, look: Look) -> Tensor:
        """Logits (batch, step, vocabulary)."""
        return self.logits(self.dropout(self._joined(look.contexts, look.states)))

    def _joined(self, contexts: Tensor, states: Tensor) -> Tensor:
        """h̃ (…, d_model), equation 5."""
        return torch.tanh(self.join(torch.cat([contexts, states.to(contexts.dtype)], -1)))

    def forward(self, source: Tensor, target: Tensor) -> tuple[Tensor, None]:
        """Return the logits (batch, target, vocabulary) for every next token."""
        memory, _ = self.encode(source)
        return self.decode(target, memory, padding_mask(source))

    def record(self, source: Tensor, target: Tensor) -> RecurrentTrace:
        """Return every stage of one sentence, the LSTMs run by the formulas of `LstmTrace`.

        Args:
            source: (1, source) ids.
            target: (1, step) ids that the decoder reads, the start token first.

        Raises:
            ValueError: there is more than one sentence.
        """
        if len(source) != 1 or len(target) != 1:
            raise ValueError("a trace is of one sentence: the batch must be 1")
        read, said = self.vectors(source)[0], self.vectors(target)[0]
        encoder = unrolled(self.encoder, read)
        last, cell = encoder.hidden[-1], encoder.cell[-1]
        decoder = unrolled(self.decoder, said, last, cell)
        states = encoder.hidden[None]
        encoded = Encoded(states, self.attention.keys(states), last[None], cell[None])
        contexts, scores, weights = self.attention(decoder.hidden[None], encoded)
        if weights is None:
            weights = torch.zeros(1, len(said), len(read), device=source.device)
            weights[..., -1] = 1
        attentional = self._joined(contexts, decoder.hidden[None])
        return RecurrentTrace(
            source_embedding=read,
            target_embedding=said,
            encoder=encoder,
            decoder=decoder,
            scores=None if scores is None else scores[0],
            weights=weights[0],
            contexts=contexts[0],
            attentional=attentional[0],
            logits=self.logits(attentional)[0],
        )


def unrolled(lstm: nn.LSTM, x: Tensor, hidden: Tensor | None = None, cell: Tensor | None = None) -> LstmTrace:
    """Run a one-layer ``torch.nn.LSTM`` by its formulas, gates kept.

    Args:
        x: (token, input).
        hidden: (hidden,), the state before the first token; ``None`` is zeros.
        cell: (hidden,), likewise.
    """
    hidden = x.new_zeros(lstm.hidden_size) if hidden is None else hidden
    cell = x.new_zeros(lstm.hidden_size) if cell is None else cell
    steps = []
    from_input, from_state, bias, other_bias = lstm.all_weights[0]
    for own in x @ from_input.T + bias + other_bias:
        sums = own + from_state @ hidden
        into, forget, candidate, out = sums.chunk(4)  # PyTorch's order
        into, forget, candidate, out = into.sigmoid(), forget.sigmoid(), candidate.tanh(), out.sigmoid()
        cell = forget * cell + into * candidate
        hidden = out * cell.tanh()
        steps.append((into, forget, candidate, out, cell, hidden))
    return LstmTrace(*map(torch.stack, zip(*steps, strict=True)))


def _lstm(config: RecurrentConfig) -> nn.LSTM:
    """One layer in one direction; its forget gates begin open (Jozefowicz et al. 2015, section 2)."""
    lstm = nn.LSTM(config.d_model, config.hidden, batch_first=True)
    with torch.no_grad():
        _, _, bias, other_bias = lstm.all_weights[0]  # PyTorch adds two
        bias.zero_()
        other_bias.zero_()
        bias[config.hidden : 2 * config.hidden] = 1
    return lstm


def _refuse(record: bool, changes: Changes | None) -> None:
    if record or changes is not None:
        raise ValueError("a recurrent model is recorded by `record`, and cannot be changed on the way")
