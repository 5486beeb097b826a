"""Greedy decoding: one step a token, the same however it is run."""

import pytest
import torch

from core.decoding.distribution import FORBIDDEN
from core.decoding.greedy import greedy, greedy_batch
from core.decoding.loops import loop_of
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


def test_a_forced_prefix_is_obeyed_and_shows_what_the_model_would_have_said(
    model: Transformer, source: torch.Tensor
) -> None:
    free = list(greedy(model, source, longest=8))
    prefix = [9, 21, 14]
    steps = list(greedy(model, source, prefix=prefix, longest=8, record=True))
    said = [step.token for step in steps]
    assert said[:3] == prefix and len(said) <= 8
    assert torch.allclose(steps[0].log_probabilities, free[0].log_probabilities, atol=1e-6)
    logits, _ = model(source, torch.tensor([[START, *said[:-1]]]))
    logits[..., FORBIDDEN] = -torch.inf
    expected = torch.log_softmax(logits[0], -1)
    assert said[3:] == expected[3:].argmax(-1).tolist()
    for step, row in zip(steps, expected, strict=True):
        assert torch.allclose(step.log_probabilities.exp(), row.exp(), atol=1e-5)


def test_its_own_words_as_a_prefix_change_nothing(model: Transformer, source: torch.Tensor) -> None:
    said = [step.token for step in greedy(model, source, longest=8)]
    for length in range(len(said) + 1):
        assert [s.token for s in greedy(model, source, prefix=said[:length], longest=8)] == said


@pytest.mark.parametrize("prefix", [[START], [9, PAD], [40], [-1], [END, 9]])
def test_a_prefix_that_no_translation_has_is_refused(
    model: Transformer, source: torch.Tensor, prefix: list[int]
) -> None:
    with pytest.raises(ValueError, match=r"token"):
        greedy(model, source, prefix=prefix)


def repeater(model: Transformer, token: int) -> Transformer:
    """The model made to say one token for ever."""
    with torch.no_grad():
        model.decoder.blocks[-1].feed_forward_norm.weight.zero_()
        model.decoder.blocks[-1].feed_forward_norm.bias.copy_(model.embedding.weight[token] * 100)
    return model


def test_a_loop_is_stopped_alone_and_in_a_batch(model: Transformer, source: torch.Tensor) -> None:
    model = repeater(model, 9)
    endless = [step.token for step in greedy(model, source, longest=20)]
    stopped = [step.token for step in greedy(model, source, longest=20, stop_loops=True)]
    assert endless == [9] * 20 and stopped == [9] * 5 and loop_of(stopped)
    assert greedy_batch(model, source, longest=20, stop_loops=True) == [stopped]


def test_a_prefix_is_said_to_its_end_even_if_it_repeats(model: Transformer, source: torch.Tensor) -> None:
    prefix = [9] * 7 + [21, 9]
    said = [s.token for s in greedy(model, source, prefix=prefix, longest=12, stop_loops=True)]
    assert said[:9] == prefix
