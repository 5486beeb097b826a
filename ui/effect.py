"""What a change inside the model does to what it says: two bars a place, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from ui.chart import CATEGORIES, chart, plain
from ui.components.save.component import Column
from ui.i18n import _


@dataclass(frozen=True)
class Spoken:
    """The next-token distributions of two runs over the same decoder input; all of one length."""

    read: Sequence[str]  # what the decoder had read last at each place
    said: Sequence[str]  # its most probable next token before the change
    before: NDArray[np.float32]  # that token's probability
    after: NDArray[np.float32]  # the same token's probability after the change
    says: Sequence[str]  # the most probable next token after the change
    says_probability: NDArray[np.float32]
    distance: NDArray[np.float32]  # total variation

    def moved(self) -> int:
        """At how many places another token is now the most probable."""
        return sum(said != says for said, says in zip(self.said, self.says, strict=True))

    def summary(self) -> str:
        """The effect in a few words."""
        words = _("other next token at {moved} of {places} places, {share} of the probability moved")
        share = f"{float(self.distance.mean()):.0%}"
        return words.format(moved=self.moved(), places=len(self.said), share=share)


def effect_picture(spoken: Spoken, key: str) -> None:
    """Draw the two probabilities of every place, and say how many places now begin with another token."""
    places = [f"{i + 1}" for i in range(len(spoken.said))]
    words = [
        plain(said if said == says else f"{said} → {says}")
        for said, says in zip(spoken.said, spoken.says, strict=True)
    ]
    figure = go.Figure()
    for name, values, colour in (
        (_("before"), spoken.before, CATEGORIES[0]),
        (_("after"), spoken.after, CATEGORIES[1]),
    ):
        figure.add_bar(x=places, y=values, name=name, marker_color=colour, hovertemplate="%{y:.4f}")
    figure.update_xaxes(ticktext=words, tickvals=places, type="category")
    figure.update_yaxes(range=[0, 1], title_text=_("probability"))
    figure.update_layout(barmode="group", bargap=0.25)
    caption = _(
        "The decoder reads the same text as before; at {moved} of {places} places another token is now the most "
        "probable. On average {share} of the probability has moved to other tokens (total variation)."
    ).format(moved=spoken.moved(), places=len(places), share=f"{float(spoken.distance.mean()):.0%}")
    table: dict[str, Column] = {
        _("place"): places,
        _("read"): list(spoken.read),
        _("said before"): list(spoken.said),
        _("its probability before"): spoken.before,
        _("its probability after"): spoken.after,
        _("says now"): list(spoken.says),
        _("its probability"): spoken.says_probability,
        _("total variation"): spoken.distance,
    }
    title = _("What the model says next at each place")
    st.markdown(f"**{title}**")
    chart(figure, key=key, title=title, caption=caption, table=table)
