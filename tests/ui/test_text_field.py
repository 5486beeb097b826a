"""A text that a button puts into a box stays there, even if a message from before comes after it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ui import text_field as module

PAGE = """
import streamlit as st
from ui.text_field import put_text, text_field
text_field("Text", key="box", begin="first")
st.button("Put", on_click=put_text, args=("box", "put"))
"""


@pytest.fixture
def page() -> AppTest:
    """The page after a text was typed and another was put in its place."""
    app = AppTest.from_string(PAGE).run()
    app.text_input[0].set_value("typed").run()
    app.button[0].click().run()
    assert app.text_input[0].value == "put"
    return app


def test_a_message_from_before_does_not_bring_the_old_text_back(page: AppTest) -> None:
    for _ in range(2):
        page.text_input[0].set_value("typed").run()
        assert page.text_input[0].value == "put"


def test_what_is_typed_afterwards_counts(page: AppTest) -> None:
    page.text_input[0].set_value("new").run()
    assert page.text_input[0].value == "new"


def test_the_old_text_can_be_typed_again_once_the_browser_has_the_new_one(page: AppTest) -> None:
    page.run()  # any message that holds the new text
    page.text_input[0].set_value("typed").run()
    assert page.text_input[0].value == "typed"


def test_or_a_while_later(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ECHO", 0.0)
    page.text_input[0].set_value("typed").run()
    assert page.text_input[0].value == "typed"
