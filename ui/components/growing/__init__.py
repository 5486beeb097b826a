"""A small autoencoder's training, drawn while it runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.shared import joined_script, joined_style, json_part, save_words
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.i18n import N_, _

_FOLDER: Final = Path(__file__).parent
_SHARED: Final = (
    "payload.js", "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "life.js",
    "numbers.js", "curves.js",
)  # fmt: skip
_LABELS: Final = {
    "component": N_("A training while it runs"),
    "file": N_("live training"),
    "plane": N_("500 training pictures where the encoder puts them"),
    "manifold": N_("What the decoder makes of the plane"),
    "curve": N_("−ELBO in nats, by step"),
    "train": N_("training"),
    "held_back": N_("held back"),
    "step": N_("step"),
}

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_growing",
    js=joined_script(_FOLDER, ("../latent/space.js", "main.js"), shared=_SHARED),
    css=joined_style(TOKENS / "base.css", _FOLDER / "growing.css"),
)


def growing_picture(
    step: int,
    places: NDArray[np.float32],
    manifold: NDArray[np.uint8],
    scores: Sequence[Sequence[float]],
    *,
    key: str,
    shape: Sequence[int],
    classes: Sequence[str],
    labels: Sequence[int],
    half: float,
) -> None:
    """Draw a moment of a training.

    ``places``: (point, 2) with ``labels``; ``manifold``: (row, column, pixel), the plane from −``half`` to ``half``;
    ``scores``: step, reconstruction, KL, and −ELBO of held-back pictures, of every moment so far.
    """
    head = {
        "step": step,
        "shape": list(shape),
        "classes": list(classes),
        "labels_of_points": [int(label) for label in labels],
        "half": half,
        "grid": len(manifold),
        "scores": [[round(float(value), 3) for value in one] for one in scores],
        "labels": {**{name: _(message) for name, message in _LABELS.items()}, **save_words()},
    }
    pictures = np.ascontiguousarray(manifold, dtype=np.uint8).tobytes()
    pictures += b"\0" * (len(pictures) % 2)
    _mount(key=key, data=json_part(head) + pictures + places.astype("<f2").tobytes())
