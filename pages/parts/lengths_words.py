"""What the scores by length say, in sentences: every one is made of the findings, whichever way they came out."""

from __future__ import annotations

from typing import Final

from core.bottleneck import Fall, LengthFindings, PlaceFinding
from core.measured import NONE, Relation
from pages.parts.measured_words import range_said, score_said, share_said, shares_said, signed_said
from ui.bottleneck import name_of
from ui.i18n import N_, _
from ui.predict import predict

_RELATIONS: Final[dict[Relation, str]] = {
    "above": N_("{range}: above ({points})"),
    "below": N_("{range}: below ({points})"),
    "together": N_("{range}: the bands meet ({points})"),
}
_WIDENINGS: Final = ("short", "long", "even")  # the order of the answers


def lengths_said(found: LengthFindings, middle: PlaceFinding | None = None) -> list[str]:
    """The sentences about the scores by length; ``middle``: what the probe found of the middle word."""
    falls = [
        f"{name_of(name)} {score_said(fall.points)}" for name, fall in found.falls.items() if name != NONE
    ]
    sentences = [_none_said(found.falls[NONE])] if NONE in found.falls else []
    if falls:
        lost = _("Lost with attention, from the best range to the longest: {falls}.")
        sentences.append(lost.format(falls=", ".join(falls)))
    if found.best and found.long:
        beside = _(
            "Beside no attention, {name} (the attention with the highest score on all sentences): {relations}."
        )
        relations = "; ".join(
            _(_RELATIONS[relation]).format(range=range_said(gap.none), points=signed_said(gap.points))
            for gap, relation in zip(found.long, found.relations, strict=True)
        )
        sentences.append(beside.format(name=name_of(found.best), relations=relations))
    return [*sentences, _verdict(found), *_kept_said(found, middle)]


def lengths_question(found: LengthFindings, direction: str) -> None:
    """Ask where the model without attention is furthest behind, if that was measured."""
    if found.best is None or found.widening is None:
        return
    short, long = found.gaps[0], found.gaps[-1]
    told = _("{name} minus no attention: {short} at {short_range}, {long} at {long_range}.").format(
        name=name_of(found.best),
        short=signed_said(short.points),
        short_range=range_said(short.none),
        long=signed_said(long.points),
        long_range=range_said(long.none),
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


def _none_said(fall: Fall) -> str:
    if fall.best == fall.end:
        words = _("Without attention the score is highest in the longest range: {end} at {end_range}.")
    else:
        words = _("Without attention: {best} at {best_range}, {end} at {end_range}, which is {points} less.")
    return words.format(
        best=score_said(fall.best.value),
        best_range=range_said(fall.best),
        end=score_said(fall.end.value),
        end_range=range_said(fall.end),
        points=score_said(fall.points),
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


def _kept_said(found: LengthFindings, middle: PlaceFinding | None) -> list[str]:
    """What is left without attention, counted from chance up, and why the points do not show the lesson."""
    if found.best is None or found.kept is None:
        return []
    short, long = found.shares[0], found.shares[-1]
    told = _(
        "Of what {name} scores above the baseline, the model without attention has {short} at {short_range} and {long} "
        "at {long_range}."
    ).format(
        name=name_of(found.best),
        short=share_said(short),
        short_range=range_said(short),
        long=share_said(long),
        long_range=range_said(long),
    )
    if found.kept == "below" and not found.as_taught:
        why = _(
            "So long sentences do suffer most; the points hide it, because every score comes down towards the baseline."
        )
    elif found.kept == "together" and middle and _lost_early(middle):
        why = _(
            "Why: one vector loses much of a short sentence already. At {range} the probe below reads the middle word "
            "right in {share} of them out of the vector, in {contexts} out of the contexts."
        ).format(
            range=range_said(middle.short), share=share_said(middle.short), contexts=shares_said(middle.early)
        )
    else:
        why = ""
    return [told, why]


def _lost_early(middle: PlaceFinding) -> bool:
    """Whether the word of even the shortest sentences is read worse out of the vector than out of each context."""
    return bool(middle.early) and all(
        middle.short.relation(context) == "below" for context in middle.early.values()
    )
