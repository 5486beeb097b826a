"""Start, pause and stop of a training that runs on the page, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import streamlit as st

from ui import frame, latent_words
from ui.i18n import N_, _
from ui.switch import switch

BETAS: Final = {"0.0": "β = 0", "1.0": "β = 1", "4.0": "β = 4", "20.0": "β = 20"}
_SAID: Final = {
    "waiting": N_("Waiting: this server trains as much as it can at once. Before you: {ahead}."),
    "running": N_("Training: step {step}, {seconds} of {limit} seconds."),
    "paused": N_("Paused at step {step}."),
    "done": N_("Done: {step} steps in {limit} seconds."),
    "stopped": N_("Stopped at step {step}."),
    "failed": N_("The training met an error and stopped; the server's log says why."),
}


class Choice(NamedTuple):
    """What is to be trained; ``number``: how many were begun before it."""

    images: str
    beta: float
    number: int = 0


def choose(key: str, offered: Sequence[str]) -> Choice | None:
    """Draw what can be chosen and the start button; return the training that was begun last."""
    begun: Choice | None = st.session_state.get(f"{key}-begun")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        images = switch(_("Pictures"), latent_words.SETS, offered, f"{key}-images", offered[0])
        beta = switch(_("Weight of KL"), BETAS, list(BETAS), f"{key}-beta", "1.0")
        wanted = Choice(images, float(beta), begun.number + 1 if begun else 1)
        st.button(
            _("Train anew") if begun else _("Train for a minute"),
            key=f"{key}-start",
            icon=":material/play_arrow:",
            type="primary",
            on_click=st.session_state.update,
            args=({f"{key}-begun": wanted},),
        )
    return begun


def invitation(seconds: float) -> None:
    """What will happen, before anything is trained."""
    frame.caption(
        _(
            "A small autoencoder begins with random weights and learns for {seconds} seconds from the pictures that "
            "this app ships: 4,000 digits, 1,000 clothes or some hundred syllables. Watch the classes part, and the "
            "two curves: with few pictures the one of held-back pictures soon goes its own way."
        ).format(seconds=f"{seconds:.0f}")
    )


def buttons(
    key: str, training: str, *, pause: Callable[[], None], go_on: Callable[[], None], stop: Callable[[], None]
) -> None:
    """Draw pause or go on, and stop; ``training``: its state."""
    over = training in ("done", "stopped", "failed")
    with st.container(horizontal=True, gap="small"):
        if training == "paused":
            st.button(_("Go on"), key=f"{key}-go", icon=":material/play_arrow:", on_click=go_on)
        else:
            st.button(_("Pause"), key=f"{key}-pause", icon=":material/pause:", on_click=pause, disabled=over)
        st.button(_("Stop"), key=f"{key}-stop", icon=":material/stop:", on_click=stop, disabled=over)


def told(training: str, ahead: int, seconds: float, limit: float, step: int) -> None:
    """Say what the training does, with a bar of its time."""
    words = _(_SAID[training]).format(
        step=f"{step:,}", seconds=f"{seconds:.0f}", limit=f"{limit:.0f}", ahead=ahead
    )
    st.progress(min(1.0, seconds / limit), text=words)
