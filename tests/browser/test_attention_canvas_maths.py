"""What the browser derives is what NumPy derives: every stage of every block, to 1e-5."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.apps.attention_data import HEADS, LAYERS, random_pass, random_view, random_weights
from tests.ui.attention_reference import attention_stages
from ui.components.attention import pack
from ui.components.attention.canvas import FOLDER, canvas_script

TOLERANCE = 1e-5
ENDS = """
window.load = (text) => { window.model = unpack(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))); };
window.answer = (values) => Array.from(values, (v) => Number.isFinite(v) ? v : String(v));
window.plainly = { scale: true, mask: true, plain: false, unit: false };
"""


def numbers(values: list[float | str]) -> np.ndarray:
    """A list from the browser, where infinities came as words."""
    return np.array([float(value) for value in values])


@pytest.fixture(scope="module")
def bench(browser: Browser) -> Iterator[Page]:
    """An empty page with the component's functions as globals."""
    page = browser.new_page()
    page.add_script_tag(content=canvas_script().replace("export default ", "") + ENDS)
    yield page
    page.close()


def load(page: Page, count: int) -> None:
    """Give the page the random sentence of so many tokens."""
    payload = pack(random_view(count), labels={}, initial={}, key="k")
    page.evaluate("(text) => load(text)", base64.b64encode(payload).decode())


@pytest.mark.parametrize("count", [1, 2, 7])
@pytest.mark.parametrize("wiring", ["self", "causal", "cross"])
def test_every_stage_is_numpys(bench: Page, wiring: str, count: int) -> None:
    load(bench, count)
    stages = random_pass(count, max(1, count - 1)).stages
    for layer in range(LAYERS):
        for stage in ("scores", "scaled", "masked", "weights", "context"):
            for head in range(HEADS):
                got = bench.evaluate(
                    "([w, l, h, s]) => answer(headOf(model, w, l, h, plainly)[s])",
                    [wiring, layer, head, stage],
                )
                expected = stages[wiring, layer, stage][head]
                np.testing.assert_allclose(numbers(got), expected.ravel(), atol=TOLERANCE, rtol=TOLERANCE)
        blocks = ["x", "memory", "output", "residual", "normalized"]
        for stage in blocks + (["final"] if wiring != "causal" else []):
            got = bench.evaluate("([w, l, s]) => answer(blockOf(model, w, l)[s])", [wiring, layer, stage])
            expected = stages[wiring, layer, stage]
            np.testing.assert_allclose(numbers(got), expected.ravel(), atol=TOLERANCE, rtol=TOLERANCE)
        got = bench.evaluate("([w, l]) => answer(joinedOf(model, w, l, plainly))", [wiring, layer])
        np.testing.assert_allclose(numbers(got), stages[wiring, layer, "joined"].ravel(), atol=TOLERANCE)


@pytest.mark.parametrize("wiring", ["self", "causal", "cross"])
def test_rows_of_weights_add_up_to_one(bench: Page, wiring: str) -> None:
    load(bench, 7)
    for scale in (True, False):
        weights = numbers(
            bench.evaluate(
                "([w, scale]) => answer(headOf(model, w, 0, 3, {...plainly, scale}).weights)", [wiring, scale]
            )
        )
        rows = 7 if wiring == "self" else 6
        np.testing.assert_allclose(weights.reshape(rows, -1).sum(axis=1), 1, atol=1e-12)


def test_the_future_has_no_weight_and_taking_the_mask_off_gives_it_some(bench: Page) -> None:
    load(bench, 7)
    ask = "(mask) => answer(headOf(model, 'causal', 1, 2, {...plainly, mask}).weights)"
    future = np.triu(np.ones((6, 6), dtype=bool), k=1)
    assert (numbers(bench.evaluate(ask, True)).reshape(6, 6)[future] == 0).all()
    assert (numbers(bench.evaluate(ask, False)).reshape(6, 6)[future] > 0).all()


def test_without_projections_query_key_and_value_are_x(bench: Page) -> None:
    load(bench, 5)
    x = random_pass(5, 4).stages["self", 1, "x"]
    expected = attention_stages(x, x, x, causal=False)
    for stage in ("scores", "weights", "context"):
        got = bench.evaluate(
            "(s) => answer(headOf(model, 'self', 1, 5, {...plainly, plain: true})[s])", stage
        )
        np.testing.assert_allclose(numbers(got), expected[stage].ravel(), rtol=TOLERANCE, atol=TOLERANCE)


@pytest.mark.parametrize("wiring", ["self", "causal", "cross"])
def test_unit_length_divides_query_key_and_value_by_their_own_lengths(bench: Page, wiring: str) -> None:
    load(bench, 5)
    stages = random_pass(5, 4).stages
    x, memory = (stages[wiring, 1, name] for name in ("x", "memory"))
    unit, remembered = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (x, memory))
    expected = attention_stages(unit, remembered, remembered, causal=wiring == "causal")
    for stage in ("scores", "scaled", "masked", "weights", "context"):
        got = bench.evaluate(
            "([w, s]) => answer(headOf(model, w, 1, 5, {...plainly, plain: true, unit: true})[s])",
            [wiring, stage],
        )
        np.testing.assert_allclose(numbers(got), expected[stage].ravel(), rtol=TOLERANCE, atol=TOLERANCE)
    joined = bench.evaluate(
        "(w) => answer(joinedOf(model, w, 1, {...plainly, plain: true, unit: true}))", wiring
    )
    np.testing.assert_allclose(numbers(joined), expected["context"].ravel(), rtol=TOLERANCE, atol=TOLERANCE)


def test_unit_length_counts_only_without_projections(bench: Page) -> None:
    load(bench, 5)
    ask = "(unit) => answer(headOf(model, 'self', 0, 2, {...plainly, unit}).weights)"
    assert bench.evaluate(ask, True) == bench.evaluate(ask, False)


def test_a_row_of_zeros_has_no_direction_and_stays(bench: Page) -> None:
    assert bench.evaluate("() => answer(unitRows(Float64Array.of(0, 0, 3, 4), 2))") == [0, 0, 0.6, 0.8]


def test_entropy_is_measured_in_bits(bench: Page) -> None:
    got = bench.evaluate("() => rowEntropies([0.25, 0.25, 0.25, 0.25, 1, 0, 0, 0, 0.5, 0.5, 0, 0], 3, 4)")
    assert got == pytest.approx([2.0, 0.0, 1.0])


def test_dividing_by_the_root_raises_the_entropy(bench: Page) -> None:
    load(bench, 7)
    on, off = bench.evaluate(
        """() => [true, false].map((scale) =>
            meanOf(rowEntropies(headOf(model, 'self', 0, 0, {...plainly, scale}).weights, 7, 7)))"""
    )
    assert on > off


def test_huge_scores_do_not_overflow(bench: Page) -> None:
    assert bench.evaluate("() => answer(softmaxRows([1e5, 0, -1e5, -Infinity], 1, 4))") == [1, 0, 0, 0]


def test_half_floats_are_read_exactly(bench: Page) -> None:
    halves = np.concatenate(
        [
            random_weights()["encoder.blocks.0.self_attention.query.weight"].ravel()[:500],
            np.array([0, 1, -2, 6e-8, 6.1e-5, 65504], dtype=np.float16),
        ]
    )
    bits = halves.view(np.uint16).tolist()
    got = bench.evaluate("(bits) => answer(halvesToFloats(Uint16Array.from(bits)))", bits)
    np.testing.assert_array_equal(numbers(got), halves.astype(np.float64))


def test_maths_stands_alone(browser: Browser) -> None:
    """The formulas need nothing of the page: the file runs by itself."""
    page = browser.new_page()
    source = Path(FOLDER / "maths.js").read_text(encoding="utf-8")
    assert page.evaluate(source + "; Array.from(softmaxRows([0, 0], 1, 2))") == [0.5, 0.5]
    page.close()
