"""The attention canvas in a real browser: what it shows, what it does, what it tells Python."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.attention_page import Canvas, serve_weights
from tests.browser.conftest import PageAt
from tests.browser.few import few
from tests.browser.server import ROOT, Server, running
from tests.browser.watch import horizontal_overflow

APP = ROOT / "tests" / "browser" / "apps" / "attention_app.py"
HALF_A_DIGIT = 0.5e-4 + 1e-9
OpenCanvas = Callable[..., Canvas]


@pytest.fixture(scope="module")
def canvas_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The tiny page, started once."""
    with running(APP, tmp_path_factory.mktemp("canvas") / "log") as server:
        yield server


@pytest.fixture
def open_canvas(canvas_server: Server, open_page: PageAt) -> OpenCanvas:
    """``open_canvas(tokens=6, kind="plain", weights=True, …)`` with `open_page`'s options."""

    def open_it(tokens: int = 6, kind: str = "plain", weights: bool = True, **options: Any) -> Canvas:
        language = options.setdefault("lang", "en")
        path = f"/?tokens={tokens}&kind={kind}&lang={language}"
        canvas = Canvas(open_page(canvas_server.url, path, ready=False, **options)).ready()
        if weights:
            serve_weights(canvas.page)
        return canvas

    return open_it


# ---- numbers ---------------------------------------------------------------------------------------


def result_of(line: dict[str, Any]) -> float:
    """What the shown operands give."""
    a, *others = line["operands"]
    match line["operation"]:
        case "sum":
            return a + others[0]
        case "product":
            return a * others[0]
        case "quotient":
            return a / others[0]
        case "length":
            return math.sqrt(a)
        case "root":
            return math.sqrt(a + 1e-5)
        case "normalize":
            mean, deviation, gamma, beta = others
            return (a - mean) / deviation * gamma + beta
    raise AssertionError(line)


def check(found: dict[str, Any]) -> None:
    """Add up what is shown: every line, every sum and every softmax row must give the digits it claims."""
    assert found["lines"] or found["sums"]
    for line in found["lines"]:
        assert abs(round(result_of(line), 4) + line["rounding"] - line["result"]) < HALF_A_DIGIT, line
    for sum_ in found["sums"]:
        for term in sum_["terms"]:
            if term["factors"]:
                left, right = term["factors"]
                assert abs(left * right - term["value"]) <= HALF_A_DIGIT, term
        total = sum(term["value"] for term in sum_["terms"]) + sum_["rounding"]
        assert abs(total - sum_["total"]) < HALF_A_DIGIT, (total, sum_["total"])
        assert abs(sum_["rounding"]) < 0.02, "what is called rounding is larger than rounding can be"
    if found["softmax"]:
        table = found["softmax"]
        powers = sum(row["power"] for row in table["rows"]) + table["roundings"][0]
        shares = sum(row["share"] for row in table["rows"]) + table["roundings"][1]
        assert abs(powers - table["power"]) < HALF_A_DIGIT
        assert abs(shares - 1) < HALF_A_DIGIT


SCORES = ("scores", "scaled", "masked", "weights")
WIDE = ("joined", "output", "residual", "normalized", "feed_forward", "final")


@pytest.mark.parametrize("wiring", ["self", "causal", "cross"])
def test_the_arithmetic_of_every_stage_adds_up_to_the_cell(open_canvas: OpenCanvas, wiring: str) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", wiring)
    canvas.choose("layers", 1)
    canvas.head(4)
    stages = ["x", "qkv", *SCORES, "context", *WIDE]
    for stage in stages:
        if wiring == "causal" and stage in ("feed_forward", "final"):
            continue
        canvas.stage(stage)
        for panel in range({"qkv": 3, "x": 2 if wiring == "cross" else 1}.get(stage, 1)):
            row, column = 3, (2 if stage in SCORES else 17)
            canvas.cell(panel, row, column)
            found = canvas.equations()
            check(found)
            results = [line["result"] for line in found["lines"]] + [sum_["total"] for sum_ in found["sums"]]
            assert found["value"] in results, (stage, found["value"], results)


def test_the_first_layers_input_is_embedding_and_position(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.stage("x")
    canvas.cell(0, 2, 200)
    found = canvas.equations()
    check(found)
    assert [line["operation"] for line in found["lines"]] == ["product", "sum"]
    assert found["lines"][-1]["result"] == found["value"]


def test_all_terms_of_a_long_sum_are_there_on_demand_and_add_up_too(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.stage("qkv")
    canvas.cell(0, 1, 5)
    assert len(canvas.equations()["sums"][0]["terms"]) == 12  # ten largest, the others, b
    canvas.page.locator(".all-terms").click()
    found = canvas.equations()
    assert len(found["sums"][0]["terms"]) == 257
    check(found)


def test_a_masked_cell_says_that_it_lies_in_the_future(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", "causal")
    canvas.stage("masked")
    canvas.cell(0, 1, 4)
    expect(canvas.page.locator(".arithmetic .note").first).to_contain_text("−∞")
    canvas.stage("weights")
    canvas.expect(cell="0,1,4")
    assert canvas.equations()["value"] == 0


def test_only_the_needed_ranges_are_fetched_and_only_once(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas(weights=False)
    asked = serve_weights(canvas.page)
    canvas.stage("qkv")
    assert not asked
    canvas.cell(0, 1, 5)
    canvas.equations()
    assert len(asked) == 4  # length, header, matrix, bias
    canvas.cell(0, 2, 9)
    canvas.equations()
    assert len(asked) == 4


@pytest.mark.parametrize("body", [b"nothing of the kind", b"\x02\0\0\0\0\0\0\0{}"])
def test_without_the_weights_file_one_sentence_says_so(open_canvas: OpenCanvas, body: bytes) -> None:
    canvas = open_canvas(weights=False)
    serve_weights(canvas.page, body)
    canvas.stage("output")
    canvas.cell(0, 1, 5)
    canvas.expect(arithmetic="unavailable")
    expect(canvas.page.locator(".learned .note")).to_have_text(
        "The learned weights behind this cell could not be fetched, so its sum cannot be shown."
    )


# ---- choosing --------------------------------------------------------------------------------------


def test_every_stage_layer_head_and_view_can_be_chosen(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    for stage in ("x", "qkv", *SCORES, "context", *WIDE):
        canvas.stage(stage)
        expect(canvas.page.locator(".formula")).to_contain_text("(6, ")
    canvas.choose("layers", 2)
    canvas.head(7)
    canvas.expect(layer=2, head=7)
    for view in ("lines", "products", "heads", "matrix"):
        canvas.choose("views", view)
        canvas.expect(view=view)
    assert canvas.page.locator(".thumb").count() == 8


def test_keys_step_stage_head_and_layer_and_move_the_cell(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    press = canvas.page.keyboard.press
    canvas.page.locator('.stage[data-value="weights"]').focus()
    press("ArrowRight")
    canvas.expect(stage="context")
    press("ArrowLeft")
    press("ArrowDown")
    press("]")
    canvas.expect(stage="weights", head=1, layer=1)
    press("[")
    press("ArrowUp")
    press("ArrowUp")
    canvas.expect(head=7, layer=0)
    canvas.matrix.focus()
    press("ArrowDown")
    press("ArrowDown")
    press("ArrowRight")
    canvas.expect(cell="0,1,1", arithmetic="closed")
    press("Enter")
    check(canvas.equations())
    press("ArrowRight")
    canvas.expect(cell="0,1,2")
    check(canvas.equations())
    press("Escape")
    canvas.expect(cell="0,1,2", arithmetic="closed")
    press("Escape")
    canvas.expect(cell="")


def test_arrow_keys_walk_from_query_to_key_to_value(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", "cross")
    canvas.stage("qkv")
    canvas.cell(0, 4, 31)
    canvas.matrix.focus()
    canvas.page.keyboard.press("ArrowRight")
    canvas.expect(cell="1,4,0")
    canvas.page.keyboard.press("ArrowDown")
    canvas.expect(cell="1,5,0")  # the source has one token more
    canvas.page.keyboard.press("ArrowLeft")
    canvas.expect(cell="0,4,31")


def test_the_projectors_arrow_keys_step_too(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    step = "(detail) => document.dispatchEvent(new CustomEvent('glassbox:step', { detail }))"
    canvas.page.evaluate(step, {"delta": 1, "axis": "x"})
    canvas.expect(stage="context")
    canvas.page.evaluate(step, {"delta": -1, "axis": "y"})
    canvas.expect(head=7)


def test_touch_chooses_a_cell(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas(size=(390, 844), touch=True)
    canvas.matrix.scroll_into_view_if_needed()
    canvas.cell(0, 2, 3, tap=True)
    check(canvas.equations())


def test_pointing_at_a_cell_names_both_tokens_and_the_value(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    box = canvas.matrix.bounding_box()
    assert box
    x, y = canvas.find(0, 2, 1)
    canvas.page.mouse.move(box["x"] + x, box["y"] + y)
    tip = canvas.page.locator(".tip")
    expect(tip).to_contain_text("▁날씨가 → ▁오늘")
    expect(tip).to_contain_text(r"0.")


def test_zoom_shows_fewer_cells_and_goes_back(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas(tokens=20)
    box = canvas.matrix.bounding_box()
    assert box
    x, y = canvas.find(0, 12, 3)
    canvas.page.mouse.dblclick(box["x"] + x, box["y"] + y)
    canvas.expect(zoom="7,17,0,10", cell="0,12,3")
    canvas.matrix.focus()
    for _ in range(6):
        canvas.page.keyboard.press("ArrowDown")
    canvas.expect(zoom="9,19,0,10", cell="0,18,3")
    canvas.page.locator(".zoom-in").click()
    canvas.expect(zoom="14,20,0,6")
    canvas.matrix.focus()
    canvas.page.keyboard.press("0")
    canvas.expect(zoom="")


def test_views_lead_to_a_cell(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.choose("views", "products")
    canvas.page.locator(".query").select_option("3")
    canvas.expect(cell="0,3,0")
    box = canvas.matrix.bounding_box()
    assert box
    x, y = canvas.find(0, 4, 9)
    canvas.page.mouse.click(box["x"] + x, box["y"] + y)
    canvas.expect(cell="0,3,4")
    found = canvas.equations()
    check(found)
    assert len(found["sums"][0]["terms"]) == 32
    canvas.choose("views", "lines")
    canvas.expect(cell="0,3,4")
    canvas.switch("all_heads").click()
    expect(canvas.page.locator(".chip")).to_have_count(8)
    canvas.choose("views", "heads")
    canvas.matrix.click(position={"x": 60, "y": 60})
    canvas.expect(view="matrix", layer=0, head=0)


# ---- what if ---------------------------------------------------------------------------------------


def entropy(canvas: Canvas, name: str) -> float:
    """One of the entropies below the picture, in bits."""
    return float(canvas.page.locator(f".{name}").inner_text())


def test_without_the_root_the_entropy_falls_and_the_label_says_what_if(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    label = canvas.page.locator(".what-if")
    expect(label).to_be_hidden()
    assert entropy(canvas, "entropy-off") < entropy(canvas, "entropy-on")
    canvas.stage("output")
    canvas.switch("scale").click()
    canvas.expect(what_if="true", stage="context")
    expect(label).to_contain_text("What if: not the model's own setting.")
    for stage in ("output", "residual", "normalized", "feed_forward", "final"):
        button = canvas.page.locator(f'.stage[data-value="{stage}"]')
        expect(button).to_have_attribute("aria-disabled", "true")
        assert "learned" in (button.get_attribute("title") or "")
        button.click(force=True)
        canvas.expect(stage="context")
    canvas.stage("scaled")
    canvas.cell(0, 1, 1)
    check(canvas.equations())
    canvas.switch("scale").click()
    canvas.expect(what_if="false")
    expect(label).to_be_hidden()


def test_the_mask_acts_only_where_there_is_one(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    mask = canvas.switch("mask")
    for wiring in ("self", "cross"):
        canvas.choose("wirings", wiring)
        expect(mask).to_have_attribute("aria-disabled", "true")
        assert "no mask" in (mask.get_attribute("title") or "")
        mask.click(force=True)
        canvas.expect(what_if="false")
    canvas.choose("wirings", "causal")
    canvas.cell(0, 1, 3)
    assert canvas.equations()["value"] == 0
    mask.click()
    canvas.expect(what_if="true")
    assert canvas.equations()["value"] > 0
    canvas.choose("wirings", "self")
    canvas.expect(what_if="false")


@pytest.mark.parametrize("wiring", ["self", "cross"])
def test_no_projection_shows_a_token_before_and_after(open_canvas: OpenCanvas, wiring: str) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", wiring)
    canvas.switch("plain").click()
    canvas.expect(what_if="true")
    canvas.cell(0, 2, 2)
    check(canvas.equations())
    plain = canvas.page.locator(".plain")
    expect(plain.locator(".vector-strip")).to_have_count(2)
    expect(plain.locator("tbody tr")).to_have_count(6)
    if wiring == "self":
        assert float(plain.locator(".here .cosine-before").inner_text()) == 1
    expect(canvas.page.locator(".formula")).to_have_text(
        f"softmax(QKᵀ ÷ √256): ({6 if wiring == 'self' else 5}, 6)"
    )


def test_unit_length_lets_others_in_and_adds_up(open_canvas: OpenCanvas) -> None:
    """The textbook's figure: X divided by its length, scores not divided by √d_k."""
    canvas = open_canvas(weights=False)
    unit = canvas.switch("unit")
    expect(unit).to_be_hidden()
    canvas.switch("plain").click()
    expect(unit).to_have_attribute("aria-checked", "false")
    canvas.cell(0, 2, 1)
    own, others = shares(canvas)
    assert own > max(others)
    expect(canvas.page.locator(".plain-own")).to_be_visible()
    unit.click()
    canvas.switch("scale").click()
    canvas.expect(what_if="true", cell="0,2,1")
    own, others = shares(canvas)
    assert max(others) > 0.05
    expect(canvas.page.locator(".plain-own")).to_have_count(0)
    expect(canvas.page.locator(".formula")).to_have_text("softmax(QKᵀ): (6, 6) · X̂ = X ÷ ‖X‖")
    expect(canvas.page.locator(".caption")).to_contain_text("length 1")
    told(canvas, '"unit": true')
    for stage in ("qkv", *SCORES, "context", "joined"):
        canvas.stage(stage)
        canvas.cell(0, 3, 2)
        found = canvas.equations()
        check(found)
        results = [line["result"] for line in found["lines"]] + [sum_["total"] for sum_ in found["sums"]]
        assert found["value"] in results, stage
        expect(canvas.page.locator(".formula")).to_contain_text("X̂ = X ÷ ‖X‖")
    canvas.switch("plain").click()
    expect(unit).to_be_hidden()


def shares(canvas: Canvas) -> tuple[float, list[float]]:
    """The chosen query's weight on itself, and on the other words."""
    rows = canvas.page.locator(".plain tbody tr")
    others = rows.locator("xpath=self::*[not(contains(@class, 'here'))]").locator(".weight")
    return (
        float(canvas.page.locator(".plain .here .weight").inner_text()),
        [float(text) for text in others.all_inner_texts()],
    )


def test_source_target_attention_takes_its_keys_from_the_memory(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    formula = canvas.page.locator(".formula")
    canvas.stage("qkv")
    expect(formula).to_have_text(
        "Q = X·W_Q + b_Q, K = X·W_K + b_K, V = X·W_V + b_V: (6, 32), (6, 32), (6, 32)"
    )
    canvas.choose("wirings", "cross")
    expect(formula).to_contain_text("Q = X·W_Q + b_Q: (5, 32); K = memory·W_K + b_K, V = memory·W_V + b_V")
    canvas.switch("plain").click()
    expect(formula).to_have_text("Q = X: (5, 256); K = V = memory: (6, 256)")
    for unit, value in ((False, "memory"), (True, "memory ÷ ‖memory‖")):
        if unit:
            canvas.switch("unit").click()
        for panel in (0, 1):
            canvas.cell(panel, 4, 7)
            check(canvas.equations())
        with canvas.page.expect_download() as waiting:
            canvas.page.locator(".save-csv").click()
        text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
        assert f'"K = V = {value}"' in text


def test_a_keys_row_is_not_taken_for_a_querys(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", "cross")
    canvas.stage("qkv")
    canvas.switch("plain").click()
    tokens = canvas.page.locator(".query option").all_text_contents()
    heading = canvas.page.locator(".plain .step-name .token")
    canvas.cell(0, 3, 7)
    expect(heading).to_have_text(tokens[3])
    canvas.cell(1, 4, 7)
    expect(heading).to_have_text(tokens[1])


@pytest.mark.parametrize(
    ("wiring", "off", "stage", "words", "false_words"),
    few(
        [
            ("causal", "", "masked", "may not look at the words after it", "taken off"),
            ("causal", "mask", "masked", "The mask is taken off", "may not look"),
            ("self", "", "masked", "Nothing is hidden here", "may not look"),
            ("cross", "", "masked", "Nothing is hidden here", "may not look"),
            ("self", "", "scaled", "Dividing by √d_k keeps it soft", "is off"),
            ("self", "scale", "scaled", "÷√d_k is off", "keeps it soft"),
        ],
        1,
    ),
)
def test_words_say_what_the_wiring_and_the_switches_make_true(
    open_canvas: OpenCanvas, wiring: str, off: str, stage: str, words: str, false_words: str
) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", wiring)
    if off:
        canvas.switch(off).click()
    canvas.stage(stage)
    said = canvas.page.locator(".explanation")
    expect(said).to_contain_text(words)
    expect(said).not_to_contain_text(false_words)
    caption = canvas.page.locator(".caption")
    ends = {
        ("causal", ""): "masked scores",
        ("causal", "mask"): "scores, the mask taken off",
        ("self", "scale"): "scores, not divided",
    }
    usual = "scaled scores" if stage == "scaled" else "scores, without a mask"
    expect(caption).to_have_text(re.compile(f"· {re.escape(ends.get((wiring, off), usual))}$"))


def test_only_a_block_with_a_next_one_says_that_it_goes_on(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.stage("final")
    expect(canvas.page.locator(".explanation")).to_contain_text("the next block begins with this")
    canvas.choose("layers", 2)
    expect(canvas.page.locator(".explanation")).to_contain_text("the result of the last block")
    expect(canvas.page.locator(".explanation")).not_to_contain_text("next block")


def test_the_learned_matrix_is_read_by_columns(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", "cross")
    canvas.head(2)
    canvas.stage("qkv")
    for panel, words in (
        (0, "q₅ of head 3: xᵢ × column 69 of W_Q"),
        (2, "v₅ of head 3: memoryᵢ × column 69 of W_V"),
    ):
        canvas.cell(panel, 2, 4)
        check(canvas.equations())
        expect(canvas.page.locator(".sum .step-name")).to_contain_text(words)


def test_the_decoders_own_attention_has_no_feed_forward_yet(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.stage("final")
    canvas.choose("wirings", "causal")
    canvas.expect(stage="normalized")
    button = canvas.page.locator('.stage[data-value="feed_forward"]')
    assert "source–target" in (button.get_attribute("title") or "")


@pytest.mark.parametrize(
    ("wiring", "words"),
    few([("cross", "The query comes from the decoder"), ("self", "layer(x, x)"), ("causal", "prefix")], 1),
)
def test_the_wiring_says_where_query_key_and_value_come_from(
    open_canvas: OpenCanvas, wiring: str, words: str
) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", wiring)
    expect(canvas.page.locator(".wiring-line")).to_contain_text(words)
    expect(canvas.page.locator(".wiring-line")).to_contain_text("key=None ⇒ key = value")


# ---- Python and back -------------------------------------------------------------------------------


def told(canvas: Canvas, text: str) -> None:
    """Wait until Python has been told this."""
    expect(canvas.page.locator("#python-state")).to_contain_text(text)


def test_python_is_told_and_its_rerun_does_not_repaint(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.choose("layers", 2)
    canvas.head(5)
    canvas.cell(0, 3, 1)
    told(canvas, '"cell": [0, 3, 1]')
    state = canvas.state()["state"]
    assert (state["wiring"], state["layer"], state["head"], state["stage"]) == ("self", 2, 5, "weights")
    canvas.root.evaluate(
        "(root) => { root.paints = 0; root.addEventListener('glassbox:painted', () => root.paints++); }"
    )
    canvas.page.get_by_role("button", name="again").click()
    told(canvas, '"again": 1')
    canvas.expect(cell="0,3,1", layer=2, head=5, arithmetic="ready")
    assert canvas.root.evaluate("(root) => root.paints") == 0


def test_a_new_sentence_keeps_the_place_and_clears_the_cell(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", "cross")
    canvas.choose("layers", 1)
    canvas.head(3)
    canvas.stage("scores")
    canvas.cell(0, 2, 2)
    before = canvas.mark("digest")
    canvas.page.get_by_role("button", name="another sentence").click()
    expect(canvas.root).not_to_have_attribute("data-digest", before)
    canvas.expect(wiring="cross", layer=1, head=3, stage="scores", cell="", arithmetic="closed")
    expect(canvas.page.locator(".formula")).to_contain_text("(4, 5)")


def test_python_knows_the_beginning_and_hears_the_whole_state_of_the_first_choice(
    open_canvas: OpenCanvas,
) -> None:
    canvas = open_canvas()
    assert canvas.state()["state"] == {}
    canvas.choose("layers", 2)
    told(canvas, '"layer": 2')
    assert canvas.state()["state"]["stage"] == "weights" and canvas.state()["state"]["unit"] is False


def test_a_preset_begins_anew_where_it_says_and_python_reads_no_older_state(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.stage("output")
    canvas.cell(0, 2, 1)
    told(canvas, '"cell": [0, 2, 1]')
    canvas.page.get_by_role("button", name="preset").click()
    canvas.expect(wiring="causal", layer=2, head=7, stage="scores", cell="")
    canvas.choose("layers", 1)
    told(canvas, '"wiring": "causal", "layer": 1, "head": 7, "stage": "scores"')
    shown = canvas.page.locator("#python-read")
    expect(shown).to_have_text(re.compile(r'\["preset", \{"wiring": "causal", "layer": 1'))
    read = json.loads(shown.inner_text())
    after = [state for restart, state in read if restart == "preset"]
    assert after[0] == {} and after[-1]["layer"] == 1
    assert all(state == {} or state["stage"] == "scores" for state in after)


@pytest.mark.parametrize("changed", [False, True])
def test_a_page_opened_again_is_as_it_was_but_a_cell_is_one_sentences_own(
    open_canvas: OpenCanvas, changed: bool
) -> None:
    canvas = open_canvas()
    canvas.choose("layers", 2)
    canvas.cell(0, 3, 1)
    told(canvas, '"cell": [0, 3, 1]')
    away = canvas.page.get_by_role("button", name="leave or return")
    away.click()
    told(canvas, '"away": true')
    expect(canvas.root).to_have_count(0)
    if changed:
        canvas.page.get_by_role("button", name="another sentence").click()
    away.click()
    canvas.expect(layer=2, cell="" if changed else "0,3,1")
    told(canvas, '"cell": null' if changed else '"cell": [0, 3, 1]')
    told(canvas, '"layer": 2')


def test_python_hears_that_another_sentence_cleared_the_cell(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    canvas.cell(0, 3, 1)
    told(canvas, '"cell": [0, 3, 1]')
    canvas.page.get_by_role("button", name="another sentence").click()
    told(canvas, '"cell": null')


def test_the_benchmark_can_read_how_long_a_paint_took(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    heard = canvas.page.evaluate(
        """() => new Promise((resolve) => {
            document.addEventListener('glassbox:painted', (event) => resolve(event.detail), { once: true });
            document.dispatchEvent(new CustomEvent('glassbox:step', { detail: { delta: 1, axis: 'y' } }));
        })"""
    )
    assert heard["frameMs"] >= heard["paintMs"] > 0
    assert float(canvas.mark("paint-ms")) == heard["paintMs"]


# ---- sizes, themes, odd tokens ---------------------------------------------------------------------


def painted_colours(page: Page) -> int:
    """How many different colours the picture has."""
    return int(
        page.locator("canvas.matrix").evaluate(
            """(canvas) => {
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                return new Set(new Uint32Array(data.buffer)).size;
            }"""
        )
    )


@pytest.mark.parametrize("tokens", [1, 2, 8, 64])
@pytest.mark.slow
def test_short_and_long_sentences_are_drawn_in_every_stage(open_canvas: OpenCanvas, tokens: int) -> None:
    canvas = open_canvas(tokens=tokens)
    for wiring in ("self", "causal", "cross"):
        canvas.choose("wirings", wiring)
        for stage in ("x", "qkv", "weights", "joined", "normalized"):
            canvas.stage(stage)
            assert painted_colours(canvas.page) > 4
    for view in ("lines", "products", "heads"):
        canvas.choose("views", view)
        assert painted_colours(canvas.page) > 4


def test_one_token_gives_itself_all_its_attention(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas(tokens=1)
    canvas.cell(0, 0, 0)
    found = canvas.equations()
    check(found)
    assert found["value"] == 1
    assert entropy(canvas, "entropy-on") == 0


@pytest.mark.parametrize("tokens", few([64, 8], 1))
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_phone_need_not_scroll_sideways(open_canvas: OpenCanvas, tokens: int, lang: str) -> None:
    canvas = open_canvas(tokens=tokens, size=(390, 844), lang=lang)
    for view in ("matrix", "lines", "products", "heads"):
        canvas.choose("views", view)
        assert horizontal_overflow(canvas.page) == 0
    canvas.stage("weights")
    canvas.cell(0, 1, 1)
    assert horizontal_overflow(canvas.page) == 0
    (plot,) = json.loads(canvas.mark("plots"))
    assert plot["c1"] - plot["c0"] == tokens
    assert plot["width"] / tokens >= 7  # cells are not made smaller, the picture scrolls within itself


def test_a_finger_scrolls_within_the_picture_and_may_pinch(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas(tokens=64, size=(390, 844), touch=True)
    assert canvas.matrix.evaluate("(matrix) => getComputedStyle(matrix).touchAction") == "manipulation"
    plot = canvas.page.locator(".plot")
    plot.evaluate("(plot) => plot.scrollIntoView({ block: 'center' })")
    box = plot.bounding_box()
    assert box and plot.evaluate("(plot) => plot.scrollLeft") == 0
    x, y = box["x"] + 250, box["y"] + box["height"] / 2
    finger = canvas.page.context.new_cdp_session(canvas.page)

    def touch(kind: str, *places: float) -> None:
        points = [{"x": place, "y": y} for place in places]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x)
    for way in range(20, 161, 20):
        touch("touchMove", x - way)
    touch("touchEnd")
    canvas.page.wait_for_function("(plot) => plot.scrollLeft > 60", arg=plot.element_handle(), timeout=5000)


@pytest.mark.parametrize("lang", few(["en", "ko"], 1))
@pytest.mark.parametrize("tokens", [8, 64])
def test_the_component_is_in_view_below_a_header(open_canvas: OpenCanvas, lang: str, tokens: int) -> None:
    canvas = open_canvas(tokens=tokens, lang=lang)
    for view in ("matrix", "lines", "products", "heads"):
        canvas.choose("views", view)
        box = canvas.root.bounding_box()
        assert box and box["height"] <= 560 and box["y"] + box["height"] <= 720, (view, box)


def test_a_change_of_theme_repaints_and_keeps_the_place(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas(theme="light")
    canvas.stage("scores")
    canvas.cell(0, 1, 1)
    canvas.expect(theme="light")
    canvas.page.emulate_media(color_scheme="dark")
    canvas.expect(theme="dark", stage="scores", cell="0,1,1")


@pytest.mark.parametrize("kind", ["html", "odd"])
def test_tokens_are_never_read_as_markup(open_canvas: OpenCanvas, kind: str) -> None:
    canvas = open_canvas(kind=kind)
    for view in ("lines", "products", "heads", "matrix"):
        canvas.choose("views", view)
    canvas.cell(0, 1, 2)
    check(canvas.equations())
    canvas.switch("plain").click()
    box = canvas.matrix.bounding_box()
    assert box
    x, y = canvas.find(0, 2, 1)
    canvas.page.mouse.move(box["x"] + x, box["y"] + y)
    expect(canvas.page.locator(".tip")).to_be_visible()
    assert canvas.page.evaluate("window.__hacked") is None
    assert canvas.root.locator("img, script").count() == 0


def test_the_picture_has_a_text_alternative(open_canvas: OpenCanvas) -> None:
    canvas = open_canvas()
    assert "layer 1 of 3, head 1 of 8" in (canvas.matrix.get_attribute("aria-label") or "")
    expect(canvas.page.locator("#glassbox-summary li")).to_have_count(6)
    expect(canvas.page.locator("#glassbox-summary li").first).to_contain_text("looks most at")


# ---- files -----------------------------------------------------------------------------------------


def test_csv_holds_the_matrix_and_its_tokens(open_canvas: OpenCanvas, tmp_path: Path) -> None:
    canvas = open_canvas()
    canvas.choose("wirings", "cross")
    with canvas.page.expect_download() as waiting:
        canvas.page.locator(".save-csv").click()
    assert waiting.value.suggested_filename == "attention-source–target-layer-1-head-1-attention-weights.csv"
    waiting.value.save_as(tmp_path / "saved.csv")
    text = (tmp_path / "saved.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 6 and len(rows[0]) == 7
    assert rows[0][:2] == ["attention weights", "<2en>"]
    for row in rows[1:]:
        assert sum(map(float, row[1:])) == pytest.approx(1)


def test_a_korean_file_has_korean_words(open_canvas: OpenCanvas, tmp_path: Path) -> None:
    canvas = open_canvas(lang="ko")
    canvas.choose("views", "heads")
    with canvas.page.expect_download() as waiting:
        canvas.page.locator(".save-csv").click()
    assert waiting.value.suggested_filename == "어텐션-셀프-모든-층과-헤드의-어텐션-가중치.csv"
    waiting.value.save_as(tmp_path / "saved.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "saved.csv").read_text(encoding="utf-8-sig"))))
    assert [row[0] for row in rows if row][::7][:2] == ["1층 · 1번 헤드", "1층 · 2번 헤드"]


def test_png_holds_a_picture(open_canvas: OpenCanvas, tmp_path: Path) -> None:
    canvas = open_canvas()
    with canvas.page.expect_download() as waiting:
        canvas.page.locator(".save-png").click()
    waiting.value.save_as(tmp_path / "saved.png")
    data = (tmp_path / "saved.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(data[i : i + 4], "big") for i in (16, 20))
    assert width > 400 and height > 300
