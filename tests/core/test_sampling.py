"""Temperature, top-k, top-p, min-p and the draw: against a slow reference, and against what a teacher says of them."""

import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decoding.greedy import greedy
from core.decoding.sampling import Sampler, adjusted, draw, ranked, sample, uniform
from core.models.transformer import Transformer

# (seed, step) → u · 2³², as a JavaScript engine computed it from the formulas in `uniform`'s docstring.
BROWSER = {
    (0, 0): 3553795876,
    (0, 1): 2060969114,
    (1, 0): 2339934983,
    (42, 7): 1007339138,
    (2**32 + 42, 7): 1007339138,
    (2**32 - 1, 127): 55888955,
    (-1, 127): 55888955,
}

logits = st.lists(
    st.one_of(st.floats(-30, 10, width=32), st.sampled_from([0.0, 1.0, -math.inf])), min_size=1, max_size=30
)
distributions = logits.filter(lambda values: max(values) > -math.inf).map(
    lambda values: torch.log_softmax(torch.tensor(values), 0)
)
samplers = st.builds(
    Sampler,
    temperature=st.one_of(st.just(0.0), st.floats(1e-3, 1e4)),
    top_k=st.integers(0, 40),
    top_p=st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1)),
    min_p=st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1)),
)


def slow(log_probabilities: torch.Tensor, sampler: Sampler) -> list[float]:
    """The probabilities, a token at a time in plain Python."""
    logs = [float(value) for value in log_probabilities]
    order = sorted(range(len(logs)), key=lambda i: (-logs[i], i))
    if sampler.temperature == 0:
        return [float(i == order[0]) for i in range(len(logs))]
    mass = {i: math.exp((logs[i] - logs[order[0]]) / sampler.temperature) for i in order}
    if sampler.top_k:
        mass = {i: mass[i] for i in order[: sampler.top_k]}
    total, summed, kept = sum(mass.values()), 0.0, {}
    for i in mass:
        if not kept or summed < sampler.top_p * total or sampler.top_p == 1:
            kept[i] = mass[i]
        summed += mass[i]
    kept = {i: m for i, m in kept.items() if m >= sampler.min_p * mass[order[0]]}
    return [kept.get(i, 0.0) / sum(kept.values()) for i in range(len(logs))]


@settings(deadline=None)
@given(distributions, samplers)
def test_it_is_what_a_slow_reference_says(log_probabilities: torch.Tensor, sampler: Sampler) -> None:
    found = adjusted(log_probabilities, sampler).exp()
    assert found.tolist() == pytest.approx(slow(log_probabilities, sampler), abs=1e-9)


@settings(deadline=None)
@given(distributions, samplers)
def test_what_is_left_sums_to_1_and_keeps_its_order(
    log_probabilities: torch.Tensor, sampler: Sampler
) -> None:
    found, order = adjusted(log_probabilities, sampler), ranked(log_probabilities)
    assert float(found.exp().sum()) == pytest.approx(1)
    in_order = found[order]
    assert (in_order[:-1] >= in_order[1:]).all() and in_order[0] > -math.inf
    support = torch.isfinite(found)
    assert not support[~torch.isfinite(log_probabilities)].any()
    if sampler.top_k:
        assert support.sum() <= sampler.top_k
    looser = Sampler(sampler.temperature, sampler.top_k)
    assert not (support & ~torch.isfinite(adjusted(log_probabilities, looser))).any()


@settings(deadline=None)
@given(distributions)
def test_the_ends_of_every_range(log_probabilities: torch.Tensor) -> None:
    best, size = int(ranked(log_probabilities)[0]), len(log_probabilities)
    unchanged = adjusted(log_probabilities, Sampler())
    assert unchanged.exp().tolist() == pytest.approx(log_probabilities.double().exp().tolist(), abs=1e-6)
    assert torch.equal(unchanged, adjusted(log_probabilities, Sampler(top_k=size)))
    for certain in (Sampler(0.0), Sampler(top_k=1), Sampler(top_p=0.0), Sampler(0.0, min_p=1.0)):
        found = adjusted(log_probabilities, certain)
        assert found[best] == 0 and torch.isfinite(found).sum() == 1
    flat = adjusted(log_probabilities, Sampler(1e12)).exp()
    possible = torch.isfinite(log_probabilities)
    assert flat[possible].tolist() == pytest.approx([1 / int(possible.sum())] * int(possible.sum()))


@settings(deadline=None)
@given(distributions, st.floats(5e-324, 1e308), st.floats(0, 1, exclude_max=True))
def test_no_temperature_is_too_small_or_too_large(
    log_probabilities: torch.Tensor, temperature: float, u: float
) -> None:
    found = adjusted(log_probabilities, Sampler(temperature))
    assert not found.isnan().any()
    order = ranked(log_probabilities)
    assert math.isfinite(log_probabilities[order[draw(found.exp()[order], u)]])


@pytest.mark.parametrize(
    "bad",
    [
        {"temperature": -0.1}, {"temperature": math.nan}, {"temperature": math.inf}, {"top_k": -1}, {"top_k": 1.5},
        {"top_p": 1.01}, {"top_p": -0.1}, {"top_p": math.nan}, {"min_p": 2.0}, {"min_p": math.nan},
    ],
)  # fmt: skip
def test_a_value_outside_its_range_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"not"):
        Sampler(**bad)


def test_the_numbers_are_those_that_a_browser_gets() -> None:
    assert [uniform(seed, step) * 2**32 for seed, step in BROWSER] == list(BROWSER.values())


def test_the_numbers_lie_evenly_and_seeds_differ() -> None:
    drawn = torch.tensor([[uniform(seed, step) for step in range(100)] for seed in range(200)])
    assert drawn.min() >= 0 and drawn.max() < 1 and drawn.flatten().unique().numel() > 19_990
    counts = torch.histc(drawn, 16, 0, 1)
    assert float(((counts - 1250) ** 2 / 1250).sum()) < 44.3  # chi-squared, 15 degrees: p = 1e-4
    for lag in (drawn[:, 1:] - 0.5) * (drawn[:, :-1] - 0.5), (drawn[1:] - 0.5) * (drawn[:-1] - 0.5):
        assert abs(float(lag.mean())) < 4 / 12 / math.sqrt(lag.numel())


def test_20_000_draws_fall_as_often_as_the_probabilities_say() -> None:
    probabilities, times = [0.5, 0.25, 0.125, 0.1, 0.025], 20_000
    counts = [0] * 5
    for step in range(times):
        counts[draw(probabilities, uniform(7, step))] += 1
    for p, count in zip(probabilities, counts, strict=True):
        assert abs(count - times * p) < 4 * math.sqrt(times * p * (1 - p))


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=9), st.floats(0, 1, exclude_max=True))
def test_a_draw_is_the_inverse_of_the_sums(weights: list[float], u: float) -> None:
    probabilities = [w / sum(weights) for w in sorted(weights, reverse=True)]
    sums = list(itertools.accumulate(probabilities))
    expected = next((i for i, s in enumerate(sums) if s > u), len(sums) - 1)
    assert draw(probabilities, u) == expected
    assert draw([*probabilities, 0.0, 0.0], 1.0 - 2**-53) < len(probabilities)


def test_what_is_said_was_possible_and_the_seed_decides(model: Transformer, source: torch.Tensor) -> None:
    def said(seed: int, sampler: Sampler, prefix: tuple[int, ...] = ()) -> list[int]:
        steps = list(sample(model, source, sampler, seed, prefix=prefix, longest=8))
        for step in steps[len(prefix) :]:
            assert math.isfinite(adjusted(step.log_probabilities, sampler)[step.token])
        return [step.token for step in steps]

    sampler = Sampler(1.5, top_k=10, top_p=0.9)
    once = said(3, sampler)
    assert once == said(3, sampler) == said(3, sampler, tuple(once[:2]))
    assert len({tuple(said(seed, sampler)) for seed in range(5)}) > 1
    assert said(0, Sampler(0.0)) == [step.token for step in greedy(model, source, longest=8)]
