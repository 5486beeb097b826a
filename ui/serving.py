"""What the server sends besides Streamlit's own answers: model files, and compressed script bundles."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.urls import MODELS_PATH

SERVED_SUFFIXES: Final = (".safetensors", ".json")
BUNDLES_PATH: Final = "/static/"
BUNDLE_SUFFIXES: Final = (".js", ".css")
GZIP_LEVEL: Final = 6  # the Plotly bundle in 0.13 s, once; 9 takes 0.17 s for 0.2 % less


class ModelFiles(StaticFiles):
    """Weights and model cards, whole or by byte range (206), and nothing else of the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with headers that make a browser ask again whether it has changed."""
        if not path.endswith(SERVED_SUFFIXES):
            raise HTTPException(status_code=404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


class CompressedBundles:
    """Sends Streamlit's script bundles gzipped, each compressed once and kept.

    Streamlit leaves them uncompressed because it would compress them again for every visitor. Model files
    go the other way: never compressed, since a byte range counts the bytes of the file itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith(MODELS_PATH + "/"):
            await self.app(_without(scope, b"accept-encoding"), receive, send)
        elif _is_bundle_request(scope):
            if path in self._kept:
                await _send_kept(self._kept[path], send)
            else:
                await self._compress(path, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _compress(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        await self.app(_without(scope, b"accept-encoding"), receive, collect)
        headers = MutableHeaders(raw=list(start["headers"]))
        # An unknown path answers 200 with the app's HTML; keeping that would let strangers fill the memory.
        is_bundle = start["status"] == 200 and "html" not in headers.get("content-type", "")
        if is_bundle:
            packed = await to_thread.run_sync(lambda: gzip.compress(bytes(body), GZIP_LEVEL, mtime=0))
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(packed))
            headers.add_vary_header("Accept-Encoding")
            if "etag" in headers:  # another representation needs another tag
                headers["ETag"] = f"W/{headers['etag'].removeprefix('W/')}"
            self._kept[path] = (headers.raw, packed)
            await _send_kept(self._kept[path], send)
            return
        await send(start)
        await send({"type": "http.response.body", "body": bytes(body)})


def _is_bundle_request(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return (
        scope["method"] == "GET"
        and scope["path"].startswith(BUNDLES_PATH)
        and scope["path"].endswith(BUNDLE_SUFFIXES)
        and "gzip" in headers.get("accept-encoding", "")
        and "range" not in headers
        and "if-none-match" not in headers
        and "if-modified-since" not in headers
    )


def _without(scope: Scope, name: bytes) -> Scope:
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != name]}


async def _send_kept(kept: tuple[list[tuple[bytes, bytes]], bytes], send: Send) -> None:
    headers, body = kept
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
