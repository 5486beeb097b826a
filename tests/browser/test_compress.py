"""Compression as a visitor uses it: plans chosen, parts kept, sentences translated, scores asked for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core import compression
from pages.parts import compress as part
from tests.browser.conftest import PageAt
from tests.browser.watch import in_first_view, wait_idle

URL = "compress"
PARTS = ".parts-picture"
ROWS = "[data-glassbox-translations] tbody tr"


def opened(page_at: PageAt, query: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?{query}", wait=URL, **{"lang": "en", **options})
    expect(page.locator(PARTS)).to_have_attribute("data-ready", "true")
    wait_idle(page)
    return page


def after(page: Page) -> int:
    return int(page.locator(PARTS).get_attribute("data-after") or 0)


def test_a_smaller_translator_stands_there_in_view(page_at: PageAt) -> None:
    page = opened(page_at)
    assert in_first_view(page, page.locator(ROWS).first)
    expect(page.get_by_text("15.16 MB in fp16 → 3.88 MB")).to_be_visible()
    expect(page.locator(f"{PARTS} tbody tr")).to_have_count(16)


def test_presets_change_sizes_and_translations(page_at: PageAt) -> None:
    page = opened(page_at)
    page.get_by_role("button", name="int4, one scale", exact=True).click()
    expect(page.locator(PARTS)).to_have_attribute("data-plan", re.compile("one scale for a matrix"))
    expect(page.locator("[data-glassbox-translations] mark").first).to_be_visible()
    page.get_by_role("button", name="Everything pruned", exact=True).click()
    expect(page.get_by_text("15.16 MB in fp16 → 0.99 MB")).to_be_visible()
    expect(page.get_by_text("Every matrix is 0")).to_be_visible()
    expect(page.locator(f"{PARTS} figcaption").first).to_contain_text("100 % of them are 0")


def test_a_part_that_stays_is_larger_and_a_link_keeps_it(page_at: PageAt) -> None:
    page = opened(page_at)
    small = after(page)
    page.get_by_role("switch", name="Embedding and output stays in fp16").click()
    expect(page.locator(PARTS)).to_have_attribute("data-plan", re.compile("parts in fp16: 1"))
    assert after(page) > small + 2_000_000
    page.wait_for_url("**kept=embedding*")
    wait_idle(page)
    page.reload()
    expect(page.get_by_role("switch", name="Embedding and output stays in fp16")).to_have_attribute(
        "aria-checked", "true"
    )
    page.get_by_role("button", name="Decoder 3, feed-forward").click()
    expect(page.locator(PARTS)).to_have_attribute("data-part", "decoder.2.dense")


def test_ones_own_sentence_is_translated_before_and_after(page_at: PageAt) -> None:
    page = opened(page_at)
    box = page.get_by_role("textbox", name="Sentence, Korean or English")
    box.fill("이 사과는 얼마예요?")
    box.press("Enter")
    first = page.locator(ROWS).first
    expect(first.locator("th")).to_have_text("이 사과는 얼마예요?")
    expect(first.locator("td").first).to_have_text(
        part.translator().translate("이 사과는 얼마예요?", "ko-en")
    )
    box.fill("<script>window.hurt = 1</script>")
    box.press("Enter")
    expect(first.locator("th")).to_have_text("<script>window.hurt = 1</script>")
    assert page.evaluate("window.hurt") is None


@pytest.mark.slow
def test_settings_are_scored_here_and_can_be_stopped(page_at: PageAt) -> None:
    page = opened(page_at, "bits=8")
    button = page.get_by_role("button", name="Score these settings here")
    button.click()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped after")).to_be_visible()
    button.click()
    expect(page.get_by_text("Done: 240 sentences.")).to_be_visible(timeout=90_000)
    cells = page.locator("[data-glassbox-compress-scored] tbody td").all_inner_texts()
    known = compression.recorded()["plans"]["int8"]
    assert abs(float(cells[1]) - known["ko-en"]["chrf2"]) < 1.0
