"""The LSTM encoder–decoder: its formulas, its two ways of decoding, and what it may not see."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from core.decoding.beam import beam_search
from core.decoding.greedy import greedy, greedy_batch
from core.decoding.scoring import read_distributions
from core.models.recurrent import KINDS, Attention, RecurrentConfig, Seq2Seq, unrolled
from core.models.transformer import padding_mask
from core.text.tokenizer import END, PAD, START

TINY = RecurrentConfig(vocabulary=40, d_model=12, hidden=10, dropout=0.1)
SOURCE = torch.tensor([[5, 11, 8, 30, 17, 3]])
TARGET = torch.tensor([[2, 9, 21, 14, 33]])


def tiny(kind: str, seed: int = 7) -> Seq2Seq:
    torch.manual_seed(seed)
    model = Seq2Seq(RecurrentConfig(**{**vars(TINY), "attention": kind})).eval().requires_grad_(False)
    for name, parameter in model.named_parameters():
        if "bias" in name:  # most begin at zero; what holds only then would prove nothing
            nn.init.normal_(parameter, std=0.3)
    return model


@pytest.fixture(params=KINDS)
def model(request: pytest.FixtureRequest) -> Seq2Seq:
    return tiny(request.param)


def test_our_lstm_is_pytorchs() -> None:
    torch.manual_seed(0)
    lstm = nn.LSTM(12, 10, batch_first=True).requires_grad_(False)
    x, hidden, cell = torch.randn(7, 12), torch.randn(10), torch.randn(10)
    for start in ((None, None), (hidden, cell)):
        ours = unrolled(lstm, x, *start)
        given = None if start[0] is None else (start[0][None, None], start[1][None, None])
        theirs, (last, last_cell) = lstm(x[None], given)
        assert torch.allclose(ours.hidden, theirs[0], atol=1e-6)
        assert torch.allclose(ours.hidden[-1], last[0, 0], atol=1e-6)
        assert torch.allclose(ours.cell[-1], last_cell[0, 0], atol=1e-6)
    for gate in (ours.input, ours.forget, ours.output):
        assert ((gate > 0) & (gate < 1)).all()
    before = torch.cat([cell[None], ours.cell[:-1]])
    assert torch.allclose(ours.cell, ours.forget * before + ours.input * ours.candidate, atol=1e-6)
    assert torch.allclose(ours.hidden, ours.output * ours.cell.tanh(), atol=1e-6)


@pytest.mark.parametrize("kind", ["dot", "general", "concat"])
def test_each_score_is_its_formula(kind: str) -> None:
    torch.manual_seed(1)
    attention = Attention(kind, 5).requires_grad_(False)
    queries, states = torch.randn(2, 3, 5), torch.randn(2, 4, 5)
    found = attention.scores(queries, attention.keys(states)).numpy()
    for sentence, step, place in np.ndindex(2, 3, 4):
        h, s = queries[sentence, step].numpy(), states[sentence, place].numpy()
        if kind == "dot":
            expected = h @ s
        elif kind == "general":
            expected = h @ attention.weight.numpy() @ s
        else:
            inner = np.tanh(attention.weight.numpy() @ np.concatenate([h, s]))
            expected = attention.vector.numpy() @ inner
        assert found[sentence, step, place] == pytest.approx(expected, abs=1e-6)


def test_a_kind_that_is_none_of_the_four_is_refused() -> None:
    with pytest.raises(ValueError, match="no such attention"):
        Attention("location", 4)


def test_the_whole_target_says_what_step_by_step_says(model: Seq2Seq) -> None:
    whole, _ = model(SOURCE, TARGET)
    caches = model.start(model.encode(SOURCE)[0])
    for place in range(TARGET.shape[1]):
        logits, _ = model.step(TARGET[:, place : place + 1], caches, place)
        assert torch.allclose(logits, whole[:, place], atol=1e-5)


def test_a_recorded_run_is_the_same_run_and_its_stages_follow_from_each_other(model: Seq2Seq) -> None:
    trace = model.record(SOURCE, TARGET)
    assert torch.allclose(trace.logits, model(SOURCE, TARGET)[0][0], atol=1e-5)
    assert trace.weights.shape == (5, 6)
    assert torch.allclose(trace.weights.sum(-1), torch.ones(5))
    assert torch.allclose(trace.weights @ trace.encoder.hidden, trace.contexts, atol=1e-6)
    joined = torch.cat([trace.contexts, trace.decoder.hidden], -1)
    assert torch.allclose((joined @ model.join.weight.T).tanh(), trace.attentional, atol=1e-6)
    assert torch.allclose(trace.attentional @ model.embedding.weight.T, trace.logits, atol=1e-5)
    if model.attention.kind == "none":
        assert trace.scores is None
        assert torch.equal(trace.contexts, trace.encoder.hidden[-1:].expand(5, -1))  # the same at every step
    else:
        assert trace.scores is not None
        assert torch.allclose(torch.softmax(trace.scores, -1), trace.weights, atol=1e-6)
        assert trace.contexts.std(0).max() > 1e-4
    with pytest.raises(ValueError, match="one sentence"):
        model.record(SOURCE.expand(2, -1), TARGET.expand(2, -1))


def test_no_token_sees_a_later_one(model: Seq2Seq) -> None:
    other = TARGET.clone()
    other[0, 3] = 7
    one, two = model(SOURCE, TARGET)[0], model(SOURCE, other)[0]
    assert torch.equal(one[:, :3], two[:, :3])
    assert not torch.allclose(one[:, 3:], two[:, 3:])


def test_padding_changes_nothing(model: Seq2Seq) -> None:
    short = SOURCE[:, 2:]
    batch = torch.cat([SOURCE, nn.functional.pad(short, (0, 2), value=PAD)])
    logits, _ = model(batch, TARGET.expand(2, -1))
    assert torch.allclose(logits[0], model(SOURCE, TARGET)[0][0], atol=1e-5)
    assert torch.allclose(logits[1], model(short, TARGET)[0][0], atol=1e-5)
    memory, mask = model.encode(batch)[0], padding_mask(batch)
    assert mask is not None
    _, _, weights = model.attention(torch.randn(2, 3, TINY.hidden), memory, mask[:, 0])
    if weights is not None:
        assert (weights[1, :, 4:] == 0).all()
        assert torch.allclose(weights.sum(-1), torch.ones(2, 3))


def test_without_attention_only_the_last_state_counts() -> None:
    """The bottleneck: two encoded sources with one last state are the same source, but not to attention."""
    for kind in KINDS:
        model = tiny(kind)
        memory, _ = model.encode(SOURCE)
        states = memory.states.clone()
        states[:, :3] += 1
        other = memory._replace(states=states, keys=model.attention.keys(states))
        same = torch.allclose(model.decode(TARGET, memory)[0], model.decode(TARGET, other)[0], atol=1e-6)
        assert same == (kind == "none")


def test_the_four_begin_with_the_same_numbers_but_for_the_attentions_own() -> None:
    parameters = {}
    for kind in KINDS:
        torch.manual_seed(3)
        parameters[kind] = dict(Seq2Seq(RecurrentConfig(attention=kind)).named_parameters())
    for kind in KINDS:
        for name, parameter in parameters["none"].items():
            assert torch.equal(parameter, parameters[kind][name])
    counts = {kind: sum(p.numel() for p in found.values()) for kind, found in parameters.items()}
    hidden = RecurrentConfig().hidden
    assert counts["dot"] == counts["none"]
    assert counts["general"] - counts["none"] == hidden**2
    assert counts["concat"] - counts["none"] == 2 * hidden**2 + hidden


def test_every_search_runs_on_it(model: Seq2Seq) -> None:
    steps = list(greedy(model, SOURCE, longest=8))
    said = [step.token for step in steps]
    batch = torch.cat([SOURCE, nn.functional.pad(SOURCE[:, 3:], (0, 3), value=PAD)])
    together = greedy_batch(model, batch, longest=8)
    assert together[0] == [token for token in said if token != END]
    assert together[1] == [s.token for s in greedy(model, SOURCE[:, 3:], longest=8) if s.token != END]
    (best,) = beam_search(model, SOURCE, width=1, longest=8).hypotheses
    assert list(best.tokens) == said
    assert len(beam_search(model, SOURCE, width=3, longest=6).hypotheses) == 3
    read = torch.tensor([[START, *said[:-1]]])
    forced = read_distributions(model, SOURCE, read)[0]
    assert torch.allclose(forced.exp(), torch.stack([s.log_probabilities for s in steps]).exp(), atol=1e-5)


def test_what_it_cannot_do_is_refused(model: Seq2Seq) -> None:
    with pytest.raises(ValueError, match="record"):
        list(greedy(model, SOURCE, longest=2, record=True))
