"""The one contract of all pages: opened cold, in both languages and themes, nothing goes wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageAt
from tests.browser.server import Server
from tests.browser.watch import horizontal_overflow, wait_ready
from ui import course

PAGES = [course.HOME, *course.built_pages()]
IDS = [page.url or "home" for page in PAGES]
every_page = pytest.mark.parametrize("page", PAGES, ids=IDS)
LOOKS = [("ko", "light"), ("en", "dark"), ("ko", "dark"), ("en", "light")]


def by_turns(each: int) -> pytest.MarkDecorator:
    """Every page, only each second or third of them in every run; all in `make test-all`."""
    values = [
        pytest.param(page, marks=[pytest.mark.slow] if number % each else [], id=IDS[number])
        for number, page in enumerate(PAGES)
    ]
    return pytest.mark.parametrize("page", values)


def looks() -> list[object]:
    """Every page in each language and theme; in every run one of the first two looks, by turns."""
    return [
        pytest.param(
            page,
            *look,
            marks=[] if place == number % 2 else [pytest.mark.slow],
            id=f"{IDS[number]}-{'-'.join(look)}",
        )
        for number, page in enumerate(PAGES)
        for place, look in enumerate(LOOKS)
    ]


@pytest.mark.parametrize(("page", "lang", "theme"), looks())
def test_a_page_opens_by_its_link(page: course.CoursePage, lang: str, theme: str, page_at: PageAt) -> None:
    """No exception, no console error, no request to another host (the fixture watches), and its header."""
    name = page.url or "home"
    tab = page_at(f"/{page.url}", lang=lang, theme=theme, wait=name)
    expect(tab.locator("[data-glassbox-header] h1")).to_be_visible()
    expect(tab.locator("[data-testid=stException]")).to_have_count(0)
    expect(tab.locator("[data-glassbox-ready]")).to_have_attribute("lang", lang)
    assert (name == "home") or name in tab.url


@every_page
@pytest.mark.parametrize(
    "size", [(390, 844), pytest.param((1280, 720), marks=pytest.mark.slow)], ids=["phone", "desk"]
)
def test_no_page_scrolls_sideways(page: course.CoursePage, size: tuple[int, int], page_at: PageAt) -> None:
    tab = page_at(f"/{page.url}", size=size, touch=size[0] < 600, wait=page.url or "home")
    assert horizontal_overflow(tab) <= 0


@by_turns(3)
def test_every_page_can_be_projected(page: course.CoursePage, page_at: PageAt) -> None:
    tab = page_at(f"/{page.url}?projector=1", lang="en", wait=page.url or "home")
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"
    expect(tab.get_by_role("button", name="Leave projector mode")).to_be_visible()
    expect(tab.locator("[data-testid=stSidebar]")).to_have_count(0)
    assert horizontal_overflow(tab) <= 0


@pytest.mark.parametrize("page", PAGES[-1:], ids=IDS[-1:])
def test_a_deep_link_on_a_server_nobody_has_visited_opens_inside_the_frame(
    page: course.CoursePage, fresh_server: Server, open_page: PageAt
) -> None:
    """The first visitor's link is the hard case; the last page of the course stands for all."""
    tab = open_page(fresh_server.url, f"/{page.url}", wait=page.url or "home")
    expect(tab.locator(".st-key-glassbox-bar")).to_be_visible()
    expect(tab.locator("[data-glassbox-header] h1")).to_be_visible()
    expect(tab.get_by_role("button", name="English")).to_be_visible()


@by_turns(2)
def test_a_page_that_nobody_touches_asks_the_server_once(page: course.CoursePage, page_at: PageAt) -> None:
    """A picture's own message would overtake the reader's click on a link or a button, and undo it."""
    tab = page_at(f"/{page.url}", wait=page.url or "home")
    sent: list[str | bytes] = []
    tab.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    tab.reload()
    wait_ready(tab, page.url or "home")
    # Later than every timer that the pictures have set by now.
    tab.evaluate("new Promise((done) => setTimeout(done, 500))")
    wait_ready(tab, page.url or "home")
    assert len(sent) == 1
