"""Long GAN runs on pictures that were recorded, in a fold."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import streamlit as st

from core import gan_pictures as core
from core.checkpoints import ModelFileError, read_card
from core.images import Pixels
from pages.loading import examples
from ui import frame, latent_words
from ui.components import gan as points
from ui.components.gan_pictures import gan_pictures
from ui.folded import folded
from ui.i18n import _
from ui.problems import model_file_problem
from ui.provenance import provenance
from ui.switch import switch
from ui.urls import model_url

RECORDED: Final = "gan-recorded"


def recorded() -> None:
    """The folded part with the long runs."""
    panel = folded("recorded", _("A long run on pictures, recorded: go through it"), ":material/movie:")
    if panel is None:
        return
    with panel:
        st.fragment(_recorded)()


def _recorded() -> None:
    names = {name: latent_words.SETS[name] for name in core.NAMES}
    name = switch(_("Pictures"), names, core.NAMES, "gan-recorded-set", core.NAMES[0])
    try:
        card = read_card(core.path_of(name))
        told = [points.Told(**_known(one)) for one in card["moments"]]
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name, one_of_several=True)
        return
    scores = card.get("scores", {}).get("test", {})
    frame.caption(
        _(
            "{steps} updates in {minutes} minutes on one core; the first moments lie closer together. Of 10,000 fakes "
            "every class is covered that has at least a quarter of its share: {covered} of {classes}. The Fréchet "
            "distance to the test pictures is {distance}; between training and test pictures it is {floor}. It is "
            "measured in the features of our own classifier: it is not FID, which takes Inception’s."
        ).format(
            steps=f"{card['steps']:,}",
            minutes=round(card["seconds"] / 60),
            covered=scores.get("covered", "–"),
            classes=scores.get("classes", "–"),
            distance=scores.get("distance", "–"),
            floor=scores.get("floor", "–"),
        )
    )
    moments = [points.Moment(number, None, [one]) for number, one in enumerate(told)]
    gan_pictures(
        moments,
        moments,
        key=RECORDED,
        restart=name,
        classes=len(scores.get("shares", range(told[-1].modes))),
        side=card["architecture"]["side"],
        grid=(core.ROWS, core.COLUMNS),
        distances=[one["distance"] for one in card["moments"]],
        strip=model_url(core.strip_of(name).name),
        real=_real(name),
    )
    provenance("recorded", {k: v for k, v in card.items() if k != "moments"}, key="gan-recorded")


def _known(told: dict[str, Any]) -> dict[str, Any]:
    """A recorded moment's numbers; before the first step the players have told nothing."""
    nothing = dict.fromkeys(("loss_d", "loss_g", "right_real", "right_fake", "pull", "good"), math.nan)
    own = {name: value for name, value in told.items() if name not in ("classes", "distance")}
    return {**nothing, "norms": (), **own, "modes": told["classes"]}


@st.cache_resource(show_spinner=False)
def _real(name: str) -> Pixels:
    """Real pictures of a set, as many rows as a sheet has less one: (row · side, column · side)."""
    pictures = examples(name).test[: 2 * core.COLUMNS]
    rows = pictures.reshape(2, core.COLUMNS, *pictures.shape[1:]).transpose(0, 2, 1, 3)
    flat: Pixels = np.ascontiguousarray(rows.reshape(2 * pictures.shape[1], -1))
    return flat
