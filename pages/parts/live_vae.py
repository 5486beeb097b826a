"""A small autoencoder trained on the page, in a fold: the plane fills up while the class watches."""

from __future__ import annotations

from typing import Final

import streamlit as st

from core.checkpoints import ModelFileError
from core.images import as_shares
from core.live_vae import HALF, POINTS, SECONDS, LiveMoment, train
from core.training.live import Live
from pages.loading import examples
from pages.parts.turns import turns
from ui import latent_words, state
from ui import live_controls as controls
from ui.components.growing import growing_picture
from ui.folded import folded
from ui.i18n import _
from ui.problems import model_file_problem
from ui.provenance import provenance

KEY: Final = "vae-live"
OFTEN: Final = 0.5  # seconds between looks at a training that runs


@st.cache_resource(scope="session", show_spinner=False, max_entries=1, on_release=lambda one: one.stop())
def training(images: str, beta: float, seed: int, number: int) -> Live[LiveMoment]:
    """This visitor's training; another one, or a closed tab, stops it. ``number``: how many were begun before."""
    pictures = examples(images)
    given, held_back = as_shares(pictures.train), as_shares(pictures.test)
    return Live(lambda: train(given, held_back, beta, seed), turns())


def live() -> None:
    """The folded part; it looks at the training as long as that runs."""
    panel = folded("live", _("Train one now: the plane fills up"), ":material/model_training:")
    if panel is None:
        return
    with panel:
        begun = controls.choose(KEY, tuple(latent_words.SETS))
        if begun is None:
            controls.invitation(SECONDS)
            return
        try:
            one = training(begun.images, begun.beta, state.seed(), begun.number)
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name, one_of_several=True)
            return
        watched = not one.settled
        st.fragment(run_every=OFTEN if watched else None)(watch)(one, begun, watched)


def watch(one: Live[LiveMoment], begun: controls.Choice, watched: bool) -> None:
    """What the training has come to; the page runs anew where looking has to begin or may end."""
    moment = one.latest
    controls.buttons(KEY, one.state, pause=one.pause, go_on=one.go_on, stop=one.stop)
    controls.told(
        one.state, one.ahead, moment.seconds if moment else 0.0, SECONDS, moment.step if moment else 0
    )
    if moment is not None:
        pictures = examples(begun.images)
        growing_picture(
            moment.step,
            moment.places,
            moment.manifold,
            moment.scores,
            key=f"{KEY}-picture",
            shape=pictures.test.shape[1:],
            classes=latent_words.classes(begun.images),
            labels=pictures.train_labels[:POINTS].tolist(),
            half=HALF,
        )
        provenance("trained", key="live")
    if one.settled == watched:
        st.rerun()
