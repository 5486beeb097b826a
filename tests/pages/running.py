"""Run a page or the whole frame with query parameters, and read what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ui import frame


def run_app(
    what: Path | Callable[[], None], *, alone: bool = False, language: str = "", **params: str
) -> AppTest:
    """Run a file of the app, or a function, with these query parameters.

    ``alone``: a page without the frame around it.
    """
    of = AppTest.from_file if isinstance(what, Path) else AppTest.from_function
    app = of(what, default_timeout=60)  # type: ignore[arg-type]
    if alone:
        app.session_state[frame.FRAMED] = True
    if language:
        app.session_state["glassbox_language"] = language
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def markup(app: AppTest) -> str:
    """All HTML on the page."""
    return "".join(part.proto.body for part in app.get("html"))


def problems(app: AppTest) -> list[str]:
    """The sentences that say what is wrong."""
    return [part.proto.body for part in app.get("html") if 'role="alert"' in part.proto.body]


def components(app: AppTest) -> int:
    """The number of pictures."""
    return len(app.get("bidi_component"))
