"""What the plane of `/vae` shows, asked of core for ui to draw. No Streamlit calls but caches."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import streamlit as st

from core import moments, plane
from core.checkpoints import ModelFileError, read_card
from core.classifier import NAMES as CLASSIFIED
from core.classifier import path_of as classifier_path
from core.images import Pixels, as_shares
from core.vae import Array, path_of
from pages.loading import classifier, examples, vae
from ui import latent_words as words
from ui.components.latent import LatentModel, LatentState, LatentView
from ui.components.latent.view import Code
from ui.urls import model_url

SETS: Final = {
    "digits": ("digits", "digits-ae", "digits-beta4", "digits-collapse"),
    "clothes": ("clothes",),
    "hangul": ("hangul",),
}
MARGINS: Final = {"digits": 4, "clothes": 0, "hangul": 2}  # pixels around a training picture's figure
FILM: Final = {"digits": (9, 8), "clothes": (7, 9), "hangul": (0, 1)}  # the classes of its ends at first
SHOWN: Final = 20  # pictures in the gallery


class Known(NamedTuple):
    """What is known of a model before anything is drawn."""

    places: list[Array]  # of each moment, (point, 2)
    told: list[Mapping[str, Any]]  # step and scores of each
    codes: list[Code]  # of the gallery
    problem: ModelFileError | None = None  # with its moments; the shipped model is shown without them


@st.cache_resource(show_spinner=False)
def known(name: str, images: str) -> Known:
    """What is known of a model. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    model, pictures = vae(name), examples(images)
    here, _log_vars = model.encode(as_shares(pictures.train[: moments.POINTS]))
    shipped = {"step": model.card["steps"], **model.card["scores"].get("test", model.card["scores"]["dev"])}
    codes = plane.codes_of(model, as_shares(pictures.test[:SHOWN]))
    if name not in moments.NAMES:
        return Known([here], [shipped], codes)
    try:
        earlier, card = moments.places(name)
    except ModelFileError as error:
        return Known([here], [shipped], codes, error)
    return Known([*earlier, here], [*card["moments"], shipped], codes)


def view(images: str, drawn: str) -> tuple[LatentView | None, list[ModelFileError]]:
    """The plane of a set of pictures, None where nothing can be shown, and what could not be read.

    ``drawn``: a hexadecimal digit a pixel, or nothing.
    """
    problems: list[ModelFileError] = []
    found: dict[str, Known] = {}
    for name in SETS[images]:
        try:
            found[name] = known(name, images)
        except ModelFileError as error:
            problems.append(error)
            continue
        problem = found[name].problem
        if problem is not None:
            problems.append(problem)
    if not found:
        return None, problems
    pictures = examples(images)
    pixels = plane.pixels_of(drawn, pictures.test[0].size)
    labels = pictures.train_labels[: moments.POINTS]
    shown = LatentView(
        set=images,
        shape=pictures.test.shape[1:],
        margin=MARGINS[images],
        classes=words.classes(images),
        models=tuple(_model(name, images, one, labels) for name, one in found.items()),
        gallery=pictures.test[:SHOWN].reshape(SHOWN, -1),
        gallery_labels=pictures.test_labels[:SHOWN].tolist(),
        codes={name: one.codes for name, one in found.items()},
        first=pictures.test_labels[:SHOWN].tolist().index(FILM[images][0]),
        drawn=None
        if pixels is None
        else (drawn, {name: plane.codes_of(vae(name), pixels)[0] for name in found}),
        labels_of_points=labels.tolist(),
        places=[one.places for one in found.values()],
        classifier_url=model_url(classifier_path(images).name) if _has_classifier(images) else "",
    )
    return shown, problems


def point_of(images: str, chosen: LatentState) -> tuple[list[float], bool]:
    """The point that is decoded, and whether the chosen model draws it: the picture's own draw if none was chosen."""
    model = vae(chosen["model"])
    if chosen["z"] is not None:
        return list(chosen["z"]), model.config.variational
    pixels = plane.pixels_of(chosen["drawn"], model.config.pixels) if chosen["picture"] == "drawn" else None
    if pixels is None:
        number = int(chosen["picture"]) if chosen["picture"] != "drawn" else 0
        pixels = as_shares(examples(images).test[number : number + 1])
    return plane.draw_of(model, pixels, chosen["seed"]), model.config.variational


def scores() -> dict[str, Mapping[str, Any]]:
    """What each model reached on the test, of those whose cards can be read."""
    found = {}
    for names in SETS.values():
        for name in names:
            with contextlib.suppress(ModelFileError):
                found[name] = read_card(path_of(name)).get("scores", {}).get("test", {})
    return found


def card(name: str) -> dict[str, Any]:
    """The model card."""
    return vae(name).card


def _has_classifier(images: str) -> bool:
    return images in CLASSIFIED and classifier_path(images).exists()


@st.cache_resource(show_spinner=False)
def _typical(name: str, images: str, _places: Array, label: int) -> list[float]:
    """The place in the middle of those whose decoded pictures the classifier takes for their class."""
    shares = None
    with contextlib.suppress(ModelFileError):
        shares = classifier(images).probabilities(vae(name).decode(_places))[:, label]
    return plane.typical(_places, shares)


def _model(name: str, images: str, one: Known, labels: Pixels) -> LatentModel:
    last = one.places[-1]
    ends = zip(("a", "b"), FILM[images], strict=True)
    title, about = words.model(name)
    return LatentModel(
        name=name,
        title=title,
        about=about,
        url=model_url(path_of(name).name),
        moments_url=model_url(moments.path_of(name).name),
        half=plane.reach(one.places),
        ends={end: _typical(name, images, last[labels == label], label) for end, label in ends},
        scores={part: value for part, value in one.told[-1].items() if isinstance(value, float)},
        moments=one.told,
    )
