"""The Temperature page as a visitor uses it: the real server, the language models, a real browser."""

from __future__ import annotations

import csv
import re
import urllib.parse
from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from core.decoding.sampling import Sampler, adjusted, draw, ranked, uniform
from core.language import Language, load_language
from tests.browser.conftest import PageAt
from tests.browser.few import few
from tests.browser.watch import in_first_view, wait_idle, wait_ready, watch_messages

URL = "temperature"
TEXT = "The cat sat on the"


@pytest.fixture(scope="module")
def model() -> Language:
    return load_language("en")


def query(text: str = TEXT, more: str = "") -> str:
    return f"lang=en&model=en&text={urllib.parse.quote(text)}{more}"


def opened(page_at: PageAt, asked: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?{asked or query()}", wait=URL, **options)
    expect(picture(page)).to_have_attribute("data-ready", "true")
    return page


def picture(page: Page) -> Locator:
    return page.locator(".next-picture")


def slide(page: Page, name: str, place: int, released: bool = False) -> None:
    """Move a slider to a place from 0 to 100, and let it go."""
    slider = page.locator(f".sampling .slide[data-name={name}]")
    for event in ("input", "change")[: 1 + released]:
        slider.evaluate(
            "(one, [place, event]) => { one.value = place; one.dispatchEvent(new Event(event, { bubbles: true })); }",
            [str(place), event],
        )


def set_exactly(page: Page, name: str, value: str) -> None:
    box = page.locator(f".sampling .box[data-name={name}]")
    box.fill(value)
    box.press("Tab")


def drawn_by(logits: np.ndarray, sampler: Sampler, seed: int, place: int = 0) -> int:  # type: ignore[type-arg]
    logs = torch.from_numpy(logits).double()
    order = ranked(logs)
    return int(order[draw(adjusted(logs, sampler).exp()[order], uniform(seed, place))])


def test_a_drag_acts_at_once_on_all_tokens_and_asks_nobody(page_at: PageAt, model: Language) -> None:
    page = opened(page_at)
    sent = watch_messages(page, URL, ".next-picture")
    logits = model.logits(model.ids(TEXT))
    slide(page, "temperature", 65)  # 10 ** 0.3
    expect(picture(page)).to_have_attribute("data-temperature", "2")
    slide(page, "top_p", 90)
    logs = torch.from_numpy(logits).double()
    left = adjusted(logs, Sampler(2.0, top_p=0.9)).exp()
    expect(picture(page)).to_have_attribute("data-kept", str(int((left > 0).sum())))
    bits = float(torch.special.entr(left).sum() / np.log(2))
    assert float(picture(page).get_attribute("data-entropy") or 0) == pytest.approx(bits, abs=1e-6)
    assert picture(page).get_attribute("data-drawn") == str(drawn_by(logits, Sampler(2.0, top_p=0.9), 42))
    assert not sent
    slide(page, "top_p", 90, released=True)
    page.wait_for_url(re.compile(r"p=0\.9(&|$)"))
    page.reload()
    wait_ready(page, URL)
    expect(picture(page)).to_have_attribute("data-kept", str(int((left > 0).sum())))


def test_the_csv_is_the_whole_vocabulary_in_every_stage(page_at: PageAt, model: Language) -> None:
    page = opened(page_at, query(more="&t=1.7&k=500&p=0.95&m=0.001&seed=9"))
    with page.expect_download() as download:
        picture(page).locator(".save-csv").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))[1:]
    logits = model.logits(model.ids(TEXT))
    logs = torch.from_numpy(logits).double()
    assert len(rows) == int(torch.isfinite(logs).sum())
    numbers = np.array([[float(cell) for cell in row[1:]] for row in rows])
    ids = numbers[:, 0].astype(int)
    np.testing.assert_array_equal(ids, ranked(logs)[: len(ids)])
    np.testing.assert_allclose(numbers[:, 1], logits[ids], rtol=1e-6)
    stages = [
        Sampler(),
        Sampler(1.7),
        Sampler(1.7, 500),
        Sampler(1.7, 500, 0.95),
        Sampler(1.7, 500, 0.95, 0.001),
    ]
    for column, sampler in enumerate(stages, start=2):
        np.testing.assert_allclose(numbers[:, column], adjusted(logs, sampler).exp()[ids], atol=1e-6)
    assert rows[0][0] == model.pieces[ids[0]]


def test_both_divisions_are_shown_to_be_the_same(page_at: PageAt) -> None:
    page = opened(page_at, query(more="&t=1.3"))
    told = picture(page).locator(".both-ways")
    for row in (0, 3):
        picture(page).locator(".bars li").nth(row).click()
        found = re.findall(r"= (0\.\d{6})", told.inner_text())
        assert len(found) == 2 and found[0] == found[1]
    slide(page, "temperature", 0)
    expect(told).to_contain_text("exactly 0")
    expect(picture(page)).to_have_attribute("data-kept", "1")


def test_tokens_are_said_forced_taken_back_and_kept_in_the_address(page_at: PageAt, model: Language) -> None:
    page = opened(page_at)
    first = drawn_by(model.logits(model.ids(TEXT)), Sampler(), 42)
    picture(page).locator(".say-drawn").click()
    page.wait_for_url(re.compile(rf"said={first}(&|$)"))
    ids = [*model.ids(TEXT), first]
    second = drawn_by(model.logits(ids), Sampler(), 42, place=1)
    expect(picture(page)).to_have_attribute("data-drawn", str(second))
    row = picture(page).locator(".bars li").nth(2)
    forced = int(row.get_attribute("data-id") or -1)
    row.locator(".say").click()
    page.wait_for_url(re.compile(rf"said={first}\.{forced}(&|$)"))
    page.reload()
    wait_ready(page, URL)
    expect(picture(page).locator(".token.mine")).to_have_count(2)
    third = drawn_by(model.logits([*ids, forced]), Sampler(), 42, place=2)
    expect(picture(page)).to_have_attribute("data-drawn", str(third))
    picture(page).locator(".undo").click()
    expect(picture(page).locator(".token.mine")).to_have_count(1)
    picture(page).locator(".anew").click()
    expect(picture(page).locator(".token.mine")).to_have_count(0)
    page.wait_for_url(lambda url: "said=" not in url)


def test_a_token_is_found_wherever_it_ranks(page_at: PageAt, model: Language) -> None:
    page = opened(page_at)
    logits = model.logits(model.ids(TEXT))
    token = model.pieces.index("▁castle")
    rank = 1 + int((logits > logits[token]).sum())
    find = picture(page).locator(".find")
    find.fill("castle")
    row = picture(page).locator(f'.bars li[data-id="{token}"]')
    expect(row.locator(".place")).to_have_text(str(rank))
    find.fill("qqqqq")
    expect(picture(page).locator(".bars .none")).to_contain_text("qqqqq")
    find.fill("")
    expect(picture(page).locator(".bars li[data-id]")).to_have_count(12)


# What is asked, what the controls then stand at, and how many tokens that leaves; None: all that can be said.
EXTREMES = [
    ("temperature", "0", "0", 1),
    ("temperature", "100", "100", None),
    ("temperature", "1000", "100", None),
    ("temperature", "-3", "0", 1),
    ("temperature", "", "1", None),
    ("top_k", "0", "0", None),
    ("top_k", "999999", "8000", None),
    ("top_k", "3", "3", 3),
    ("top_p", "0", "0", 1),
    ("top_p", "1", "1", None),
    ("top_p", "7", "1", None),
    ("min_p", "1", "1", 1),
]


@pytest.mark.slow
def test_every_extreme_is_defined(page_at: PageAt, model: Language) -> None:
    page = opened(page_at)
    count = int(np.isfinite(model.logits(model.ids(TEXT))).sum())
    for name, asked, stands, kept in EXTREMES:
        page.locator(".sampling .reset").click()
        set_exactly(page, name, asked)
        expect(page.locator(".sampling")).to_have_attribute(f"data-{name}", stands)
        stage = picture(page).locator('.stage-row[data-stage="min_p"]')
        expect(stage.locator(".stage-facts")).to_contain_text(f"{kept or count:,} left")
    wait_idle(page)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


PROMPTS = {
    "nothing": ("", ""),
    "blanks": ("   ", ""),
    "a third language": ("Привет, как дела?", "neither Korean nor English"),
    "emoji": ("🙂🙃 ㅋㅋㅋ", ""),
    "HTML": ("<script>alert(1)</script>", ""),
    "longer than the context": ("The dog ran home. " * 80, "reads the last 192"),
}


@pytest.mark.parametrize("name", few(PROMPTS, 3))
def test_any_prompt_gets_a_distribution(page_at: PageAt, name: str) -> None:
    text, told = PROMPTS[name]
    page = opened(page_at)
    box = page.get_by_role("textbox").first
    box.fill(text)
    box.press("Enter")
    if text.strip():
        page.wait_for_url(lambda url: urllib.parse.quote_plus(text.strip()[:6]) in url)
    wait_idle(page)
    expect(picture(page)).to_have_attribute("data-ready", "true")
    assert float(picture(page).get_attribute("data-entropy") or 0) > 0.01
    assert box.input_value() == text
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    if told:
        expect(page.get_by_text(told)).to_be_visible()


def test_the_same_numbers_at_several_temperatures_are_streamed_and_are_cores(
    page_at: PageAt, model: Language
) -> None:
    page = opened(page_at, query(more="&seed=5"))
    rows = page.locator(".gb-texts tr")
    expect(rows).to_have_count(5)
    wait_idle(page)
    samplers = [Sampler(temperature) for temperature in (0.0, 0.5, 1.0, 1.5, 2.0)]
    drawn = list(model.go_on(model.ids(TEXT), samplers, [5] * 5))
    tokens = torch.stack([one.tokens for one in drawn], 1).tolist()
    for row, ids in enumerate(tokens):
        said = model.tokenizer.decode([*model.ids(TEXT)[1:], *[i for i in ids if i > 3]])
        shown = rows.nth(row).locator("td").inner_text()
        assert shown.startswith(said[:40])


@pytest.mark.slow  # hundreds of texts
def test_hundreds_of_continuations_can_be_stopped_and_gone_on_with(page_at: PageAt) -> None:
    page = opened(page_at)
    page.get_by_text("200 continuations at each temperature").click()
    page.get_by_role("button", name="Draw them").click()
    expect(page.locator("h4", has_text="T = 0.2")).to_be_visible(timeout=90_000)
    stop = page.locator(".st-key-glassbox-many-stop button")  # Streamlit has a Stop of its own in the corner
    stop.click()
    go_on = page.get_by_role("button", name="Go on drawing")
    expect(go_on).to_be_visible(timeout=60_000)
    drawn = page.locator("h4", has_text="T = ").count()
    assert 1 <= drawn < 7
    go_on.click()
    expect(page.locator("h4", has_text="T = ")).not_to_have_count(drawn, timeout=90_000)


def test_a_preset_sets_text_and_controls(page_at: PageAt) -> None:
    page = opened(page_at)
    page.get_by_role("button", name="top-p 0.9 at T = 2").click()
    expect(page.locator(".sampling")).to_have_attribute("data-temperature", "2")
    expect(page.locator(".sampling")).to_have_attribute("data-top_p", "0.9")
    page.wait_for_url(re.compile(r"t=2.*p=0\.9"))
    kept = int(picture(page).locator('.stage-row[data-stage="top_p"]').get_attribute("data-kept") or 0)
    assert kept > 500  # the fifty likeliest are nowhere near nine tenths


@pytest.mark.parametrize(("size", "lang"), [((1280, 720), "ko"), ((390, 844), "en")])
def test_the_picture_fits_the_screen(page_at: PageAt, size: tuple[int, int], lang: str) -> None:
    page = opened(page_at, f"lang={lang}", size=size, touch=size[0] < 600)
    assert in_first_view(page, picture(page).locator(".panels"))


def test_projector_keys_say_the_token_and_take_it_back(page_at: PageAt) -> None:
    page = opened(page_at, query(more="&projector=1"))
    expect(page.locator("html")).to_have_attribute("data-glassbox-keys", "ready")
    page.keyboard.press("ArrowRight")
    expect(picture(page).locator(".token.mine")).to_have_count(1)
    wait_idle(page)
    page.keyboard.press("ArrowLeft")
    expect(picture(page).locator(".token.mine")).to_have_count(0)
