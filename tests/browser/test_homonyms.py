"""The homonyms lesson as a visitor uses it: the real server, the real model, a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.parse
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from core import homonyms
from core.translator import Translator, direction_of, load_translator
from tests.browser.conftest import PageAt
from tests.browser.watch import horizontal_overflow, wait_ready
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


@pytest.mark.slow
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


def test_picture_and_numbers_are_saved(page_at: PageAt, translator: Translator, tmp_path: Path) -> None:
    page = opened(page_at, f"lang=en&word={urllib.parse.quote('눈')}")
    with page.expect_download() as download:
        picture(page).get_by_role("button", name="PNG").click()
    download.value.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    with page.expect_download() as download:
        picture(page).get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / "numbers.csv")
    tables = (tmp_path / "numbers.csv").read_text(encoding="utf-8-sig").strip().split("\n\n")
    assert len(tables) == 1 + 2 * EIGHT_DEPTHS  # the means, then cosines and vectors of every depth
    np.testing.assert_allclose(numbers_in(tables[EIGHT_DEPTHS]), shown(page), atol=1e-12)
    for depth in range(EIGHT_DEPTHS):
        saved = numbers_in(tables[1 + EIGHT_DEPTHS + depth])
        np.testing.assert_allclose(saved, vectors(translator, "눈")[:, depth], atol=1e-6)


def numbers_in(table: str) -> np.ndarray:
    rows = list(csv.reader(io.StringIO(table)))
    return np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])


def vectors(translator: Translator, word: str) -> np.ndarray:
    """Of the sentences that the word begins with: (sentence, depth, d_model)."""
    found = [
        homonyms.read_word(translator, text, word, direction_of(text)) for _, text in HOMONYMS[word].sentences
    ]
    return np.stack([one.vectors for one in found if one is not None])


def point_at(page: Page, row: int, dimension: int) -> str:
    """Point at a component of a sentence's vector and read the tip."""
    strip = picture(page).locator("canvas.strip")
    strip.scroll_into_view_if_needed()
    plot = json.loads(strip.get_attribute("data-plot") or "{}")
    strip.hover(
        position={
            "x": plot["x"] + plot["width"] * (dimension + 0.5) / plot["dimensions"],
            "y": plot["tops"][row] + plot["row"] / 2,
        }
    )
    tip = picture(page).locator(".tip")
    expect(tip).to_be_visible()
    return tip.inner_text()


COLOUR = """(canvas, [row, dimension]) => {
  const { x, width, dimensions, tops, row: height } = JSON.parse(canvas.dataset.plot);
  const ratio = canvas.width / canvas.clientWidth;
  const place = [x + (width * (dimension + 0.5)) / dimensions, tops[row] + height / 2];
  return [...canvas.getContext("2d").getImageData(...place.map((at) => Math.floor(at * ratio)), 1, 1).data].slice(0, 3);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_vector_is_seen_in_every_sentence_at_every_depth(
    page_at: PageAt, translator: Translator, theme: str
) -> None:
    page = opened(page_at, f"lang=en&word={urllib.parse.quote('눈')}", theme=theme)
    expected = vectors(translator, "눈")
    strip = picture(page).locator("canvas.strip")
    end = float(np.quantile(abs(expected), 0.95))  # larger ones have the colour of the end
    scale = json.loads(strip.get_attribute("data-plot") or "{}")["range"]
    assert scale == pytest.approx({"low": -end, "high": end}, rel=1e-3)  # one for all depths
    for depth in (EIGHT_DEPTHS - 1, 0):
        slider = picture(page).get_by_role("slider")
        slider.focus()
        page.keyboard.press("Home" if depth == 0 else "End")
        expect(picture(page)).to_have_attribute("data-depth", str(depth))
        for row in (0, 3):
            vector = expected[row, depth]
            for dimension in (int(vector.argmin()), int(vector.argmax())):
                said = point_at(page, row, dimension)
                assert HOMONYMS["눈"].sentences[row][1] in said and f"dimension {dimension + 1}:" in said
                shown_number = float(said.rsplit(" ", 1)[1].replace("−", "-"))
                assert shown_number == pytest.approx(float(vector[dimension]), abs=6e-5)
                red, _, blue = strip.evaluate(COLOUR, [row, dimension])
                assert (red > blue) == (vector[dimension] > 0)  # orange above 0, blue below
    assert f"to {scale['high']:.2f}." in (strip.get_attribute("aria-label") or "")
    page.mouse.move(0, 0)
    expect(picture(page).locator(".tip")).to_be_hidden()
    expect(picture(page).locator("figcaption")).to_contain_text("the word's vector in each sentence")


def test_the_saved_picture_holds_the_vectors(page_at: PageAt, tmp_path: Path) -> None:
    page = opened(page_at, f"lang=en&word={urllib.parse.quote('눈')}")
    height = picture(page).locator("canvas.strip").evaluate("(canvas) => canvas.clientHeight")
    with page.expect_download() as download:
        picture(page).get_by_role("button", name="PNG").click()
    download.value.save_as(tmp_path / "picture.png")
    with Image.open(tmp_path / "picture.png") as image:
        # Two pixels of the file for one of the page; the strips are the last thing in it.
        lowest = image.convert("RGB").crop((0, image.height - 2 * height, image.width, image.height))
    colours = np.asarray(lowest).reshape(-1, 3).astype(int)
    assert (colours[:, 0] > colours[:, 2] + 60).sum() > 500  # orange
    assert (colours[:, 2] > colours[:, 0] + 60).sum() > 500  # blue


def test_what_is_typed_is_still_there_after_the_browsers_back(page_at: PageAt) -> None:
    page = opened(page_at, f"lang=en&word={urllib.parse.quote('눈')}")
    box = page.get_by_role("textbox", name="Sentence 1", exact=True)
    box.fill("눈이 빨개졌어요")
    box.press("Enter")
    page.wait_for_url(re.compile("senses="))
    wait_ready(page, URL)
    page.get_by_role("link", name="Glassbox").first.click()
    wait_ready(page, "home")
    page.go_back()
    picture(page).wait_for()
    expect(box).to_have_value("눈이 빨개졌어요")
    page.wait_for_url(re.compile("senses="))


def test_on_a_phone_everything_stands_below_each_other(page_at: PageAt) -> None:
    page = opened(page_at, size=(390, 844), touch=True)
    assert horizontal_overflow(page) <= 0
    box = picture(page).bounding_box()
    assert box and box["width"] <= 390
    strip = picture(page).locator("canvas.strip").bounding_box()
    assert strip and strip["x"] >= 0 and strip["x"] + strip["width"] <= 390
