"""The frame in Streamlit's own test harness: language, projector mode and bad values, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.running import markup, run_app


@pytest.fixture
def visit(root: Path):
    """``visit(lang="en", …)`` runs the frame with these query parameters."""

    def run(**params: str) -> AppTest:
        return run_app(root / "ui" / "main.py", **params)

    return run


def test_korean_is_the_default_and_english_is_one_click_away(visit) -> None:
    app = visit()
    assert "딥러닝 유리상자" in markup(app)
    app.button(key="glassbox-language").click().run()
    assert "What happens inside a model?" in markup(app)
    assert app.query_params["lang"] == "en"


def test_the_url_names_the_language(visit) -> None:
    assert 'lang="en"' in markup(visit(lang="en"))
    assert 'lang="ko"' in markup(visit(lang="ko"))


@pytest.mark.parametrize(("name", "value"), [("lang", "<b>xx</b>"), ("projector", "yes")])
def test_a_bad_value_is_named_once_and_the_page_goes_on(visit, name: str, value: str) -> None:
    app = visit(**{name: value})
    assert [value in note.value for note in app.text].count(True) == 1
    assert "data-glassbox-ready" in markup(app)


def test_projector_mode_goes_on_and_off(visit) -> None:
    app = visit(projector="1", lang="en")
    assert app.button(key="glassbox-projector").label == "Leave projector mode"
    app.button(key="glassbox-projector").click().run()
    assert "projector" not in app.query_params
    assert app.button(key="glassbox-projector").label == "Projector"


def test_two_sessions_speak_two_languages(visit) -> None:
    korean, english = visit(lang="ko"), visit(lang="en")
    korean.run()
    english.run()
    assert 'lang="ko"' in markup(korean)
    assert 'lang="en"' in markup(english)


def test_a_page_started_without_the_frame_starts_the_frame(root: Path) -> None:
    app = run_app(root / "pages" / "home.py")
    assert markup(app).count("data-glassbox-header") == 1
    assert app.button(key="glassbox-language")
