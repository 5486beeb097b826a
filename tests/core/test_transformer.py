"""The whole model: paths agree, nothing leaks, padding is not seen."""

from dataclasses import fields

import pytest
import torch

from core.models.transformer import Transformer, TransformerConfig
from core.text.tokenizer import PAD
from core.trace import AttentionTrace
from tests.core.conftest import TINY

TOLERANCE = 1e-5


def test_recorded_run_equals_the_plain_one(
    model: Transformer, source: torch.Tensor, target: torch.Tensor
) -> None:
    plain, nothing = model(source, target)
    recorded, trace = model(source, target, record=True)
    assert nothing is None and trace is not None
    assert torch.allclose(plain, recorded, atol=TOLERANCE)
    assert torch.equal(trace.logits, recorded[0])


def test_trace_has_the_declared_shapes(
    model: Transformer, source: torch.Tensor, target: torch.Tensor
) -> None:
    _, trace = model(source, target, record=True)
    assert trace is not None
    s, t, layers, heads, d_k, d_model = 6, 5, 2, 3, 4, 12
    for stack, queries in ((trace.encoder, s), (trace.decoder, t)):
        assert stack.embedding.shape == stack.positional.shape == (queries, d_model)
        attentions = [(stack.blocks.self_attention, queries)]
        if stack.blocks.cross_attention is not None:
            attentions.append((stack.blocks.cross_attention, s))
        for attention, keys in attentions:
            shapes = {
                "query": (layers, heads, queries, d_k),
                "key": (layers, heads, keys, d_k),
                "value": (layers, heads, keys, d_k),
                "context": (layers, heads, queries, d_k),
                "output": (layers, queries, d_model),
            }
            for field in fields(AttentionTrace):
                expected = shapes.get(field.name, (layers, heads, queries, keys))
                assert getattr(attention, field.name).shape == expected, field.name
        assert stack.blocks.feed_forward.shape == (layers, queries, d_model)
    assert trace.encoder.blocks.cross_attention is None


def test_stages_chain_from_block_to_block(
    model: Transformer, source: torch.Tensor, target: torch.Tensor
) -> None:
    """Residual, LayerNorm and feed-forward are what the lesson says, and feed the next block."""
    _, trace = model(source, target, record=True)
    assert trace is not None
    x = trace.decoder.embedding + trace.decoder.positional
    blocks = trace.decoder.blocks
    assert blocks.cross_attention is not None and blocks.cross_sublayer is not None
    for layer, block in enumerate(model.decoder.blocks):
        sublayers = (
            (block.self_attention_norm, blocks.self_sublayer, blocks.self_attention.output),
            (block.cross_attention_norm, blocks.cross_sublayer, blocks.cross_attention.output),
            (block.feed_forward_norm, blocks.feed_forward_sublayer, blocks.feed_forward),
        )
        for norm, sublayer, output in sublayers:
            assert torch.allclose(sublayer.residual[layer], x + output[layer], atol=TOLERANCE)
            residual = sublayer.residual[layer]
            centred = residual - residual.mean(-1, keepdim=True)
            scale = (centred.pow(2).mean(-1, keepdim=True) + 1e-5).sqrt()
            assert torch.allclose(
                sublayer.normalized[layer], centred / scale * norm.weight + norm.bias, atol=TOLERANCE
            )
            x = sublayer.normalized[layer]
    assert torch.allclose(trace.logits, x @ model.embedding.weight.T, atol=1e-4)


def test_cached_decoding_equals_decoding_at_once(
    model: Transformer, source: torch.Tensor, target: torch.Tensor
) -> None:
    memory, _ = model.encode(source)
    whole, trace = model.decode(target, memory, record=True)
    assert trace is not None
    caches = model.start(memory)
    for position in range(target.shape[1]):
        logits, step = model.step(target[:, position : position + 1], caches, position, record=True)
        assert step is not None
        assert torch.allclose(logits, whole[:, position], atol=TOLERANCE)
        weights = trace.blocks.self_attention.weights[:, :, position, : position + 1]
        assert torch.allclose(step.blocks.self_attention.weights[:, :, 0], weights, atol=TOLERANCE)


def test_later_target_tokens_change_nothing_before(
    model: Transformer, source: torch.Tensor, target: torch.Tensor
) -> None:
    other = target.clone()
    other[0, 3:] = torch.tensor([6, 7])
    first, second = model(source, target)[0], model(source, other)[0]
    assert torch.equal(first[:, :3], second[:, :3])
    assert not torch.allclose(first[:, 3:], second[:, 3:])


def test_padding_is_not_seen(model: Transformer, source: torch.Tensor, target: torch.Tensor) -> None:
    padded = torch.cat([source, torch.full((1, 4), PAD)], dim=1)
    assert torch.allclose(model(source, target)[0], model(padded, target)[0], atol=TOLERANCE)


def test_without_positions_the_encoder_cannot_tell_the_order(
    model: Transformer, source: torch.Tensor
) -> None:
    model.positions.table.zero_()
    order = torch.tensor([2, 0, 4, 1, 5, 3])
    straight, shuffled = model.encode(source)[0], model.encode(source[:, order])[0]
    assert (shuffled - straight[:, order]).abs().max() <= TOLERANCE


def test_with_positions_it_can(model: Transformer, source: torch.Tensor) -> None:
    order = torch.tensor([2, 0, 4, 1, 5, 3])
    straight, shuffled = model.encode(source)[0], model.encode(source[:, order])[0]
    assert (shuffled - straight[:, order]).abs().max() > 0.1


@pytest.mark.parametrize("positions", ["sinusoidal", "learned"])
def test_positions_do_not_depend_on_the_step(positions: str) -> None:
    tiny = Transformer(TransformerConfig(**{**vars(TINY), "positions": positions}))
    assert torch.equal(tiny.positions(9)[4:7], tiny.positions(3, first=4))


def test_dropout_rests_outside_training(
    model: Transformer, source: torch.Tensor, target: torch.Tensor
) -> None:
    assert torch.equal(model(source, target)[0], model(source, target)[0])
    model.train()
    assert not torch.equal(model(source, target)[0], model(source, target)[0])


@pytest.mark.parametrize("length", [3, 70])  # below and above the room that is set aside at first
def test_rows_kept_in_the_caches_go_on_as_their_own_prefixes_would(
    model: Transformer, source: torch.Tensor, length: int
) -> None:
    drawn = torch.randint(4, 40, (3, length), generator=torch.Generator().manual_seed(5))
    memory, _ = model.encode(source)
    caches = model.start(memory.expand(3, -1, -1))
    for place in range(length - 1):
        model.step(drawn[:, place : place + 1], caches, place)
    kept = torch.tensor([2, 0, 2, 2])
    for cache in caches:
        cache.keep(kept)
    last = torch.tensor([[7], [8], [9], [10]])
    logits, _ = model.step(last, caches, length - 1)
    target = torch.cat([drawn[kept, :-1], last], 1)
    whole, _ = model.decode(target, memory.expand(4, -1, -1))
    assert torch.allclose(logits, whole[:, -1], atol=TOLERANCE)


def test_what_a_step_recorded_stays_when_others_follow(model: Transformer, source: torch.Tensor) -> None:
    caches = model.start(model.encode(source)[0])
    recorded = []
    for place in range(40):  # past the room that is set aside at first
        _, trace = model.step(torch.tensor([[4 + place % 30]]), caches, place, record=True)
        assert trace is not None
        recorded.append((trace, trace.blocks.self_attention.key.clone()))
    last = recorded[-1][1]
    for place, (trace, as_it_was) in enumerate(recorded):
        key = torch.stack([layer.self_attention.key for layer in trace.layers])
        assert torch.equal(key, as_it_was)
        assert torch.equal(key, last[:, :, : place + 1])


@pytest.mark.parametrize("record", [False, True])
def test_a_padded_sentence_alone_is_masked_in_both_paths(
    model: Transformer, target: torch.Tensor, record: bool
) -> None:
    padded = torch.tensor([[5, 11, 8, 3, PAD, PAD]])
    expected, _ = model(padded[:, :4], target)
    logits, trace = model(padded, target, record=record)
    assert torch.allclose(logits, expected, atol=TOLERANCE)
    if trace is not None:
        assert trace.encoder.blocks.self_attention.weights.shape == (2, 3, 6, 6)
        assert (trace.encoder.blocks.self_attention.weights[..., 4:] == 0).all()
