"""The parts of a compressed model: bits, size, work, how much depends on each, and the weights before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from ui.components.shared import joined_script, joined_style, save_words
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change
from ui.i18n import N_, _

_FOLDER: Final = Path(__file__).parent
_SHARED: Final = (
    "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "life.js", "numbers.js",
)  # fmt: skip

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_parts",
    js=joined_script(_FOLDER, ("main.js",), shared=_SHARED),
    css=joined_style(TOKENS / "base.css", _FOLDER / "parts.css"),
)


@dataclass(frozen=True)
class Weights:
    """The weights of a part: how many lie in each bin from −``reach`` to ``reach``."""

    reach: float
    before: Sequence[int]
    after: Sequence[int]
    off: float  # length of what was changed over that of the weights before
    zeros: float  # share of them after compression


@dataclass(frozen=True)
class Row:
    """A part of the model."""

    name: str
    label: str  # translated
    bits: int
    kept: bool  # stays as it is
    before: int  # bytes
    after: int
    work: float  # in any unit
    lost: float | None  # chrF that the model loses where this part alone is compressed; None: not measured
    histogram: Weights


def parts_picture(rows: Sequence[Row], *, key: str, plan: str, part: str, restart: str) -> None:
    """Draw the parts.

    ``plan``: what was done, in words; ``part``: the one whose weights are shown at first; ``restart``: another one
    forgets what was told.
    """
    data = {
        "rows": [asdict(row) for row in rows],
        "plan": plan,
        "part": held_initial(key, "", {"part": part})["part"],
        "restart": restart,
        "labels": {**{name: _(words) for name, words in LABELS.items()}, **save_words()},
    }
    _mount(key=key, data=data, on_state_change=no_change)


def told_by(key: str, restart: str) -> tuple[list[str], str] | None:
    """Return the parts that are to stay as they are, and the one that is shown; None before the browser has told."""
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(told, Mapping) or told.get("restart") != restart:
        return None
    return [str(name) for name in told["kept"]], str(told["part"])


LABELS: Final[dict[str, str]] = {
    "component": N_("The parts of the translator"),
    "file": N_("Compressed translator"),
    "head_part": N_("Part"),
    "head_bits": N_("Bits"),
    "head_stays": N_("fp16"),
    "head_size": N_("Size, MB"),
    "head_work": N_("Work for a token"),
    "head_lost": N_("chrF, this part alone in 2 bits"),
    "about_part": N_("Press a part to see its weights"),
    "about_bits": N_("Of each weight"),
    "about_stays": N_("Parts that stay in fp16: precision chosen layer by layer"),
    "about_size": N_("Grey: in fp16; blue: compressed, scales counted"),
    "about_work": N_("Multiplications times bits: a model of hardware, not measured here"),
    "about_lost": N_(
        "How much chrF falls on the held-back sentences where only this part has 2 bits; 1 more or less is chance"
    ),
    "keep": N_("stays"),
    "keep_part": N_("{part} stays in fp16"),
    "size_told": "{before} → {after}",
    "histogram_told": N_(
        "{part}: weights changed by {off} in all, {zeros} of them are 0. Line: before; filled: after (√ scale)"
    ),
    "imbalance": N_(
        "If every part had hardware of its own and all worked at once, they would be busy {share} of the time: all "
        "wait for the one with most work."
    ),
    "csv_before": N_("bytes before"),
    "csv_after": N_("bytes after"),
    "caption": N_(
        "Sizes are counted: packed bits and fp16 scales; pruned matrices as one bit a weight and those that are left, "
        "where that is smaller. Work is a model of hardware. Weights are widened to fp32 to be multiplied: the answers "
        "are real, the speed of small numbers is not."
    ),
}
