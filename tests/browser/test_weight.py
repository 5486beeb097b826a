"""What a first visit fetches: scripts as small as the browser takes them, and no font that is not shown."""

from __future__ import annotations

from playwright.sync_api import Response

from tests.browser.conftest import PageAt
from tests.browser.watch import wait_ready


def test_a_first_visit_fetches_brotli_and_the_icons_only(page_at: PageAt) -> None:
    page = page_at("/", wait="home")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.reload()
    wait_ready(page, "home")
    fonts = [answer.url for answer in answers if answer.request.resource_type == "font"]
    assert all("MaterialSymbols" in url for url in fonts), fonts
    scripts = [answer for answer in answers if "/static/js/" in answer.url]
    assert len(scripts) > 20
    assert {answer.headers.get("content-encoding") for answer in scripts} == {"br"}
    assert all("immutable" in answer.headers["cache-control"] for answer in scripts)
