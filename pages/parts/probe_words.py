"""What the probe's figures say, in sentences: every one is made of the findings, whichever way they came out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.bottleneck import PlaceFinding, best_read
from core.measured import PLACES, Relation
from pages.parts.measured_words import by_place_said, range_said, share_said, shares_said
from ui.bottleneck import PLACES as PLACE_NAMES
from ui.i18n import N_, _
from ui.predict import predict

_CLEARLY: Final[dict[Relation, str]] = {
    "above": N_("By the bands, better read out of the context: {places}."),
    "below": N_("By the bands, better read out of the one vector: {places}."),
    "together": N_("Not told apart: {places}."),
}


def probe_said(found: Mapping[str, PlaceFinding]) -> list[str]:
    """The sentences about what can be read."""
    if not found:
        return []
    any_place = next(iter(found.values()))
    sentences = [
        _(
            "Read right out of the one vector: {short_range}: {short}; {long_range}: {long} (baseline: {chance})."
        ).format(
            short_range=range_said(any_place.short),
            short=by_place_said({place: share_said(one.short) for place, one in found.items()}),
            long_range=range_said(any_place.long),
            long=by_place_said({place: share_said(one.long) for place, one in found.items()}),
            chance=by_place_said({place: share_said(one.chance) for place, one in found.items()}),
        )
    ]
    contexts = {place: shares_said(one.contexts) for place, one in found.items() if one.contexts}
    if not contexts:
        return sentences
    sentences.append(
        _("Out of the contexts, {long_range}: {long}.").format(
            long_range=range_said(any_place.long), long=by_place_said(contexts)
        )
    )
    for relation, words in _CLEARLY.items():
        places = [_(PLACE_NAMES[place]) for place in contexts if found[place].relation == relation]
        if places:
            sentences.append(_(words).format(places=", ".join(places)))
    return sentences


def probe_question(found: Mapping[str, PlaceFinding], direction: str) -> None:
    """Ask which word of a long sentence is still read best, if all three were measured."""
    best = best_read(found)
    if best is None:
        return
    told = _("{range}: {shares}.").format(
        range=range_said(found[PLACES[0]].long),
        shares=by_place_said({place: share_said(one.long) for place, one in found.items()}),
    )
    last = _("The LSTM read it last: little has been written over it since.")
    predict(
        f"bottleneck-probe-{direction}",
        _("The sentence is long. Which of its words can still be read best out of the one vector?"),
        [*(_(PLACE_NAMES[place]) for place in PLACES), _("No clear difference")],
        answer=len(PLACES) if best == "even" else PLACES.index(best),
        explanation=f"{told} {last}" if best == "last" else told,
    )
