"""Streamlit's own page made light: its scripts compressed and kept, its web font not asked for."""

from __future__ import annotations

import gzip
import os
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import brotli
from anyio import sleep_forever, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.urls import MODELS_PATH

BUNDLES_PATH: Final = "/static/"
BUNDLE_SUFFIXES: Final = (".js", ".css")
# Plotly's bundle, 4.7 MB: gzip 6 makes 1.42 MB of it in 0.13 s, brotli 9 1.18 MB in 0.4 s, brotli 11 1.06 MB in
# 8 s. Nobody waits for the last: who comes first gets the quick one.
GZIP_LEVEL: Final = 6
QUICK: Final = 9
THOROUGH: Final = 11
WORTH_IT: Final = 100_000  # bytes: a smaller bundle would lose another 1 KB at most
PACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, quality=QUICK),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}
# A browser that was interrupted would ask for the rest by its bytes, and be given those of the file as it lies.
NO_RANGES: Final = "none"
WEB_FONT: Final = {
    "html": re.compile(rb'<link\s[^>]*?rel="preload"[^>]*?/SourceSans[^>]*?>'),
    "css": re.compile(rb"@font-face\{font-family:\"?Source Sans\"?;[^}]*\}"),
}

Answer = tuple[Message, bytes]


@dataclass(frozen=True)
class Kept:
    """A compressed bundle, ready to be sent."""

    headers: list[tuple[bytes, bytes]]
    body: bytes


class CompressedBundles:
    """Sends Streamlit's script bundles as brotli or gzip, each compressed once and kept.

    Streamlit leaves them uncompressed because it would compress them again for every visitor. Model files
    go the other way: never compressed, since a byte range counts the bytes of the file itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, str], Kept] = {}
        self._turn = threading.Lock()  # one core at a time for what nobody waits for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        coding = _coding(scope)
        if path.startswith(MODELS_PATH + "/"):
            await self.app(_without(scope, b"accept-encoding"), receive, send)
        elif coding and _is_bundle_request(scope):
            kept = self._kept.get((path, coding)) or await self._compress(path, coding, scope, send)
            if kept:
                await _send(
                    ({"type": "http.response.start", "status": 200, "headers": kept.headers}, kept.body), send
                )
        else:
            await self.app(scope, receive, send)

    async def _compress(self, path: str, coding: str, scope: Scope, send: Send) -> Kept | None:
        """Keep the bundle and return it; None where the answer is no bundle, and has been sent as it is."""
        start, body = await _answer_of(self.app, _without(scope, b"accept-encoding"))
        headers = MutableHeaders(raw=list(start["headers"]))
        # An unknown path answers 200 with the app's HTML; keeping that would let strangers fill the memory.
        if start["status"] != 200 or "html" in headers.get("content-type", ""):
            await _send((start, body), send)
            return None
        kept = self._keep(path, coding, headers, await to_thread.run_sync(PACKERS[coding], body))
        if coding == "br" and len(body) >= WORTH_IT:
            threading.Thread(target=self._compress_better, args=(path, headers, body), daemon=True).start()
        return kept

    def _compress_better(self, path: str, headers: MutableHeaders, body: bytes) -> None:
        _step_back()
        with self._turn:
            self._keep(path, "br", headers, brotli.compress(body, quality=THOROUGH))

    def _keep(self, path: str, coding: str, headers: MutableHeaders, packed: bytes) -> Kept:
        own = MutableHeaders(raw=list(headers.raw))
        own["Content-Encoding"] = coding
        own["Content-Length"] = str(len(packed))
        own["Accept-Ranges"] = NO_RANGES
        own.add_vary_header("Accept-Encoding")
        if "etag" in own:  # another representation needs another tag
            own["ETag"] = f"W/{own['etag'].removeprefix('W/')}"
        kept = self._kept[path, coding] = Kept(own.raw, packed)
        return kept


class WithoutWebFont:
    """Takes Streamlit's text font out of its page and its style sheet.

    The theme names system fonts, but it comes later than the page, which asks for its own face (170 KB) at once
    and writes its first, unseen words in it. Where Streamlit's files look otherwise they are left as they are.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not _names_fonts(scope):
            await self.app(scope, receive, send)
            return
        start, body = await _answer_of(self.app, _without(scope, b"accept-encoding"))
        headers = MutableHeaders(raw=list(start["headers"]))
        pattern = next((WEB_FONT[kind] for kind in WEB_FONT if kind in headers.get("content-type", "")), None)
        if start["status"] == 200 and pattern:
            body = pattern.sub(b"", body)
            headers["Content-Length"] = str(len(body))
            headers["Accept-Ranges"] = NO_RANGES
        await _send(({**start, "headers": headers.raw}, body), send)


def _names_fonts(scope: Scope) -> bool:
    """Whether the answer may be the page or a style sheet; a byte range counts the bytes of the file itself."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    style = scope["path"].startswith(BUNDLES_PATH) and scope["path"].endswith(".css")
    return (style or "text/html" in headers.get("accept", "")) and "range" not in headers


def _is_bundle_request(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return (
        scope["method"] == "GET"
        and scope["path"].startswith(BUNDLES_PATH)
        and scope["path"].endswith(BUNDLE_SUFFIXES)
        and "range" not in headers
        and "if-none-match" not in headers
        and "if-modified-since" not in headers
    )


def _coding(scope: Scope) -> str | None:
    """The best coding that the client takes. Browsers take brotli over HTTPS and from localhost only."""
    asked = Headers(scope=scope).get("accept-encoding", "").lower()
    taken = set()
    for part in asked.split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return next((coding for coding in PACKERS if coding in taken), None)


async def _answer_of(app: ASGIApp, scope: Scope) -> Answer:
    """The whole answer of the app inside, held back.

    It hears of no client that leaves: Starlette then stops in the middle of a file, and that half would be kept for
    everybody.
    """
    start: Message = {}
    body = bytearray()
    requests: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not requests:
            await sleep_forever()
        return requests.pop()

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope, receive, collect)
    return start, bytes(body)


async def _send(answer: Answer, send: Send) -> None:
    start, body = answer
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _step_back() -> None:
    """Let this thread have only what the others leave of the processor; elsewhere threads have no such rank."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


def _without(scope: Scope, name: bytes) -> Scope:
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != name]}
