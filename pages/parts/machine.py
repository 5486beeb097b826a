"""This machine's own speed and memory in every number type, measured on request, in a fold."""

from __future__ import annotations

from typing import Final

import streamlit as st

from core import device
from core.checkpoints import ModelFileError
from core.numerics import machine as core
from core.numerics.machine import Measured, Progress
from core.training.live import Live
from pages.loading import translator
from pages.parts.turns import turns
from ui import frame
from ui.folded import folded
from ui.i18n import N_, _
from ui.problems import model_file_problem
from ui.provenance import provenance
from ui.table import table

KEY: Final = "machine"
OFTEN: Final = 0.3
BEGUN: Final = f"{KEY}-begun"
_TASKS: Final = {
    "product": N_("Product of two 512 × 512 matrices"),
    "translation": N_("Translation, one token"),
}
_FORMS: Final = {"mixed": N_("fp16 weights, fp32 sums (as this app translates)")}


@st.cache_resource(scope="session", show_spinner=False, max_entries=1, on_release=lambda one: one.stop())
def measuring(number: int) -> Live[Progress]:
    """This visitor's measurement; ``number``: how many were begun before."""
    model = translator()
    return Live(lambda: core.measure(model), turns())


def machine() -> None:
    """The folded part."""
    panel = folded("machine", _("This machine: speed and memory of each type"), ":material/speed:")
    if panel is None:
        return
    with panel:
        begun: int = st.session_state.get(BEGUN, 0)
        st.button(
            _("Measure again") if begun else _("Measure (some seconds)"),
            key=f"{KEY}-start",
            icon=":material/timer:",
            type="primary",
            on_click=st.session_state.update,
            args=({BEGUN: begun + 1},),
        )
        if not begun:
            frame.caption(_("Nothing is measured until you ask: the machine may be serving others."))
            return
        try:
            one = measuring(begun)
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name, one_of_several=True)
            return
        watched = not one.settled
        st.fragment(run_every=OFTEN if watched else None)(_watch)(one, watched)


def _watch(one: Live[Progress], watched: bool) -> None:
    progress = one.latest
    done, total = (progress.done, progress.total) if progress else (0, 1)
    words = {
        "waiting": _("Waiting for other work on this server to end."),
        "running": _("Measuring, {done} of {total}."),
        "done": _("Measured on {device}, {threads} thread(s)."),
    }.get(one.state, _("The measurement met an error and stopped; the server’s log says why."))
    known = device.describe()
    st.progress(
        done / total,
        text=words.format(done=done, total=total, device=known["name"], threads=known["threads"]),
    )
    if progress and progress.found:
        _draw(progress)
    if one.state == "done":
        provenance("timed", key="machine")
    if one.settled == watched:
        st.rerun()


def _draw(progress: Progress) -> None:
    for task, words in _TASKS.items():
        found = [each for each in progress.found if each.task == task]
        if not found:
            continue
        fp32 = next((each.seconds for each in found if each.form == "fp32"), None)
        table(
            [_(words), _("Milliseconds"), _("Times as fast as fp32"), _("Memory, MB")],
            [_row(each, fp32) for each in found],
            f"machine-{task}",
        )
    for task, form in progress.missing:
        frame.caption(
            _("{task}: this device cannot do it in {form}.").format(task=_(_TASKS[task]), form=form)
        )


def _row(one: Measured, fp32: float | None) -> list[str]:
    return [
        _(_FORMS[one.form]) if one.form in _FORMS else one.form,
        f"{1000 * one.seconds:.2f}",
        f"{fp32 / one.seconds:.2f}" if fp32 else "–",
        f"{one.size / 1e6:.2f}",
    ]
