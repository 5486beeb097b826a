"""Numbers changed by hand: everything after them follows, nothing before them moves."""

import math
from typing import cast

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from core.changes import ATTENTIONS, LARGEST, Changes, Edit, HeadOff
from core.decoding.greedy import greedy
from core.effect import effect
from core.models.transformer import Block, Transformer
from core.text.tokenizer import END, START
from core.trace import Trace


def run(model: Transformer, source: Tensor, target: Tensor, *changes: Edit | HeadOff) -> tuple[Tensor, Trace]:
    with torch.inference_mode():
        logits, trace = model(source, target, record=True, changes=Changes(changes))
    assert trace is not None
    return logits, trace


VECTOR_PLACES = [
    "encoder.0.x", "encoder.1.self.query", "encoder.0.self.key", "encoder.1.self.value", "encoder.0.self.context",
    "encoder.1.self.output", "encoder.0.self.residual", "encoder.0.self.normalized", "encoder.1.feed_forward",
    "encoder.0.residual", "encoder.1.final", "decoder.0.x", "decoder.1.self.query", "decoder.1.cross.key",
    "decoder.0.cross.value", "decoder.1.cross.normalized", "decoder.0.final",
]  # fmt: skip


def stage(trace: Trace, place: str) -> Tensor:
    """The recorded numbers at a place, without its head."""
    side, layer, *inner = place.split(".")
    stack = getattr(trace, side)
    block = stack.layers[int(layer)]
    if inner[0] in ("self", "cross"):
        attention = getattr(block, f"{inner[0]}_attention")
        sublayer = getattr(block, f"{inner[0]}_sublayer")
        return getattr(attention if hasattr(attention, inner[1]) else sublayer, inner[1])
    if inner[0] == "x":
        if int(layer) == 0:
            return stack.embedding + stack.positional
        return stack.layers[int(layer) - 1].feed_forward_sublayer.normalized
    if inner[0] == "feed_forward":
        return block.feed_forward
    return (
        block.feed_forward_sublayer.residual
        if inner[0] == "residual"
        else block.feed_forward_sublayer.normalized
    )


@pytest.mark.parametrize("place", VECTOR_PLACES)
def test_a_number_put_over_itself_changes_nothing_and_another_does(
    model: Transformer, source: Tensor, target: Tensor, place: str
) -> None:
    plain, trace = run(model, source, target)
    has_heads = place.rpartition(".")[2] in ("query", "key", "value", "context")
    sheet = stage(trace, place)[1] if has_heads else stage(trace, place)
    head = 1 if has_heads else None
    same = Edit(place, 2, 0, tuple(sheet[2].tolist()), head)
    assert torch.allclose(run(model, source, target, same)[0], plain, atol=1e-6)
    other = Edit(place, 2, 1, (float(sheet[2, 1]) + 3,), head)
    edited, after = run(model, source, target, other)
    assert (edited - plain).abs().max() > 1e-4
    if not place.endswith(".x"):
        assert stage(after, place)[(1, 2, 1) if has_heads else (2, 1)] == pytest.approx(
            float(sheet[2, 1]) + 3
        )


def test_an_edited_vector_goes_through_the_later_blocks_as_any_other(
    model: Transformer, source: Tensor, target: Tensor
) -> None:
    _, trace = run(model, source, target)
    vectors = trace.encoder.layers[0].feed_forward_sublayer.normalized.clone()
    vectors[3] = torch.linspace(-2, 2, vectors.shape[1])
    edit = Edit("encoder.0.final", 3, 0, tuple(vectors[3].tolist()))
    edited, after = run(model, source, target, edit)
    with torch.inference_mode():
        memory, _ = cast(Block, model.encoder.blocks[1])(vectors[None])
        expected, _ = model.decode(target, memory)
    assert torch.allclose(edited, expected, atol=1e-5)
    assert torch.equal(
        after.encoder.layers[0].self_attention.output, trace.encoder.layers[0].self_attention.output
    )


def test_an_edited_score_goes_through_softmax(model: Transformer, source: Tensor, target: Tensor) -> None:
    edit = Edit("decoder.1.cross.scores", 2, 4, (7.5,), head=1)
    _, trace = run(model, source, target, edit)
    attention = trace.decoder.layers[1].cross_attention
    assert attention is not None
    scores = attention.query[1] @ attention.key[1].T
    scores[2, 4] = 7.5
    weights = torch.softmax(scores / math.sqrt(attention.query.shape[-1]), -1)
    assert torch.allclose(attention.weights[1], weights, atol=1e-6)
    assert torch.allclose(attention.context[1], weights @ attention.value[1], atol=1e-6)


def test_an_edit_in_the_decoder_cannot_reach_what_was_said_before(
    model: Transformer, source: Tensor, target: Tensor
) -> None:
    plain, _ = run(model, source, target)
    edited, _ = run(model, source, target, Edit("decoder.0.x", 3, 0, (5.0, -5.0)))
    assert torch.allclose(edited[0, :3], plain[0, :3], atol=1e-6)
    assert (edited[0, 3:] - plain[0, 3:]).abs().max() > 1e-3


def test_without_any_head_only_the_bias_is_left(model: Transformer, source: Tensor, target: Tensor) -> None:
    off = [HeadOff("encoder.self", 0, head) for head in range(model.config.heads)]
    _, trace = run(model, source, target, *off)
    bias = cast(Block, model.encoder.blocks[0]).self_attention.output.bias
    assert torch.allclose(
        trace.encoder.layers[0].self_attention.output, bias.expand(source.shape[1], -1), atol=1e-6
    )
    everywhere = [HeadOff(a, layer, h) for a in ATTENTIONS for layer in range(2) for h in range(3)]
    assert torch.isfinite(run(model, source, target, *everywhere)[0]).all()


def test_a_changed_run_leaves_the_model_as_it_was(model: Transformer, source: Tensor, target: Tensor) -> None:
    before, _ = run(model, source, target)
    run(model, source, target, HeadOff("decoder.self", 1, 2), Edit("encoder.0.x", 0, 0, (9.0,)))
    assert torch.equal(run(model, source, target)[0], before)


def test_heads_that_are_off_stay_off_while_decoding(model: Transformer, source: Tensor) -> None:
    changes = Changes([HeadOff("decoder.cross", 0, 1), HeadOff("encoder.self", 1, 0)])
    tokens = [step.token for step in greedy(model, source, longest=8, changes=changes)]
    said = [START]
    with torch.inference_mode():
        for token in tokens:
            logits, _ = model(source, torch.tensor([said]), changes=changes)
            logits[..., :3] = -torch.inf
            assert int(logits[0, -1].argmax()) == token
            said.append(token)
    assert END not in tokens[:-1]


@settings(deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True))
def test_only_finite_numbers_of_a_sane_size_are_taken(value: float) -> None:
    if math.isfinite(value) and abs(value) <= LARGEST:
        assert Edit("encoder.0.x", 0, 0, (value,)).values == (value,)
    else:
        with pytest.raises(ValueError, match="finite"):
            Edit("encoder.0.x", 0, 0, (value,))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Edit("encoder.0.x", 6, 0, (1.0,)), "no row 6"),
        (Edit("encoder.0.x", 0, 0, (1.0,) * 13), "13 numbers from column 0 do not fit into 12"),
        (Edit("encoder.0.x", 0, 11, (1.0, 1.0)), "2 numbers from column 11"),
        (Edit("encoder.0.self.query", 0, 0, (1.0,), head=3), "no head 3"),
        (Edit("encoder.0.self.query", 0, 0, (1.0,)), "no head None"),
        (Edit("encoder.0.x", 0, 0, (1.0,), head=0), "no heads"),
        (HeadOff("encoder.self", 0, 3), "no head 3"),
    ],
)
def test_a_change_that_names_no_place_is_refused(
    model: Transformer, source: Tensor, target: Tensor, change: Edit | HeadOff, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        run(model, source, target, change)


def test_places_that_no_model_has_are_refused() -> None:
    for place in (
        "encoder.0.cross.query",
        "encoder.x",
        "decoder.0.self.weights",
        "encoder.0.x.",
        "",
        "encoder.٣.x",
    ):
        with pytest.raises(ValueError, match="no place"):
            Edit(place, 0, 0, (1.0,))
    with pytest.raises(ValueError, match="at least one"):
        Edit("encoder.0.x", 0, 0, ())
    with pytest.raises(ValueError, match="no attention"):
        HeadOff("encoder.cross", 0, 0)
    with pytest.raises(ValueError, match="no layer 2"):
        Changes([Edit("decoder.2.x", 0, 0, (1.0,))]).check(3, 2)


def test_the_effect_is_nothing_for_equal_runs_and_counts_what_moved() -> None:
    logits = torch.tensor([[2.0, 1.0, 0.0], [0.0, 0.0, 3.0]])
    assert effect(logits, logits).distance.max() == 0
    moved = logits.clone()
    moved[1] = torch.tensor([0.0, 9.0, 3.0])
    found = effect(logits, moved)
    p, q = torch.softmax(logits[1], 0), torch.softmax(moved[1], 0)
    assert found.said == [0, 2] and found.says == [0, 1]
    assert found.after[1] == pytest.approx(float(q[2])) and found.before[1] == pytest.approx(float(p[2]))
    assert found.distance[1] == pytest.approx(float((p - q).clamp(min=0).sum()), abs=1e-6)
