"""The GAN of points: what is asked of core for ui to draw, and the training that a visitor owns."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import streamlit as st

from core import gan_points
from core.checkpoints import ModelFileError
from core.gan import Player
from core.live_gan import SECONDS, Desk, Snapshot
from pages.parts.gan_view import preset_of, settings_of, shape_of, view_of
from pages.parts.place import Place
from pages.parts.turns import turns
from ui import frame, gan_controls, gan_page
from ui.code_panel import code_panel
from ui.components import gan as picture
from ui.gan_page import Choice
from ui.i18n import N_, _
from ui.lessons import gan as lesson
from ui.problems import model_file_problem
from ui.provenance import provenance

KEY: Final = "gan-picture"
OFTEN: Final = 0.4  # seconds between looks at a training that runs
LIVE: Final = ("loss", "rate_g", "rate_d", "dial", "flipped")  # what changes a training that runs
FIRST: Final = "gan-first"  # the run with which the visit began
NUMBER: Final = (
    "gan-number"  # how many times a visitor has begun; 0: nothing yet, or a preset's recorded run again
)


@st.cache_resource(scope="session", show_spinner=False, on_release=lambda place: place.stop())
def place() -> Place:
    """This visitor's own."""
    return Place()


@st.cache_resource(show_spinner=False)
def recorded() -> tuple[dict[str, Snapshot], dict[str, Any]]:
    """The presets' runs, and their card. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return gan_points.load_recorded()


def desk_of(choice: Choice) -> Desk:
    """This visitor's training of what is chosen; another choice of what cannot change on the way begins another."""
    fixed = {name: value for name, value in asdict(choice).items() if name not in LIVE}
    desk = place().desk(
        (st.session_state.get(NUMBER, 0), *fixed.values()),
        lambda: Desk(gan_points.watched(settings_of(choice), shape_of(choice), choice.seeds), turns()),
    )
    desk.runs.change(settings_of(choice))
    return desk


def show(choice: Choice) -> None:
    """The training, its picture and its code."""
    restart = gan_page.restart()
    number = st.session_state.get(NUMBER, 0)
    preset = preset_of(choice) if not number else None
    if preset is not None:
        try:
            run = recorded()[0][preset]
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name, one_of_several=True)
        else:
            place().stop()
            st.fragment(watch)(None, run, choice, number, f"{restart}/{preset}")
            return
    desk = desk_of(choice)
    watched = not desk.settled
    name = f"{restart}/{id(desk)}"
    st.fragment(run_every=OFTEN if watched else None)(watch)(desk, None, choice, number, name, watched)


def watch(
    desk: Desk | None, run: Snapshot | None, choice: Choice, number: int, restart: str, watched: bool = False
) -> None:
    """What the training has come to; the page runs anew where looking has to begin or may end."""
    told = picture.told_by(KEY, gan_page.restart())
    if st.session_state.get(NUMBER, 0) != number or told.get("drawn", choice.drawn) != choice.drawn:
        st.rerun()
    first = st.session_state.setdefault(FIRST, restart) == restart
    if told or not first:
        gan_page.to_url(picture.told_by(KEY, restart))
    training = desk.state if desk else "ready"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        changed = gan_page.dial()
        slow = gan_controls.buttons(
            training,
            possible=choice.shape != "drawn" or bool(choice.drawn),
            recorded=desk is None,
            go_on=lambda: begin(choice, restart),
            pause=desk.pause if desk else _nothing,
            take=lambda who: begin(choice, restart, who),
            anew=anew,
        )
    if desk:
        desk.runs.slow = slow
        run = desk.runs.snapshot()
        step = run.recent[-1].told[0].step
        gan_controls.told(training, desk.ahead, desk.runs.used, SECONDS, step)
        if run.broken:
            frame.problem(_(BROKEN[run.broken]).format(step=f"{step:,}"))
    assert run is not None  # one of both is given
    running = desk is not None and not desk.settled
    view = view_of(run, choice, running=running)
    picture.gan_picture(view, key=KEY, initial=gan_page.initial(first), restart=restart)
    if desk:
        provenance("trained", key="gan")
    else:
        provenance("recorded", {k: v for k, v in recorded()[1].items() if k != "runs"}, key="gan")
    shown = next((one for one in run.moments if one.number == told.get("moment")), run.moments[-1])
    code_panel(lesson.snippet(choice, shown.told[0].step), lesson.KERAS)
    if changed or running != watched:
        st.rerun()


BROKEN: Final = {
    "generator": N_(
        "The generator’s loss is no number any more; everything is as it was at step {step}. Try a smaller learning "
        "rate."
    ),
    "discriminator": N_(
        "The discriminator’s loss is no number any more; everything is as it was at step {step}. Try a smaller "
        "learning rate."
    ),
}


def _nothing() -> None:
    """There is nothing to pause."""


def anew() -> None:
    """Begin at step 0, with what is chosen (from a callback)."""
    st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1


def begin(choice: Choice, restart: str, who: Player | None = None) -> None:
    """Let the training go on, or one player take a step (from a callback); after a recorded run one begins here.

    A moment that is shown and is not the last is where it goes on.
    """
    if not st.session_state.get(NUMBER, 0) and preset_of(choice) is not None:
        anew()
    desk = desk_of(choice)
    desk.runs.slow = gan_controls.slow()  # before the first step
    moment = picture.told_by(KEY, restart).get("moment")
    if who:
        desk.take(who, moment)
    else:
        desk.go_on(moment)
