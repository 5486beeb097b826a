"""A small site behind the app's own middleware, called without a network."""

from __future__ import annotations

from pathlib import Path

import anyio
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Message

from ui.bundles import WORTH_IT, CompressedBundles, WithoutWebFont
from ui.serving import ModelFiles

WEIGHTS = bytes(range(256)) * 40
SCRIPT = b"export const answer = 42;\n" * 100
LARGE_SCRIPT = b"".join(b"export const n%d = %d;\n" % (n, n * n) for n in range(WORTH_IT // 20))
ICONS = "@font-face{font-family:Material Symbols Rounded;src:url(icons.woff2)}"
SANS = '@font-face{font-family:Source Sans;font-style:normal;src:url(../media/SourceSansVF.woff2)format("woff2")}'
CODE = "@font-face{font-family:Source Code Pro;src:url(code.woff2)}"
STYLE = CODE + SANS + SANS.replace("normal", "italic") + ICONS
PAGE = """<!DOCTYPE html><link rel="shortcut icon" href="./favicon.png" />
<link
  rel="preload" href="./static/media/SourceSansVF-Upright.woff2" as="font" crossorigin
/><title>Streamlit</title><link rel="modulepreload" href="./static/js/lib.js">"""


class Site:
    """The site; `served` grows with each script that the app inside had to answer itself."""

    def __init__(self, models: Path) -> None:
        self.served: list[str] = []

        def bundle(request: Request) -> Response:
            self.served.append(request.url.path)
            if "unknown" in request.url.path:
                return HTMLResponse("<html>" + "x" * 2000)
            if "file" in request.url.path:
                (models / "script.js").write_bytes(SCRIPT)
                return FileResponse(models / "script.js", media_type="text/javascript")
            body = LARGE_SCRIPT if "large" in request.url.path else SCRIPT
            return Response(body, media_type="text/javascript", headers={"ETag": '"1"'})

        def style(_: Request) -> Response:
            return Response(STYLE, media_type="text/css")

        def page(_: Request) -> Response:
            return HTMLResponse(PAGE)

        self.app = Starlette(
            routes=[
                Mount("/models", ModelFiles(models)),
                Route("/static/js/{name}", bundle),
                Route("/static/css/{name}", style),
                Route("/{page}", page),
            ],
            middleware=[
                Middleware(CompressedBundles),
                Middleware(WithoutWebFont),
                Middleware(GZipMiddleware, minimum_size=10),
            ],
        )

    def get(self, path: str, leaves: bool = False, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """The status, headers and body; a client that ``leaves`` is gone as soon as it has asked."""
        messages: list[Message] = []

        async def ask() -> None:
            requests: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

            async def receive() -> Message:
                if not requests and leaves:
                    return {"type": "http.disconnect"}
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
