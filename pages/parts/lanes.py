"""Teacher forcing beside free running over one reference, and what a wrong token does to both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from core import device
from core.decoding.lanes import Lane, forced_lane, free_lane, parting, reference_ids
from pages.loading import translator
from pages.parts.translate import LONGEST, prefix_tokens
from ui import frame, translate_parts
from ui.components.lanes import LaneColumn, LaneView, lanes_picture
from ui.folded import folded
from ui.i18n import _
from ui.lessons import translate as lesson
from ui.problems import half_character
from ui.provenance import provenance
from ui.translate_parts import shown


class Lanes(NamedTuple):
    """Both lanes over one reference, and where the free one leaves it."""

    forced: Lane
    free: Lane
    parting: int | None


@st.cache_resource(show_spinner=False, max_entries=64)
def run(
    text: str, direction: str, reference: tuple[int, ...], injected: tuple[tuple[int, int], ...]
) -> Lanes:
    """Both lanes; equal requests of all visitors are computed once."""
    model = translator()
    source = model.source_ids(text, direction)
    wrong: Mapping[int, int] = dict(injected)
    forced = forced_lane(model, source, reference, wrong)
    free = free_lane(model, source, reference, wrong, longest=LONGEST)
    return Lanes(forced, free, parting(free, reference))


@st.fragment  # a change in this part does not run the rest of the page
def lanes(text: str, direction: str, said: str) -> None:
    """The folded part; ``said`` is the model's own translation."""
    panel = folded("lanes", _("Teacher forcing and free running: two lanes"), ":material/alt_route:")
    if panel is not None:
        with panel:
            draw(text, direction, said)


def draw(text: str, direction: str, said: str) -> None:
    """The reference, the wrong token, both lanes and one sentence on them."""
    typed = translate_parts.reference_field(f"{direction}:{text}", lesson.REFERENCES.get(text, said))
    reference = read(typed)
    if reference is None:
        return
    names = [shown(piece) for piece in translator().tokenizer.pieces(reference)]
    place, word = translate_parts.injection(names[:-1], lesson.WRONG[direction])
    injected = wrong_token(place, word)
    found = run(text, direction, reference, injected)
    lanes_picture(
        [
            _view(
                found.forced,
                _("Teacher forcing (training): reads the reference"),
                _("asked for"),
                None,
                False,
            ),
            _view(found.free, _("Free running (use): reads its own words"), _("said"), found.parting, True),
        ],
        key="translate-lanes",
        title=_("Teacher forcing and free running"),
        caption=_(
            "Bars: −ln p of each token, in nats; orange where the model would say, or has said, something other than "
            "the reference. The broken line: where the free lane leaves the reference."
        ),
        text=text,
        file=_("two lanes"),
    )
    total = found.forced.loss
    frame.caption(
        _("Teacher-forced loss: {total} nats over {count} tokens, {mean} a token.").format(
            total=f"{total:.3f}", count=len(reference), mean=f"{total / len(reference):.3f}"
        )
        + " "
        + _part_words(found.parting, injected)
    )
    provenance("computed", translator().card, device.describe(), key="lanes")


def read(typed: str) -> tuple[int, ...] | None:
    """The reference's tokens, end token included; None, and one sentence why, where there are none."""
    try:
        tokens = reference_ids(translator(), typed)
    except ValueError:
        half = any("\ud800" <= letter <= "\udfff" for letter in typed)
        frame.problem(
            half_character() if half else _("The reference is empty: type a translation to compare with.")
        )
        return None
    if len(tokens) > LONGEST or prefix_tokens(translator().tokenizer, typed, LONGEST) is None:
        frame.problem(
            _(
                "This reference cannot be asked for: it has more than {longest} pieces, or signs that are not the "
                "decoder's to say."
            ).format(longest=LONGEST)
        )
        return None
    return tuple(tokens)


def wrong_token(place: int | None, word: str) -> tuple[tuple[int, int], ...]:
    """The place and the token that is put in there; nothing, and one sentence why, where the word has none."""
    if place is None:
        return ()
    try:
        tokens = prefix_tokens(translator().tokenizer, word)
    except ValueError:
        tokens = None
    if not tokens:
        frame.problem(_("The wrong word cannot be said by the decoder: type another one."))
        return ()
    if len(tokens) > 1:
        piece = shown(translator().tokenizer.pieces(tokens[:1])[0])
        frame.caption(
            _("“{word}” has {count} pieces; the first one, “{piece}”, is put in.").format(
                word=word, count=len(tokens), piece=piece
            )
        )
    return ((place, tokens[0]),)


def _part_words(place: int | None, injected: tuple[tuple[int, int], ...]) -> str:
    if injected and place == injected[0][0]:
        return _("The lanes part at step {step}, where the wrong token was put in.").format(step=place + 1)
    if place is None:
        return _("The free lane says the reference word for word.")
    return _("The lanes part at step {step}; from there on each reads something else.").format(step=place + 1)


def _view(lane: Lane, title: str, asked: str, leaves: int | None, free: bool) -> LaneView:
    pieces = translator().tokenizer.pieces
    names = [[shown(piece) for piece in pieces(ids)] for ids in (lane.read, lane.tokens, lane.best)]

    def by_hand(step: int) -> str:
        """Where a token was put in: said in the free lane, read at the next step in the forced one."""
        if free:
            return "said" if step in lane.injected else ""
        return "read" if step - 1 in lane.injected else ""

    columns = [
        LaneColumn(read, token, float(loss), best, float(probability), same, by_hand(step))
        for step, (read, token, best, loss, probability, same) in enumerate(
            zip(*names, lane.losses, lane.best_probabilities, lane.matches, strict=True)
        )
    ]
    return LaneView(title, asked, columns, leaves)
