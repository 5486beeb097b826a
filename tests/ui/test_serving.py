"""Model files answer byte ranges and nothing else leaks; script bundles are compressed once."""

from __future__ import annotations

import gzip
from pathlib import Path

import anyio
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Message

from ui.serving import CompressedBundles, ModelFiles

WEIGHTS = bytes(range(256)) * 40
SCRIPT = b"export const answer = 42;\n" * 100


class Site:
    """The middleware around a small site, called without a network."""

    def __init__(self, models: Path) -> None:
        self.served: list[str] = []

        def bundle(request: Request) -> Response:
            self.served.append(request.url.path)
            if "unknown" in request.url.path:
                return HTMLResponse("<html>" + "x" * 2000)
            return Response(SCRIPT, media_type="text/javascript", headers={"ETag": '"1"'})

        self.app = Starlette(
            routes=[Mount("/models", ModelFiles(models)), Route("/static/js/{name}", bundle)],
            middleware=[Middleware(CompressedBundles), Middleware(GZipMiddleware, minimum_size=10)],
        )

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        messages: list[Message] = []

        async def ask() -> None:
            requests: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

            async def receive() -> Message:
                if not requests:
                    await anyio.sleep_forever()  # a client that stays and listens
                return requests.pop()

            async def send(message: Message) -> None:
                messages.append(message)

            raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
            scope = {
                "type": "http",
                "method": "GET",
                "path": path,
                "raw_path": path.encode(),
                "root_path": "",
            }
            scope |= {"query_string": b"", "headers": raw, "http_version": "1.1", "scheme": "http"}
            await self.app({**scope, "server": ("test", 80), "client": ("test", 1)}, receive, send)

        anyio.run(ask)
        fields = {k.decode().lower(): v.decode() for k, v in messages[0]["headers"]}
        return messages[0]["status"], fields, b"".join(m.get("body", b"") for m in messages[1:])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "translator.safetensors").write_bytes(WEIGHTS)
    (tmp_path / "translator.json").write_text("{}")
    (tmp_path / "notes.txt").write_text("private")
    (tmp_path.parent / "outside.json").write_text("{}")
    return Site(tmp_path)


def test_a_byte_range_answers_206_with_those_very_bytes(site: Site) -> None:
    status, headers, body = site.get(
        "/models/translator.safetensors", range="bytes=100-299", accept_encoding="gzip"
    )
    assert status == 206
    assert body == WEIGHTS[100:300]
    assert headers["content-range"] == f"bytes 100-299/{len(WEIGHTS)}"
    assert "content-encoding" not in headers


def test_a_whole_file_is_not_compressed_either(site: Site) -> None:
    status, headers, body = site.get("/models/translator.safetensors", accept_encoding="gzip")
    assert (status, body) == (200, WEIGHTS)
    assert "content-encoding" not in headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["notes.txt", "", "none.safetensors", "../outside.json", "%2e%2e/outside.json"]
)
def test_nothing_else_is_served(site: Site, path: str) -> None:
    assert site.get(f"/models/{path}")[0] == 404


def test_a_script_is_compressed_once_and_kept(site: Site) -> None:
    first = site.get("/static/js/index.js", accept_encoding="gzip, br")
    again = site.get("/static/js/index.js", accept_encoding="gzip, br")
    assert first == again
    assert gzip.decompress(first[2]) == SCRIPT
    assert first[1]["content-encoding"] == "gzip"
    assert int(first[1]["content-length"]) == len(first[2])
    assert site.served == ["/static/js/index.js"]


def test_who_takes_no_gzip_gets_the_script_plain(site: Site) -> None:
    status, headers, body = site.get("/static/js/index.js")
    assert (status, body) == (200, SCRIPT)
    assert "content-encoding" not in headers


def test_pages_that_answer_for_unknown_scripts_are_not_kept(site: Site) -> None:
    for _ in range(2):
        assert site.get("/static/js/unknown.js", accept_encoding="gzip")[2].startswith(b"<html>")
    assert len(site.served) == 2
