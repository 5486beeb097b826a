"""The page `/vae` without a browser: what it sends, and what it says to odd input. The shipped weights are taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import pages.loading
from core import moments
from core.checkpoints import ModelFileError
from core.examples import load_examples
from core.images import as_shares
from core.vae import Autoencoder, load_vae
from pages.parts import latent as part
from tests.pages.running import markup, problems, run_app
from ui.components.latent.view import LatentView


@pytest.fixture
def visit(root: Path):  # type: ignore[no-untyped-def]
    """``visit(set="clothes")`` runs the page with these query parameters."""

    def run(lang: str = "en", **params: str) -> AppTest:
        return run_app(root / "pages" / "vae.py", alone=True, language=lang, **params)

    return run


def sent(app: AppTest) -> dict[str, Any]:
    """The words of what the picture was given."""
    data = app.get("bidi_component")[0].proto.bytes
    length = int.from_bytes(data[:4], "little")
    return json.loads(data[4 : 4 + length])


def drawing(images: str = "digits") -> str:
    height, width = load_examples(images).test.shape[1:]
    picture = np.zeros((height, width), dtype=int)
    picture[6:22, 12:16] = 15
    return "".join(f"{value:x}" for value in picture.ravel())


def test_it_shows_the_models_the_pictures_and_the_points(visit: Any) -> None:
    app = visit()
    data = sent(app)
    assert not problems(app)
    assert [model["name"] for model in data["models"]] == list(part.SETS["digits"])
    assert data["initial"]["model"] == "digits" and data["initial"]["z"] is None and data["drawn"] is None
    moments = data["models"][0]["moments"]
    assert [one["step"] for one in moments] == sorted({one["step"] for one in moments}) and moments[0][
        "step"
    ] == 0
    assert data["initial"]["moment"] == len(moments) - 1


def test_codes_are_those_of_the_model(visit: Any) -> None:
    data = sent(visit())
    pictures = load_examples("digits").test[: part.SHOWN]
    mean, log_var = load_vae("digits").encode(as_shares(pictures))
    codes = data["gallery"]["encoded"]["digits"]
    assert np.array([code[0] for code in codes]) == pytest.approx(mean)
    assert np.array([code[1] for code in codes]) == pytest.approx(log_var)
    assert data["gallery"]["encoded"]["digits-ae"][0][1] is None


@pytest.mark.parametrize("images", list(part.SETS))
def test_a_drawing_in_the_address_is_encoded_by_every_model(visit: Any, images: str) -> None:
    code = drawing(images)
    data = sent(visit(set=images, drawn=code))
    assert data["initial"]["picture"] == "drawn" and data["drawn"]["code"] == code
    pixels = np.array([[int(digit, 16) / 15 for digit in code]], dtype=np.float32)
    for name, (mean, _log_var) in data["drawn"]["encoded"].items():
        assert mean == pytest.approx(load_vae(name).encode(pixels)[0][0].tolist(), abs=1e-5)


def test_an_empty_and_a_full_drawing_are_defined(visit: Any) -> None:
    assert sent(visit(drawn="0" * 784))["drawn"] is None
    full = sent(visit(drawn="f" * 784))["drawn"]
    assert np.isfinite(full["encoded"]["digits"][0]).all()


@pytest.mark.parametrize(
    "params",
    [
        {"z": "nan,0"}, {"z": "1"}, {"z": "1e9,0"}, {"model": "clothes"}, {"moment": "99"}, {"drawn": "xyz"},
        {"hidden": "0-77"}, {"picture": "-1"}, {"set": "cats"}, {"view": "sideways"}, {"a": "inf,inf"},
    ],
)  # fmt: skip
def test_what_the_address_cannot_mean_falls_back(visit: Any, params: dict[str, str]) -> None:
    app = visit(**params)
    plain = sent(visit())["initial"]
    assert not problems(app) and sent(app)["initial"] == plain
    assert not set(app.query_params) - {"lang"}  # nothing of it stays in the address


def test_a_far_point_is_kept(visit: Any) -> None:
    assert sent(visit(z="60,-99"))["initial"]["z"] == [60.0, -99.0]


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Take models away by name."""
    gone: set[str] = set()

    def load(name: str, path: Path | None = None) -> Autoencoder:
        if name in gone:
            raise ModelFileError("missing", Path(f"vae-{name}.safetensors"))
        return load_vae(name, path)

    monkeypatch.setattr("pages.loading.load_vae", load)
    caches = (pages.loading.vae, part.known)
    for one in caches:
        one.clear()
    yield gone.update
    for one in caches:
        one.clear()


def test_one_missing_model_is_named_and_the_others_go_on(visit: Any, missing: Any) -> None:
    missing({"digits-ae"})
    app = visit()
    assert len(problems(app)) == 1 and "vae-digits-ae" in problems(app)[0]
    assert len(sent(app)["models"]) == 3


def test_moments_that_cannot_be_read_are_named_and_the_model_is_shown(
    visit: Any, missing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = moments.places

    def places(name: str, latent: int = 2) -> Any:
        if name == "digits-beta4":
            raise ModelFileError("truncated", moments.path_of(name))
        return whole(name, latent)

    monkeypatch.setattr("core.moments.places", places)
    app = visit()
    assert len(problems(app)) == 1 and "vae-digits-beta4-moments" in problems(app)[0]
    counts = {one["name"]: len(one["moments"]) for one in sent(app)["models"]}
    assert counts.pop("digits-beta4") == 1 and set(counts.values()) == {len(moments.STEPS) + 1}


def test_without_any_model_there_are_sentences_and_questions(visit: Any, missing: Any) -> None:
    missing(set(part.SETS["digits"]))
    app = visit()
    assert len(problems(app)) == 4 and not app.get("bidi_component")
    assert "Predict first" in markup(app) + "".join(one.value for one in app.markdown)


def test_the_payload_holds_every_point_of_every_moment() -> None:
    view, _problems = part.view("digits", "")
    assert isinstance(view, LatentView)
    packed = view.packed()
    length = int.from_bytes(packed[:4], "little")
    gallery = part.SHOWN * 784
    points = np.frombuffer(packed[4 + length + gallery + gallery % 2 :], "<f2")
    wanted = np.concatenate([place.ravel() for moments in view.places for place in moments])
    assert points == pytest.approx(wanted, abs=2e-2, rel=1e-3)
