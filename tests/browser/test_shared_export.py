"""What every picture's two buttons write: tables that read back, pictures that are there, names that work."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from ui.components.shared import DECODING, FOLDER, SHARED, joined_script

LOOK = "{ background: '#fff', text: '#000', font: 'sans-serif', size: 13 }"
# How many pixels a picture has, and how many of them are not the background's white.
READ_PNG = """
async (blob) => {
  const image = await createImageBitmap(blob);
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const pixels = new Uint32Array(data.buffer);
  return { width: image.width, height: image.height, colours: new Set(pixels).size,
    drawn: pixels.filter((pixel) => pixel !== 0xffffffff).length };
}
"""
texts = st.text(st.characters(codec="utf-8"), max_size=12)
numbers = st.floats(width=32) | st.floats() | st.integers(-(2**53), 2**53)


@pytest.fixture(scope="module")
def bench(browser: Browser) -> Iterator[Page]:
    """An empty page with the shared functions as globals."""
    page = browser.new_page()
    page.add_script_tag(content=joined_script(FOLDER, (), shared=(*SHARED, *DECODING)))
    yield page
    page.close()


def written(page: Page, tables: list[dict[str, Any]]) -> str:
    """The CSV of these tables; infinities and NaN travel as words."""
    return page.evaluate(
        """(tables) => {
            const real = (value) => value?.word ? Number(value.word) : value;
            for (const table of tables) for (const row of table.rows) row.values = row.values.map(real);
            const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
            return csvBlob(tables).arrayBuffer().then((bytes) => decoder.decode(bytes));
        }""",
        tables,
    )


def sent(value: float) -> object:
    """A number as it gets through to the browser."""
    if math.isfinite(value):
        return value
    return {"word": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(texts, st.lists(numbers, min_size=2, max_size=2)), min_size=1, max_size=4))
def test_numbers_and_words_read_back_as_they_were(bench: Page, rows: list[tuple[str, list[float]]]) -> None:
    table = {
        "title": "table",
        "columns": ["a,b", 'c"d'],
        "rows": [{"label": label, "values": [sent(value) for value in values]} for label, values in rows],
    }
    text = written(bench, [table])
    assert text.startswith("\ufeff") and text.endswith("\r\n")
    head, *lines = csv.reader(io.StringIO(text[1:], newline=""))
    assert head == ["table", "a,b", 'c"d']
    assert len(lines) == len(rows)
    for line, (label, values) in zip(lines, rows, strict=True):
        assert line[0] in (label, f"'{label}")
        for shown, value in zip(line[1:], values, strict=True):
            assert float(shown) == value or (math.isnan(float(shown)) and math.isnan(value))


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_word_is_no_formula(bench: Page, word: str) -> None:
    text = written(bench, [{"title": word, "columns": [word], "rows": [{"label": word, "values": [word]}]}])
    for line in csv.reader(io.StringIO(text[1:], newline="")):
        assert line == [f"'{word}"] * 2


def test_a_table_without_labels_has_its_columns_only(bench: Page) -> None:
    rows = [{"values": [1, None]}, {"values": [2.5, "두 개"]}]
    assert (
        written(bench, [{"title": "t", "columns": ["x", "y"], "rows": rows}])
        == '\ufeff"x","y"\r\n1,\r\n2.5,"두 개"\r\n'
    )


def test_tables_stand_one_below_the_other_and_columns_are_numbered_from_1(bench: Page) -> None:
    table = {"title": "t", "columns": None, "rows": [{"label": "r", "values": [7, 8]}]}
    assert written(bench, [table, table]) == '\ufeff"t",1,2\r\n"r",7,8\r\n\r\n"t",1,2\r\n"r",7,8\r\n'


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["어텐션", "1층 · 2번 헤드"], "어텐션-1층-2번-헤드.png"),
        (["a/b\\c:d", 'e*f?"g<h>|i'], "a-b-c-d-e-f-g-h-i.png"),
        (["", "..", ""], "glassbox.png"),
        (["tab\there\nand\0there"], "tab-here-and-there.png"),
        (["가" * 300], "가" * 80 + ".png"),
        (["🙂" * 300], "🙂" * 80 + ".png"),
    ],
)
def test_a_file_name_is_one_that_every_system_takes(bench: Page, words: list[str], name: str) -> None:
    found = bench.evaluate("(words) => safeFileName(words, 'png')", words)
    assert found == name


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_canvas_becomes_a_picture_with_its_words(browser: Browser, ratio: int) -> None:
    page = browser.new_page(device_scale_factor=ratio)
    page.add_script_tag(content=joined_script(FOLDER, (), shared=(*SHARED, *DECODING)))
    found = page.evaluate(
        f"""async (read) => {{
            const canvas = document.createElement("canvas");
            const context = setSize(canvas, 200, 100);
            context.fillStyle = "#0072b2";
            context.fillRect(0, 0, 200, 100);
            const blob = await pngOfCanvas(canvas, {LOOK}, ["Title", "and a caption"]);
            return eval(read)(blob);
        }}""",
        READ_PNG,
    )
    page.close()
    assert found["width"] == (420 + 32) * ratio
    assert found["height"] == round((2 * 19.5 + 100 + 48) * ratio)
    assert found["drawn"] > 200 * 100 * ratio**2  # the whole rectangle, and letters above it
    assert found["colours"] > 2


def test_an_svg_keeps_the_look_that_its_style_sheet_gives(bench: Page) -> None:
    found = bench.evaluate(
        f"""async (read) => {{
            document.body.innerHTML = `<style>rect {{ fill: #d55e00 }} text {{ opacity: 0 }}</style>
              <svg width="200" height="100" viewBox="0 0 20 10"><rect width="20" height="10"/><text>x</text></svg>`;
            const blob = await pngOfSvg(document.querySelector("svg"), {LOOK}, []);
            return eval(read)(blob);
        }}""",
        READ_PNG,
    )
    assert found["drawn"] == 200 * 100 * 4  # twice the page's resolution, and nothing but the rectangle
    assert found["colours"] == 2


def test_an_unknown_shared_file_is_refused() -> None:
    with pytest.raises(ValueError, match=r"unheard\.js"):
        joined_script(FOLDER, (), shared=["unheard.js"])


def test_shared_files_begin_with_their_purpose_and_none_is_left_out() -> None:
    assert {path.name for path in FOLDER.glob("*.js")} == {*SHARED, *DECODING}
    for name in (*SHARED, *DECODING):
        assert (FOLDER / name).read_text(encoding="utf-8").startswith("// "), name
