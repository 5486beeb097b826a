"""One step in a number format: the three ways to lose it, kept apart; PyTorch's arithmetic; many steps."""

from __future__ import annotations

import math
from itertools import islice

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.numerics.formats import FORMATS
from core.numerics.update import OUTCOMES, outcome_of, repeated, update

FP16, BF16, FP32 = (FORMATS[name] for name in ("fp16", "bf16", "fp32"))


@pytest.mark.parametrize(
    ("form", "weight", "rate", "gradient", "outcome"),
    [
        ("fp16", 1.0, 1e-3, 1e-5, "product"),  # the lesson's point
        ("fp16", 1.0, 1e-3, 1e-3, "absorbed"),  # and the other one: 1e-6 is stored, 1 stays 1
        ("fp16", 1e-4, 1e-3, 1e-3, "works"),
        ("fp16", 1.0, 1e-1, 1e-8, "gradient"),
        ("fp16", 1.0, 1e-1, 1e5, "overflow"),
        ("fp16", 1.0, 1.0, 7e-4, "coarse"),  # 2⁻¹¹ or 2⁻¹⁰ is what 1 can move by
        ("fp32", 1.0, 1e-3, 1e-5, "absorbed"),
        ("fp64", 1.0, 1e-3, 1e-5, "works"),
        ("bf16", 1.0, 1e-3, 1e-5, "absorbed"),
        ("e4m3", 1.0, 1e-3, 5e-4, "gradient"),
        ("fp16", 1.0, 0.0, 1e-3, "nothing"),
        ("fp16", 1.0, 1e-3, 0.0, "nothing"),
        ("fp16", math.inf, 1e-3, 1e-3, "overflow"),
        ("fp16", 1.0, 1e-3, math.nan, "overflow"),
    ],
)
def test_what_becomes_of_a_step(form: str, weight: float, rate: float, gradient: float, outcome: str) -> None:
    assert update(FORMATS[form], weight, rate, gradient).outcome == outcome
    assert outcome in OUTCOMES


@pytest.mark.parametrize(
    ("step", "absorbed"),
    [
        (-(2.0**-24), True),  # an addition: the tie goes to 1, whose pattern is even
        (-(2.0**-24) * (1 + 2**-20), False),
        (2.0**-25, True),  # a subtraction: below 1 the numbers lie twice as close
        (2.0**-25 * (1 + 2**-20), False),
    ],
)
def test_what_fp32_absorbs_at_one(step: float, absorbed: bool) -> None:
    assert (update(FP32, 1.0, 1.0, step).outcome == "absorbed") == absorbed
    assert (np.float32(1) - np.float32(step) == np.float32(1)) == absorbed


@given(
    st.sampled_from(["fp16", "bf16", "fp32"]),
    st.floats(-4, 4),
    st.floats(2**-12, 1),
    st.floats(-1, 1),
)
def test_it_is_what_pytorch_computes(name: str, weight: float, rate: float, gradient: float) -> None:
    """A power of two as the rate, so that PyTorch's own product, in fp32, is exact before it is rounded."""
    rate = 2.0 ** round(math.log2(rate))
    kind = {"fp16": torch.float16, "bf16": torch.bfloat16, "fp32": torch.float32}[name]
    w, slope = (torch.tensor(one, dtype=torch.float64).to(kind) for one in (weight, gradient))
    product = rate * slope
    found = update(FORMATS[name], weight, rate, gradient)
    assert (found.weight, found.gradient, found.product, found.after) == (
        w.item(), slope.item(), product.item(), (w - product).item(),
    )  # fmt: skip


@given(*(st.floats(allow_nan=True, allow_infinity=True) for _ in range(5)))
def test_every_step_has_one_name(
    wanted: float, weight: float, slope: float, product: float, after: float
) -> None:
    assert outcome_of(wanted, weight, slope, product, after) in OUTCOMES


def last(*args: object, **options: object) -> float:
    return list(repeated(*args, **options))[-1]  # type: ignore[arg-type]


def test_equal_steps_that_are_absorbed_lead_nowhere_and_a_master_copy_goes_the_way() -> None:
    assert last(FP16, 1.0, 1e-3, 0.1, 1000) == 1.0
    assert last(FP16, 1.0, 1e-3, 0.1, 1000, master=True) == pytest.approx(0.9, rel=2**-10)
    assert last(FORMATS["fp64"], 1.0, 1e-3, 0.1, 1000) == pytest.approx(0.9)


def test_a_master_copy_does_not_bring_back_a_gradient_that_was_lost() -> None:
    assert last(FP16, 1.0, 1.0, 1e-8, 100, master=True) == 1.0


def test_truncation_moves_a_positive_weight_further_down_than_asked() -> None:
    """Towards zero: every subtraction that is not exact is rounded down."""
    nearest, truncated = (last(BF16, 1.0, 1e-3, 0.1, 200, rule) for rule in ("nearest", "truncated"))
    assert nearest == 1.0 and truncated < 0.5


def test_stochastic_rounding_goes_the_way_on_average() -> None:
    ends = [last(BF16, 1.0, 1e-3, 0.1, 1000, "stochastic", seed=seed) for seed in range(20)]
    assert np.mean(ends) == pytest.approx(0.9, abs=0.02) and np.std(ends) > 0


def test_the_same_seed_makes_the_same_steps() -> None:
    def first(seed: int) -> list[float]:
        return list(islice(repeated(FP16, 1.0, 1e-3, 0.1, 200, "stochastic", seed=seed), 200))

    assert first(1) == first(1) != first(2)
