"""The homonyms lesson as a visitor uses it: the real server, the real model, a real browser."""

from __future__ import annotations

import csv
import io
import re
import urllib.parse
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core import homonyms
from core.translator import Translator, direction_of, load_translator
from tests.browser.conftest import PageAt
from tests.browser.watch import horizontal_overflow
from ui.lessons.homonyms import HOMONYMS

URL = "attention"
EIGHT_DEPTHS = 8


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


def opened(page_at: PageAt, query: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?homonyms=1&{query}", wait=URL, **options)
    picture(page).wait_for()
    return page


def picture(page: Page) -> Locator:
    return page.locator('.homonyms[data-ready="true"]')


def shown(page: Page) -> np.ndarray:
    """The matrix as it stands on the screen, at full precision."""
    cells = picture(page).locator("rect.cell")
    values = cells.evaluate_all("(all) => all.map(({ dataset: d }) => [+d.row, +d.column, +d.value])")
    size = 1 + max(row for row, _, _ in values)
    matrix = np.zeros((size, size))
    for row, column, value in values:
        matrix[row, column] = value
    return matrix


def expected(translator: Translator, word: str, texts: list[str], depth: int) -> np.ndarray:
    vectors = []
    for text in texts:
        found = homonyms.read_word(translator, text, word, direction_of(text))
        assert found is not None
        vectors.append(found.vectors)
    return homonyms.cosines(vectors)[depth]


def test_it_opens_steps_and_follows_an_edited_sentence(page_at: PageAt, translator: Translator) -> None:
    page = page_at(f"/{URL}", lang="en", wait=URL)
    expect(picture(page)).to_have_count(0)  # folded, it is not there at all
    page.get_by_text("Homonyms: one word").click()
    picture(page).wait_for()
    page.wait_for_url(re.compile("homonyms=1"))
    page.locator(".st-key-glassbox-homonym-word").get_by_text("배", exact=True).click()
    expect(picture(page)).to_contain_text("pear")
    texts = [text for _, text in HOMONYMS["배"].sentences]
    np.testing.assert_allclose(shown(page), expected(translator, "배", texts, EIGHT_DEPTHS - 1), atol=1e-6)
    slider = picture(page).get_by_role("slider")
    slider.focus()
    for depth in range(EIGHT_DEPTHS - 2, -1, -1):
        page.keyboard.press("ArrowLeft")
        expect(picture(page)).to_have_attribute("data-depth", str(depth))
    np.testing.assert_allclose(shown(page), 1, atol=1e-6)  # one piece, one embedding
    page.wait_for_url(re.compile("depth=1"))
    picture(page).locator('[data-depth="2"].depth').click()
    expect(picture(page)).to_have_attribute("data-depth", "2")
    before = shown(page)
    cell = picture(page).locator('rect.cell[data-row="2"][data-column="0"]')
    box = page.get_by_role("textbox", name="Sentence 3")
    box.fill("배를 타고 학교에 갔어요")
    box.press("Enter")
    page.wait_for_url(re.compile("senses="))
    texts[2] = "배를 타고 학교에 갔어요"
    expect(picture(page)).to_have_attribute("data-depth", "2")
    expect(cell).not_to_have_attribute("data-value", re.compile(re.escape(repr(before[2, 0].item())[:9])))
    after = shown(page)
    np.testing.assert_allclose(after, expected(translator, "배", texts, 2), atol=1e-6)
    assert abs(after - before).max() > 1e-4


def test_the_verdict_says_what_the_numbers_say(page_at: PageAt) -> None:
    page = opened(page_at, f"lang=en&word={urllib.parse.quote('배')}")
    line = page.locator("[data-glassbox-verdict]")
    same, other = map(float, re.findall(r"\d\.\d{3}", line.inner_text()))
    kind = line.get_attribute("data-glassbox-verdict")
    assert kind == homonyms.verdict(same, other)
    matrix = shown(page)
    assert same == pytest.approx(np.mean([matrix[0, 1], matrix[2, 3], matrix[4, 5]]), abs=6e-4)
    rows = picture(page).locator(".steps tbody tr")
    expect(rows).to_have_count(3)  # every layer's attention, before and after


def test_the_address_brings_back_word_sentences_and_depth(page_at: PageAt) -> None:
    senses = urllib.parse.quote("1 The bank is closed.\n2 The bank is wet.")
    page = opened(page_at, f"lang=en&word=bank&senses={senses}&depth=4")
    expect(picture(page)).to_have_attribute("data-depth", "3")
    expect(page.get_by_role("textbox", name="Sentence 2")).to_have_value("The bank is wet.")
    assert shown(page).shape == (2, 2)
    page.get_by_text("Homonyms: one word").click()  # folded away, it leaves no trace
    expect(picture(page)).to_have_count(0)
    page.wait_for_url(lambda url: not re.search("homonyms|senses|depth|word", url))


def test_what_is_typed_is_never_markup(page_at: PageAt) -> None:
    senses = urllib.parse.quote(
        '1 bank <img src=x onerror="window.hit=1">\n2 **bank** $x$ <script>window.hit=1</script>'
    )
    page = opened(page_at, f"lang=en&word=bank&senses={senses}")
    assert shown(page).shape == (2, 2)
    assert page.evaluate("window.hit") is None


def test_picture_and_numbers_are_saved(page_at: PageAt, tmp_path: Path) -> None:
    page = opened(page_at, f"lang=en&word={urllib.parse.quote('눈')}")
    with page.expect_download() as download:
        picture(page).get_by_role("button", name="PNG").click()
    download.value.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    with page.expect_download() as download:
        picture(page).get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / "numbers.csv")
    tables = (tmp_path / "numbers.csv").read_text(encoding="utf-8-sig").strip().split("\n\n")
    assert len(tables) == 1 + EIGHT_DEPTHS
    last = list(csv.reader(io.StringIO(tables[-1])))
    numbers = np.array([[float(cell) for cell in row[1:]] for row in last[1:]])
    np.testing.assert_allclose(numbers, shown(page), atol=1e-12)


def test_on_a_phone_everything_stands_below_each_other(page_at: PageAt) -> None:
    page = opened(page_at, size=(390, 844), touch=True)
    assert horizontal_overflow(page) <= 0
    box = picture(page).bounding_box()
    assert box and box["width"] <= 390
