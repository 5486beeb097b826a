"""The bottleneck, measured: scores by the length of the source, and what can be read out of the one vector."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from core import measured as files
from core.bottleneck import PlaceFinding, length_findings, probe_findings
from core.checkpoints import ModelFileError
from core.measured import FEW, SYSTEMS, Measured
from pages.parts import lengths_words, probe_words
from ui import bottleneck as view
from ui import curves, frame, state
from ui.folded import folded
from ui.i18n import _
from ui.problems import model_file_problem
from ui.provenance import provenance
from ui.table import table

LENGTHS: Final = "python -m core.evaluate seq2seq --data FOLDER --write assets/seq2seq/lengths.json"
PROBE: Final = "python -m core.evaluate probe --data FOLDER --write assets/seq2seq/probe.json"


@st.fragment  # a switch in this part does not run the rest of the page
def bottleneck() -> None:
    """The folded part; closed, it costs nothing. Where nothing was measured there is none."""
    if not files.shipped():
        view.forget_url()
        state.put("curves", False, False)
        return
    panel = folded(
        "curves",
        _("The bottleneck, measured: does one vector hold a long sentence?"),
        ":material/show_chart:",
    )
    if panel is None:
        view.forget_url()
        return
    with panel:
        direction, metric = view.switches()
        lengths(direction, metric)
        probe(direction)


def lengths(direction: str, metric: str) -> None:
    """The scores by length, what they say, and those of all sentences."""
    try:
        found = files.read_lengths()
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name, one_of_several=True)
        return
    other_weights(found)
    findings = length_findings(found, direction, metric)
    lengths_words.lengths_question(findings, direction)
    lines = drawn(found, direction, metric)
    if lines:
        view.length_chart(lines, direction, metric, found.about["draws"], FEW)
    view.said("lengths", lengths_words.lengths_said(findings, middle_word(direction)))
    scores(found)
    provenance("measured", card(found, LENGTHS), key="lengths")
    view.command_line(LENGTHS)


def middle_word(direction: str) -> PlaceFinding | None:
    """What the probe found of the middle word; nothing where its file cannot be read, which its part says."""
    try:
        return probe_findings(files.read_probe(), direction).get("middle")
    except ModelFileError:
        return None


def probe(direction: str) -> None:
    """What a probe reads, by length, and what that says."""
    try:
        found = files.read_probe()
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name, one_of_several=True)
        return
    other_weights(found)
    findings = probe_findings(found, direction)
    view.probe_heading(found.about["words"])
    probe_words.probe_question(findings, direction)
    panels = {place: drawn(found, direction, place) for place in files.PLACES}
    view.probe_charts({place: lines for place, lines in panels.items() if lines}, direction, FEW)
    view.said("probe", probe_words.probe_said(findings))
    provenance("measured", card(found, PROBE), key="probe")
    view.command_line(PROBE)


def drawn(found: Measured, direction: str, what: str) -> list[curves.Curve]:
    """The curves of one figure as ui draws them."""
    lines = []
    for name, points in found.of(direction, what).items():
        first, last, count, value, low, high = (list(column) for column in zip(*points, strict=True))
        lines.append(
            curves.Curve(
                *view.look_of(name),
                ranges=list(zip(first, last, strict=True)),
                counts=count,
                values=value,
                low=low,
                high=high,
                few=[point.few for point in points],
            )
        )
    return lines


def other_weights(found: Measured) -> None:
    """Say in one sentence whose weights are others than those that were measured."""
    names = files.other_weights(found)
    if names:
        said = _("These figures were measured with other weights than those that come with the app: {names}.")
        frame.problem(said.format(names=", ".join(map(view.name_of, names))))


def scores(found: Measured) -> None:
    """The scores of all sentences, a row for each model."""
    columns = [(direction, metric) for direction in view.DIRECTIONS for metric in view.metrics_of(direction)]
    rows = []
    for name in SYSTEMS:
        if name not in found.digests:
            continue
        trained: dict[str, Any] = found.about["models"][name]
        scored = [found.overall.get((name, direction), {}).get(metric) for direction, metric in columns]
        rows.append(
            [
                view.name_of(name),
                *(view.whole(trained.get(part)) for part in ("parameters", "steps")),
                *(view.one_digit(value) for value in scored),
            ]
        )
    heads = [_("model"), _("parameters"), _("training steps")]
    heads += [view.column_head(direction, metric) for direction, metric in columns]
    table(heads, rows, "overall")
    pairs = max((int(row.get("pairs", 0)) for row in found.overall.values()), default=0)
    frame.caption(
        _("All {pairs} held-back pairs together. The four LSTMs were trained alike.").format(
            pairs=f"{pairs:,}"
        )
    )


def card(found: Measured, command: str) -> dict[str, Any]:
    """Where the figures come from: everything about them but the rows."""
    return {"name": "recurrent translators", "command": command, **found.about}
