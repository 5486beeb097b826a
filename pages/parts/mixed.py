"""One small network trained in several precisions, in a fold: recorded presets, and any settings live."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import streamlit as st

from core import device, live_mixed
from core.checkpoints import ModelFileError
from core.live_mixed import SECONDS, Mixed
from core.numerics.mixed import LOWEST, POINTS, WAYS, Settings, curve
from core.training.live import Live
from pages.parts.turns import turns
from ui import frame, live_controls, mixed_page
from ui.components.mixed import mixed_picture, told_by
from ui.folded import folded
from ui.i18n import _
from ui.mixed_page import Choice
from ui.problems import model_file_problem
from ui.provenance import provenance

KEY: Final = "mixed"
OFTEN: Final = 0.5  # seconds between looks at a training that runs
BEGUN: Final = f"{KEY}-begun"  # the choice that was begun last, and how many were begun


def settings_of(choice: Choice) -> Settings:
    """What core goes by."""
    return Settings(
        unit=choice.unit,
        rate=choice.rate,
        scale=2.0**choice.power,
        patience=choice.patience,
        seed=choice.seed,
    )


def choice_of(name: str) -> Choice:
    """What a preset chooses on the page."""
    own = live_mixed.PRESETS[name].settings
    return Choice(own.unit, own.rate, round(np.log2(own.scale)), own.patience, own.seed)


def preset_of(choice: Choice) -> str | None:
    """The preset that chooses the same."""
    return next((name for name in live_mixed.PRESETS if choice_of(name) == choice), None)


def pick(name: str) -> None:
    """Set the fold up for a preset, as it was recorded."""
    mixed_page.pick(choice_of(name))
    st.session_state.pop(BEGUN, None)


@st.cache_resource(show_spinner=False)
def recorded() -> tuple[dict[str, Mixed], dict[str, Any]]:
    """The presets' runs, and their card. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return live_mixed.load_recorded()


@st.cache_resource(scope="session", show_spinner=False, max_entries=1, on_release=lambda one: one.stop())
def training(choice: Choice, number: int) -> Live[Mixed]:
    """This visitor's training; another one, or a closed tab, stops it. ``number``: how many were begun before."""
    return Live(lambda: live_mixed.train(settings_of(choice)), turns())


def mixed() -> None:
    """The folded part; it looks at the training as long as that runs."""
    panel = folded("train", _("Train one network in nine precisions"), ":material/model_training:")
    if panel is None:
        return
    with panel:
        labels = {name: _(words) for name, words in mixed_page.PRESETS.items()}
        frame.preset_chips(labels, pick, key="mixed")
        choice = mixed_page.choose(choice_of("usual"))
        begun: tuple[Choice, int] | None = st.session_state.get(BEGUN)
        number = begun[1] + 1 if begun else 1
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                _("Train it here") if begun is None else _("Train anew"),
                key=f"{KEY}-start",
                icon=":material/play_arrow:",
                type="primary",
                on_click=st.session_state.update,
                args=({BEGUN: (choice, number)},),
            )
        if begun is None:
            _shown_before(choice)
            return
        one = training(*begun)
        watched = not one.settled
        st.fragment(run_every=OFTEN if watched else None)(watch)(one, begun[0], watched)


def _shown_before(choice: Choice) -> None:
    """The recorded run, where there is one of what is chosen."""
    name = preset_of(choice)
    if name is None:
        frame.caption(_("These settings are not recorded: press the button to train with them."))
        return
    try:
        runs, card = recorded()
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name, one_of_several=True)
        return
    _draw(runs[name], choice)
    provenance("recorded", card, key="mixed")


def watch(one: Live[Mixed], choice: Choice, watched: bool) -> None:
    """What the training has come to; the page runs anew where looking has to begin or may end."""
    live_controls.buttons(KEY, one.state, pause=one.pause, go_on=one.go_on, stop=one.stop)
    moment = one.latest
    seconds, step = (moment.seconds, moment.step) if moment else (0.0, 0)
    live_controls.told(one.state, one.ahead, seconds, SECONDS, step)
    if moment is not None:
        _draw(moment, choice)
        provenance("trained", key="mixed")
    if one.settled == watched:
        st.rerun()


def _draw(run: Mixed, choice: Choice) -> None:
    _x, target = curve()
    each = POINTS // live_mixed.SHOWN
    mixed_picture(
        run.steps,
        run.course,
        run.gradients,
        run.curves,
        live_mixed.verdicts(run),
        key=f"{KEY}-picture",
        target=target[each // 2 :: each, 0].float().numpy(),
        lowest=LOWEST,
        initial=mixed_page.shown(tuple(WAYS), told_by(f"{KEY}-picture")),
    )
    frame.caption(
        _("On this machine fp16 and bf16 are the tensors’ own types ({device}).").format(
            device=device.describe()["name"]
        )
        if device.best().type == "cuda"
        else _(
            "On this machine’s processor fp16 and bf16 are emulated: fp32 numbers, rounded to the format after every "
            "operation. PyTorch’s own half-precision operations give the same to the last bit or the one before it."
        )
    )
