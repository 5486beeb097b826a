"""The lesson's example, to its last digit, and what cannot be computed."""

import functools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.worked import ExampleError, concat, context, dot, general, joined, softmax, weighted, worked

H = (0.7, 0.3)
FIRST, SECOND = (0.8, 0.2), (-0.40, 0.18)

numbers = st.floats(-50, 50, allow_subnormal=False)


def test_the_lessons_digits() -> None:
    assert dot(H, FIRST) == pytest.approx(0.62)
    assert dot(H, SECOND) == pytest.approx(-0.226)
    assert weighted([0.7], [FIRST])[0] == pytest.approx((0.56, 0.14))
    found = worked(H, [FIRST, SECOND])
    assert [round(weight, 2) for weight in found.weights] == [0.70, 0.30]
    assert found.weights[0] == pytest.approx(math.exp(0.62) / (math.exp(0.62) + math.exp(-0.226)))
    assert [round(number, 2) for number in found.weighted[0]] == [0.56, 0.14]
    assert found.context == pytest.approx(np.array(found.weights) @ np.array([FIRST, SECOND]))


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(numbers, min_size=n, max_size=n), min_size=2, max_size=6)
    )
)
def test_every_stage_is_numpys(vectors: list[list[float]]) -> None:
    h, *states = vectors
    found = worked(h, states)
    scores = np.array(states) @ np.array(h)
    powers = np.exp(scores - scores.max())
    assert np.allclose(found.scores, scores, atol=1e-9)
    assert np.allclose(found.weights, powers / powers.sum(), atol=1e-9)
    assert math.isclose(sum(found.weights), 1)
    assert np.allclose(found.context, np.array(found.weights) @ np.array(states), atol=1e-9)
    for number, column in zip(found.context, zip(*states, strict=True), strict=True):
        assert min(column) - 1e-9 <= number <= max(column) + 1e-9  # the context lies among the states


def test_general_with_the_identity_is_dot() -> None:
    assert general(H, FIRST, [[1, 0], [0, 1]]) == dot(H, FIRST)
    assert general(H, FIRST, [[0, 1], [1, 0]]) == pytest.approx(0.7 * 0.2 + 0.3 * 0.8)
    assert general(H, (1, 2, 3), [[1, 0, 0], [0, 0, 1]]) == pytest.approx(0.7 + 0.9)  # W is (h, s)


def test_the_other_formulas_are_numpys() -> None:
    matrix, v = [[0.1, -0.2, 0.3, 0.4], [0.5, 0.6, -0.7, 0.8], [1, 0, 0, -1]], [1.5, -2, 0.5]
    inner = np.tanh(np.array(matrix) @ np.array([*H, *FIRST]))
    assert concat(H, FIRST, matrix, v) == pytest.approx(np.array(v) @ inner)
    assert joined(FIRST, H, matrix) == pytest.approx(np.tanh(np.array(matrix) @ np.array([*FIRST, *H])))
    scored = worked(H, [FIRST, SECOND], functools.partial(concat, matrix=matrix, v=v))
    assert scored.scores[1] == concat(H, SECOND, matrix, v)


def test_large_scores_are_no_trouble() -> None:
    assert softmax([1000, 1000]) == (0.5, 0.5)
    assert softmax([800, 0])[0] == 1
    assert softmax([5]) == (1.0,)
    assert worked((0, 0), [(0, 0), (1, 1)]).weights == (0.5, 0.5)


@pytest.mark.parametrize(
    ("kind", "h", "states"),
    [
        ("not finite", (math.nan, 0.3), [FIRST]),
        ("not finite", H, [FIRST, (math.inf, 0)]),
        ("length", H, [(0.1, 0.2, 0.3)]),
        ("length", (1.0,), [FIRST]),
        ("no state", H, []),
        ("no number", (), [FIRST]),
        ("no number", H, [()]),
        ("too large", (1e200, 0), [(1e200, 0)]),
    ],
)
def test_what_cannot_be_computed_is_said(
    kind: str, h: tuple[float, ...], states: list[tuple[float, ...]]
) -> None:
    with pytest.raises(ExampleError) as caught:
        worked(h, states)
    assert caught.value.kind == kind and isinstance(caught.value, ValueError)


def test_matrices_and_weights_of_the_wrong_size_are_refused() -> None:
    for call in (
        lambda: general(H, FIRST, [[1, 0]]),
        lambda: general(H, FIRST, [[1, 0], [0]]),
        lambda: concat(H, FIRST, [[1, 0, 0, 0]], [1, 2]),
        lambda: weighted([0.5, 0.5], [FIRST]),
        lambda: context([0.5, 0.5], [FIRST, (1.0,)]),
        lambda: joined(FIRST, H, [[1, 2, 3]]),
    ):
        with pytest.raises(ExampleError) as caught:
            call()
        assert caught.value.kind == "length"
    with pytest.raises(ExampleError) as caught:
        softmax([])
    assert caught.value.kind == "no state"
