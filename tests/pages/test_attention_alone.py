"""The attention page and the language models in Streamlit's own test harness: no text, missing files, long pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import pages.loading
from core.language import Language, load_language
from tests.pages.running import components, markup, problems, run_app

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(root: Path) -> Visit:
    """``visit(text="…", …)`` runs the page with a decoder alone."""

    def run(**params: str) -> AppTest:
        named = {"direction": "next", **params}
        return run_app(root / "pages" / "attention.py", alone=True, language="en", **named)

    return run


@pytest.fixture
def without_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The language models' files are not there."""

    def load(name: str) -> Language:
        return load_language(name, tmp_path / f"language-{name}.safetensors")

    monkeypatch.setattr(pages.loading, "load_language", load)
    pages.loading.language_model.clear()
    yield
    pages.loading.language_model.clear()


@pytest.mark.usefixtures("without_weights")
@pytest.mark.parametrize(("text", "file"), [("The cat", "language-en"), ("고양이", "language-ko")])
def test_a_missing_model_is_named_and_the_rest_goes_on(visit: Visit, text: str, file: str) -> None:
    app = visit(text=text)
    (said,) = problems(app)
    assert file in said and components(app) == 0
    assert not problems(visit(text=text, direction="auto"))


def test_an_empty_text_is_said_in_one_sentence(visit: Visit) -> None:
    (said,) = problems(visit(text=" "))
    assert "Type a sentence" in said


def test_a_text_of_longer_pieces_than_the_translators_has_its_lesson_too(visit: Visit) -> None:
    """64 pieces of the language model, and more of the translator."""
    text = load_language("en").tokenizer.first("She whispered, giggled, and wandered joyfully. " * 9, 64)
    assert len(pages.loading.translator().tokenizer.encode(text)) > 64
    app = visit(text=text, architectures="1")
    assert not problems(app) and components(app) >= 2
    assert "The model goes on" in markup(app)
