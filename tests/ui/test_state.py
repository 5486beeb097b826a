"""Values of the URL: what parses is used, what does not falls back, and the page says so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ui import state


@given(st.integers(-50, 50))
def test_whole_numbers_come_back(value: int) -> None:
    assert state.integers(-50, 50)(str(value)) == value


@given(st.text())
def test_a_parser_answers_or_raises_value_error(text: str) -> None:
    parsers = [state.integers(0, 9), state.numbers(0, 1), state.choices({"a"}), state.flag, state.words(5)]
    for parse in parsers:
        try:
            parse(text)
        except ValueError:
            continue


@pytest.mark.parametrize("text", ["", "1.0", "1_0", "١", " 1", "+1", "10", "-1", "1e0", "9" * 5000])
def test_odd_whole_numbers_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        state.integers(0, 9)(text)


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "2", "x", ""])
def test_odd_numbers_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        state.numbers(0, 1)(text)


def page() -> None:
    """A page with one parameter, as AppTest runs it."""
    import streamlit as st

    from ui import state

    state.reset_notes()
    state.open_notes()
    st.markdown(f"layer {state.param('layer', 1, state.integers(1, 3))} seed {state.seed()}")
    if st.button("third"):
        state.put("layer", 3, 1)
    if st.button("first"):
        state.put("layer", 1, 1)


def visit(**params: str) -> AppTest:
    app = AppTest.from_function(page)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_absent_values_are_the_defaults_and_nothing_is_said() -> None:
    app = visit()
    assert app.markdown[0].value == "layer 1 seed 42"
    assert not app.text


def test_good_values_are_used() -> None:
    assert visit(layer="2", seed="7").markdown[0].value == "layer 2 seed 7"


@pytest.mark.parametrize("bad", ["9", "x", "", "<b>2</b>", "2" * 300])
def test_a_bad_value_falls_back_and_one_sentence_says_so(bad: str) -> None:
    app = visit(layer=bad)
    assert app.markdown[0].value == "layer 1 seed 42"
    assert len(app.text) == 1
    assert "layer" in app.text[0].value
    assert len(app.text[0].value) < 150


def test_the_sentence_outlives_a_run_that_mends_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit(layer="9")
    app.query_params.clear()
    assert len(app.run().text) == 1
    now = time.monotonic()
    monkeypatch.setattr(state.time, "monotonic", lambda: now + 60)
    assert not app.run().text


def test_a_default_leaves_no_trace_in_the_url() -> None:
    app = visit()
    app.button[0].click().run()
    assert app.query_params["layer"] == "3"
    app.button[1].click().run()
    assert "layer" not in app.query_params
