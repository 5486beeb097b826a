"""Seeded random arrays in the shape of a translator's trace, consistent with seeded random weights."""

import json
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.ui.attention_reference import Reference, expand
from ui.components.attention import AttentionView

LAYERS, HEADS, WIDTH, HIDDEN = 3, 8, 256, 1024
WORDS = {
    "plain": (
        "<2en>",
        "▁오늘",
        "▁날씨가",
        "▁어때",
        "요",
        "?",
        "▁the",
        "▁weather",
        "▁station",
        "s",
        ",",
        "▁기차가",
        "▁제시간에",
    ),
    "html": (
        "<2en>",
        "<img src=x onerror=window.__hacked=1>",
        "<script>window.__hacked=1</script>",
        "&lt;b&gt;",
        "</s>",
    ),
    "odd": (
        "<2en>",
        "▁שלום",
        "▁مرحبا",
        "<0xF0>",
        "▁a_very_long_token_that_cannot_fit_into_a_label_at_all",
        "\u0007",
    ),
}


@cache
def random_weights(seed: int = 0) -> dict[str, NDArray[np.float16]]:
    """A whole translator's worth of small random matrices under the names of the weights file."""
    random = np.random.default_rng(seed)
    weights: dict[str, NDArray[np.float16]] = {}

    def linear(name: str, outputs: int, inputs: int, size: float = 1.0) -> None:
        matrix = random.normal(size=(outputs, inputs)) * size / np.sqrt(inputs)
        weights[f"{name}.weight"] = matrix.astype(np.float16)
        weights[f"{name}.bias"] = (random.normal(size=outputs) * 0.1).astype(np.float16)

    def norm(name: str) -> None:
        weights[f"{name}.weight"] = (1 + 0.1 * random.normal(size=WIDTH)).astype(np.float16)
        weights[f"{name}.bias"] = (0.1 * random.normal(size=WIDTH)).astype(np.float16)

    for side, attentions in (
        ("encoder", ("self_attention",)),
        ("decoder", ("self_attention", "cross_attention")),
    ):
        for layer in range(LAYERS):
            block = f"{side}.blocks.{layer}"
            for attention in attentions:
                for which in ("query", "key", "value", "output"):
                    linear(f"{block}.{attention}.{which}", WIDTH, WIDTH, 1.4)
                norm(f"{block}.{attention}_norm")
            linear(f"{block}.feed_forward.hidden", HIDDEN, WIDTH)
            linear(f"{block}.feed_forward.output", WIDTH, HIDDEN)
            norm(f"{block}.feed_forward_norm")
    return weights


def weights_file(weights: dict[str, NDArray[np.float16]]) -> bytes:
    """The matrices as a safetensors file."""
    header: dict[str, Any] = {}
    parts, offset = [], 0
    for name, values in weights.items():
        raw = values.astype("<f2").tobytes()
        header[name] = {
            "dtype": "F16",
            "shape": list(values.shape),
            "data_offsets": [offset, offset + len(raw)],
        }
        parts.append(raw)
        offset += len(raw)
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


@cache
def random_pass(source: int, target: int, seed: int = 0) -> Reference:
    """A NumPy pass of random token vectors through the random weights."""
    random = np.random.default_rng(seed + 1)
    return expand(
        {name: values.astype(np.float64) for name, values in random_weights(seed).items()},
        source=random.normal(size=(source, WIDTH)),
        target=random.normal(size=(target, WIDTH)),
        layers=LAYERS,
        heads=HEADS,
    )


def tokens_of(count: int, kind: str = "plain") -> tuple[str, ...]:
    """So many tokens, the given words over and over."""
    words = WORDS[kind]
    return tuple(words[i % len(words)] for i in range(count))


def random_view(count: int, kind: str = "plain", **others: Any) -> AttentionView:
    """A view of so many source tokens; the target has one token fewer, so that mix-ups show."""
    target = max(1, count - 1)
    return AttentionView(
        source_tokens=tokens_of(count, kind),
        target_tokens=tuple(reversed(tokens_of(target, kind))),
        arrays=random_pass(count, target).arrays,
        heads=HEADS,
        weights_url=others.pop("weights_url", "/weights/random.safetensors"),
        **others,
    )
