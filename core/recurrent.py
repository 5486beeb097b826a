"""The trained LSTM translators: text in, text out, and one decoding with everything that led to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core import checkpoints
from core.decoding.distribution import entropy, log_distribution, ranks
from core.decoding.loops import Ending, ending_of
from core.decoding.walk import forced_prefix
from core.models.loading import load_model
from core.models.recurrent import KINDS, RecurrentConfig, RecurrentTrace, Seq2Seq
from core.text.tokenizer import END, START
from core.translator import TOKENIZER, TextModel

Floats = NDArray[np.float32]

NAMES = KINDS
LONGEST = 64  # tokens of a decoding that is shown


@dataclass(frozen=True)
class Alignment:
    """All steps of one decoding, and what the decoder looked at.

    At step ``i`` the decoder has read the start token and ``tokens[:i]``, and says ``tokens[i]``.
    """

    source: tuple[int, ...]  # ids, with direction and end token
    tokens: tuple[int, ...]  # (step,): what was said, or given; the end token included where it was
    encoder_states: Floats  # (source, hidden)
    decoder_states: Floats  # (step, hidden)
    scores: Floats | None  # (step, source): before the softmax; ``None`` without attention
    weights: Floats  # (step, source): rows add up to 1; without attention, 1 at the last state
    contexts: Floats  # (step, hidden): weights · encoder_states
    attentional: Floats  # (step, d_model): h̃ = tanh(W_c [context; decoder state])
    log_probabilities: Floats  # (step, vocabulary): nats
    entropy: NDArray[np.float64]  # (step,): bits
    rank: NDArray[np.int64]  # (step,): of the token said, 1 = most probable
    ending: Ending | None  # why it stopped; ``None`` where given tokens stop without the end token

    @property
    def total(self) -> float:
        """Return the log-probability of all tokens together, in nats."""
        return float(self.log_probabilities[np.arange(len(self.tokens)), self.tokens].sum())


class Recurrent(TextModel[Seq2Seq]):
    """Text in, text or a trace out."""

    @property
    def kind(self) -> str:
        """One of `NAMES`."""
        return self.model.config.attention

    @property
    def trained_to(self) -> int:
        """The most pieces of a sentence that it learned from; longer ones are allowed, and strange to it."""
        return int(self.card["longest"])

    @torch.inference_mode()
    def record(self, source: Sequence[int], target: Sequence[int]) -> RecurrentTrace:
        """Return every stage, on the model's device, the LSTMs' gates included.

        Args:
            source: ids as `source_ids` gives them.
            target: what the decoder reads, the start token first.
        """
        return self.model.record(self._batch(source), self._batch(target))


def path_of(name: str) -> Path:
    """Return where the weights of one of `NAMES` lie."""
    return checkpoints.MODELS / f"recurrent-{name}.safetensors"


def load_recurrent(name: str, path: Path | None = None, tokenizer: Path = TOKENIZER) -> Recurrent:
    """Load one of `NAMES` onto the best device.

    Raises:
        checkpoints.ModelFileError: weights, card or tokenizer are missing, truncated or altered.
    """
    return Recurrent(*load_model(Seq2Seq, path or path_of(name), tokenizer, RecurrentConfig))


def recurrent_models(folder: Path = checkpoints.MODELS) -> dict[str, Recurrent]:
    """Return the LSTM translators of a folder by their kind; one without a file is named and passed over.

    Raises:
        checkpoints.ModelFileError: a file is there and cannot be used.
    """
    found = {}
    for kind in NAMES:
        try:
            found[kind] = load_recurrent(kind, folder / path_of(kind).name)
        except checkpoints.ModelFileError as error:
            if error.kind != "missing":
                raise
            print(f"{kind}: {error}")
    return found


def alignment(model: Recurrent, text: str, direction: str, longest: int = LONGEST) -> Alignment:
    """Translate greedily and return everything that led to it; a loop ends it.

    Args:
        longest: the most tokens to say; at least 1.

    Raises:
        ValueError: the text holds a lone surrogate, or ``longest`` is 0.
        KeyError: the direction is neither ``ko-en`` nor ``en-ko``.
    """
    if longest < 1:
        raise ValueError(f"a decoding has at least one step, not {longest}")
    steps = list(model.steps(text, direction, longest=longest))
    tokens = [step.token for step in steps]
    said = torch.stack([step.log_probabilities for step in steps])
    return _alignment(model, model.source_ids(text, direction), tokens, ending_of(tokens, longest), said)


def forced(model: Recurrent, text: str, direction: str, tokens: Sequence[int]) -> Alignment:
    """Return what the model made of a text while it was made to say these tokens.

    Args:
        tokens: without the start token; nothing follows the end token.

    Raises:
        ValueError: the text holds a lone surrogate, there is no token, or one that a translation cannot hold.
        KeyError: the direction is neither ``ko-en`` nor ``en-ko``.
    """
    if not tokens:
        raise ValueError("a decoding has at least one step, not 0")
    forced_prefix(tokens, model.model.config.vocabulary)
    ending: Ending | None = "end" if tokens[-1] == END else None
    return _alignment(model, model.source_ids(text, direction), tokens, ending)


@torch.inference_mode()
def _alignment(
    model: Recurrent,
    source: Sequence[int],
    tokens: Sequence[int],
    ending: Ending | None,
    said: Tensor | None = None,
) -> Alignment:
    """``said``: the log-probabilities of the steps where they are known, so that both are digit for digit the same."""
    trace = model.record(source, [START, *tokens[:-1]])
    log_probabilities = (log_distribution(trace.logits) if said is None else said).cpu()
    return Alignment(
        source=tuple(source),
        tokens=tuple(tokens),
        encoder_states=trace.encoder.hidden.cpu().numpy(),
        decoder_states=trace.decoder.hidden.cpu().numpy(),
        scores=None if trace.scores is None else trace.scores.cpu().numpy(),
        weights=trace.weights.cpu().numpy(),
        contexts=trace.contexts.cpu().numpy(),
        attentional=trace.attentional.cpu().numpy(),
        log_probabilities=log_probabilities.numpy(),
        entropy=entropy(log_probabilities).numpy(),
        rank=ranks(log_probabilities, torch.tensor(list(tokens))).numpy(),
        ending=ending,
    )
