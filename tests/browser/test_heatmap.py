"""The heat map in a real browser: its scale, its panels, its cell, its files, and what it tells Python."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PageAt
from tests.browser.server import ROOT, Server, running
from tests.browser.watch import horizontal_overflow, wait_idle

APP = ROOT / "tests" / "browser" / "apps" / "heatmap_app.py"
PANELS = ("sines", "whole", "masked", "zeros", "nothing")
OpenMap = Callable[..., "Map"]


class Map:
    """The component on a page, by what a user sees and does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root: Locator = page.locator(".heatmap")
        self.matrix: Locator = page.locator("canvas.matrix")
        self.chosen: Locator = page.locator(".chosen")
        page.locator('.heatmap[data-ready="true"]').wait_for()
        wait_idle(page)

    def panel(self, name: str) -> None:
        """Press a panel's button and wait for it."""
        self.page.locator(f'.panels [data-value="{name}"]').click()
        expect(self.root).to_have_attribute("data-panel", name)

    def mark(self, name: str) -> Any:
        """A data attribute of the root, read as JSON."""
        return json.loads(self.root.get_attribute(f"data-{name}") or "null")

    def place(self, row: int, column: int, rows: int, columns: int) -> tuple[float, float]:
        """The middle of a cell on the page."""
        self.matrix.scroll_into_view_if_needed()
        box, plot = self.matrix.bounding_box(), self.mark("plot")
        assert box
        x = box["x"] + plot["x"] + plot["width"] * (column + 0.5) / columns
        return x, box["y"] + plot["y"] + plot["height"] * (row + 0.5) / rows

    def colours(self, rows: int, columns: int) -> np.ndarray:
        """The colour in every cell's middle: (row, column, rgb)."""
        plot = self.mark("plot")
        found = self.matrix.evaluate(
            """(canvas, [plot, rows, columns]) => {
                const ratio = window.devicePixelRatio;
                const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                return Array.from({ length: rows * columns }, (_, i) => {
                    const x = Math.floor((plot.x + plot.width * (i % columns + 0.12) / columns) * ratio);
                    const y = Math.floor((plot.y + plot.height * (Math.floor(i / columns) + 0.2) / rows) * ratio);
                    return Array.from(data.slice((y * width + x) * 4, (y * width + x) * 4 + 3));
                });
            }""",
            [plot, rows, columns],
        )
        return np.array(found).reshape(rows, columns, 3)

    def told(self) -> Any:
        """What Python says it was told, and how often the page was run by its button."""
        return json.loads(self.page.locator("#python-state").inner_text())


@pytest.fixture(scope="module")
def map_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The tiny page, started once."""
    with running(APP, tmp_path_factory.mktemp("heatmap") / "log") as server:
        yield server


@pytest.fixture
def open_map(map_server: Server, open_page: PageAt) -> OpenMap:
    """``open_map("kind=one", …)`` with `open_page`'s options."""

    def open_it(query: str = "", **options: Any) -> Map:
        language = options.setdefault("lang", "en")
        return Map(open_page(map_server.url, f"/?lang={language}&{query}", ready=False, **options))

    return open_it


# ---- colours and scale -----------------------------------------------------------------------------


def test_a_signed_scale_is_symmetric_and_0_is_neutral(open_map: OpenMap) -> None:
    shown = open_map()
    scale = shown.mark("range")
    assert scale["low"] == -scale["high"] == pytest.approx(-1, abs=1e-3)
    shown.panel("zeros")
    cells = shown.colours(4, 6).reshape(-1, 3)
    assert (cells == cells[0]).all()
    assert np.ptp(cells[0]) < 12  # grey: neither blue nor orange


def test_whole_numbers_up_to_1000_run_through_the_whole_scale(open_map: OpenMap) -> None:
    shown = open_map()
    shown.panel("whole")
    assert shown.mark("range") == {"low": 0, "high": 1000}
    first = shown.colours(64, 256)[:, 0].astype(int)
    assert np.abs(first[0] - [68, 1, 84]).max() <= 3 and np.abs(first[-1] - [253, 231, 37]).max() <= 3
    light = first @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(light) >= -1).all() and light[-1] - light[0] > 150  # the larger, the lighter
    expect(shown.chosen).to_be_empty()
    shown.page.mouse.click(*shown.place(63, 5, 64, 256))
    expect(shown.chosen).to_have_text("position 64 · dimension 6: 1000")


def test_what_is_not_finite_has_a_colour_of_its_own_and_does_not_stretch_the_scale(open_map: OpenMap) -> None:
    shown = open_map()
    shown.panel("masked")
    assert shown.mark("range") == {"low": 0, "high": 15}
    cells = shown.colours(4, 4)
    future = cells[np.triu_indices(4, 1)]
    assert (future == future[0]).all() and not (cells[np.tril_indices(4)] == future[0]).all(axis=1).any()
    shown.page.mouse.click(*shown.place(0, 3, 4, 4))
    expect(shown.chosen).to_contain_text("−∞")
    shown.panel("nothing")
    assert "NaN" not in (shown.matrix.get_attribute("aria-label") or "")


def test_an_asked_for_scale_is_kept(open_map: OpenMap) -> None:
    shown = open_map("kind=one")
    assert shown.mark("range") == {"low": 0, "high": 10}
    expect(shown.page.locator(".panels")).to_be_hidden()


# ---- panels and cells ------------------------------------------------------------------------------


def test_a_panel_is_switched_by_one_painting_and_without_the_server(open_map: OpenMap) -> None:
    shown = open_map("report=1")
    shown.page.evaluate(
        """() => { window.painted = [];
            document.addEventListener("glassbox:painted", (event) => window.painted.push(event.detail)); }"""
    )
    for name in (*PANELS[1:], *PANELS):
        shown.panel(name)
    shown.page.wait_for_function("window.painted.length >= 9")
    assert shown.page.evaluate("window.painted.length") == len((*PANELS[1:], *PANELS)) == 9
    expect(shown.page.locator("#python-state")).to_have_text('[{"panel": "nothing", "cell": null}, 0]')


def test_nothing_is_told_unless_asked_for(open_map: OpenMap) -> None:
    shown = open_map()
    shown.panel("whole")
    shown.page.mouse.click(*shown.place(1, 1, 64, 256))
    expect(shown.chosen).not_to_be_empty()
    for times in (1, 2):
        shown.page.get_by_role("button", name="again").click()
        expect(shown.page.locator("#python-state")).to_have_text(f"[{{}}, {times}]")
    expect(shown.page.locator("#python-runs")).to_have_text("3")  # the first one, and the button's two
    expect(shown.root).to_have_attribute("data-panel", "whole")  # a rerun keeps what the reader chose
    expect(shown.root).to_have_attribute("data-cell", "1,1")


def test_a_preset_begins_anew_and_what_the_reader_then_does_stands(open_map: OpenMap) -> None:
    shown = open_map("report=1")
    shown.panel("zeros")
    expect(shown.page.locator("#python-state")).to_contain_text("zeros")
    shown.page.get_by_role("button", name="preset").click()
    expect(shown.root).to_have_attribute("data-panel", "whole")
    expect(shown.root).to_have_attribute("data-cell", "3,2")
    expect(shown.page.locator("#python-state")).to_have_text("[{}, 0]")  # the old state is not a new one's
    shown.panel("masked")
    expect(shown.page.locator("#python-state")).to_contain_text("masked")
    shown.page.get_by_role("button", name="again").click()
    expect(shown.page.locator("#python-state")).to_have_text('[{"panel": "masked", "cell": [3, 2]}, 1]')
    expect(shown.root).to_have_attribute("data-panel", "masked")


def test_a_picture_that_is_left_is_found_as_it_was(open_map: OpenMap) -> None:
    shown = open_map()
    shown.panel("whole")
    shown.page.mouse.click(*shown.place(2, 2, 64, 256))
    shown.page.get_by_role("button", name="leave or return").click()
    expect(shown.root).to_have_count(0)
    shown.page.get_by_role("button", name="leave or return").click()
    expect(shown.root).to_have_attribute("data-panel", "whole")
    expect(shown.root).to_have_attribute("data-cell", "2,2")


def test_hover_shows_row_column_and_value(open_map: OpenMap) -> None:
    shown = open_map()
    shown.page.mouse.move(*shown.place(10, 100, 64, 256))
    value = np.sin(10 / 10_000 ** (100 / 256))
    expect(shown.page.locator(".tip")).to_have_text(f"position 11 · dimension 101: {value:.4f}")
    shown.page.mouse.move(2, 2)
    expect(shown.page.locator(".tip")).to_be_hidden()


def test_the_keyboard_reaches_every_cell(open_map: OpenMap) -> None:
    shown = open_map()
    shown.panel("masked")
    shown.matrix.focus()
    keys = ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft"]
    cells = ["0,0", "1,0", "1,1", "0,1", "0,0", "0,0"]
    for key, cell in zip(keys, cells, strict=True):
        shown.page.keyboard.press(key)
        expect(shown.root).to_have_attribute("data-cell", cell)
    expect(shown.chosen).not_to_be_empty()
    shown.page.keyboard.press("Escape")
    expect(shown.root).to_have_attribute("data-cell", "")


def test_projector_arrows_step_the_panels(open_map: OpenMap) -> None:
    shown = open_map()
    for delta, name in ((1, "whole"), (1, "masked"), (-1, "whole"), (-1, "sines"), (-1, "sines")):
        detail = json.dumps({"delta": delta, "axis": "x"})
        shown.page.evaluate(
            f'document.dispatchEvent(new CustomEvent("glassbox:step", {{ detail: {detail} }}))'
        )
        expect(shown.root).to_have_attribute("data-panel", name)


def test_labels_are_never_read_as_markup(open_map: OpenMap) -> None:
    shown = open_map()
    shown.panel("masked")
    for cell in range(4):
        shown.page.mouse.click(*shown.place(cell, cell, 4, 4))
        expect(shown.root).to_have_attribute("data-cell", f"{cell},{cell}")
    assert shown.page.evaluate("window.__hacked") is None
    assert shown.root.locator("img, script").count() == 0


# ---- words, sizes, themes --------------------------------------------------------------------------


def test_the_text_alternative_says_what_and_how_much(open_map: OpenMap) -> None:
    shown = open_map("kind=one")
    words = shown.matrix.get_attribute("aria-label") or ""
    assert words.startswith(
        "Positions. A caption. 2 rows × 3 columns, smallest number 0, largest 5. Arrow keys"
    )


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["desk", "phone"])
def test_it_fits_the_window(open_map: OpenMap, size: tuple[int, int], lang: str) -> None:
    shown = open_map(size=size, lang=lang)
    for name in PANELS:
        shown.panel(name)
        assert horizontal_overflow(shown.page) == 0
        box = shown.root.bounding_box()
        assert box and (size[0] < 600 or box["y"] + box["height"] <= size[1])


def test_a_change_of_theme_repaints(open_map: OpenMap) -> None:
    shown = open_map(theme="light")
    shown.panel("zeros")
    light = shown.colours(4, 6)
    shown.page.emulate_media(color_scheme="dark")
    expect(shown.root).to_have_attribute("data-theme", "dark")
    assert light.mean() > 200 > 80 > shown.colours(4, 6).mean()


# ---- files -----------------------------------------------------------------------------------------


def test_csv_holds_every_number(open_map: OpenMap, tmp_path: Path) -> None:
    shown = open_map()
    shown.panel("masked")
    with shown.page.expect_download() as waiting:
        shown.page.locator(".save-csv").click()
    assert waiting.value.suggested_filename == "positions-masked.csv"
    waiting.value.save_as(tmp_path / "saved.csv")
    text = (tmp_path / "saved.csv").read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[0] == "Positions · Masked" and head[4] == "'=1+1"
    found = np.array([[float(value) for value in row[1:]] for row in rows])
    expected = np.where(np.triu(np.ones((4, 4)), 1) > 0, -np.inf, np.arange(16.0).reshape(4, 4))
    np.testing.assert_array_equal(found, expected)


def test_png_holds_the_picture_and_its_scale(open_map: OpenMap, tmp_path: Path) -> None:
    shown = open_map()
    with shown.page.expect_download() as waiting:
        shown.page.locator(".save-png").click()
    waiting.value.save_as(tmp_path / "saved.png")
    data = (tmp_path / "saved.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(data[i : i + 4], "big") for i in (16, 20))
    box = shown.matrix.bounding_box()
    assert box and width >= box["width"] and height > box["height"] + 60
    assert len(data) > 20_000
