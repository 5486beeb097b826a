"""What a teacher would say of attention, said to the machine."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.attention import MultiHeadAttention, causal_mask

TOLERANCE = 1e-5


def attention(seed: int = 0, d_model: int = 12, heads: int = 3) -> MultiHeadAttention:
    torch.manual_seed(seed)
    layer = MultiHeadAttention(d_model, heads).eval()
    for linear in (layer.query, layer.key, layer.value, layer.output):
        torch.nn.init.normal_(linear.bias, std=0.5)
    return layer


def vectors(length: int, seed: int = 1, batch: int = 1) -> torch.Tensor:
    return torch.randn(batch, length, 12, generator=torch.Generator().manual_seed(seed))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 10_000), st.floats(0.01, 50))
def test_every_row_of_weights_sums_to_one(queries: int, keys: int, seed: int, size: float) -> None:
    _, trace = attention(seed)(vectors(queries, seed) * size, vectors(keys, seed + 1) * size, record=True)
    assert trace is not None
    assert torch.allclose(trace.weights.sum(-1), torch.ones(3, queries), atol=TOLERANCE)
    assert (trace.weights >= 0).all()


def test_stages_follow_from_each_other() -> None:
    layer = attention()
    x = vectors(5)
    output, trace = layer(x, x, mask=causal_mask(5), record=True)
    assert trace is not None
    scores = torch.einsum("hqd,hkd->hqk", trace.query, trace.key)
    assert torch.allclose(trace.scores, scores, atol=TOLERANCE)
    assert torch.allclose(trace.scaled, scores / math.sqrt(4), atol=TOLERANCE)
    assert torch.isneginf(trace.masked[:, ~causal_mask(5)]).all()
    context = torch.einsum("hqk,hkd->hqd", trace.weights, trace.value)
    assert torch.allclose(trace.context, context, atol=TOLERANCE)
    joined = torch.cat(list(context), dim=-1)
    assert torch.allclose(trace.output, joined @ layer.output.weight.T + layer.output.bias, atol=TOLERANCE)
    assert torch.equal(output[0], trace.output)


@pytest.mark.parametrize("masked", [False, True])
def test_recorded_and_fast_paths_agree(masked: bool) -> None:
    layer, x = attention(), vectors(7)
    mask = causal_mask(7) if masked else None
    fast, nothing = layer(x, x, mask=mask)
    recorded, _ = layer(x, x, mask=mask, record=True)
    assert nothing is None
    assert torch.allclose(fast, recorded, atol=TOLERANCE)


def test_no_key_means_key_is_value() -> None:
    layer, query, value = attention(), vectors(4), vectors(6, seed=2)
    assert torch.equal(layer(query, value)[0], layer(query, value, value)[0])
    other = layer(query, value, vectors(6, seed=3))[0]
    assert not torch.allclose(layer(query, value)[0], other, atol=1e-3)


def test_without_positions_shuffled_words_give_shuffled_outputs() -> None:
    layer, x = attention(), vectors(6)
    order = torch.tensor([3, 0, 5, 1, 4, 2])
    straight, _ = layer(x, x)
    shuffled, _ = layer(x[:, order], x[:, order])
    assert (shuffled - straight[:, order]).abs().max() <= TOLERANCE


def test_future_does_not_leak_through_the_causal_mask() -> None:
    layer, x = attention(), vectors(6)
    changed = x.clone()
    changed[:, 4:] += 10
    before, after = (layer(v, v, mask=causal_mask(6))[0] for v in (x, changed))
    assert torch.equal(before[:, :4], after[:, :4])
    assert not torch.allclose(before[:, 4:], after[:, 4:])


@pytest.mark.parametrize("kind", ["self", "causal", "source-target"])
def test_parity_with_torch(kind: str) -> None:
    """The same weights give what ``torch.nn.MultiheadAttention`` gives, outputs and weights of each head."""
    layer = attention()
    peer = torch.nn.MultiheadAttention(12, 3, batch_first=True).eval()
    projections = (layer.query, layer.key, layer.value)
    with torch.no_grad():
        peer.in_proj_weight.copy_(torch.cat([p.weight for p in projections]))
        peer.in_proj_bias.copy_(torch.cat([p.bias for p in projections]))
        peer.out_proj.weight.copy_(layer.output.weight)
        peer.out_proj.bias.copy_(layer.output.bias)
    query = vectors(5)
    value = vectors(7, seed=2) if kind == "source-target" else query
    mask = causal_mask(5) if kind == "causal" else None
    expected, weights = peer(
        query, value, value, attn_mask=None if mask is None else ~mask, average_attn_weights=False
    )
    output, trace = layer(query, value, mask=mask, record=True)
    assert trace is not None
    assert torch.allclose(output, expected, atol=TOLERANCE)
    assert torch.allclose(trace.weights, weights[0], atol=TOLERANCE)


def test_heads_must_share_the_width_equally() -> None:
    with pytest.raises(ValueError, match="heads"):
        MultiHeadAttention(10, 3)


def test_a_trace_is_of_one_sentence() -> None:
    x = vectors(3, batch=2)
    with pytest.raises(ValueError, match="one sentence"):
        attention()(x, x, record=True)
