"""The class' ratings beside BLEU and chrF: a point a translation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from ui.chart import CATEGORIES, chart
from ui.components.bleu import Rated, Vote
from ui.frame import caption
from ui.i18n import _


def means(votes: Sequence[Vote]) -> dict[int, float]:
    """Return the mean rating of every translation that has a vote, by its place in the list."""
    by_place: dict[int, list[int]] = {}
    for place, rating in votes:
        by_place.setdefault(place, []).append(rating)
    return {place: sum(ratings) / len(ratings) for place, ratings in sorted(by_place.items())}


def scatter(
    translations: Sequence[Rated], rated: Mapping[int, float], correlations: Mapping[str, float | None]
) -> None:
    """Draw rating against score; ``correlations``: Spearman's of ``BLEU`` and ``chrF2`` with the ratings."""
    places = list(rated)
    ratings = [rated[place] for place in places]
    scores = {
        "BLEU": [translations[place].bleu for place in places],
        "chrF2": [translations[place].chrf for place in places],
    }
    figure = go.Figure()
    looks = ((CATEGORIES[0], "circle", "middle left"), (CATEGORIES[1], "square", "middle right"))
    for (name, values), (colour, symbol, side) in zip(scores.items(), looks, strict=True):
        figure.add_scatter(
            x=ratings,
            y=values,
            name=name,
            mode="markers+text",
            text=[str(place + 1) for place in places],
            textposition=side,
            marker={"color": colour, "symbol": symbol, "size": 11},
            hovertemplate="%{text}: %{x:.2f}, %{y:.1f}",
        )
    figure.update_xaxes(range=[0.8, 5.3], dtick=1, title_text=_("mean rating of the class"))
    figure.update_yaxes(range=[-4, 108], title_text=_("score"))
    said = ", ".join(f"{name} {_shown(value)}" for name, value in correlations.items())
    chart(
        figure,
        key="bleu-ratings",
        title=_("The class’ rating beside BLEU and chrF"),
        caption=_(
            "A point is a translation, with its number in the list. Spearman’s rank correlation with the rating over "
            "{count} translations: {said}. 1: the same order as the class, 0: no connection, −1: the reverse order."
        ).format(count=len(places), said=said),
        table={
            "number": [place + 1 for place in places],
            _("Translation"): [translations[place].translation for place in places],
            _("origin"): [translations[place].origin for place in places],
            _("mean rating of the class"): ratings,
            **scores,
        },
        height=340,
    )


def too_few(count: int, needed: int) -> None:
    """Say how many translations are still to be rated before a correlation means anything."""
    caption(
        _(
            "Rated: {count}. The picture with the rank correlation appears from {needed} translations on."
        ).format(count=count, needed=needed)
    )


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")
