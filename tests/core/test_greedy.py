"""Greedy decoding: one step a token, the same however it is run."""

import torch

from core.decoding.greedy import FORBIDDEN, greedy, greedy_batch
from core.models.transformer import Transformer
from core.text.tokenizer import END, PAD, START


def test_each_step_takes_the_most_probable_token_of_the_whole_model(
    model: Transformer, source: torch.Tensor
) -> None:
    steps = list(greedy(model, source, longest=8))
    said = [START, *(step.token for step in steps)]
    logits, _ = model(source, torch.tensor([said[:-1]]))
    logits[..., FORBIDDEN] = -torch.inf
    expected = torch.log_softmax(logits[0], -1)
    assert said[1:] == expected.argmax(-1).tolist()
    for step, row in zip(steps, expected, strict=True):
        assert torch.allclose(step.log_probabilities.exp(), row.exp(), atol=1e-5)
        assert abs(float(step.log_probabilities.exp().sum()) - 1) < 1e-5


def test_the_caller_is_not_left_in_inference_mode(model: Transformer, source: torch.Tensor) -> None:
    for _ in greedy(model, source, longest=3):
        assert not torch.is_inference_mode_enabled()


def test_recording_changes_no_token(model: Transformer, source: torch.Tensor) -> None:
    plain = [step.token for step in greedy(model, source, longest=8)]
    recorded = list(greedy(model, source, longest=8, record=True))
    assert [step.token for step in recorded] == plain
    for position, step in enumerate(recorded):
        assert step.trace is not None
        assert step.trace.blocks.self_attention.weights.shape == (2, 3, 1, position + 1)


def test_it_stops_at_the_end_token_and_at_the_limit(model: Transformer, source: torch.Tensor) -> None:
    assert len(list(greedy(model, source, longest=4))) <= 4
    with torch.no_grad():  # a model that says nothing but the end
        model.decoder.blocks[-1].feed_forward_norm.weight.zero_()
        model.decoder.blocks[-1].feed_forward_norm.bias.copy_(model.embedding.weight[END] * 100)
    assert [step.token for step in greedy(model, source)] == [END]


def test_a_batch_says_what_each_sentence_says_alone(model: Transformer) -> None:
    rows = [[5, 11, 8, 3], [7, 9, 30, 17, 22, 3], [6, 3]]
    width = max(map(len, rows))
    batch = torch.tensor([row + [PAD] * (width - len(row)) for row in rows])
    together = greedy_batch(model, batch, longest=10)
    for row, tokens in zip(rows, together, strict=True):
        alone = [s.token for s in greedy(model, torch.tensor([row]), longest=10)]
        assert tokens == [t for t in alone if t != END]
