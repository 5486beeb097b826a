"""Many continuations of one text: a table of them, and how varied they are at each temperature."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import plotly.graph_objects as go
import streamlit as st

from ui.chart import chart, label_lines
from ui.i18n import _

SHOWN: Final = 6  # texts of each temperature that are shown
_RESULTS: Final = "glassbox-many-results"
_RUNNING: Final = "glassbox-many-running"


class Measured(NamedTuple):
    """What was measured on the texts of one temperature."""

    distinct_1: float  # share of different tokens among all
    distinct_2: float  # share of different pairs of tokens among all
    repetition: float  # share of runs of four tokens that their own text holds already
    length: float  # tokens a text, the mean
    samples: tuple[str, ...]


def table(prompt: str, rows: Sequence[tuple[str, str, str]]) -> str:
    """Return continuations as HTML: what names each, its text, and a word on how it ended."""
    cells = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td dir="auto"><span>{html.escape(prompt)}</span>'
        f"<b>{html.escape(text)}</b> <i>{html.escape(ending)}</i></td></tr>"
        for name, text, ending in rows
    )
    return f'<table class="gb-texts"><tbody>{cells}</tbody></table>'


def results(asked: Any) -> dict[float, Measured]:
    """What this session has measured for a request, by temperature; another request begins with nothing."""
    held = st.session_state.get(_RESULTS)
    if held is None or held[0] != asked:
        held = st.session_state[_RESULTS] = (asked, {})
        st.session_state[_RUNNING] = False
    found: dict[float, Measured] = held[1]
    return found


def start_or_stop(done: int, wanted: int) -> bool:
    """Draw the button that starts or stops the drawing; return whether it runs."""
    running = bool(st.session_state.get(_RUNNING)) and done < wanted
    if running:
        st.button(_("Stop"), icon=":material/stop:", key="glassbox-many-stop", on_click=finished)
    elif done < wanted:
        label = _("Go on drawing") if done else _("Draw them")
        st.button(label, icon=":material/play_arrow:", key="glassbox-many-start", on_click=_start)
    return running


def finished() -> None:
    """Say that nothing is being drawn any more."""
    st.session_state[_RUNNING] = False


def _start() -> None:
    st.session_state[_RUNNING] = True


def draw(found: dict[float, Measured]) -> None:
    """Draw the curves over the temperature and some of the texts; one sentence while there are none."""
    if not found:
        st.caption(_("Nothing drawn yet: it can take a minute, and can be stopped at any time."))
        return
    temperatures = sorted(found)
    lines = {
        "distinct-1": [found[t].distinct_1 for t in temperatures],
        "distinct-2": [found[t].distinct_2 for t in temperatures],
        _("repetition"): [found[t].repetition for t in temperatures],
    }
    figure = go.Figure(
        [
            go.Scatter(x=temperatures, y=values, name=name, mode="lines+markers")
            for name, values in lines.items()
        ]
    )
    figure.update_xaxes(title="T")
    figure.update_yaxes(range=[0, 1.02], title=_("share"))
    chart(
        label_lines(figure),
        key="many",
        title=_("Variety and repetition against temperature"),
        caption=_(
            "distinct-n: different n-grams among all that were drawn, as a share. Repetition: runs of four tokens "
            "that their own text holds already, as a share. Both over the tokens of these texts."
        ),
        table={
            "T": temperatures,
            **lines,
            _("tokens a text"): [found[t].length for t in temperatures],
        },
    )
    for temperature in temperatures:
        rows = [(str(i + 1), text, "") for i, text in enumerate(found[temperature].samples)]
        st.html(f"<h4>T = {temperature:g}</h4>{table('', rows)}")
