"""The page `/gan` without a browser: choices, presets, what is said of missing files, and the code beside it."""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import gan_points
from core.checkpoints import ModelFileError
from core.shapes import shape_of
from pages.parts import gan as part
from pages.parts import gan_view
from tests.pages.running import components, problems, run_app
from ui import gan_page
from ui.gan_page import Choice, points_of
from ui.lessons import gan as lesson


@pytest.mark.parametrize("name", gan_points.PRESETS)
def test_a_preset_and_the_page_mean_the_same(name: str) -> None:
    choice, preset = gan_view.choice_of(name), gan_points.PRESETS[name]
    assert replace(gan_view.settings_of(choice), seed=preset.settings.seed) == preset.settings
    assert choice.seeds == preset.seeds and gan_view.preset_of(choice) == name
    assert name in lesson.PRESETS


def test_the_page_opens_with_the_first_preset() -> None:
    assert gan_view.preset_of(gan_page.PLAIN) == "healthy"


@given(st.lists(st.tuples(st.integers(0, 63), st.integers(0, 63)), max_size=gan_page.LONGEST))
def test_a_drawings_letters_are_its_points(places: list[tuple[int, int]]) -> None:
    code = "".join(gan_page.LETTERS[x] + gan_page.LETTERS[y] for x, y in places)
    found = points_of(code)
    assert found is not None and len(found) == len(places)
    assert all(-1 < value < 1 for point in found for value in point)
    assert [(round((x + 1) * 32 - 0.5), round((y + 1) * 32 - 0.5)) for x, y in found] == places


@pytest.mark.parametrize("code", ["A", "é!", "AA" * (gan_page.LONGEST + 1)])
def test_what_is_no_drawing_is_refused(code: str) -> None:
    assert points_of(code) is None


def test_numbers_reach_the_browser_in_their_order() -> None:
    choice = gan_view.choice_of("two")
    view = gan_view.view_of(gan_points.load_recorded()[0]["two"], choice, running=False)
    packed = np.frombuffer(view.packed()[-4 * len(view.moments[-1].weights[1]) :], dtype="<f4")
    assert np.array_equal(packed, view.moments[-1].weights[1].astype(np.float32))
    assert view.moments[-1].verdicts == ["collapse", "collapse"] and view.modes == 8
    assert len(view.curve) == gan_points.RECORDED + 1


def test_without_the_recorded_runs_there_is_a_sentence_and_a_run_to_begin(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> Any:
        raise ModelFileError("truncated", gan_points.PATH)

    monkeypatch.setattr("core.gan_points.load_recorded", load)
    part.recorded.clear()
    app = run_app(root / "pages" / "gan.py", alone=True, language="en")
    part.recorded.clear()
    assert len(problems(app)) == 1 and "points.safetensors" in problems(app)[0]
    assert components(app) >= 1


def printed(code: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "snippet", "exec"), {})
    return said.getvalue()


@pytest.mark.parametrize(
    "choice", [gan_view.choice_of("strict"), Choice(shape="drawn", drawn="AAzz99", loss="wasserstein-gp")]
)
def test_the_code_prints_what_is_shown(choice: Choice) -> None:
    runs = gan_points.watched(gan_view.settings_of(choice), gan_view.shape_of(choice), choice.seeds, each=1)
    for _round in range(12):
        runs.advance()
    told = runs.snapshot().moments[-1].told[0]
    said = printed(lesson.snippet(choice, told.step))
    found = re.search(r"steps (\d+) modes (\S+) on target ([\d.]+)", said)
    assert found, said
    assert int(found[1]) == told.step and found[2] == str(told.modes)
    assert float(found[3]) == pytest.approx(told.good, abs=6e-3)


def test_a_shape_that_nobody_drew_has_no_points_to_show() -> None:
    choice = Choice(shape="drawn")
    run = gan_points.watched(gan_view.settings_of(choice), gan_view.shape_of(choice), choice.seeds).snapshot()
    assert len(gan_view.view_of(run, choice, running=False).real) == 0
    assert len(gan_view.view_of(run, replace(choice, drawn="AA"), running=False).real) == gan_points.REAL
    assert shape_of("ring").modes
