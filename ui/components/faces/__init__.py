"""Faces, their codes, and directions such as a smile: the third picture of the page `/vae`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypedDict, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.latent.picture import FOLDER as LATENT
from ui.components.latent.picture import WEIGHTS
from ui.components.shared import joined_script, joined_style, json_part, save_words
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change
from ui.i18n import N_, _

_FOLDER: Final = Path(__file__).parent
_SHARED: Final = (
    "payload.js", "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "controls.js",
    "life.js", "tell.js",
)  # fmt: skip
NAMES: Final = {
    "smile": N_("smile"),
    "glasses": N_("glasses"),
    "long_hair": N_("long hair"),
    "bald": N_("bald"),
    "beard": N_("beard"),
    "hat": N_("hat"),
    "open_mouth": N_("open mouth"),
}
_LABELS: Final = {
    "component": N_("Faces and directions"),
    "file": N_("faces"),
    "gallery": N_("Held-back faces"),
    "face": N_("face {number}"),
    "given": N_("held-back picture"),
    "back": N_("decoded from its mean"),
    "changed": N_("decoded with the directions added"),
    "reset": N_("All to 0"),
    "film": N_("“{name}” from −2 to 2, all else as set"),
    "direction": N_("direction"),
    "fetching": N_("The weights are on their way."),
    "not_fetched": N_("The weights could not be fetched: nothing can be decoded here."),
    "caption": N_(
        "A direction is the mean code of the training faces that have something less the mean code of those that have "
        "it not (Larsen et al. 2016). Nobody told the model of smiles while it learned. The faces were drawn by a "
        "script; no real person is shown."
    ),
}


class FacesState(TypedDict):
    """What has been chosen."""

    face: int
    weights: list[float]  # times each direction
    last: int  # the direction that was moved last: the film shows it


# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_faces",
    js=joined_script(_FOLDER, (WEIGHTS, "../latent/network.js", "main.js"), shared=_SHARED),
    css=joined_style(TOKENS / "base.css", LATENT / "latent.css", _FOLDER / "faces.css"),
)


def faces_picture(
    pictures: NDArray[np.uint8],
    codes: Sequence[Sequence[float]],
    concepts: Mapping[str, Sequence[float]],
    *,
    key: str,
    url: str,
    initial: FacesState,
    restart: str = "",
) -> None:
    """Draw the picture.

    ``pictures``: (face, height, width, 3); ``codes``: each one's mean, (face, latent); ``concepts``: a direction of the
    latent space by its name; ``url``: where the browser fetches the weights.
    """
    head = {
        "shape": list(pictures.shape[1:]),
        "codes": [list(code) for code in codes],
        "names": [_(NAMES.get(name, name)) for name in concepts],
        "concepts": [list(direction) for direction in concepts.values()],
        "url": url,
        "initial": dict(held_initial(key, restart, cast(Mapping[str, Any], initial))),
        "restart": restart,
        "labels": {**{name: _(message) for name, message in _LABELS.items()}, **save_words()},
    }
    _mount(
        key=key, data=json_part(head) + np.ascontiguousarray(pictures).tobytes(), on_state_change=no_change
    )


def faces_told(key: str) -> FacesState | None:
    """Return what the browser has told of the picture before this run."""
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(told, Mapping) or not {"face", "weights", "last"} <= set(told):
        return None
    return FacesState(face=int(told["face"]), weights=list(told["weights"]), last=int(told["last"]))
