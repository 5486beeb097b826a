"""A chart in a real browser: its words, its picture as a file, its numbers as a file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.browser.server import ROOT, Server, running
from tests.browser.watch import horizontal_overflow, wait_ready

APP = ROOT / "tests" / "browser" / "apps" / "chart_app.py"
TOKEN = "<b>눈</b> & =1+1"
# The picture's size, and the share of its pixels that are not the background's colour.
READ_PNG = """
async (bytes) => {
  const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  const orange = pixels.filter((pixel) => (pixel & 0xffffff) === 0x009fe6).length;
  return [image.width, image.height, pixels.filter((pixel) => pixel !== pixels[0]).length, orange];
}
"""


@pytest.fixture(scope="module")
def chart_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The tiny page, started once."""
    with running(APP, tmp_path_factory.mktemp("chart") / "log") as server:
        yield server


@pytest.fixture
def open_chart(chart_server: Server, open_page: PageAt) -> Callable[..., Page]:
    """``open_chart(lang="en", …)`` with `open_page`'s options."""

    def open_it(lang: str = "en", **options: object) -> Page:
        page = open_page(chart_server.url, f"/?lang={lang}", lang=lang, ready=False, **options)
        wait_ready(page, "chart")
        page.locator('.save[data-ready="true"]').wait_for()
        page.locator(".js-plotly-plot .scatterlayer .trace").first.wait_for()
        return page

    return open_it


def saved(page: Page, kind: str, folder: Path) -> tuple[str, Path]:
    """Press a button; the file's own name, and where it now is."""
    with page.expect_download() as waiting:
        page.locator(f".save-{kind}").click()
    waiting.value.save_as(folder / f"saved.{kind}")
    return waiting.value.suggested_filename, folder / f"saved.{kind}"


def test_csv_reads_back_equal(open_chart: Callable[..., Page], tmp_path: Path) -> None:
    name, path = saved(open_chart(), "csv", tmp_path)
    assert name == "similarity-against-distance.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    assert head == ["distance", "cos,", TOKEN]
    assert [float(row[0]) for row in rows] == list(range(8))
    assert [float(row[1]) for row in rows] == [math.cos(place / 3) for place in range(8)]
    assert [row[2] for row in rows] == ["1.5", "", "nan", "-inf", "inf", "-2", "0", "7"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_png_holds_the_lines_and_the_words(
    open_chart: Callable[..., Page], theme: str, tmp_path: Path
) -> None:
    page = open_chart(theme=theme)
    name, path = saved(page, "png", tmp_path)
    assert name == "similarity-against-distance.png"
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, drawn, orange = page.evaluate(READ_PNG, list(path.read_bytes()))
    box = page.locator(".js-plotly-plot").bounding_box()
    assert box and width == pytest.approx(2 * (box["width"] + 32), abs=4)
    assert height > 2 * box["height"] + 60  # title and caption stand above
    assert 5_000 < drawn < width * height / 4
    assert orange > 400  # a line in its own colour, and the dot before its name


def test_a_korean_file_has_korean_words(open_chart: Callable[..., Page], tmp_path: Path) -> None:
    page = open_chart(lang="ko")
    assert saved(page, "png", tmp_path)[0] == "거리에-따른-닮음.png"
    name, path = saved(page, "csv", tmp_path)
    assert name == "거리에-따른-닮음.csv"
    assert path.read_text(encoding="utf-8-sig").startswith('"거리",')


def test_the_text_alternative_and_a_visitors_word_as_it_is(open_chart: Callable[..., Page]) -> None:
    page = open_chart()
    expect(page.get_by_label("Similarity against distance. Near positions are alike.")).to_be_visible()
    expect(page.locator(".annotation-text").first).to_have_text(f"● {TOKEN}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_words_are_as_dark_as_the_pages(open_chart: Callable[..., Page], theme: str) -> None:
    page = open_chart(theme=theme)
    words = page.locator(".stApp").evaluate("(app) => getComputedStyle(app).color")
    for place in (".xtick text", ".ytick text", ".xtitle", ".annotation-text"):
        fill = page.locator(f".js-plotly-plot {place}").first.evaluate(
            "(text) => getComputedStyle(text).fill"
        )
        assert fill == words, place


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["desk", "phone"])
def test_it_fits_the_window(open_chart: Callable[..., Page], size: tuple[int, int]) -> None:
    page = open_chart(size=size)
    assert horizontal_overflow(page) == 0
    frame = page.locator(".js-plotly-plot").bounding_box()
    for name in page.locator(".annotation-text").all():
        box = name.bounding_box()
        assert frame and box and box["x"] + box["width"] <= frame["x"] + frame["width"]
