"""A GAN of pictures that trains on the page, in a fold."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from core import gan_pictures as core
from core.checkpoints import ModelFileError
from core.images import as_shares
from core.live_gan import SECONDS, Desk
from core.vae import Array
from pages.loading import classifier, examples
from pages.parts.gan import BROKEN, OFTEN
from pages.parts.gan_view import plain_moment
from pages.parts.place import Place
from pages.parts.turns import turns
from ui import frame, gan_controls, gan_page, latent_words, state
from ui.components.gan_pictures import gan_pictures, told_by
from ui.folded import folded
from ui.i18n import _
from ui.problems import model_file_problem
from ui.provenance import provenance
from ui.switch import switch

LIVE: Final = "gan-pictures-live"


@st.cache_resource(show_spinner=False)
def _shares(name: str) -> Array:
    """The training pictures of a set as numbers from 0 to 1, once for all visitors: (picture, pixel)."""
    return as_shares(examples(name).train)


@st.cache_resource(scope="session", show_spinner=False, on_release=lambda place: place.stop())
def place() -> Place:
    """What this visitor trains on pictures."""
    return Place()


def live() -> None:
    """The folded part with the training."""
    panel = folded("pictures", _("Train one on pictures here"), ":material/model_training:")
    if panel is None:
        place().stop()
        return
    with panel:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            names = tuple(latent_words.SETS)
            name = switch(_("Pictures"), latent_words.SETS, names, "gan-pictures-set", names[0])
            loss = switch(
                _("Loss"), gan_page.LOSSES, list(gan_page.LOSSES), "gan-pictures-loss", "non-saturating"
            )
        usual = core.USUAL
        chosen = gan_page.picture_settings(
            gan_page.PictureSettings("1:1", 0.0, usual.rate_g, usual.rate_d, usual.width_g, usual.width_d)
        )
        try:
            desk = _desk(name, loss, chosen)
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name, one_of_several=True)
            return
        watched = not desk.settled
        st.fragment(run_every=OFTEN if watched else None)(_watch)(desk, name, watched)


def _desk(name: str, loss: str, chosen: gan_page.PictureSettings) -> Desk:
    number = st.session_state.get(f"{LIVE}-number", 0)
    of_d, of_g = chosen.steps
    settings = replace(
        core.USUAL, loss=loss, seed=state.seed(), d_steps=of_d, g_steps=of_g, flipped=chosen.flipped,
        rate_g=chosen.rate_g, rate_d=chosen.rate_d, width_g=chosen.width_g, width_d=chosen.width_d,
    )  # fmt: skip
    judge, pixels = classifier(name), _shares(name)

    def make() -> Desk:
        return Desk(core.watched(settings, pixels, judge), turns())

    desk = place().desk((name, settings.seed, settings.width_g, settings.width_d, number), make)
    desk.runs.change(settings)
    return desk


def _watch(desk: Desk, name: str, watched: bool) -> None:
    number = st.session_state.get(f"{LIVE}-number", 0)
    restart = f"{name}/{number}/{id(desk)}"

    def moment() -> int | None:
        return told_by(LIVE, restart)

    def go_on() -> None:
        desk.runs.slow = gan_controls.slow(LIVE)
        desk.go_on(moment())

    def anew() -> None:
        st.session_state[f"{LIVE}-number"] = number + 1
        st.session_state[f"{LIVE}-anew"] = True

    slow = gan_controls.buttons(
        desk.state,
        key=LIVE,
        possible=True,
        recorded=False,
        go_on=go_on,
        pause=desk.pause,
        take=lambda who: desk.take(who, moment()),
        anew=anew,
    )
    if st.session_state.pop(f"{LIVE}-anew", False):
        st.rerun()
    desk.runs.slow = slow
    run = desk.runs.snapshot()
    step = run.recent[-1].told[0].step
    gan_controls.told(desk.state, desk.ahead, desk.runs.used, SECONDS, step)
    if run.broken:
        frame.problem(_(BROKEN[run.broken]).format(step=f"{step:,}"))
    running = not desk.settled
    pictures = examples(name)
    shown = run.recent if running else run.moments
    gan_pictures(
        [plain_moment(one) for one in shown],
        [plain_moment(one) for one in run.curve],
        key=LIVE,
        restart=restart,
        classes=len(latent_words.classes(name)),
        side=pictures.train.shape[1],
        grid=(core.ROWS, core.COLUMNS),
        sheets=[one.seen[0] for one in shown],
        running=running,
    )
    provenance("trained", key="gan-pictures")
    if running != watched:
        st.rerun()
