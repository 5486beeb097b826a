"""Continuations: the cache changes nothing, and each row is drawn as it would be alone."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decoding.continuation import Drawn, continuations
from core.decoding.distribution import log_distribution
from core.decoding.drawing import HEAD, drawn_together
from core.decoding.sampling import Sampler, adjusted, draw, ranked, uniform
from core.diversity import distinct, repetition
from core.models.language import LanguageModel
from core.models.transformer import TransformerConfig
from core.text.tokenizer import END, PAD, START

PROMPT = [START, 9, 21, 14]
SAMPLERS = [Sampler(0), Sampler(), Sampler(1.5, top_k=7), Sampler(0.8, top_p=0.9), Sampler(min_p=0.2)]


@pytest.fixture(scope="module")
def decoder() -> LanguageModel:
    torch.manual_seed(5)
    config = TransformerConfig(
        vocabulary=40, d_model=12, heads=3, encoder_layers=0, decoder_layers=2, d_hidden=24
    )
    model = LanguageModel(config).eval()
    for parameter in model.parameters():
        parameter.data.mul_(1.5)  # a distribution that leans
    return model


def rows_of(drawn: list[Drawn]) -> list[list[int]]:
    return [[t for t in row if t != PAD] for row in torch.stack([d.tokens for d in drawn], 1).tolist()]


@torch.inference_mode()
def following(model: LanguageModel, ids: list[int]) -> torch.Tensor:
    """The log-probabilities after a text, computed without a cache."""
    return log_distribution(model(torch.tensor([ids]))[0][0, -1])


@pytest.mark.parametrize("cut", [1, 2, 4])
def test_reading_in_pieces_is_reading_at_once(decoder: LanguageModel, cut: int) -> None:
    with torch.inference_mode():
        caches = decoder.start()
        decoder.step(torch.tensor([PROMPT[:cut]]), caches, 0)
        rest = [*PROMPT[cut:], 30, 31]
        found = decoder.step(torch.tensor([rest]), caches, cut)
        whole = decoder(torch.tensor([[*PROMPT, 30, 31]]))[0][:, -1]
    torch.testing.assert_close(found, whole, atol=1e-5, rtol=1e-5)


def test_each_row_is_what_its_sampler_and_seed_draw_alone(decoder: LanguageModel) -> None:
    seeds = [4, 4, 5, 6, 7]
    drawn = list(continuations(decoder, PROMPT, SAMPLERS, seeds, longest=12))
    for row, (tokens, sampler, seed) in enumerate(zip(rows_of(drawn), SAMPLERS, seeds, strict=True)):
        read = list(PROMPT)
        for place, token in enumerate(tokens):
            logs = following(decoder, read)
            order = ranked(logs)
            wanted = int(order[draw(adjusted(logs, sampler).exp()[order], uniform(seed, place))])
            assert token == wanted
            assert float(drawn[place].log_probabilities[row]) == pytest.approx(float(logs[token]), abs=1e-4)
            read.append(token)
        assert len(tokens) == 12 or tokens[-1] == END


def test_what_has_ended_stays_silent_and_all_ended_is_the_end(decoder: LanguageModel) -> None:
    always_end = [Sampler(top_k=40)] * 60
    drawn = list(continuations(decoder, PROMPT, always_end, range(60), longest=50))
    table = torch.stack([d.tokens for d in drawn], 1)
    ended = (table == END).any(1)
    assert ended.any()
    for row in table.tolist():
        if END in row:
            after = row[row.index(END) + 1 :]
            assert set(after) <= {PAD}
    assert len(drawn) == 50 or bool(ended.all())
    assert PAD not in table[:, 0]


def test_equal_requests_are_equal_and_seeds_differ(decoder: LanguageModel) -> None:
    def texts(seeds: list[int]) -> list[list[int]]:
        return rows_of(list(continuations(decoder, PROMPT, [Sampler()] * len(seeds), seeds, longest=10)))

    assert texts([1, 2, 3]) == texts([1, 2, 3])
    assert texts([1, 2, 3])[1:] == texts([2, 3])  # neighbours change nothing
    assert len({tuple(t) for t in texts(list(range(20)))}) > 10


EDGES = [
    Sampler(2.0),
    Sampler(0.3, top_p=0.99),
    Sampler(3.0, top_k=1200, min_p=0.001),
    Sampler(1.0, top_k=600),
]


@settings(deadline=None)
@given(
    st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=9),
    st.integers(0, 999),
    st.sampled_from([30, HEAD, 3 * HEAD]),
    st.sampled_from([0.1, 1.0, 4.0]),
    st.booleans(),
)
def test_rows_are_drawn_together_as_alone(
    numbers: list[float], seed: int, vocabulary: int, spread: float, tied: bool
) -> None:
    logits = spread * torch.randn(len(numbers), vocabulary, generator=torch.Generator().manual_seed(seed))
    if tied:  # many equal ones, and some that cannot be said
        logits = logits.round()
        logits[:, ::7] = -torch.inf
    logs = torch.log_softmax(logits, 1)
    samplers = [[*SAMPLERS, *EDGES][i] for i in range(len(numbers))]
    found = drawn_together(logs, samplers, numbers)
    for row, sampler, u, token in zip(logs, samplers, numbers, found.tolist(), strict=True):
        order = ranked(row)
        assert token == int(order[draw(adjusted(row, sampler).exp()[order], u)])


def test_distinct_and_repetition_by_hand() -> None:
    assert distinct([["a", "b", "a"], ["a", "b"]], 1) == 2 / 5
    assert distinct([["a", "b", "a"], ["a", "b"]], 2) == 2 / 3
    assert repetition([["a"] * 7], 4) == 1 - 1 / 4
    assert repetition([list("abcdefg"), ["a"] * 5], 4) == (0 + 0.5) / 2
    assert distinct([["a"]], 2) != distinct([["a"]], 2)  # NaN: there is nothing to count
