"""The log-probabilities of given words: the decoder reads them all at once, with teacher forcing."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from core.decoding.distribution import log_distribution
from core.decoding.model import EncoderDecoder
from core.models.transformer import padding_mask
from core.text.tokenizer import PAD, START


@torch.inference_mode()
def read_distributions(model: EncoderDecoder, source: Tensor, read: Tensor) -> Tensor:
    """Return log-probabilities (batch, step, vocabulary) of what follows each token that the decoder reads.

    ``source``: (batch, source) ids, padded with ``PAD``; ``read``: (batch, step) ids, the start token first. They
    are those of a step by step decoding, `core.decoding.distribution.FORBIDDEN` left out.
    """
    memory, _ = model.encode(source)
    logits, _ = model.decode(read, memory, padding_mask(source))
    return log_distribution(logits)


@torch.inference_mode()
def token_scores(model: EncoderDecoder, sources: Sequence[Sequence[int]], output: Sequence[int]) -> Tensor:
    """Return the log-probability of each token of one output after each source: (source, step), in main memory.

    All sources run as one padded batch. ``output`` has no start token.
    """
    device = next(model.parameters()).device
    batch = pad_sequence([torch.tensor(ids) for ids in sources], batch_first=True, padding_value=PAD)
    said = torch.tensor([list(output)], dtype=torch.long).expand(len(sources), -1).to(device)
    read = torch.cat([said.new_full((len(sources), 1), START), said[:, :-1]], 1)
    log_probabilities = read_distributions(model, batch.to(device), read)
    return log_probabilities.gather(-1, said[..., None])[..., 0].cpu()
