"""The home page: every built page with its question, and what it says without a model."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from core.checkpoints import ModelFileError
from tests.pages.running import markup, problems, run_app
from ui import course
from ui.i18n import translate


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_built_page_stands_on_the_map_with_its_question(root: Path, language: str) -> None:
    app = run_app(root / "ui" / "main.py", lang=language)
    for page in course.built_pages():
        assert translate(page.question, language).replace("?", "") in markup(app)
    links = app.get("page_link")
    assert len(links) == len(course.built_pages())


@pytest.mark.parametrize("kind", ["missing", "truncated", "altered", "unreadable"])
def test_a_bad_model_file_is_one_sentence_and_the_map_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def refuse() -> None:
        raise ModelFileError(kind, Path("/somewhere/translator.safetensors"))  # type: ignore[arg-type]

    st.cache_data.clear()
    monkeypatch.setattr("pages.loading.translator", refuse)
    app = run_app(root / "ui" / "main.py")
    assert len(problems(app)) == 1
    assert "translator.safetensors" in markup(app)
    assert "/somewhere" not in markup(app)
    assert len(app.get("page_link")) == len(course.built_pages())
