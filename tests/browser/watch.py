"""A page under watch: whatever goes wrong in the browser fails the test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

# On a deep link Streamlit's own front end asks at /page/_stcore/… before it asks at the root.
PROBE = re.compile(r"/[^/]+/_stcore/(health|host-config)$")
LOCAL_SCHEMES = {"data", "blob", "about"}


@dataclass
class Watch:
    """What a page did wrong, in words."""

    origin: str
    faults: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        """Begin to watch a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        address = message.location.get("url", "")
        if PROBE.search(urlsplit(address).path) and "404" in message.text:
            return
        self.faults.append(f"console error: {message.text} ({address})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != urlsplit(self.origin).netloc:
            self.faults.append(f"request to another host: {request.url}")


def wait_ready(page: Page, name: str | None = None, timeout: float = 30_000) -> None:
    """Wait until the whole page is drawn and the script rests; ``name`` is the page's URL or ``home``."""
    mark = f'[data-glassbox-ready="{name}"]' if name else "[data-glassbox-ready]"
    page.locator(mark).first.wait_for(state="attached", timeout=timeout)
    wait_idle(page, timeout)


def wait_idle(page: Page, timeout: float = 30_000) -> None:
    """Wait until no script runs and nothing on the page is out of date."""
    expect(page.locator("[data-test-script-state]").first).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=timeout
    )
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=timeout)


def watch_messages(page: Page, url: str, shown: str) -> list[object]:
    """Load the page again and return what it sends to the server from when ``shown``, its picture, stands."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.reload()
    wait_ready(page, url)
    expect(page.locator(shown)).to_have_attribute("data-ready", "true")
    wait_idle(page)
    sent.clear()
    return sent


def horizontal_overflow(page: Page) -> int:
    """How many pixels the page is wider than its window; 0 where it need not be scrolled sideways."""
    return int(
        page.evaluate(
            """() => {
                const boxes = [document.documentElement, document.querySelector('[data-testid="stMain"]')];
                return Math.max(...boxes.filter(Boolean).map((box) => box.scrollWidth - box.clientWidth));
            }"""
        )
    )


def in_first_view(page: Page, part: Locator) -> bool:
    """Whether nothing need be scrolled: sideways, or (on a desk) down to the end of ``part``."""
    if horizontal_overflow(page) > 0:
        return False
    size = page.viewport_size or {"width": 0, "height": 0}
    if size["width"] <= 1000:
        return True
    box = part.bounding_box()
    return box is not None and box["y"] + box["height"] <= size["height"]
