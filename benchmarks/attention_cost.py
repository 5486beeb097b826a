"""How the cost of one attention grows with the sentence, beside ``torch.nn.MultiheadAttention``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import torch

from benchmarks.report import Figure, median_ms
from core.models.attention import MultiHeadAttention

LENGTHS = (8, 16, 32, 64)
D_MODEL, HEADS = 256, 8


def figures() -> Iterator[Figure]:
    """Yield ms for a recorded self-attention at each length, and the ratio to torch's with its weights."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    ours = MultiHeadAttention(D_MODEL, HEADS).eval()
    peer = torch.nn.MultiheadAttention(D_MODEL, HEADS, batch_first=True).eval()
    with torch.inference_mode():
        for length in LENGTHS:
            x = torch.randn(1, length, D_MODEL)
            fast = median_ms(partial(ours, x, x), rounds=60)
            recorded = median_ms(partial(ours, x, x, record=True), rounds=60)
            torchs = median_ms(partial(peer, x, x, x, average_attn_weights=False), rounds=60)
            yield Figure(
                f"self-attention, {length} tokens, recorded", recorded, "ms", None, f"fast path {fast:.2f} ms"
            )
            yield Figure(
                "  ours recorded : torch's with weights", recorded / torchs, "ratio", None, "same run"
            )
