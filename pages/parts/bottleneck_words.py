"""What the measured curves say, in sentences: every one is made of the findings, whichever way they came out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.bottleneck import Fall, LengthFindings, PlaceFinding, best_read
from core.measured import NONE, PLACES, Point, Relation
from ui.bottleneck import PLACES as PLACE_NAMES
from ui.bottleneck import name_of
from ui.i18n import N_, _
from ui.predict import predict

_RELATIONS: Final[dict[Relation, str]] = {
    "above": N_("{range}: above ({points})"),
    "below": N_("{range}: below ({points})"),
    "together": N_("{range}: the bands meet ({points})"),
}
_CLEARLY: Final[dict[Relation, str]] = {
    "above": N_("By the bands, better read out of the context: {places}."),
    "below": N_("By the bands, better read out of the one vector: {places}."),
    "together": N_("Not told apart: {places}."),
}
_WIDENINGS: Final = ("short", "long", "even")  # the order of the answers


def lengths_said(found: LengthFindings, middle: PlaceFinding | None = None) -> list[str]:
    """The sentences about the scores by length; ``middle``: what the probe found of the middle word."""
    falls = [f"{name_of(name)} {_score(fall.points)}" for name, fall in found.falls.items() if name != NONE]
    sentences = [_none_said(found.falls[NONE])] if NONE in found.falls else []
    if falls:
        lost = _("Lost with attention, from the best range to the longest: {falls}.")
        sentences.append(lost.format(falls=", ".join(falls)))
    if found.best and found.long:
        beside = _(
            "Beside no attention, {name} (the attention with the highest score on all sentences): {relations}."
        )
        relations = "; ".join(
            _(_RELATIONS[relation]).format(range=_range(gap.none), points=_signed(gap.points))
            for gap, relation in zip(found.long, found.relations, strict=True)
        )
        sentences.append(beside.format(name=name_of(found.best), relations=relations))
    return [*sentences, _verdict(found), *_share_said(found, middle)]


def lengths_question(found: LengthFindings, direction: str) -> None:
    """Ask where the model without attention is furthest behind, if that was measured."""
    if found.best is None or found.widening is None:
        return
    short, long = found.gaps[0], found.gaps[-1]
    told = _("{name} minus no attention: {short} at {short_range}, {long} at {long_range}.").format(
        name=name_of(found.best),
        short=_signed(short.points),
        short_range=_range(short.none),
        long=_signed(long.points),
        long_range=_range(long.none),
    )
    allowed = _("The bands allow for this difference: it is none that these sentences prove.")
    predict(
        f"bottleneck-lengths-{direction}",
        _(
            "Four LSTM translators were trained alike; one has no attention. Where is it furthest behind the best one "
            "with attention?"
        ),
        [_("In short sentences"), _("In long sentences"), _("About the same everywhere")],
        answer=_WIDENINGS.index(found.widening),
        explanation=f"{told} {allowed}" if found.widening == "even" else told,
    )


def probe_said(found: Mapping[str, PlaceFinding]) -> list[str]:
    """The sentences about what can be read."""
    if not found:
        return []
    any_place = next(iter(found.values()))
    sentences = [
        _(
            "Read right out of the one vector: {short_range}: {short}; {long_range}: {long} (baseline: {chance})."
        ).format(
            short_range=_range(any_place.short),
            short=_by_place({place: _share(one.short) for place, one in found.items()}),
            long_range=_range(any_place.long),
            long=_by_place({place: _share(one.long) for place, one in found.items()}),
            chance=_by_place({place: _share(one.chance) for place, one in found.items()}),
        )
    ]
    contexts = {place: _shares(one.contexts) for place, one in found.items() if one.contexts}
    if not contexts:
        return sentences
    sentences.append(
        _("Out of the contexts, {long_range}: {long}.").format(
            long_range=_range(any_place.long), long=_by_place(contexts)
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
        range=_range(found[PLACES[0]].long),
        shares=_by_place({place: _share(one.long) for place, one in found.items()}),
    )
    last = _("The LSTM read it last: little has been written over it since.")
    predict(
        f"bottleneck-probe-{direction}",
        _("The sentence is long. Which of its words can still be read best out of the one vector?"),
        [*(_(PLACE_NAMES[place]) for place in PLACES), _("No clear difference")],
        answer=len(PLACES) if best == "even" else PLACES.index(best),
        explanation=f"{told} {last}" if best == "last" else told,
    )


def _none_said(fall: Fall) -> str:
    if fall.best == fall.end:
        words = _("Without attention the score is highest in the longest range: {end} at {end_range}.")
    else:
        words = _("Without attention: {best} at {best_range}, {end} at {end_range}, which is {points} less.")
    return words.format(
        best=_score(fall.best.value),
        best_range=_range(fall.best),
        end=_score(fall.end.value),
        end_range=_range(fall.end),
        points=_score(fall.points),
    )


def _verdict(found: LengthFindings) -> str:
    if found.as_taught:
        return _("So the curves show what the lesson says: without attention, long sentences suffer most.")
    if found.widening == "long":
        return _(
            "The distance grows with the length, as the lesson says; but attention is not clearly above in every long "
            "range."
        )
    if found.widening == "short":
        return _(
            "In points the curves do not show what the lesson says: attention is further ahead in short sentences "
            "than in long ones."
        )
    if found.widening == "even":
        return _(
            "In points the curves do not show what the lesson says: within the bands, attention is as far ahead in "
            "short sentences as in long ones."
        )
    return ""


def _share_said(found: LengthFindings, middle: PlaceFinding | None) -> list[str]:
    """What is left without attention, counted from chance up, and why the points do not show the lesson."""
    if found.best is None or found.kept is None:
        return []
    short, long = found.shares[0], found.shares[-1]
    told = _(
        "Of what {name} scores above the baseline, the model without attention has {short} at {short_range} and {long} "
        "at {long_range}."
    ).format(
        name=name_of(found.best),
        short=_share(short),
        short_range=_range(short),
        long=_share(long),
        long_range=_range(long),
    )
    if found.kept == "below" and not found.as_taught:
        why = _(
            "So long sentences do suffer most; the points hide it, because every score comes down towards the baseline."
        )
    elif found.kept == "together" and middle and _lost_early(middle):
        why = _(
            "Why: one vector loses much of a short sentence already. At {range} the probe below reads the middle word "
            "right in {share} of them out of the vector, in {contexts} out of the contexts."
        ).format(range=_range(middle.short), share=_share(middle.short), contexts=_shares(middle.early))
    else:
        why = ""
    return [told, why]


def _lost_early(middle: PlaceFinding) -> bool:
    """Whether the word of even the shortest sentences is read worse out of the vector than out of each context."""
    return bool(middle.early) and all(
        middle.short.relation(context) == "below" for context in middle.early.values()
    )


def _range(point: Point) -> str:
    if point.last is None:
        return _("{first} pieces and more").format(first=point.first)
    return _("{first}–{last} pieces").format(first=point.first, last=point.last)


def _by_place(words: Mapping[str, str]) -> str:
    return ", ".join(f"{_(PLACE_NAMES[place])} {said}" for place, said in words.items())


def _share(point: Point) -> str:
    return f"{point.value:.0%}"


def _shares(points: Mapping[str, Point]) -> str:
    """The lowest and the highest of them."""
    values = sorted(point.value for point in points.values())
    low, high = f"{values[0]:.0%}", f"{values[-1]:.0%}"
    return low if low == high else f"{low}–{high}"


def _score(value: float) -> str:
    return f"{value:.1f}"


def _signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")
