"""The measured curves in a real browser, on made-up measurements: labels, switches, files, both languages."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import measurements
from tests.browser.conftest import PageAt
from tests.browser.server import ROOT, Server, running
from tests.browser.watch import horizontal_overflow, wait_ready

APP = ROOT / "tests" / "browser" / "apps" / "bottleneck_app.py"


@pytest.fixture(scope="module")
def curves_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The part alone, on measurements of its own."""
    folder = tmp_path_factory.mktemp("measured")
    measurements.write(folder / "seq2seq", measurements.lengths(), "lengths.json")
    measurements.write(folder / "seq2seq", measurements.probe(), "probe.json")
    measurements.write_cards(folder / "models")
    with running(APP, folder / "log", environment={"GLASSBOX_MEASURED": str(folder)}) as server:
        yield server


def chart(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-glassbox-chart-bottleneck-{name}")


def drawn(page: Page) -> None:
    for name in ("lengths", "first", "middle", "last"):
        expect(chart(page, name).locator(".js-plotly-plot .annotation-text").first).to_be_attached()
        chart(page, name).locator('.save[data-ready="true"]').wait_for()


def apart(names: Locator) -> bool:
    """Whether no name lies over another."""
    boxes = sorted(
        names.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().toJSON())"),
        key=lambda box: box["y"],
    )
    return all(below["y"] >= above["y"] + 0.6 * above["height"] for above, below in itertools.pairwise(boxes))


def test_the_fold_opens_to_labelled_curves_that_can_be_switched_and_saved(
    curves_server: Server, open_page: PageAt
) -> None:
    page = open_page(curves_server.url, "/?lang=en", lang="en", ready=False)
    wait_ready(page, "bottleneck")
    expect(page.locator(".js-plotly-plot")).to_have_count(0)  # nobody pays for Plotly who does not look
    page.get_by_text("The bottleneck, measured").click()
    drawn(page)
    names = chart(page, "lengths").locator(".annotation-text")
    expect(names).to_have_text(
        [re.compile(name) for name in ("no attention", "dot", "general", "concat", "Transformer", "baseline")]
    )
    assert apart(names)
    expect(chart(page, "lengths").locator(".xtick text").last).to_contain_text("31+")
    expect(chart(page, "lengths")).to_contain_text("fewer than 10 sentences")
    finding = page.locator('[data-glassbox-finding="lengths"]')
    expect(finding).to_contain_text("16.0 at 21–30 pieces, which is 24.0 less")
    for choice in ("English → Korean", "BLEU on characters"):
        page.locator(".st-key-glassbox-curves-switches").get_by_text(choice).click()
    expect(finding).to_contain_text("11.2 at 21–30 pieces, which is 16.8 less")
    page.wait_for_url(re.compile("into=ko.*metric=bleu_characters"))
    with page.expect_download() as waiting:
        chart(page, "lengths").locator(".save-csv").click()
    head, *rows = csv.reader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig")))
    assert head[4] == "BLEU on characters" and len(rows) == 36  # six lines, six ranges
    assert [float(number) for number in rows[0][4:]] == pytest.approx([28, 26.6, 29.4])


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["desk", "phone"])
def test_korean_panels_stand_beside_or_below_each_other(
    curves_server: Server, open_page: PageAt, size: tuple[int, int]
) -> None:
    page = open_page(curves_server.url, "/?lang=ko&curves=1", size=size, ready=False)
    wait_ready(page, "bottleneck")
    drawn(page)
    assert horizontal_overflow(page) == 0
    for name in ("lengths", "first", "middle", "last"):
        assert apart(chart(page, name).locator(".annotation-text"))
        frame = chart(page, name).locator(".js-plotly-plot").bounding_box()
        for label in chart(page, name).locator(".annotation-text").all():
            box = label.bounding_box()
            assert frame and box and box["x"] + box["width"] <= frame["x"] + frame["width"]
    tops = [chart(page, name).bounding_box() for name in ("first", "middle", "last")]
    heights = {round(box["y"]) for box in tops if box}
    assert len(heights) == (1 if size[0] > 1000 else 3)
    expect(chart(page, "first").locator(".annotation-text").last).to_contain_text("기준선")
