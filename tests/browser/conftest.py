"""Fixtures of the browser tests: one server and one Chromium for all, a watched page for each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.server import ROOT, Server, running
from tests.browser.watch import Watch, wait_ready

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCALES = {"ko": "ko-KR", "en": "en-US"}

PageAt = Callable[..., Page]
# A state that comes is waited for; a machine that is busy with other work is no failure.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str:
    """The browser's path; a test run without one fails here and says so, it never skips."""
    named = os.environ.get("GLASSBOX_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        pytest.fail(
            "No browser: install Chromium (Debian: apt-get install chromium) or set GLASSBOX_CHROMIUM.",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    path = find_chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, started once for the whole run."""
    with running(ROOT / "app.py", tmp_path_factory.mktemp("server") / "log") as started:
        yield started


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    """The app on a server that nobody has visited."""
    with running(ROOT / "app.py", tmp_path / "log") as started:
        yield started


@pytest.fixture
def open_page(browser: Browser) -> Iterator[PageAt]:
    """``open_page(base, path, lang="ko", theme="light", size=(1280, 720), touch=False, wait="home")``.

    Opens a page of any server in a context of its own. At the test's end, a script error, a console error or
    a request to another host on any of them fails the test.
    """
    opened: list[tuple[Page, Watch]] = []

    def open_it(
        base: str,
        path: str,
        lang: str = "ko",
        theme: str = "light",
        size: tuple[int, int] = (1280, 720),
        touch: bool = False,
        wait: str | None = None,
        ready: bool = True,
    ) -> Page:
        context = browser.new_context(
            locale=LOCALES.get(lang, lang),
            color_scheme=theme,  # type: ignore[arg-type]
            viewport={"width": size[0], "height": size[1]},
            has_touch=touch,
            accept_downloads=True,
        )
        page = context.new_page()
        watch = Watch(base)
        watch.attach(page)
        opened.append((page, watch))
        page.goto(base + path)
        if ready:
            wait_ready(page, wait)
        return page

    yield open_it
    faults = [f"{page.url}: {fault}" for page, watch in opened for fault in watch.faults]
    for page, _ in opened:
        page.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page_at(server: Server, open_page: PageAt) -> PageAt:
    """``page_at(path, lang=…, theme=…, size=…, touch=…, wait=…)`` on the shared server."""

    def open_it(path: str, **options: object) -> Page:
        return open_page(server.url, path, **options)

    return open_it
