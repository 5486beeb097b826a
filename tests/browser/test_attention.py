"""The attention page as a visitor uses it: the real server, the real model, a real browser."""

from __future__ import annotations

import re
import shutil
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.translator import load_translator
from tests.browser.attention_page import Canvas
from tests.browser.conftest import PageAt
from tests.browser.few import few
from tests.browser.server import ROOT, running
from tests.browser.watch import horizontal_overflow, wait_ready
from ui import canvas_url
from ui.components.attention import WIRINGS

URL = "attention"


def opened(page_at: PageAt, query: str = "", **options: object) -> Canvas:
    return Canvas(page_at(f"/{URL}?{query}", wait=URL, **options)).ready()


def type_sentence(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").first
    box.fill(text)
    box.press("Enter")


def problem(page: Page) -> str:
    alert = page.get_by_role("alert").first
    expect(alert).to_be_visible()
    return alert.inner_text()


def test_a_new_sentence_is_stepped_through_and_its_cell_adds_up(page_at: PageAt) -> None:
    canvas = opened(page_at, lang="en")
    before = canvas.mark("digest")
    type_sentence(canvas.page, "나는 어제 친구와 함께 영화를 봤어요.")
    expect(canvas.root).not_to_have_attribute("data-digest", before)
    canvas.choose("layers", 2)
    canvas.head(5)
    canvas.expect(layer=2, head=5)
    canvas.page.locator(".stages button").first.focus()
    canvas.page.keyboard.press("ArrowUp")
    canvas.page.keyboard.press("[")
    canvas.expect(layer=1, head=4)
    canvas.stage("scores")
    canvas.cell(0, 2, 3)
    panel = canvas.equations()
    (products,) = panel["sums"]
    assert len(products["terms"]) == 32  # d_k
    shown = sum(term["value"] for term in products["terms"]) + products["rounding"]
    assert shown == pytest.approx(products["total"], abs=5e-5)
    translator = load_translator()
    trace = translator.trace("나는 어제 친구와 함께 영화를 봤어요.", "ko-en")
    assert products["total"] == pytest.approx(
        float(trace.encoder.blocks.self_attention.scores[1, 4, 2, 3]), abs=1e-3
    )


@pytest.mark.parametrize(
    ("wiring", "stage"), few([("cross", "qkv"), ("self", "qkv"), ("causal", "output")], 1)
)
def test_learned_matrices_come_from_the_models_own_file(page_at: PageAt, wiring: str, stage: str) -> None:
    """The browser reads the weights by byte range; X·W + b then is the cell, or the sum is not shown at all."""
    canvas = opened(page_at, f"lang=en&wiring={wiring}&stage={stage}&layer=2")
    canvas.cell(0, 1, 7)
    panel = canvas.equations()
    assert panel["sums"][0]["total"] == pytest.approx(panel["value"], abs=5e-4)


def test_the_choices_are_in_the_address_and_come_back_from_it(page_at: PageAt) -> None:
    canvas = opened(page_at, lang="en")
    canvas.choose("wirings", "cross")
    canvas.choose("layers", 1)
    canvas.head(3)
    canvas.stage("scaled")
    canvas.page.wait_for_url(re.compile("stage=scaled"))
    query = urllib.parse.urlsplit(canvas.page.url).query
    again = opened(page_at, query, lang="en")
    again.expect(wiring="cross", layer=1, head=3, stage="scaled")


def test_bad_values_in_the_address_fall_back_and_say_so(page_at: PageAt) -> None:
    canvas = opened(page_at, "lang=en&layer=99&stage=nowhere&cell=x&direction=fr-en&scale=maybe")
    canvas.expect(layer=1, head=3, stage="weights", cell="")
    notes = canvas.page.locator(".st-key-glassbox-notes").inner_text()
    for bad in ("99", "nowhere", "fr-en", "maybe"):
        assert bad in notes


@pytest.mark.parametrize(
    ("query", "named"),
    few(
        [
            ("cell=0-500-2", "cell"),
            ("cell=0-1", "cell"),
            ("wiring=causal&stage=final", "stage"),
            ("plain=1&stage=output", "stage"),
            ("scale=0&stage=output", "stage"),
            ("plain=1&view=heads", "view"),
        ],
        1,
    ),
)
def test_values_that_do_not_go_together_fall_back_and_say_so(page_at: PageAt, query: str, named: str) -> None:
    canvas = opened(page_at, f"lang=en&{query}")
    canvas.expect(cell="", stage="weights", view="matrix")
    assert f"asks for {named} = " in canvas.page.locator(".st-key-glassbox-notes").inner_text()


def test_the_address_knows_the_canvas_own_names(page_at: PageAt) -> None:
    canvas = opened(page_at)
    for group, names in (
        (".stages", canvas_url.STAGES),
        (".wirings", WIRINGS),
        (".views", canvas_url.VIEWS),
    ):
        found = canvas.root.locator(f"{group} button").evaluate_all(
            "(all) => all.map((b) => b.dataset.value)"
        )
        assert tuple(found) == names


def test_presets_set_the_page_up(page_at: PageAt) -> None:
    """Also after choices of one's own: screen, address and code agree."""
    canvas = opened(page_at, lang="en")
    canvas.choose("layers", 2)
    canvas.choose("wirings", "causal")
    canvas.page.wait_for_url(re.compile("wiring=causal"))
    canvas.page.get_by_role("button", name="Station:").click()
    canvas.expect(what_if="true", cell="0,5,2")
    expect(canvas.page.locator(".plain")).to_contain_text("▁station")
    expect(canvas.switch("unit")).to_have_attribute("aria-checked", "true")
    expect(canvas.switch("scale")).to_have_attribute("aria-checked", "false")
    canvas.page.get_by_role("button", name="Weather").click()
    canvas.expect(wiring="cross", what_if="false")
    expect(canvas.page.get_by_role("textbox").first).to_have_value("How is the weather today?")
    canvas.page.wait_for_url(re.compile("wiring=cross"))
    wait_ready(canvas.page, URL)
    assert not re.search("plain|unit|scale|cell", canvas.page.url)
    canvas.page.get_by_text("The code").click()
    code = canvas.page.locator("[data-testid=stCode]").first
    expect(code).to_contain_text("cross_attention")
    expect(code).to_contain_text("layer, head = 2, 1")


def test_back_leaves_the_page_and_not_a_choice(page_at: PageAt) -> None:
    page = page_at("/", lang="en", wait="home")
    page.get_by_role("link", name="1 · Attention").first.click()
    canvas = Canvas(page).ready()
    for layer in (0, 2):
        canvas.choose("layers", layer)
        page.wait_for_url(re.compile(f"layer={layer + 1}"))
    page.go_back()
    wait_ready(page, "home")


def test_what_was_typed_is_there_after_a_look_at_another_page(page_at: PageAt) -> None:
    canvas = opened(page_at, lang="en")
    type_sentence(canvas.page, "고양이가 잔다")
    canvas.page.wait_for_url(re.compile("text="))
    wait_ready(canvas.page, URL)
    canvas.page.get_by_role("link", name="Glassbox").first.click()
    wait_ready(canvas.page, "home")
    canvas.page.get_by_role("link", name="1 · Attention").first.click()
    wait_ready(canvas.page, URL)
    expect(canvas.page.get_by_role("textbox").first).to_have_value("고양이가 잔다")


@pytest.mark.parametrize("text", few(["\u200b\u202e", "", "   "], 1))
def test_nothing_to_read_is_said_in_a_sentence(page_at: PageAt, text: str) -> None:
    canvas = opened(page_at, lang="en")
    type_sentence(canvas.page, text)
    assert "Type a sentence" in problem(canvas.page)
    expect(canvas.root).to_have_count(0)


def test_too_long_a_sentence_is_counted_and_can_be_cut(page_at: PageAt) -> None:
    page = opened(page_at, lang="en").page
    type_sentence(page, "word " * 2000)
    assert re.search(r"2,000 pieces; at most 64", problem(page))
    assert "too long for the address" in page.locator(".st-key-glassbox-notes").inner_text()
    assert len(page.url) < 6000
    page.get_by_role("button", name="Take the first 64").click()
    canvas = Canvas(page).ready()
    assert page.get_by_role("textbox").first.input_value() == " ".join(["word"] * 64)
    expect(canvas.root).to_have_attribute("data-stage", "weights")


@pytest.mark.parametrize(
    "text",
    few(
        [
            "👩‍👩‍👧‍👦🦖🇰🇷",
            "한글 English 日本語 עברית العربية हिन्दी",
            "a\x00b\x07c\x1b[31m",
            "\u202eright to left\u202c שלום עולם",
            '<img src=x onerror="window.hit=1"><script>window.hit=1</script>',
            "**bold** $x^2$ :material/home: [link](javascript:window.hit=1)",
        ],
        3,
    ),
)
def test_any_text_is_drawn_and_none_is_executed(page_at: PageAt, text: str) -> None:
    canvas = opened(page_at, lang="en")
    before = canvas.mark("digest")
    type_sentence(canvas.page, text)
    expect(canvas.root).not_to_have_attribute("data-digest", before)
    canvas.ready().cell(0, 1, 1)
    assert canvas.page.evaluate("window.hit") is None
    expect(canvas.page.get_by_role("alert")).to_have_count(0)


def test_the_longest_sentence_fits_a_phone(page_at: PageAt) -> None:
    canvas = opened(page_at, f"text={urllib.parse.quote('한 ' * 60)}", size=(390, 844), touch=True)
    assert horizontal_overflow(canvas.page) <= 0
    canvas.matrix.evaluate('(matrix) => matrix.scrollIntoView({ block: "center" })')
    canvas.cell(0, 30, 20, tap=True)
    canvas.expect(arithmetic="ready")


@pytest.mark.parametrize("query", ["", "plain=1&unit=1&scale=0&cell=0-3-2"], ids=["usual", "what if"])
def test_the_picture_is_in_view_without_scrolling(page_at: PageAt, query: str) -> None:
    canvas = opened(page_at, query)
    box = canvas.root.bounding_box()
    assert box and box["y"] + box["height"] <= 721


def test_the_code_shows_what_is_chosen(page_at: PageAt) -> None:
    canvas = opened(page_at, "lang=en&wiring=causal&layer=3&head=2")
    canvas.page.get_by_text("The code").click()
    code = canvas.page.locator("[data-testid=stCode]").first
    expect(code).to_contain_text("layer, head = 2, 1")
    expect(code).to_contain_text("trace.decoder")


@pytest.fixture
def damaged_house(tmp_path: Path) -> Path:
    """A copy of the app whose weights are cut short."""
    house = tmp_path / "house"
    for name in ("core", "ui", "pages", "assets", ".streamlit"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", house / "app.py")
    weights = house / "assets" / "models" / "translator.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    return house


@pytest.mark.slow
def test_a_cut_weight_file_is_one_sentence_and_the_rest_goes_on(
    damaged_house: Path, tmp_path: Path, open_page: PageAt
) -> None:
    with running(damaged_house / "app.py", tmp_path / "log", cwd=damaged_house) as server:
        page = open_page(server.url, f"/{URL}", lang="en", wait=URL)
        assert "cut short" in problem(page) and "Traceback" not in page.content()
        page.goto(server.url)
        wait_ready(page, "home")
        expect(page.get_by_role("textbox").first).to_be_visible()


@pytest.mark.parametrize(
    "query", ["", "text=오늘 날씨가 어때?&stage=scores&edits=encoder.0.self.scores~0~1~2~7"]
)
def test_back_from_another_page_finds_the_page_as_it_was(page_at: PageAt, query: str) -> None:
    canvas = opened(page_at, query)
    box = canvas.page.get_by_role("textbox").first
    expect(box).not_to_have_value("")
    sentence, stage, edits = box.input_value(), canvas.mark("stage"), canvas.mark("edits")
    assert sentence
    canvas.page.locator('[data-testid="stPageLink"] a').last.click()
    wait_ready(canvas.page, "positions")
    canvas.page.go_back()
    wait_ready(canvas.page, URL)
    canvas.ready().expect(stage=stage, edits=edits, pending="false")
    expect(box).to_have_value(sentence)
