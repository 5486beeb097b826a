"""Formats against numpy, ml_dtypes and torch: every pattern of 16 and 8 bits, Hypothesis for the wider ones."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import ml_dtypes
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.numerics.formats import FORMATS, Format

NUMPY: dict[str, Any] = {
    "fp64": np.float64,
    "fp32": np.float32,
    "fp16": np.float16,
    "bf16": ml_dtypes.bfloat16,
    "e5m2": ml_dtypes.float8_e5m2,
    "e4m3": ml_dtypes.float8_e4m3fn,
}
TORCH = {
    "fp32": torch.float32,
    "fp16": torch.float16,
    "bf16": torch.bfloat16,
    "e5m2": torch.float8_e5m2,
    "e4m3": torch.float8_e4m3fn,
}
SMALL = ("fp16", "bf16", "e5m2", "e4m3")
WIDE = ("fp32", "fp64")


def words(form: Format, patterns: Any) -> np.ndarray[Any, Any]:
    return np.array(patterns, dtype=f"u{form.bits // 8}")


def same(found: float, expected: float) -> bool:
    """The same number with the same sign, or both NaN."""
    if math.isnan(expected):
        return math.isnan(found)
    return found == expected and math.copysign(1, found) == math.copysign(1, expected)


def numbers(form: Format) -> list[int]:
    """All patterns that stand for a number."""
    return [
        sign | one for sign in (0, 1 << (form.bits - 1)) for one in range(form.over + int(form.infinities))
    ]


def assert_pattern(form: Format, found: int, theirs: Any) -> None:
    """Equal to what a library gave, as a value of its own type; a NaN may have another pattern."""
    view = int(np.asarray(theirs).view(f"u{form.bits // 8}"))
    assert found == view or form.kind(found) == form.kind(view) == "nan"


def by_torch(name: str, number: float) -> tuple[float, float]:
    """What we make of a number and what PyTorch does; where e4m3 overflows both are what PyTorch is known to do."""
    theirs = torch.tensor(number, dtype=torch.float32).to(TORCH[name]).double().item()
    ours = FORMATS[name].round(number)
    if name == "e4m3" and math.isnan(ours) and not math.isnan(number):
        ours = math.copysign(FORMATS[name].largest, number)
    return ours, theirs


@pytest.mark.parametrize("name", SMALL)
def test_every_pattern_means_what_the_library_says(name: str) -> None:
    form = FORMATS[name]
    patterns = range(1 << form.bits)
    with np.errstate(invalid="ignore"):
        theirs = words(form, patterns).view(NUMPY[name]).astype(np.float64)
    assert all(same(form.decode(pattern), float(one)) for pattern, one in zip(patterns, theirs, strict=True))


@pytest.mark.parametrize("name", SMALL)
def test_every_number_comes_back_to_its_pattern(name: str) -> None:
    form = FORMATS[name]
    assert all(form.encode(form.decode(pattern)) == pattern for pattern in numbers(form))


@pytest.mark.parametrize("name", SMALL)
def test_between_two_neighbours_the_nearest_is_taken_and_a_tie_goes_to_the_even_one(name: str) -> None:
    form = FORMATS[name]
    asked, expected = [], []
    for lower in range(form.over - 1):
        a, b = (Fraction(form.decode(one)) for one in (lower, lower + 1))
        middle, little = (a + b) / 2, (b - a) / 1024
        for number, right in (
            (middle, lower + lower % 2),
            (middle - little, lower),
            (middle + little, lower + 1),
        ):
            assert form.encode(number) == right
            asked.append(float(number))
            expected.append(right)
    # fp32 holds these numbers, those near bf16's smallest excepted.
    held = [float(np.float32(one)) == one for one in asked]
    theirs = np.array(asked, dtype=np.float32).astype(NUMPY[name]).view(f"u{form.bits // 8}")
    assert np.array_equal(theirs[held], words(form, expected)[held]) and np.mean(held) > 0.98


@pytest.mark.parametrize("name", SMALL)
def test_beyond_the_largest_number(name: str) -> None:
    """From half a step beyond: infinity, or NaN where there is none, as the standard and ml_dtypes have it.

    PyTorch's cast to e4m3fn is another: it keeps the largest number.
    """
    form = FORMATS[name]
    largest = Fraction(form.largest)
    step = largest - Fraction(form.decode(form.over - 2))
    last = float(largest + step / 2)
    under, over = (
        np.nextafter(np.float32(last), np.float32(0)),
        np.nextafter(np.float32(last), np.float32("inf")),
    )
    assert form.encode(float(under)) == form.over - 1
    assert form.encode(float(over)) == form.over
    # The tie goes to the even pattern, which is the largest number where that one is even.
    assert form.encode(last) == (form.over if (form.over - 1) % 2 else form.over - 1)
    for number in (under, over, np.float32(last), np.float32(1e38), np.float32("-inf"), np.float32("nan")):
        with np.errstate(over="ignore"):
            assert_pattern(form, form.encode(float(number)), number.astype(NUMPY[name]))
        assert same(*by_torch(name, float(number)))


@pytest.mark.parametrize("name", ("fp32", *SMALL))
@given(number=st.floats(width=32))
def test_it_rounds_as_numpy_and_torch_do(name: str, number: float) -> None:
    form = FORMATS[name]
    with np.errstate(over="ignore"):
        assert_pattern(form, form.encode(number), np.float32(number).astype(NUMPY[name]))
    assert same(*by_torch(name, number))


@pytest.mark.parametrize("name", WIDE)
@given(data=st.data())
def test_patterns_of_wide_formats(name: str, data: st.DataObject) -> None:
    form = FORMATS[name]
    pattern = data.draw(st.integers(0, (1 << form.bits) - 1))
    theirs = words(form, [pattern]).view(NUMPY[name])[0]
    assert same(form.decode(pattern), float(theirs))
    if form.kind(pattern) != "nan":
        assert form.encode(float(theirs)) == pattern


@given(st.floats())
def test_single_precision_rounds_doubles_as_numpy_does(number: float) -> None:
    with np.errstate(over="ignore"):
        assert_pattern(FORMATS["fp32"], FORMATS["fp32"].encode(number), np.float64(number).astype(np.float32))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=30) | st.fractions())
def test_exact_numbers_become_doubles_as_python_rounds_them(number: Any) -> None:
    exact = Fraction(number)
    try:
        expected = exact.numerator / exact.denominator  # rounded once
    except OverflowError:
        expected = math.copysign(math.inf, exact)
    found = FORMATS["fp64"].decode(FORMATS["fp64"].encode(exact))
    assert found == expected


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_neighbours_have_nothing_between_them(name: str, data: st.DataObject) -> None:
    form = FORMATS[name]
    pattern = data.draw(st.integers(0, (1 << form.bits) - 1))
    up, down = form.beside(pattern, True), form.beside(pattern, False)
    if form.kind(pattern) == "nan":
        assert up is None and down is None
        return
    number = form.decode(pattern)
    for other, larger in ((up, True), (down, False)):
        if other is None:
            assert abs(number) in (math.inf, form.largest)
            continue
        beyond = form.decode(other)
        assert beyond > number if larger else beyond < number
        back = form.beside(other, not larger)
        assert back is not None and form.decode(back) == number
        if math.isfinite(beyond) and math.isfinite(number):
            between = (Fraction(number) * 3 + Fraction(beyond)) / 4
            assert form.decode(form.encode(between)) in (number, beyond)


@pytest.mark.parametrize(
    ("name", "smallest", "normal", "largest"),
    [
        ("fp64", 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308),
        ("fp32", 1.401298464324817e-45, 1.1754943508222875e-38, 3.4028234663852886e38),
        ("fp16", 5.960464477539063e-08, 6.103515625e-05, 65504.0),
        ("bf16", 9.183549615799121e-41, 1.1754943508222875e-38, 3.3895313892515355e38),
        ("e5m2", 2**-16, 2**-14, 57344.0),
        ("e4m3", 2**-9, 2**-6, 448.0),
    ],
)
def test_the_ends_are_those_of_the_standards(
    name: str, smallest: float, normal: float, largest: float
) -> None:
    form = FORMATS[name]
    assert (form.smallest, form.normal, form.largest) == (smallest, normal, largest)


def test_the_lessons_three_resolutions_are_powers_of_two() -> None:
    """About 1e-3, 1e-7 and 1e-16: exactly 2⁻¹⁰, 2⁻²³ and 2⁻⁵²."""
    exact = {name: FORMATS[name].resolution for name in ("fp16", "fp32", "fp64")}
    assert exact == {"fp16": 2**-10, "fp32": 2**-23, "fp64": 2**-52}
    assert [round(math.log10(one)) for one in exact.values()] == [-3, -7, -16]


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_truncation_never_goes_away_from_zero_nor_beyond_the_largest(name: str, data: st.DataObject) -> None:
    form = FORMATS[name]
    number = data.draw(st.floats(allow_nan=False, allow_infinity=False))
    found = form.round(number, "truncated")
    assert abs(found) <= abs(number) and math.copysign(1, found) == math.copysign(1, number)
    beyond = form.beside(form.encode(found), number > 0)
    assert beyond is None or abs(form.decode(beyond)) > abs(number) or abs(found) == form.largest


@pytest.mark.parametrize("name", FORMATS)
def test_stochastic_rounding_is_right_on_average(name: str) -> None:
    form = FORMATS[name]
    one, step = Fraction(1), Fraction(form.resolution)
    number = one + step * Fraction(3, 8)
    shares = [(i + 0.5) / 64 for i in range(64)]
    found = [Fraction(form.decode(form.encode(number, "stochastic", share))) for share in shares]
    assert set(found) == {one, one + step}
    assert sum(found) / 64 == number
