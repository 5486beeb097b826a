"""The page's own widgets, and its choices in the URL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import streamlit as st

from ui import latent_words, state
from ui.components.latent import LatentState, LatentView
from ui.i18n import _
from ui.switch import switch

FARTHEST: Final = 100.0  # of a coordinate
_SET: Final = "latent-set"
_RESTART: Final = "latent-restart"
VIEWS: Final = ("points", "grid")


def choose_set(offered: Collection[str]) -> str:
    """Draw the choice of the pictures and return it; it lives in the URL too."""
    first = next(iter(offered))
    asked = state.param("set", first, state.choices(offered))
    chosen = switch(_("Pictures"), latent_words.SETS, list(offered), _SET, asked)
    state.put("set", chosen, first)
    return chosen


def pick(images: str, chosen: LatentState) -> None:
    """Begin anew with a preset's choices (from a callback)."""
    st.session_state[_SET] = images
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1
    plain = usual({})
    to_url({**plain, **chosen}, plain)
    state.put("set", images, "digits")


def restart(images: str) -> str:
    """Return the name of the present beginning: the picture forgets its choices when it changes."""
    return f"{images}/{st.session_state.get(_RESTART, 0)}"


def usual(
    ends: Mapping[str, Sequence[float]], model: str = "digits", moment: int = 0, picture: int = 0
) -> LatentState:
    """Return what a new visitor finds; ``ends``: where the film begins and ends."""
    return {
        "model": model,
        "moment": moment,
        "z": None,
        "a": list(ends.get("a", (0.0, 0.0))),
        "b": list(ends.get("b", (0.0, 0.0))),
        "seed": state.SEED,
        "view": VIEWS[0],
        "cloud": False,
        "hidden": [],
        "picture": str(picture),
        "drawn": "",
    }


def place(text: str) -> list[float]:
    """Two numbers, as ``0.5,-1.25``."""
    parts = [state.numbers(-FARTHEST, FARTHEST)(part) for part in text.split(",")]
    if len(parts) != 2:
        raise ValueError(text)
    return parts


def labels(count: int) -> state.Parser[list[int]]:
    """Different labels below ``count``, as ``0-3``."""

    def parse(text: str) -> list[int]:
        found = [state.integers(0, count - 1)(part) for part in text.split("-")]
        if len(set(found)) != len(found):
            raise ValueError(text)
        return found

    return parse


def drawing(pixels: int) -> state.Parser[str]:
    """A hexadecimal digit for each pixel."""

    def parse(text: str) -> str:
        if len(text) != pixels or set(text) - set("0123456789abcdef"):
            raise ValueError(text)
        return text

    return parse


def drawing_of(told: LatentState) -> str:
    """Return the drawing that the browser has told of, else the address's; nothing is checked yet."""
    return str(told["drawn"] if "drawn" in told else st.query_params.get("drawn", ""))


def present(view: LatentView, told: LatentState, restart: str) -> LatentState:
    """Return what is to be drawn: what the browser has told, else what the address has, else the usual."""
    models = {model.name: len(model.moments) for model in view.models}
    ends = {model.name: model.ends for model in view.models}
    first = next(iter(models))
    asked = told["model"] if told.get("model") in models else st.query_params.get("model", first)
    name = asked if asked in models else first
    plain = usual(ends[name], name, models[name] - 1, view.first)
    count, pixels = len(view.gallery), view.gallery.shape[1]
    held = f"{_RESTART}/{restart}"
    if held not in st.session_state:  # the address counts until the browser has told of its own
        st.session_state[held] = from_url({**plain, "model": first}, models, len(view.classes), count, pixels)
    chosen: LatentState = {**plain, **st.session_state[held], **_sound(told, models, count)}
    st.session_state[held] = chosen
    to_url(chosen, {**plain, "model": first})
    return chosen


def _sound(told: LatentState, models: Mapping[str, int], pictures: int) -> LatentState:
    """What the browser told, if it can be: another set's model may be told of while this one is already shown."""
    if told.get("model") not in models or not 0 <= told.get("moment", 0) < models[told["model"]]:
        return LatentState()
    if told.get("picture", "0") not in _pictures(pictures):
        return LatentState()
    return told


def _pictures(count: int) -> list[str]:
    return [*map(str, range(count)), "drawn"]


def from_url(
    plain: LatentState, models: Mapping[str, int], classes: int, pictures: int, pixels: int
) -> LatentState:
    """Return what the address asks for, else the usual; ``models``: each one's number of moments."""
    model = state.param("model", str(plain["model"]), state.choices(models))
    last = models[model] - 1
    drawn = state.param("drawn", "", drawing(pixels))
    return {
        "model": model,
        "moment": state.param("moment", last, state.integers(0, last)),
        "z": state.param("z", plain["z"], place),
        "a": state.param("a", plain["a"], place),
        "b": state.param("b", plain["b"], place),
        "seed": state.seed(),
        "view": state.param("view", plain["view"], state.choices(VIEWS)),
        "cloud": state.param("cloud", plain["cloud"], state.flag),
        "hidden": state.param("hidden", [], labels(classes)),
        "picture": state.param(
            "picture", "drawn" if drawn else plain["picture"], state.choices(_pictures(pictures))
        ),
        "drawn": drawn,
    }


def to_url(chosen: LatentState, plain: LatentState) -> None:
    """Keep what has been chosen; a usual value leaves no trace."""
    drawn = chosen.get("drawn", "")

    def text(z: Sequence[float] | None) -> str:
        return "" if z is None else ",".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in z)

    same = {end: text(chosen.get(end)) == text(plain.get(end)) for end in ("a", "b")}  # type: ignore[arg-type]
    state.put_all(
        {
            "model": (chosen["model"], plain.get("model", "digits")),
            "moment": (chosen["moment"], plain.get("moment", 0)),
            "z": (text(chosen["z"]), ""),
            "a": ("" if same["a"] else text(chosen["a"]), ""),
            "b": ("" if same["b"] else text(chosen["b"]), ""),
            "seed": (chosen["seed"], state.SEED),
            "view": (chosen["view"], VIEWS[0]),
            "cloud": (chosen["cloud"], False),
            "hidden": ("-".join(map(str, chosen["hidden"])), ""),
            "picture": (chosen["picture"], "drawn" if drawn else plain.get("picture", "0")),
            "drawn": (drawn if chosen["picture"] == "drawn" else "", ""),
        }
    )
