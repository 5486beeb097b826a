"""The trained part of /seq2seq in a browser, on untrained models: its numbers are core's, and stepping asks nobody."""

from __future__ import annotations

import csv
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.recurrent import Alignment, alignment, load_recurrent
from tests.browser.conftest import PageAt
from tests.browser.server import ROOT, Server, running
from tests.browser.watch import horizontal_overflow, wait_idle, wait_ready
from tests.recurrent_models import write_models
from ui.components.alignment import KINDS

APP = ROOT / "tests" / "browser" / "apps" / "alignment_app.py"
TEXT = "오늘 날씨가 어때요?"
QUERY = f"/?lang=en&text={urllib.parse.quote(TEXT)}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(APP, tmp_path_factory.mktemp("alignment") / "log") as started:
        yield started


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Alignment]:
    """What the very same models say here."""
    paths = write_models(tmp_path_factory.mktemp("models"))
    return {kind: alignment(load_recurrent(kind, path), TEXT, "ko-en") for kind, path in paths.items()}


def picture(page: Page) -> Locator:
    return page.locator(".alignment-picture")


def stands(page: Page, **places: object) -> None:
    for name, value in places.items():
        expect(picture(page)).to_have_attribute(f"data-{name}", str(value))


def column(page: Page, name: str) -> list[float]:
    shown = picture(page).locator(f".rows .{name}").all_inner_texts()
    return [float(text.replace("−", "-")) for text in shown]


def left(page: Page) -> float:
    """What rounding left over."""
    shown = picture(page).locator(".context .left").all_inner_texts()
    return sum(float(text.replace("−", "-")) for text in shown)


@pytest.mark.slow
def test_every_step_of_every_model_is_cores_and_asks_nobody(
    site: Server, open_page: PageAt, expected: dict[str, Alignment]
) -> None:
    page = open_page(site.url, QUERY, wait="alignment")
    stands(page, ready="true", model="dot", step=0)
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.reload()
    wait_ready(page, "alignment")
    stands(page, ready="true")
    page.evaluate("new Promise((done) => setTimeout(done, 700))")  # later than every timer of the picture
    assert len(sent) == 1
    # Pressed within a moment: Python hears of the last one alone, once the hand rests.
    page.evaluate(
        """async () => {
            const rooted = (node) => [...node.querySelectorAll('*')].filter((one) => one.shadowRoot);
            const found = (node) => node.querySelector('.alignment-picture')
                ?? rooted(node).map((one) => found(one.shadowRoot)).find(Boolean);
            for (const kind of ['none', 'general', 'concat', 'dot']) {
                found(document).querySelector(`.models [data-value=${kind}]`).click();
                for (let i = 0; i < 3; i++) found(document).querySelector('.forward').click();
            }
        }"""
    )
    assert len(sent) == 1
    for kind in KINDS:
        picture(page).locator(f'.models [data-value="{kind}"]').click()
        found = expected[kind]
        picture(page).locator('.token[data-step="0"]').click()
        for step in range(min(4, len(found.tokens))):
            stands(page, model=kind, step=step, steps=len(found.tokens), ending=found.ending)
            weights = column(page, "weight")
            np.testing.assert_allclose(weights, found.weights[step], atol=0.005 + 1e-6)
            assert abs(sum(weights) + left(page) - 1) < 1e-9
            if found.scores is None:
                assert weights == [0.0] * (len(weights) - 1) + [1.0]
                expect(picture(page).locator(".rows .row.lit")).to_have_count(1)
                expect(picture(page).locator(".rows .row").last).to_have_class("row lit")
                assert set(picture(page).locator(".rows .score").all_inner_texts()) == {"–"}
            else:
                np.testing.assert_allclose(column(page, "score"), found.scores[step], atol=0.005 + 1e-6)
            expect(picture(page).locator(".alignment")).to_have_attribute("data-rows", str(step + 1))
            expect(picture(page).locator(".next .chosen")).to_have_count(1)
            picture(page).locator(".forward").click()
    # A word that is held fast says its numbers in full, at every step.
    picture(page).locator(".rows .row").nth(1).click()
    stands(page, row=1)
    expect(picture(page).locator(".states .facts")).to_contain_text(
        f"{found.weights[min(4, len(found.tokens) - 1), 1]:.4f}"
    )
    page.wait_for_url("**row=2**")
    wait_idle(page)
    page.reload()
    wait_ready(page, "alignment")
    stands(page, ready="true", model="concat", row=1)


def test_files_keys_and_the_matrix(site: Server, open_page: PageAt, expected: dict[str, Alignment]) -> None:
    page = open_page(site.url, QUERY + "&model=general&step=2", wait="alignment", theme="dark")
    stands(page, ready="true", model="general", step=1)
    with page.expect_download() as taken:
        picture(page).locator(".save-csv").click()
    text = Path(taken.value.path()).read_text(encoding="utf-8-sig")
    states, vectors, _, matrix, *_ = [list(csv.reader(part.splitlines())) for part in text.split("\n\n")]
    found = expected["general"]
    assert found.scores is not None
    np.testing.assert_allclose([float(row[1]) for row in states[1:]], found.scores[1], rtol=1e-6)
    np.testing.assert_allclose(
        [[float(cell) for cell in row[3:]] for row in states[1:]], found.encoder_states, rtol=1e-6
    )
    np.testing.assert_allclose([float(cell) for cell in vectors[2][1:]], found.contexts[1], atol=1e-6)
    np.testing.assert_allclose(
        [[float(cell) for cell in row[1:]] for row in matrix[1:]], found.weights, rtol=1e-6
    )
    with page.expect_download() as taken:
        picture(page).locator(".save-png").click()
    assert Path(taken.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    # A row of the matrix leads to its step; arrow keys go through steps and models.
    canvas = picture(page).locator("canvas.grid")
    box = canvas.bounding_box()
    assert box is not None
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] - 8})
    stands(page, step=len(found.tokens) - 1)
    picture(page).focus()
    page.keyboard.press("ArrowLeft")
    stands(page, step=len(found.tokens) - 2)
    page.keyboard.press("ArrowDown")
    stands(page, model="concat")
    # A sentence that cannot be read: one sentence in the picture's place, and the picture comes back with the next.
    field = page.get_by_role("textbox").first
    field.fill("   ")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(picture(page)).to_have_count(0)
    field.fill("Good morning.")
    field.press("Enter")
    stands(page, ready="true", model="concat", step=0)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_on_a_phone_nothing_lies_outside(site: Server, open_page: PageAt) -> None:
    page = open_page(
        site.url, QUERY.replace("lang=en", "lang=ko"), size=(390, 844), touch=True, wait="alignment"
    )
    stands(page, ready="true")
    assert horizontal_overflow(page) <= 0
    picture(page).locator(".rows .row").first.tap()
    stands(page, row=0)
