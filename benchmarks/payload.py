"""What the attention page sends for one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.report import Figure
from core.arrays import essential_arrays
from core.text.tokenizer import START
from core.translator import load_translator
from ui.components.attention import AttentionView, pack

LENGTHS = (8, 20, 64)
ANY_PIECE = 1000


def figures() -> Iterator[Figure]:
    """Yield the payload in KB for as many source as target tokens."""
    translator = load_translator()
    for length in LENGTHS:
        source, target = [ANY_PIECE] * length, [START] + [ANY_PIECE] * (length - 1)
        arrays = essential_arrays(translator.trace_ids(source, target), translator.model)
        tokens = tuple("x" * length)
        view = AttentionView(tokens, tokens, arrays, translator.model.config.heads)
        size = len(pack(view, labels={}, initial={}, key="")) / 1000
        yield Figure(f"payload, {length} + {length} tokens", size, "KB", None, "all layers, heads and stages")
