"""The home page in a real browser: the picture in view, and the way in with a typed sentence."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageAt
from tests.browser.watch import wait_ready
from ui import course, urls

pytestmark = pytest.mark.skipif(course.find("attention") is None, reason="the attention page is not built")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_whole_page_fits_a_projector(lang: str, page_at: PageAt) -> None:
    tab = page_at("/", lang=lang, size=(1280, 720), wait="home")
    expect(tab.locator("figure[data-ready=true] svg")).to_be_visible()
    main = tab.locator("[data-testid=stMain]")
    assert main.evaluate("(box) => box.scrollHeight - box.clientHeight") <= 0


def test_a_typed_sentence_opens_the_attention_page_with_it(page_at: PageAt) -> None:
    sentence = "고양이가 <b>매트</b> 위에 앉았다 & 잤다"
    tab = page_at("/?lang=en", wait="home")
    tab.get_by_role("textbox").fill(sentence)
    tab.get_by_role("button", name="Look inside").click()
    wait_ready(tab, "attention")
    query = parse_qs(urlsplit(tab.url).query)
    assert urlsplit(tab.url).path == "/attention"
    assert query[urls.SENTENCE] == [sentence]
    assert query["lang"] == ["en"]


def test_the_picture_can_be_saved(page_at: PageAt) -> None:
    tab = page_at("/", wait="home")
    with tab.expect_download() as csv:
        tab.get_by_role("button", name="CSV").click()
    rows = csv.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) >= 2
    shares = [float(number) for number in rows[1].rsplit('"', 1)[1].strip(",").split(",")]
    assert sum(shares) == pytest.approx(1, abs=1e-4)
    with tab.expect_download() as png:
        tab.get_by_role("button", name="PNG").click()
    assert png.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_badge_opens_the_model_card(page_at: PageAt) -> None:
    tab = page_at("/", lang="en", wait="home")
    tab.get_by_role("button", name="Computed here").click()
    expect(tab.locator("[data-glassbox-card]")).to_be_visible()
