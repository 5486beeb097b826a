"""The Translate page as a visitor uses it: the real server, the translator, a real browser."""

from __future__ import annotations

import csv
import re
import urllib.parse
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.decoding.timeline import timeline
from core.deletion import deletion, rank_correlation
from core.translator import Translator, load_translator
from tests.browser.conftest import PageAt
from tests.browser.watch import in_first_view, wait_idle, wait_ready, watch_messages

URL = "translate"
TEXT = "How's the weather today?"
QUERY = f"lang=en&text={urllib.parse.quote(TEXT)}"


@pytest.fixture(scope="module")
def model() -> Translator:
    return load_translator()


def opened(page_at: PageAt, query: str = QUERY, **options: object) -> Page:
    page = page_at(f"/{URL}?{query}", wait=URL, **options)
    expect(picture(page)).to_have_attribute("data-ready", "true")
    return page


def picture(page: Page) -> Locator:
    return page.locator(".translate-picture")


def said(page: Page) -> str:
    """The whole sentence of the branch in view."""
    chips = picture(page).locator(".target .token:not(.sign)")
    joined = chips.evaluate_all(
        """all => all.map((chip) => (chip.classList.contains('word') ? ' ' : '')
            + chip.querySelector('bdi').textContent).join('')"""
    )
    return str(joined).replace("␣", " ").strip()


def stands(page: Page, step: int) -> None:
    expect(picture(page)).to_have_attribute("data-step", str(step))


def tables(page: Page) -> list[list[list[str]]]:
    """The tables of the picture's CSV file, each a list of rows."""
    with page.expect_download() as download:
        picture(page).locator(".save-csv").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return [list(csv.reader(part.splitlines())) for part in text.split("\n\n")]


def test_the_numbers_of_every_step_are_cores_and_stepping_asks_nobody(
    page_at: PageAt, model: Translator
) -> None:
    page = opened(page_at)
    expected = timeline(model, TEXT, "en-ko", longest=64)
    sent = watch_messages(page, URL, ".translate-picture")
    forward = picture(page).locator(".forward")
    for step in range(len(expected.tokens)):
        stands(page, step)
        bars, own, cross, _ = tables(page)
        for row in bars[1:-1]:
            log = expected.log_probabilities[step, int(row[1])]
            assert float(row[3]) == pytest.approx(float(np.exp(log)), rel=1e-3, abs=1e-6)
        assert sum(float(row[3]) for row in bars[1:]) == pytest.approx(1, abs=1e-4)
        for rows, weights in (
            (own, expected.self_attention[:, :, step, : step + 1]),
            (cross, expected.cross_attention[:, :, step]),
        ):
            np.testing.assert_allclose([float(row[1]) for row in rows[1:]], weights.mean((0, 1)), atol=1e-4)
        forward.click()
    sent.clear()
    # A hundred presses a second: all in the browser, at most a word or two to Python once the hand rests.
    page.evaluate(
        """async () => {
            const within = (node) => {
                const found = node.querySelector('.translate-picture');
                const rooted = [...node.querySelectorAll('*')].filter((one) => one.shadowRoot);
                return found ?? rooted.map((one) => within(one.shadowRoot)).find(Boolean);
            };
            const picture = within(document);
            for (let i = 0; i < 100; i++) {
                picture.querySelector(i % 10 < 8 ? '.forward' : '.back').click();
                await new Promise((done) => setTimeout(done, 10));
            }
        }"""
    )
    assert len(sent) <= 1
    # The last ten presses went to the end and two back from there; the picture shows it with its next frame.
    here = len(expected.tokens) - 3
    stands(page, here)
    page.wait_for_url(re.compile(f"step={here + 1}(&|$)"))


def test_forks_are_decoded_drawn_walked_and_undone(page_at: PageAt, model: Translator) -> None:
    page = opened(page_at)
    first = said(page)
    picture(page).locator(".forward").click()
    stands(page, 1)
    bar = picture(page).locator(".bars li:not(.chosen) > button").first
    token = int(bar.get_attribute("data-id") or 0)
    plain = timeline(model, TEXT, "en-ko", longest=64)
    expected = timeline(model, TEXT, "en-ko", prefix=(plain.tokens[0], token), longest=64)
    bar.click()
    expect(picture(page)).to_have_attribute("data-branch", "1")
    stands(page, 1)
    assert said(page).replace(" ", "") == model.tokenizer.decode(expected.tokens).replace(" ", "")
    expect(picture(page).locator(".fork-tree .score")).to_have_count(2)
    total = float(expected.log_probabilities[range(len(expected.tokens)), expected.tokens].sum())
    expect(picture(page).locator(".fork-tree .score").nth(1)).to_have_text(f"ln p = −{-total:.2f}")
    page.wait_for_url(re.compile(f"fork=0.1.{token}"))
    page.reload()
    wait_ready(page, URL)
    expect(picture(page)).to_have_attribute("data-branch", "1")
    picture(page).locator('.fork-node[data-branch="0"][data-step="0"]').click()
    expect(picture(page)).to_have_attribute("data-branch", "0")
    assert said(page) == first
    picture(page).locator(".undo").click()
    expect(picture(page).locator(".fork-tree")).to_have_count(0)
    page.wait_for_url(lambda url: "fork=" not in url)


def test_two_sessions_translate_at_once_without_crosstalk(page_at: PageAt, model: Translator) -> None:
    texts = [("en-ko", TEXT), ("ko-en", "나는 아침에 커피를 마셨다.")]
    pages = [opened(page_at) for _ in texts]
    for page, (_, text) in zip(pages, texts, strict=True):
        box = page.get_by_role("textbox").first
        box.fill(text)
    for page in pages:  # both on their way before either has come back
        page.get_by_role("textbox").first.press("Enter")
    for page, (direction, text) in zip(pages, texts, strict=True):
        expected = timeline(model, text, direction, longest=64)
        expect(picture(page)).to_have_attribute("data-steps", str(len(expected.tokens)))
        page.wait_for_url(lambda url, text=text: text in urllib.parse.unquote_plus(url))
    for page, place in zip(pages, (1, 2), strict=True):
        for _ in range(place):
            picture(page).locator(".forward").click()
        picture(page).locator(".bars li:not(.chosen) > button").first.click()
    for page, place, (direction, text) in zip(pages, (1, 2), texts, strict=True):
        expect(picture(page)).to_have_attribute("data-branch", "1")
        stands(page, place)
        token = int((re.search(r"fork=0\.\d+\.(\d+)", page.url) or [0, "0"])[1])
        plain = timeline(model, text, direction, longest=64)
        expected = timeline(model, text, direction, prefix=(*plain.tokens[:place], token), longest=64)
        assert said(page).replace(" ", "") == model.tokenizer.decode(expected.tokens).replace(" ", "")


def test_a_slider_reshapes_the_bars_at_once_and_its_release_draws_anew(page_at: PageAt) -> None:
    page = opened(page_at, QUERY + "&mode=sample&seed=3")
    sent = watch_messages(page, URL, ".translate-picture")
    value = picture(page).locator(".bars .value").first
    digest = picture(page).get_attribute("data-digest")
    before = value.inner_text()
    slider = page.locator(".sampling .slide[data-name=temperature]")
    slider.evaluate(
        "(slider) => { slider.value = '0'; slider.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(value).to_have_text("100%")
    assert before != "100%"
    expect(picture(page).locator(".strip")).to_contain_text("u = ")
    assert not sent and picture(page).get_attribute("data-digest") == digest
    slider.evaluate("(slider) => slider.dispatchEvent(new Event('change', { bubbles: true }))")
    page.wait_for_url(re.compile(r"t=0(&|$)"))
    wait_idle(page)
    expect(picture(page).locator(".bars .chosen .value")).to_have_text("100%")


def test_the_beams_sums_reconcile_and_the_mode_shows_the_best(page_at: PageAt) -> None:
    page = opened(page_at, QUERY + "&mode=beam&width=3")
    beam = page.locator(".beam-picture")
    expect(beam).to_have_attribute("data-ready", "true")
    for row in range(3):
        beam.locator(".hypotheses tbody tr").nth(row).click()
        terms, total = beam.locator(".terms").inner_text().replace("−", "-").split("=")
        numbers = [float(term.split()[-1]) for term in terms.split("  +  ")]
        assert sum(numbers) == pytest.approx(float(total), abs=0.0006 * len(numbers))
        shown = beam.locator(".hypotheses tbody tr").nth(row).locator("td").nth(3).inner_text()
        assert float(shown.replace("−", "-")) == pytest.approx(float(total), abs=1e-9)
    best = beam.locator(".hypotheses .said").first.inner_text()
    assert said(page).replace(" ", "") == best.replace(" ", "")


def test_the_folded_parts_open_and_say_what_core_says(page_at: PageAt, model: Translator) -> None:
    page = opened(page_at, QUERY + "&lanes=1&place=2&deletion=1&unmasked=1", theme="dark")
    expect(page.locator(".lanes-picture").first).to_have_attribute("data-ready", "true")
    deleted = page.locator(".deletion-picture")
    expect(deleted).to_have_attribute("data-ready", "true")
    found = deletion(model, TEXT, "en-ko", timeline(model, TEXT, "en-ko", longest=64).tokens)
    deleted.locator("select[data-name=layer]").select_option(index=2)
    deleted.locator("select[data-name=head]").select_option(index=3)
    expected = rank_correlation(found.attention[1, 2], found.effect)
    assert expected is not None
    expect(deleted.locator(".said")).to_contain_text(f"{expected:.2f}".replace("-", "−"))
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


@pytest.mark.parametrize(("size", "lang"), [((1280, 720), "ko"), ((390, 844), "en")])
def test_the_picture_fits_the_screen(page_at: PageAt, size: tuple[int, int], lang: str) -> None:
    page = opened(page_at, f"lang={lang}", size=size, touch=size[0] < 600)
    assert in_first_view(page, picture(page).locator(".panels"))


def test_projector_keys_step_tokens_and_parts(page_at: PageAt) -> None:
    page = opened(page_at, QUERY + "&projector=1")
    expect(page.locator("html")).to_have_attribute("data-glassbox-keys", "ready")
    page.keyboard.press("ArrowRight")
    stands(page, 1)
    page.keyboard.press("ArrowDown")
    expect(picture(page)).to_have_attribute("data-part", "encoder")
    box = picture(page).locator(".panels").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 720


def test_a_fork_can_be_taken_to_its_bleu_and_back_leads_to_where_one_stood(page_at: PageAt) -> None:
    page = opened(page_at)
    picture(page).locator(".bars li:not(.chosen) > button").first.click()
    expect(picture(page)).to_have_attribute("data-branch", "1")
    wait_idle(page)
    forked = str(picture(page).get_attribute("data-said"))
    picture(page).locator(".forward").click()
    stands(page, 1)
    # At once, before the picture has told of its step by itself: the press on the link sends it first.
    page.get_by_role("link", name="Score this translation").click()
    wait_ready(page, "bleu")
    expect(page.get_by_role("textbox", name="Translation to score")).to_have_value(
        re.compile(re.escape(forked.strip()))
    )
    page.go_back()
    wait_ready(page, URL)
    expect(picture(page)).to_have_attribute("data-branch", "1")
    stands(page, 1)


def test_the_translation_can_be_taken_to_its_bleu(page_at: PageAt, model: Translator) -> None:
    page = opened(page_at)
    page.get_by_role("link", name="Score this translation").click()
    wait_ready(page, "bleu")
    expect(page.get_by_role("textbox", name="Translation to score")).to_have_value(
        model.translate(TEXT, "en-ko")
    )
