"""Drives the attention canvas of the tiny test page."""

from __future__ import annotations

import csv
import json
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.apps.attention_data import random_weights, weights_file

# Reads every equation of the open panel as it stands there, digits and all.
READ_EQUATIONS = """
(root) => {
  const number = (element) => Number(element.textContent.replace('−', '-'));
  const one = (element, name) => element.querySelector(name);
  const panel = root.querySelector('.arithmetic');
  const lines = [...panel.querySelectorAll('.equation:not(.total-line)')].map((line) => ({
    operation: line.dataset.operation,
    operands: [...line.querySelectorAll('.operand')].map(number),
    rounding: one(line, '.rounding') ? number(one(line, '.rounding')) : 0,
    result: number(one(line, '.result')),
  }));
  const sums = [...panel.querySelectorAll('.sum')].map((sum) => ({
    terms: [...sum.querySelectorAll('.term-line')].map((line) => ({
      factors: [...line.querySelectorAll('.operand')].map(number), value: number(one(line, '.term')),
    })),
    rounding: one(sum, '.rounding') ? number(one(sum, '.rounding')) : 0,
    total: number(one(sum, '.total')),
  }));
  const rows = [...panel.querySelectorAll('.softmax tbody tr:not(.totals)')].map((row) =>
    ({ power: number(one(row, '.power')), share: number(one(row, '.share')) }));
  const totals = one(panel, '.totals');
  const softmax = totals && {
    rows, power: number(one(totals, '.power-total')), share: number(one(totals, '.share-total')),
    roundings: [...totals.querySelectorAll('td')].slice(-2).map((cell) =>
      one(cell, '.rounding') ? number(one(cell, '.rounding')) : 0),
  };
  return { lines, sums, softmax, value: number(one(panel, '.cell-value')) };
}
"""


class Canvas:
    """The component on a page, by what a user sees and does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root: Locator = page.locator(".attention")
        self.matrix: Locator = page.locator("canvas.matrix")

    def ready(self) -> Canvas:
        """Wait for the first paint, and until nothing around it moves any more."""
        self.page.locator('.attention[data-ready="true"]').wait_for()
        script = self.page.locator("[data-test-script-state]").first
        expect(script).to_have_attribute("data-test-script-state", "notRunning")
        return self

    def expect(self, **marks: object) -> None:
        """Wait until the root's data attributes are these."""
        for name, value in marks.items():
            expect(self.root).to_have_attribute(f"data-{name.replace('_', '-')}", str(value))

    def mark(self, name: str) -> str:
        """A data attribute of the root."""
        return self.root.get_attribute(f"data-{name}") or ""

    def stage(self, name: str) -> None:
        """Click a stage and wait for it."""
        self.page.locator(f'.stage[data-value="{name}"]').click()
        self.expect(stage=name, view="matrix")

    def choose(self, group: str, value: object) -> None:
        """Click a button of a group: wirings, views, layers."""
        self.page.locator(f'.{group} [data-value="{value}"]').click()

    def head(self, head: int) -> None:
        """Click a thumbnail."""
        self.page.locator(f'.thumb[data-value="{head}"]').click()
        self.expect(head=head)

    def switch(self, name: str) -> Locator:
        """One of the switches."""
        return self.page.locator(f'[data-switch="{name}"]')

    def cell(self, panel: int, row: int, column: int, *, tap: bool = False) -> None:
        """Click (or tap) a cell, found by moving over the picture as the geometry of the canvas says."""
        box = self.matrix.bounding_box()
        assert box
        x, y = self.find(panel, row, column)
        if tap:
            self.page.touchscreen.tap(box["x"] + x, box["y"] + y)
        else:
            self.page.mouse.click(box["x"] + x, box["y"] + y)
        self.expect(cell=f"{panel},{row},{column}")

    def find(self, panel: int, row: int, column: int) -> tuple[float, float]:
        """The middle of a cell in the canvas, in its CSS pixels, from what the root says of its plots."""
        plot = json.loads(self.mark("plots"))[panel]
        x = plot["x"] + plot["width"] * (column - plot["c0"] + 0.5) / (plot["c1"] - plot["c0"])
        y = plot["y"] + plot["height"] * (row - plot["r0"] + 0.5) / (plot["r1"] - plot["r0"])
        return x, y

    def edit(self, text: str) -> None:
        """Type a number over the open cell's own and wait until the model has recomputed."""
        before = self.mark("digest")
        field = self.page.locator(".edit-value")
        field.fill(text)
        field.press("Enter")
        expect(self.root).not_to_have_attribute("data-digest", before)
        self.expect(pending="false")

    def numbers(self) -> list[list[list[float]]]:
        """The shown matrices, from the CSV that the page saves: one list of rows a panel."""
        with self.page.expect_download() as download:
            self.root.locator(".save-csv").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        tables = [list(csv.reader(table.splitlines())) for table in text.strip().split("\n\n")]
        return [[[float(cell) for cell in row[1:]] for row in table[1:]] for table in tables]

    def equations(self) -> dict[str, Any]:
        """Everything the open panel claims."""
        expect(self.root).to_have_attribute("data-arithmetic", "ready")
        found: dict[str, Any] = self.root.evaluate(READ_EQUATIONS)
        return found

    def state(self) -> dict[str, Any]:
        """What Python says it was told."""
        text = self.page.locator("#python-state").inner_text()
        told: dict[str, Any] = json.loads(text)
        return told


def serve_weights(page: Page, body: bytes | None = None) -> list[str]:
    """Answer the browser's range requests; returns the list that grows with each asked range."""
    whole = weights_file(random_weights()) if body is None else body
    asked: list[str] = []

    def answer(route: Route) -> None:
        wanted = route.request.headers["range"]
        asked.append(wanted)
        begin, end = map(int, wanted.removeprefix("bytes=").split("-"))
        piece = whole[begin : end + 1]
        headers = {"Content-Range": f"bytes {begin}-{begin + len(piece) - 1}/{len(whole)}"}
        route.fulfill(status=206, body=piece, headers=headers, content_type="application/octet-stream")

    page.route("**/weights/random.safetensors", answer)
    return asked
