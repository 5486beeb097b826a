"""The page `/precision` without a browser: choices, presets, missing files, and the code beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from core import live_mixed
from core.checkpoints import ModelFileError
from core.numerics.formats import FORMATS
from core.numerics.machine import Measured, Progress, measure, product
from core.numerics.mixed import WAYS
from core.numerics.update import OUTCOMES, update
from core.translator import load_translator
from pages.parts import mixed
from tests.pages.running import components, problems, run_app
from tests.pages.test_gan import printed
from ui import mixed_page, precision_page
from ui.components import mixed as mixed_picture
from ui.components.step import LABELS as STEP
from ui.lessons import precision as lesson


@pytest.mark.parametrize("name", lesson.NUMBERS)
def test_the_code_prints_the_number(name: str) -> None:
    chosen = lesson.NUMBERS[name].chosen
    said = printed(lesson.snippet(chosen, precision_page.FIRST_STEP)).splitlines()
    pattern, kind, value = said[0].split(" ")
    form = FORMATS[chosen["form"]]
    assert len(pattern) == form.bits and form.kind(int(pattern, 2)) == kind
    assert form.decode(int(pattern, 2)) == float(value) and said[3] == f"PyTorch: {float(value)}"


@pytest.mark.parametrize(
    "number", ["0x3c01", "-1,5e-3", "2^-24", "-2**3", "nan", "-inf", "∞", "−2", ".5", "1e400"]
)
@pytest.mark.parametrize("form", ["fp16", "e4m3"])
def test_whatever_the_box_reads_the_code_reads(number: str, form: str) -> None:
    number = number if form == "fp16" or not number.startswith("0x") else "0x3c"
    assert precision_page.READABLE.fullmatch(number.replace("−", "-"))
    assert re.search(
        r"^[01]+ ", printed(lesson.snippet({"form": form, "number": number}, precision_page.FIRST_STEP))
    )


@pytest.mark.parametrize("name", lesson.STEPS)
def test_the_code_prints_the_step(name: str) -> None:
    chosen = lesson.STEPS[name].chosen
    said = printed(lesson.snippet(precision_page.FIRST_NUMBER, chosen))
    expected = update(FORMATS[chosen["form"]], chosen["w"], chosen["lr"], chosen["grad"])
    assert repr(expected) in said


def test_the_presets_show_what_they_say() -> None:
    outcomes = {}
    for name, (_label, chosen) in lesson.STEPS.items():
        one = update(FORMATS[chosen["form"]], chosen["w"], chosen["lr"], chosen["grad"])
        outcomes[name] = one.outcome
    assert outcomes == {
        "product": "product", "usual": "absorbed", "gradient": "gradient", "single": "absorbed", "bf16": "absorbed",
        "chance": "absorbed", "master": "absorbed",
    }  # fmt: skip


def test_every_outcome_and_every_verdict_has_words() -> None:
    assert {f"{kind}_{name}" for name in OUTCOMES for kind in ("outcome", "why")} <= set(STEP)
    labels = mixed_picture.LABELS
    assert {f"{kind}_{way}" for way in WAYS for kind in ("way", "short", "about")} <= set(labels)
    assert {f"verdict_{name}" for name in ("begun", "learns", "behind", "stands", "broken", "skips")} <= set(
        labels
    )


@pytest.mark.parametrize("name", live_mixed.PRESETS)
def test_a_preset_and_the_page_mean_the_same(name: str) -> None:
    choice = mixed.choice_of(name)
    assert mixed.settings_of(choice) == live_mixed.PRESETS[name].settings and mixed.preset_of(choice) == name
    assert (
        choice.unit in mixed_page.UNITS and choice.power in mixed_page.POWERS and name in mixed_page.PRESETS
    )


def test_without_the_recorded_runs_there_is_one_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> Any:
        raise ModelFileError("truncated", live_mixed.PATH)

    monkeypatch.setattr("core.live_mixed.load_recorded", load)
    mixed.recorded.clear()
    app = run_app(root / "pages" / "precision.py", alone=True, language="en", train="1")
    mixed.recorded.clear()
    assert len(problems(app)) == 1 and "mixed.json" in problems(app)[0]
    assert components(app) == 2


@pytest.mark.parametrize(
    "params",
    [
        {"number": "abc"}, {"number": "0x"}, {"form": "fp8"}, {"lr": "nan"}, {"w": "1e999"}, {"rule": "up"},
        {"unit": "2"},
    ],
)  # fmt: skip
def test_a_bad_address_shows_the_usual_and_says_so(params: dict[str, str], root: Path) -> None:
    app = run_app(root / "pages" / "precision.py", alone=True, language="en", train="1", **params)
    assert any(next(iter(params)) in note.value for note in app.text)
    assert components(app) == 3


def test_this_machine_measures_every_type_or_says_which_it_cannot() -> None:
    last = list(measure(load_translator()))[-1]
    assert isinstance(last, Progress) and last.done == last.total
    told = {(one.task, one.form) for one in last.found} | set(last.missing)
    assert len(told) == last.total
    assert all(isinstance(one, Measured) and one.seconds > 0 for one in last.found)
    sizes = {one.form: one.size for one in last.found if one.task == "translation"}
    assert sizes["fp64"] == 2 * sizes["fp32"] == 4 * sizes["bf16"]


def test_a_product_of_a_type_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        product("fp12")
