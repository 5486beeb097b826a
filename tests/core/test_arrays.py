"""From the essential arrays alone the whole trace can be derived."""

import numpy as np
import torch

from core.arrays import essential_arrays
from core.models.transformer import Transformer


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def layer_norm(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5) * weight + bias


def test_every_stage_follows(model: Transformer, source: torch.Tensor, target: torch.Tensor) -> None:
    _, trace = model(source, target, record=True)
    assert trace is not None
    arrays = {name: array.astype(np.float64) for name, array in essential_arrays(trace, model).items()}
    decoder, cross = trace.decoder.blocks, trace.decoder.blocks.cross_attention
    assert cross is not None and decoder.cross_sublayer is not None
    x = arrays["decoder.embedding"] + arrays["decoder.positional"]
    for layer in range(2):
        for name, attention, sublayer in (
            ("decoder.self", decoder.self_attention, decoder.self_sublayer),
            ("decoder.cross", cross, decoder.cross_sublayer),
        ):
            query, key, value = (arrays[f"{name}.{part}"][layer] for part in ("query", "key", "value"))
            scores = query @ key.transpose(0, 2, 1)
            np.testing.assert_allclose(scores, attention.scores[layer].detach(), atol=1e-5)
            if name == "decoder.self":
                scores = np.where(np.tril(np.ones_like(scores)), scores, -np.inf)
            weights = softmax(scores / np.sqrt(query.shape[-1]))
            np.testing.assert_allclose(weights, attention.weights[layer].detach(), atol=1e-5)
            np.testing.assert_allclose(weights @ value, attention.context[layer].detach(), atol=1e-5)
            x = x + arrays[f"{name}.output"][layer]
            x = layer_norm(x, arrays[f"{name}.norm.weight"][layer], arrays[f"{name}.norm.bias"][layer])
            np.testing.assert_allclose(x, sublayer.normalized[layer].detach(), atol=1e-5)
        x = x + arrays["decoder.feed_forward"][layer]
        name = "decoder.feed_forward.norm"
        x = layer_norm(x, arrays[f"{name}.weight"][layer], arrays[f"{name}.bias"][layer])
        np.testing.assert_allclose(x, decoder.feed_forward_sublayer.normalized[layer].detach(), atol=1e-5)
