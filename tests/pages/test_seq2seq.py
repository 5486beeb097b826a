"""The seq2seq page without a browser: what it sends, odd addresses, its code's and questions' claims."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from core import worked
from tests.pages.running import components, problems, run_app
from ui import worked_url
from ui.components.worked import LARGEST, SCORES, USES, WorkedState, usual
from ui.lessons import seq2seq as lesson


@pytest.fixture
def visit(root: Path, lstms: object):  # type: ignore[no-untyped-def]
    """``visit(h="…")`` runs the page with these query parameters."""

    def run(**params: str) -> AppTest:
        return run_app(root / "pages" / "seq2seq.py", alone=True, **params)

    return run


def begun(app: AppTest) -> dict[str, Any]:
    """Where the picture begins."""
    return json.loads(app.get("bidi_component")[0].proto.json)["initial"]


def notes(app: AppTest) -> list[str]:
    return [note.value for note in app.text if note.value.startswith("ⓘ")]


def asked(app: AppTest) -> dict[str, str]:
    """The address, without the sentence of the trained models."""
    one = {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}
    return {str(name): str(value) for name, value in one.items() if name != "text"}


def score(chosen: WorkedState, s: Any) -> float:
    if chosen["score"] == "general":
        return worked.general(chosen["h"], s, chosen["general"])
    if chosen["score"] == "concat":
        return worked.concat(chosen["h"], s, chosen["concat"], chosen["v"])
    return worked.dot(chosen["h"], s)


def weights_of(chosen: WorkedState) -> tuple[float, ...]:
    return tuple(worked.softmax([score(chosen, s) for s in chosen["states"]]))


def test_it_begins_with_the_lesson(visit: Any) -> None:
    app = visit()
    assert components(app) == 2 and not notes(app) and not problems(app)
    assert begun(app)["h"] == [0.7, 0.3] and begun(app)["states"] == [[0.8, 0.2], [-0.4, 0.18]]
    assert not asked(app)  # what is usual leaves no trace


@pytest.mark.parametrize(
    "bad",
    [
        *({"h": h} for h in ("nan,1", "1,inf", "", "1", "1,2,3,4,5", "101,0", "a,b", "1e999,0")),
        *({"states": states} for states in ("", ";", "1,2,3", "1,2;3", "1,2;" * 5 + "1,2", "🦥", "0.1,nan")),
        *({name: "1,0"} for name in ("w", "wa", "wc")),
        {"v": "1,1,1"}, {"wc": "x" * 9000}, {"score": "cosine"}, {"next": "<b>"}, {"stage": "6"}, {"stage": "-1"},
    ],
)  # fmt: skip
def test_a_bad_value_of_the_address_falls_back_and_is_named(visit: Any, bad: dict[str, str]) -> None:
    app = visit(**bad)
    assert begun(app) == json.loads(json.dumps(usual()))
    assert len(notes(app)) == 1 and next(iter(bad)) in notes(app)[0]
    assert not asked(app)


def test_the_decoder_states_length_is_that_of_all_vectors(visit: Any) -> None:
    app = visit(h="0.1,0.2,0.3", states="1,2,3;4,5,6", score="general", next="join", stage="4")
    assert not notes(app)
    found = begun(app)
    assert found["states"] == [[1, 2, 3], [4, 5, 6]] and len(found["concat"][0]) == 6
    assert (found["score"], found["use"], found["stage"]) == ("general", "join", 4)
    app = visit(h="0.1,0.2,0.3", states="1,2;3,4")
    assert len(notes(app)) == 1 and asked(app) == {"h": "0.1,0.2,0.3"}


@pytest.mark.parametrize("name", lesson.PRESETS)
def test_a_preset_is_in_the_address_and_begins_anew(visit: Any, name: str) -> None:
    app = visit(h="9,9", score="concat")
    app.button(key=f"glassbox-preset-{name}").click().run()
    assert begun(app) == json.loads(json.dumps(lesson.PRESETS[name].numbers()))
    again = visit(**asked(app))
    assert begun(again) == begun(app) and not notes(again)


numbers = st.floats(-LARGEST, LARGEST)


@given(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=5))
def test_every_digit_comes_back_from_the_address(rows: list[list[float]]) -> None:
    assert worked_url.matrix(3, 1, 5)(worked_url.matrix_text(rows)) == rows


@given(st.text(max_size=40))
def test_any_text_is_a_vector_or_a_value_error(text: str) -> None:
    try:
        values = worked_url.vector(text)
    except ValueError:
        return
    assert len(values) in (2, 3, 4) and all(math.isfinite(value) for value in values)


@pytest.mark.parametrize("chosen", list(itertools.product(lesson.PRESETS, SCORES, USES)), ids="-".join)
def test_the_code_prints_the_numbers_on_the_screen(
    chosen: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    name, kind, use = chosen
    state = lesson.PRESETS[name].numbers()
    state["score"], state["use"] = kind, use
    state["general"] = [[1.0, 0.5], [-0.25, 2.0]]
    found: dict[str, Any] = {}
    with np.printoptions():  # the code sets them
        exec(lesson.snippet(state), found)
    weights = weights_of(state)
    context = worked.context(weights, state["states"])
    np.testing.assert_allclose(found["scores"], [score(state, s) for s in state["states"]], atol=1e-12)
    np.testing.assert_allclose(found["weights"], weights, atol=1e-12)
    np.testing.assert_allclose(found["c"], context, atol=1e-12)
    printed = capsys.readouterr().out
    context_line = next(line for line in printed.splitlines() if line.startswith("context"))
    assert [float(part) for part in context_line[9:-1].split()] == [
        round(value, 2) + 0.0 for value in context
    ]
    if use == "join":
        expected = worked.joined(context, state["h"], state["join"])
        np.testing.assert_allclose(np.tanh(found["mixed"]), expected, atol=1e-12)
    assert len(printed.splitlines()) == (6 if use == "join" else 5)


def test_the_lessons_digits() -> None:
    state = usual()
    scores = [score(state, s) for s in state["states"]]
    assert [round(value, 3) for value in scores] == [0.62, -0.226]
    assert [round(value, 2) for value in weights_of(state)] == [0.70, 0.30]
    state["general"] = usual()["general"]
    assert [worked.general(state["h"], s, state["general"]) for s in state["states"]] == scores


def test_what_the_questions_say_is_so() -> None:
    longer = usual()
    longer["h"] = [1.4, 0.6]
    assert [round(score(longer, s), 3) for s in longer["states"]] == [1.24, -0.452]
    assert [round(value, 2) for value in weights_of(longer)] == [0.84, 0.16]
    alone = lesson.PRESETS["one"].numbers()
    assert score(alone, alone["states"][0]) < 0 and weights_of(alone) == (1.0,)
    assert worked.softmax([-5.0]) == (1.0,)
    equal = weights_of(lesson.PRESETS["equal"].numbers())
    assert max(equal) == min(equal)
    long = lesson.PRESETS["long"].numbers()
    assert np.argmax(weights_of(long)) == 1  # the same direction as the first, only longer
