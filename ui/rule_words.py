"""The words around the charts of the rule of 1,500: every sentence is made of what was measured."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

import streamlit as st

from ui import frame, state
from ui.curves import short_range
from ui.i18n import _
from ui.predict import predict
from ui.rule_chart import KINDS, Part
from ui.switch import switch
from ui.table import table

_KEY: Final = "glassbox-rule-words"
_KIND_KEY: Final = "glassbox-rule-kind"
_ANSWERS: Final = ("near", "earlier", "later", "differs")


def heading(rule: int) -> None:
    """What the rule says, and who says it."""
    frame.caption(
        _(
            "A rule of thumb (Google’s guide to text classification, 2018; Chollet’s textbook repeats it): divide the "
            "number of texts by their mean number of words. Above {rule} take a sequence model, below it a bag. Here a "
            "bag and two encoders learned from the same reviews, more and more of them, for each length on its own."
        ).format(rule=f"{rule:,}")
    )


def question(parts: Sequence[Part], rule: int) -> None:
    """Ask where the sequence model gets ahead before the charts tell."""
    kind = "encoder"
    known = {part.places[kind] for part in parts} - {None}
    if not known:
        return
    answer = known.pop() if len(known) == 1 else "differs"
    predict(
        "sentiment-rule",
        _(
            "From where on does an encoder that begins with random weights stay ahead of TF–IDF on these reviews?"
        ),
        [
            _("From about {rule} reviews for each word of their mean length, as the rule says").format(
                rule=f"{rule:,}"
            ),
            _("From far fewer"),
            _("From far more, or never"),
            _("That differs with the length"),
        ],
        answer=_ANSWERS.index(str(answer)),
        explanation=" ".join(_crossed(part, kind) for part in parts),
    )


def choose(parts: Sequence[Part]) -> Part:
    """Draw the choice of a length and return its part; it lives in the URL too."""
    offered = {short_range(part.words): part for part in parts}
    first = next(iter(offered))
    asked = state.param("words", first, state.choices(offered))
    chosen = switch(
        _("Words in a review"),
        {name: part.name for name, part in offered.items()},
        list(offered),
        _KEY,
        asked,
    )
    state.put("words", chosen, first)
    return offered[chosen]


def choose_kind(parts: Sequence[Part]) -> str:
    """Draw the choice of a sequence model that was measured and return its kind; it lives in the URL too."""
    offered = _kinds(parts)
    asked = state.param("against", offered[0], state.choices(offered))
    chosen = switch(_("Sequence model"), KINDS, offered, _KIND_KEY, asked)
    state.put("against", chosen, offered[0])
    return chosen


def forget_url() -> None:
    """Take the choices out of the address once the panel is folded away."""
    state.put_all({"words": ("", ""), "against": ("", "")})


def table_of_parts(parts: Sequence[Part], rule: int) -> None:
    """Draw how many reviews each length has, where the rule's line lies, and how often a sequence model is ahead."""
    heads = [
        _("words"),
        _("reviews to learn from"),
        _("test reviews"),
        _("mean words"),
        _("the rule’s {rule} at").format(rule=f"{rule:,}"),
        *(_("{name}: ahead at").format(name=_(KINDS[kind])) for kind in _kinds(parts)),
    ]
    rows = [
        [
            short_range(part.words),
            f"{part.train:,}",
            f"{part.test:,}",
            f"{part.mean_words:.1f}",
            _("{count} reviews").format(count=f"{rule * part.mean_words:,.0f}"),
            *(
                _("{ahead} of {all} sizes").format(ahead=_ahead(part, kind), all=len(part.leads[kind]))
                for kind in _kinds(parts)
            ),
        ]
        for part in parts
    ]
    table(heads, rows, "rule")


def finding(parts: Sequence[Part], rule: int) -> None:
    """Draw what the measurements say of the rule, and what they cannot say."""
    said = []
    for kind in _kinds(parts):
        leads = [one for part in parts for one in part.leads[kind]]
        sure = [one for one in leads if one.sure]
        told = _(
            "{name}: at {sure} of {all} sizes it or TF–IDF is clearly ahead; at {right} of these {sure} it is the one "
            "that the rule of {rule} names."
        )
        right = sum(one.as_ruled for one in sure)
        counted = told.format(
            name=_(KINDS[kind]), sure=len(sure), all=len(leads), right=right, rule=f"{rule:,}"
        )
        said.append(" ".join([counted, *(_crossed(part, kind) for part in parts)]))
    said.append(
        _(
            "That is what one set of data tells, in one language and with small models. Longer reviews are other "
            "reviews, too, not only longer ones; another tokeniser, a larger encoder or more reading before would move "
            "the lines. A rule for all texts can neither be proved nor refuted with it."
        )
    )
    paragraphs = "".join(f'<p class="gb-caption">{html.escape(words)}</p>' for words in said)
    st.html(f'<div data-glassbox-finding="rule">{paragraphs}</div>')


def _kinds(parts: Sequence[Part]) -> list[str]:
    """The sequence models that were measured at every length."""
    return [kind for kind in KINDS if all(part.leads.get(kind) for part in parts)]


def _ahead(part: Part, kind: str) -> int:
    return sum(one.lead > 0 for one in part.leads[kind])


def _crossed(part: Part, kind: str) -> str:
    """Where one length's lead changed, or at how many sizes there is one if it changed more than once."""
    leads, crossing, ahead = part.leads[kind], part.crossings[kind], _ahead(part, kind)
    ratio = max(one.ratio for one in leads) if crossing is None else crossing
    smallest = min(leads, key=lambda one: one.ratio)
    if not ahead:
        words = _("{length}: up to {ratio}, the most there is, it is not ahead.")
    elif crossing is not None and crossing <= smallest.ratio:
        words = _("{length}: it is ahead from the smallest size on ({ratio}).")
    elif crossing is not None and smallest.lead <= 0:
        words = _("{length}: it stays ahead from {ratio} on.")
    else:
        words = _(
            "{length}: it is ahead at {ahead} of {all} sizes, clearly at {sure}; TF–IDF is clearly ahead at {behind}."
        )
    return words.format(
        length=part.name,
        ratio=f"{ratio:,.0f}",
        ahead=ahead,
        all=len(leads),
        sure=sum(one.sure for one in leads if one.lead > 0),
        behind=sum(one.sure for one in leads if one.lead < 0),
    )
