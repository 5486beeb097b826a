"""The rule of 1,500, measured: what is kept of it, for ui to draw."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from core import rule
from core.checkpoints import ModelFileError
from core.lengths import Range
from ui import rule_words as words
from ui.bottleneck import command_line
from ui.folded import folded
from ui.i18n import _
from ui.problems import model_file_problem
from ui.provenance import provenance
from ui.rule_chart import Ahead, Part, Reached, accuracy_chart, lead_chart

COMMAND: Final = "python -m core.training.rule --data FOLDER"


@st.fragment  # a switch in this part does not run the rest of the page
def rule_of_1500() -> None:
    """The folded part; closed, it costs nothing."""
    panel = folded(
        "rule", _("The rule of 1,500, measured: when does order pay?"), ":material/stacked_line_chart:"
    )
    if panel is None:
        words.forget_url()
        return
    with panel:
        try:
            about = rule.measured()
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name, one_of_several=True)
            return
        draw(about)


def draw(about: dict[str, Any]) -> None:
    """The question, both charts, the table, and what they say."""
    found = parts_of(about)
    words.heading(rule.RULE)
    words.question(found, rule.RULE)
    accuracy_chart(words.choose(found), rule.RULE)
    lead_chart(found, words.choose_kind(found), rule.RULE)
    words.table_of_parts(found, rule.RULE)
    words.finding(found, rule.RULE)
    provenance("measured", card(about), key="rule")
    command_line(COMMAND)


def parts_of(about: dict[str, Any]) -> list[Part]:
    """The measurements, one part for each range of lengths."""
    points = rule.points(about["rows"])
    counts = {Range(*row["words"]): row for row in about["reviews"]}
    tested = {lengths: row["test"] for lengths, row in counts.items()}
    leads = {kind: rule.leads(points, tested, kind) for kind in rule.SEQUENCES}
    crossings = {kind: rule.crossings(points, kind) for kind in rule.SEQUENCES}
    places = {kind: rule.places(points, kind) for kind in rule.SEQUENCES}
    return [
        Part(
            words=(lengths.first, lengths.last),
            train=row["train"],
            test=row["test"],
            mean_words=row["mean_words"],
            curves={
                kind: [
                    Reached(p.size, p.ratio, p.accuracies)
                    for p in points
                    if (p.lengths, p.kind) == (lengths, kind)
                ]
                for kind in (rule.BAG, *rule.SEQUENCES)
            },
            leads={
                kind: [
                    Ahead(one.size, one.ratio, one.lead, one.error, one.sure, one.as_ruled)
                    for one in leads[kind]
                    if one.lengths == lengths
                ]
                for kind in rule.SEQUENCES
            },
            crossings={kind: crossings[kind].get(lengths) for kind in rule.SEQUENCES},
            places={kind: places[kind].get(lengths) for kind in rule.SEQUENCES},
        )
        for lengths, row in counts.items()
    ]


def card(about: dict[str, Any]) -> dict[str, Any]:
    """Where the figures come from: everything about them but the rows."""
    told = {name: value for name, value in about.items() if name not in ("rows", "reviews")}
    return {"name": "rule of 1,500", "command": COMMAND, **told}
