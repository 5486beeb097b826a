"""Lanes of tokens with the loss of each: teacher forcing beside free running, one mask beside another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from ui.components.shared import WIDE, joined_script, joined_style, save_words
from ui.i18n import _

_FOLDER: Final = Path(__file__).parent
_mount = st.components.v2.component(
    "glassbox_lanes",
    js=joined_script(
        _FOLDER,
        ("lanes.js", "main.js"),
        shared=("elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "life.js"),
    ),
    css=joined_style(WIDE, _FOLDER / "lanes.css"),
)


@dataclass(frozen=True)
class LaneColumn:
    """One step of a lane; pieces as a reader knows them."""

    read: str
    token: str  # what was asked for or said
    loss: float  # −ln p of it, in nats
    best: str
    probability: float  # of the best
    same: bool  # as the reference has it
    injected: str = ""  # "read" or "said": where a token was put in by hand


@dataclass(frozen=True)
class LaneView:
    """One lane; ``asked`` names its row of tokens, ``parting`` is the step where it leaves the reference."""

    title: str
    asked: str
    columns: Sequence[LaneColumn]
    parting: int | None = None


def lanes_picture(
    lanes: Sequence[LaneView], *, key: str, title: str, caption: str, text: str, file: str
) -> None:
    """Draw the lanes below each other, with one scale for all losses; ``text`` and ``file`` name the files."""
    data: dict[str, Any] = {
        "lanes": [asdict(lane) for lane in lanes],
        "text": text,
        "labels": {
            **save_words(),
            "title": title,
            "caption": caption,
            "file": file,
            "read": _("reads"),
            "loss": _("loss −ln p"),
            "asked": _("asked for"),
            "best": _("model's best"),
            "parting": _("they part"),
            "cell": _("reads {read}; {token}: loss {loss}; the model's best: {best} ({percent}%)"),
        },
    }
    _mount(key=key, data=data)
