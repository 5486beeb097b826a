"""The three architectures as a visitor sees them: the real server, the real models, a real browser."""

from __future__ import annotations

import contextlib
import json
import re
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.small import load_small
from core.translator import load_translator
from tests.browser.conftest import PageAt
from tests.browser.watch import horizontal_overflow, wait_ready

URL = "attention"
TEXT = "기차가 제시간에 역을 떠났다"


def opened(page_at: PageAt, query: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?architectures=1&text={urllib.parse.quote(TEXT)}&{query}", wait=URL, **options)
    page.locator('.architectures[data-ready="true"]').wait_for()
    return page


def column(page: Page, name: str) -> Locator:
    return page.locator(f'.column[data-name="{name}"]')


def weight_under_pointer(page: Page, where: Locator, row: int, key: int, rows: int, keys: int) -> float:
    """Point at a cell and read the tip."""
    canvas = where.locator("canvas.matrix")
    canvas.scroll_into_view_if_needed()
    plot = json.loads(where.get_attribute("data-plot") or "{}")
    at = {
        "x": plot["x"] + plot["width"] * (key + 0.5) / keys,
        "y": plot["y"] + plot["height"] * (row + 0.5) / rows,
    }
    tip = where.locator(".tip")
    for _ in range(10):
        canvas.hover(position=at)
        # What is laid out late moves the picture from under the pointer: then a reader points again.
        with contextlib.suppress(AssertionError):
            expect(tip).to_be_visible(timeout=2000)
            break
    return float(re.findall(r"\d\.\d{4}", tip.inner_text())[-1])


def step(where: Locator, what: str, times: int = 1) -> None:
    for _ in range(times):
        where.locator(f".step-{what} button").last.click()


def test_each_column_shows_its_own_models_weights(page_at: PageAt) -> None:
    page = opened(page_at, "lang=en")
    for name, model_name in (("encoder", "blank-sinusoidal"), ("decoder", "next")):
        where, model = column(page, name), load_small(model_name)
        step(where, "layer")
        step(where, "head", 2)
        expect(where).to_have_attribute("data-layer", "1")
        expect(where).to_have_attribute("data-head", "2")
        weights = model.trace(model.ids(TEXT)).blocks.self_attention.weights[1, 2]
        count = len(weights)
        shown = weight_under_pointer(page, where, count - 1, 2, count, count)
        assert shown == pytest.approx(float(weights[-1, 2]), abs=6e-5)
    ahead = weight_under_pointer(page, column(page, "decoder"), 1, count - 1, count, count)
    assert ahead == 0
    page.wait_for_url(re.compile(r"columns=2\.3-2\.3-1\.1-cross"))


def test_the_translators_three_attentions_and_a_typed_translation(page_at: PageAt) -> None:
    page = opened(page_at, "lang=en")
    both, translator = column(page, "both"), load_translator()
    expect(both.locator(".said")).to_contain_text(translator.translate(TEXT, "ko-en"))
    box = page.get_by_role("textbox", name=re.compile("decoder has said"))
    box.fill("The train left")
    box.press("Enter")
    expect(both.locator(".said")).to_contain_text("The train left")
    trace = translator.trace(TEXT, "ko-en", "The train left")
    for name, weights in (
        ("source", trace.encoder.blocks.self_attention.weights),
        ("causal", trace.decoder.blocks.self_attention.weights),
        ("cross", trace.decoder.blocks.cross_attention.weights),
    ):
        both.locator(f'[data-value="{name}"]').click()
        expect(both).to_have_attribute("data-shown", name)
        rows, keys = weights.shape[-2:]
        shown = weight_under_pointer(page, both, rows - 1, keys - 2, rows, keys)
        assert shown == pytest.approx(float(weights[0, 0, -1, keys - 2]), abs=6e-5)


def test_what_is_typed_is_still_there_after_the_browsers_back(page_at: PageAt) -> None:
    page = opened(page_at, "lang=en")
    box = page.get_by_role("textbox", name=re.compile("decoder has said"))
    box.fill("The train left")
    box.press("Enter")
    page.wait_for_url(re.compile("said="))
    wait_ready(page, URL)
    page.get_by_role("link", name="Glassbox").first.click()
    wait_ready(page, "home")
    page.go_back()
    expect(column(page, "both").locator(".said")).to_contain_text("The train left")
    expect(box).to_have_value("The train left")
    page.wait_for_url(re.compile("said="))


def test_the_diagrams_say_where_query_key_and_value_come_from(page_at: PageAt) -> None:
    page = opened(page_at, "lang=ko")
    for name in ("encoder", "decoder", "both"):
        letters = column(page, name).locator("svg .letter").all_text_contents()
        assert sorted(letters) == sorted("QKV" * (3 if name == "both" else 1))
        assert column(page, name).locator("svg.diagram").get_attribute("aria-label")
    expect(column(page, "decoder")).to_contain_text("저장해 둔 지식이 아닙니다")


def test_the_keys_step_and_the_address_brings_it_back(page_at: PageAt) -> None:
    page = opened(page_at, "lang=en&columns=1.1-1.1-3.2-causal&said=Hello")
    both = column(page, "both")
    for name, value in (("layer", "2"), ("head", "1"), ("shown", "causal")):
        expect(both).to_have_attribute(f"data-{name}", value)
    both.locator("canvas.matrix").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(both).to_have_attribute("data-layer", "1")
    expect(both).to_have_attribute("data-head", "2")
    page.wait_for_url(re.compile(r"columns=1\.1-1\.1-2\.3-causal"))


def test_layers_that_a_model_does_not_have_become_its_last(page_at: PageAt) -> None:
    page = opened(page_at, "lang=en&columns=9.9-9.9-9.9-cross")
    expect(column(page, "encoder")).to_have_attribute("data-layer", "1")
    expect(column(page, "both")).to_have_attribute("data-head", "7")


def test_diagram_and_matrix_are_saved_together(page_at: PageAt, tmp_path: Path) -> None:
    page = opened(page_at, "lang=en")
    with page.expect_download() as download:
        column(page, "both").get_by_role("button", name="PNG").click()
    download.value.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    with page.expect_download() as download:
        column(page, "both").get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / "numbers.csv")
    text = (tmp_path / "numbers.csv").read_text(encoding="utf-8-sig")
    assert len(text.strip().split("\n\n")) == 3 * 3 * 8  # three attentions, three layers, eight heads


def test_on_a_phone_the_columns_stand_below_each_other(page_at: PageAt) -> None:
    page = opened(page_at, size=(390, 844), touch=True)
    assert horizontal_overflow(page) <= 0
    tops = [column(page, name).bounding_box()["y"] for name in ("encoder", "decoder", "both")]
    assert tops[0] < tops[1] < tops[2]
