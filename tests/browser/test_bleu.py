"""The BLEU page as a visitor uses it."""

from __future__ import annotations

import csv
import io
import re
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from core import bleu
from core.text.normalise import normalise
from tests.browser.conftest import PageAt
from tests.browser.watch import horizontal_overflow, wait_ready
from ui.bleu_link import bleu_query
from ui.lessons.bleu import PRESETS

URL = "bleu"
HYPOTHESIS, REFERENCES = "the the cat the on mat", ("the cat is on the mat", "there is a cat")
CUT_HERE = [name for name in bleu.TOKENIZERS if name != "morpheme"]


def opened(page_at: PageAt, *texts: str, query: str = "", **options: object) -> Page:
    asked = urllib.parse.urlencode(bleu_query(*texts)) if texts else ""
    page = page_at(f"/{URL}?{asked}&{query}", wait=URL, **options)
    expect(picture(page)).to_have_attribute("data-ready", "true")
    return page


def picture(page: Page) -> Locator:
    return page.locator(".bleu-picture")


def choose(page: Page, name: str) -> None:
    picture(page).locator(f'.segment [data-value="{name}"]').first.click()


def line(page: Page, place: int) -> Locator:
    return picture(page).locator(f'.chips[data-line="{place}"] .chip')


def marked(page: Page, place: int, kind: str) -> list[int]:
    chips = picture(page).locator(f'.chips[data-line="{place}"] .chip.{kind}')
    return chips.evaluate_all("(all) => all.map((chip) => Number(chip.dataset.i))")


def saved(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def product_shown(page: Page) -> float:
    """What the digits of the formula give when they are multiplied as they stand."""
    parts = [picture(page).locator(f'[data-part="{part}"]').inner_text() for part in ("brevity", "mean")]
    return 100 * float(parts[0]) * float(parts[1])


@pytest.mark.slow
def test_every_cut_and_smoothing_shows_cores_numbers_and_adds_up(page_at: PageAt) -> None:
    page = opened(page_at, HYPOTHESIS, *REFERENCES, lang="en")
    for tok in CUT_HERE:
        choose(page, tok)
        tokens = bleu.tokenize(HYPOTHESIS, tok)
        expect(line(page, -1)).to_have_text(tokens)
        compared = bleu.compare(tokens, [bleu.tokenize(text, tok) for text in REFERENCES])
        for smooth in bleu.SMOOTHINGS:
            picture(page).locator(f'.segment [data-value="{smooth}"]').last.click()
            expect(picture(page)).to_have_attribute("data-smooth", smooth)
            found = bleu.score(compared.statistics, smooth)
            expect(picture(page).locator(".value")).to_have_text(f"{found.value:.2f}")
            assert f"{product_shown(page):.2f}" == f"{found.value:.2f}"
            signature = bleu.signature(len(REFERENCES), tok, smooth)
            expect(picture(page).locator(".signature")).to_have_text(signature)
        for order in compared.orders:
            words = picture(page).locator(f'.bar-line[data-n="{order.n}"] .bar-words')
            expect(words).to_contain_text(f"{order.matches}/{order.total}")


def test_an_ngram_lights_what_it_matched_and_says_what_was_clipped(page_at: PageAt) -> None:
    page = opened(page_at, HYPOTHESIS, *REFERENCES, query="n=1", lang="en")
    grams = picture(page).locator(".grams .gram")
    verdicts = ["counted", "counted", "counted", "clipped", "counted", "counted"]
    for place, verdict in enumerate(verdicts):
        expect(grams.nth(place)).to_have_class(re.compile(verdict))
    grams.nth(1).hover()  # the second "the" takes the second place of the reference that has it twice
    assert (marked(page, -1, "lit"), marked(page, 0, "lit"), marked(page, 0, "also")) == ([1], [4], [0])
    grams.nth(3).hover()
    assert (marked(page, -1, "clipped"), marked(page, 0, "lit"), marked(page, 0, "also")) == ([3], [], [0, 4])
    expect(picture(page).locator(".info")).to_contain_text("clipped (number 3 of 3)")
    line(page, 1).nth(3).hover()  # a token of a reference shows whom it served
    assert marked(page, -1, "lit") == [2]
    line(page, -1).nth(4).click()
    page.wait_for_url(re.compile("gram=5"))
    page.locator("h1").hover()
    assert marked(page, -1, "lit") == [4]  # pressed, it stays
    grams.nth(0).locator("..").focus()
    page.keyboard.press("ArrowRight")
    assert marked(page, -1, "lit") == [5]
    page.keyboard.press("ArrowDown")
    expect(picture(page)).to_have_attribute("data-n", "2")
    expect(grams).to_have_text(
        [re.compile(text) for text in ("the the", "the cat", "cat the", "the on", "on mat")]
    )
    again = opened(page_at, HYPOTHESIS, *REFERENCES, query="n=3&tok=none&smooth=floor&gram=1", lang="ko")
    for name, value in (("n", "3"), ("tok", "none"), ("smooth", "floor"), ("at", "0")):
        expect(picture(again)).to_have_attribute(f"data-{name}", value)


def test_presets_typing_and_files(page_at: PageAt) -> None:
    page = opened(page_at, lang="ko")
    expect(picture(page)).to_have_attribute("data-lit", "2")  # the lesson begins with something to see
    for name in ("salad", "clipping", "paraphrase"):
        page.locator(f".st-key-glassbox-preset-{name} button").click()
        hypothesis, references = PRESETS[name].texts("ko")
        value = bleu.sentence_bleu(hypothesis, references).value
        expect(picture(page).locator(".value")).to_have_text(f"{value:.2f}")
        wait_ready(page, URL)
    text = "  <b>오늘</b>  &amp; 🦥 "
    box = page.get_by_role("textbox").first
    box.fill(text)
    box.press("Enter")
    read = normalise(text)
    expect(line(page, -1)).to_have_text(bleu.tokenize(read, "13a"))
    value = bleu.sentence_bleu(read, PRESETS["paraphrase"].korean[1]).value
    expect(picture(page).locator(".value")).to_have_text(f"{value:.2f}")
    with page.expect_download() as download:
        picture(page).locator(".save-csv").click()
    rows = list(csv.reader(io.StringIO(saved(download.value).decode("utf-8-sig"))))
    assert float(dict(row[:2] for row in rows if len(row) > 1)["BLEU"]) == pytest.approx(value, abs=1e-9)
    for part in (picture(page), page.locator(".bleu-cuts")):
        with page.expect_download() as download:
            part.locator(".save-png").click()
        png = saved(download.value)
        assert png.startswith(b"\x89PNG") and len(png) > 10_000


def test_the_class_rates_and_its_votes_stay_in_the_tab(page_at: PageAt) -> None:
    page = opened(page_at, query="rate=1", lang="en")
    items = page.locator(".rating-picture .item")
    expect(items).to_have_count(12)
    expect(items.first.locator(".outcome")).not_to_contain_text("chrF2")  # nobody is told before
    for place, rating in ((0, 5), (1, 1), (2, 3), (0, 4)):
        items.nth(place).get_by_role("button", name=f"{rating} of 5").click()
    expect(items.first.locator(".outcome")).to_contain_text("mean 4.50, votes: 2")
    chart = page.locator(".st-key-glassbox-chart-bleu-ratings")
    expect(chart).to_contain_text("over 3 translations: BLEU")
    # While the votes come one after another, Streamlit may hold the chart before and the chart after at once.
    expect(chart.locator(".js-plotly-plot")).to_have_count(1)
    expect(chart.locator(".js-plotly-plot")).to_be_visible()
    page.locator(".rating-picture .undo").click()
    expect(items.first.locator(".outcome")).to_contain_text("mean 5.00, votes: 1")
    page.get_by_role("button", name="한국어").click()  # another language, the same votes
    expect(items.first.locator(".outcome")).to_contain_text("평균 5.00점, 1표")
    page.locator(".rating-picture .reset").click()
    expect(chart).to_have_count(0)
    expect(page.locator(".rating-picture .undo")).to_be_disabled()


@pytest.mark.slow
def test_a_phone_taps_and_a_projector_steps(page_at: PageAt) -> None:
    page = opened(page_at, HYPOTHESIS, *REFERENCES, lang="en", size=(390, 844), touch=True)
    picture(page).locator(".gram").nth(1).tap()
    expect(picture(page)).to_have_attribute("data-at", "1")
    assert horizontal_overflow(page) <= 0
    page = opened(page_at, query="projector=1", lang="en")
    expect(picture(page).locator(".result")).to_be_in_viewport(ratio=1)  # the whole lesson without scrolling
    expect(page.locator("html")).to_have_attribute("data-glassbox-keys", "ready")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(picture(page)).to_have_attribute("data-n", "3")
    # Half a character in an address is replaced on its way; what it becomes is a text like any other.
    page = page_at(f"/{URL}?hyp=%ED%A0%80&ref1=a", wait=URL)
    expect(picture(page).locator(".value")).to_have_text("0.00")
