"""The buttons of a GAN's training: run, pause, single steps, slow motion, a new beginning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import streamlit as st

from ui import live_controls
from ui.i18n import _

KEY: Final = "gan-live"
_OVER: Final = ("ready", "paused", "done", "stopped", "failed")


def buttons(
    training: str,
    *,
    key: str = KEY,
    possible: bool,
    recorded: bool,
    go_on: Callable[[], None],
    pause: Callable[[], None],
    take: Callable[[Literal["discriminator", "generator"]], None],
    anew: Callable[[], None],
) -> bool:
    """Draw them and return whether slow motion is on; ``training``: the state of what runs, or ``ready``."""
    resting = training in _OVER
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if resting:
            st.button(
                _("Train it here") if training == "ready" else _("Go on"),
                key=f"{key}-go",
                icon=":material/play_arrow:",
                type="primary",
                on_click=go_on,
                disabled=not possible,
                help=_("From the moment that is shown; what came after it is forgotten.")
                if not recorded
                else None,
            )
        else:
            st.button(_("Pause"), key=f"{key}-pause", icon=":material/pause:", type="primary", on_click=pause)
        for who, words in (("discriminator", _("Step of D")), ("generator", _("Step of G"))):
            st.button(words, key=f"{key}-{who}", on_click=take, args=(who,), disabled=not possible)
        is_slow = st.toggle(_("Slow motion"), key=f"{key}-slow")
        st.button(_("Begin anew"), key=f"{key}-anew", icon=":material/restart_alt:", on_click=anew)
    return is_slow


def slow(key: str = KEY) -> bool:
    """Whether slow motion is on, for a callback: there the buttons are not drawn yet."""
    return bool(st.session_state.get(f"{key}-slow"))


def told(training: str, ahead: int, seconds: float, limit: float, step: int) -> None:
    """Say what the training does; nothing before it has begun."""
    if training != "ready":
        live_controls.told(training, ahead, seconds, limit, step)
