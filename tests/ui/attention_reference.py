"""The translator's block in NumPy, in double precision: what the browser's numbers are held against."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EPSILON = 1e-5


@dataclass
class Reference:
    """`arrays` go to the canvas (float32); `stages` are what it should derive, by (wiring, layer, stage)."""

    arrays: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    stages: dict[tuple[str, int, str], Array] = field(default_factory=dict)


def softmax(scores: Array) -> Array:
    """Softmax over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def layer_norm(x: Array, weight: Array, bias: Array) -> Array:
    """LayerNorm over the last axis with the biased variance."""
    mean = x.mean(axis=-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + EPSILON) * weight + bias


def attention_stages(
    query: Array, key: Array, value: Array, *, causal: bool, scale: bool = True
) -> dict[str, Array]:
    """All stages of one or more heads; arrays are (..., token, d_k)."""
    scores = query @ np.swapaxes(key, -1, -2)
    scaled = scores / np.sqrt(query.shape[-1]) if scale else scores
    future = np.triu(np.ones(scores.shape[-2:], dtype=bool), k=1)
    masked = np.where(future, -np.inf, scaled) if causal else scaled
    weights = softmax(masked)
    return {
        "scores": scores,
        "scaled": scaled,
        "masked": masked,
        "weights": weights,
        "context": weights @ value,
    }


def expand(weights: dict[str, Array], *, source: Array, target: Array, layers: int, heads: int) -> Reference:
    """Run encoder and decoder over (token, d_model) embeddings, and keep every array the canvas is given."""
    reference = Reference()
    width = source.shape[1]
    d_k = width // heads

    def linear(x: Array, name: str) -> Array:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def split(x: Array) -> Array:
        return x.reshape(len(x), heads, d_k).transpose(1, 0, 2)

    kept: dict[str, list[Array]] = {}

    def keep(name: str, values: Array) -> None:
        kept.setdefault(name, []).append(values)

    def attention(
        wiring: str, side: str, layer: int, block: str, name: str, x: Array, memory: Array
    ) -> Array:
        part = {"self": "encoder.self", "causal": "decoder.self", "cross": "decoder.cross"}[wiring]
        query, key, value = (
            split(linear(v, f"{block}.{name}.{w}"))
            for v, w in ((x, "query"), (memory, "key"), (memory, "value"))
        )
        stages = attention_stages(query, key, value, causal=wiring == "causal")
        joined = stages["context"].transpose(1, 0, 2).reshape(len(x), width)
        output = linear(joined, f"{block}.{name}.output")
        gamma, beta = weights[f"{block}.{name}_norm.weight"], weights[f"{block}.{name}_norm.bias"]
        normalized = layer_norm(x + output, gamma, beta)
        for which, values in (
            ("query", query),
            ("key", key),
            ("value", value),
            ("output", output),
            ("norm.weight", gamma),
            ("norm.bias", beta),
        ):
            keep(f"{part}.{which}", values)
        stages |= {
            "x": x,
            "memory": memory,
            "joined": joined,
            "output": output,
            "residual": x + output,
            "normalized": normalized,
            "query": query,
            "key": key,
            "value": value,
        }
        for stage, values in stages.items():
            reference.stages[wiring, layer, stage] = values
        return normalized

    def feed_forward(wiring: str, side: str, layer: int, block: str, x: Array) -> Array:
        hidden = np.maximum(0, linear(x, f"{block}.feed_forward.hidden"))
        output = linear(hidden, f"{block}.feed_forward.output")
        gamma, beta = weights[f"{block}.feed_forward_norm.weight"], weights[f"{block}.feed_forward_norm.bias"]
        keep(f"{side}.feed_forward", output)
        keep(f"{side}.feed_forward.norm.weight", gamma)
        keep(f"{side}.feed_forward.norm.bias", beta)
        final = layer_norm(x + output, gamma, beta)
        reference.stages[wiring, layer, "feed_forward"] = output
        reference.stages[wiring, layer, "final"] = final
        return final

    positions = {"encoder": _positions(len(source), width), "decoder": _positions(len(target), width)}
    x = source + positions["encoder"]
    for layer in range(layers):
        block = f"encoder.blocks.{layer}"
        x = attention("self", "encoder", layer, block, "self_attention", x, x)
        x = feed_forward("self", "encoder", layer, block, x)
    memory, x = x, target + positions["decoder"]
    for layer in range(layers):
        block = f"decoder.blocks.{layer}"
        x = attention("causal", "decoder", layer, block, "self_attention", x, x)
        x = attention("cross", "decoder", layer, block, "cross_attention", x, memory)
        x = feed_forward("cross", "decoder", layer, block, x)
    for name, parts in kept.items():
        reference.arrays[name] = np.stack(parts).astype(np.float32)
    for side, tokens in (("encoder", source), ("decoder", target)):
        reference.arrays[f"{side}.embedding"] = tokens.astype(np.float32)
        reference.arrays[f"{side}.positional"] = positions[side].astype(np.float32)
    return reference


def _positions(count: int, width: int) -> Array:
    place = np.arange(count)[:, None] / 10000 ** (np.arange(0, width, 2) / width)
    return np.stack([np.sin(place), np.cos(place)], axis=-1).reshape(count, width)
