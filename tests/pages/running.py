"""Run a page or the whole frame with query parameters, and read what came of it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from ui import frame


def run_app(file: Path, *, alone: bool = False, language: str = "", **params: str) -> AppTest:
    """Run a file of the app with these query parameters; ``alone``: a page without the frame around it."""
    app = AppTest.from_file(file, default_timeout=60)
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
