"""What the pictures of the latent space are given, and what the page makes of addresses and of what browsers tell."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ui import faces_url, latent_page, latent_words
from ui.components import faces, growing
from ui.components.faces import faces_told
from ui.components.latent import LatentState, told_by
from ui.components.latent.labels import latent_labels
from ui.components.latent.picture import FOLDER, SCRIPTS
from ui.components.shared import save_words
from ui.live_controls import BETAS

ASKED = re.compile(r"""\bt\(\s*"(\w+)\"""")


@pytest.mark.parametrize("name", [name for name in SCRIPTS if "weights" not in name])
def test_the_scripts_ask_only_for_words_that_python_gives(name: str) -> None:
    labels = latent_labels()
    for asked in ASKED.findall((FOLDER / name).read_text(encoding="utf-8")):
        assert asked in labels, asked


@pytest.mark.parametrize("component", [faces, growing])
def test_so_do_those_of_faces_and_of_the_live_training(component: Any) -> None:
    script = (component._FOLDER / "main.js").read_text(encoding="utf-8")
    assert set(ASKED.findall(script)) <= set(component._LABELS) | set(save_words())


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "nan,0", "inf,0", "101,0", "a,b", "1,"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        latent_page.place(text)


def test_places_and_labels_are_read() -> None:
    assert latent_page.place("-1.5,0") == [-1.5, 0.0]
    assert latent_page.labels(10)("0-9") == [0, 9]
    for wrong in ("10", "0-0", "", "a", "-1"):
        with pytest.raises(ValueError):
            latent_page.labels(10)(wrong)


def test_a_drawing_has_a_digit_for_each_pixel() -> None:
    assert latent_page.drawing(4)("0f9a") == "0f9a"
    for wrong in ("0f9", "0F9A", "xyz1", ""):
        with pytest.raises(ValueError):
            latent_page.drawing(4)(wrong)


@pytest.mark.parametrize(
    "told",
    [
        {"model": "faces"},
        {"model": "digits", "moment": 7},
        {"model": "digits", "moment": 1, "picture": "-3"},
        {"model": "digits", "moment": 1, "picture": "99"},
        {},
    ],
)
def test_what_belongs_to_another_set_counts_for_nothing(told: LatentState) -> None:
    assert latent_page._sound(told, {"digits": 7}, 20) == {}


def test_what_can_be_is_taken() -> None:
    told: LatentState = {"model": "digits", "moment": 6, "picture": "drawn", "z": [0.0, 1.0]}
    assert latent_page._sound(told, {"digits": 7}, 20) == told


def test_an_earlier_beginning_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "streamlit.session_state", {"p": {"state": {"model": "digits", "restart": "digits/0"}}}
    )
    assert told_by("p", "digits/0") == {"model": "digits"} and told_by("p", "digits/1") == {}
    assert told_by("q", "digits/0") == {} and faces_told("p") is None


def test_weights_of_directions_are_as_many_as_directions() -> None:
    parse = faces_url._weights(3)
    assert parse("0,-1.5,2") == [0.0, -1.5, 2.0]
    for wrong in ("0,1", "0,1,2,3", "0,1,9", "nan,0,0", ""):
        with pytest.raises(ValueError):
            parse(wrong)


def test_every_set_has_its_classes_and_every_model_its_words() -> None:
    assert {images: len(latent_words.classes(images)) for images in latent_words.SETS} == {
        "digits": 10, "clothes": 10, "hangul": 14,
    }  # fmt: skip
    assert all(all(latent_words.model(name)) for name in latent_words._MODELS)
    assert all(float(beta) >= 0 for beta in BETAS)
