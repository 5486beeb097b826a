"""Positions: what they look like, what they do, and what a model loses without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import device
from core.checkpoints import ModelFileError
from core.models.positions import positions_of
from core.order import tables
from core.small import LONGEST, SmallModel
from pages.loading import small
from pages.parts.order import BLANK, forget_places, order_now, pieces_of, sentence_of, shuffled
from pages.parts.positions import blanks, integers
from ui import course, frame, positions, sentence, state
from ui.code_panel import code_panel
from ui.components.positions import packed, picture
from ui.i18n import _, current_language
from ui.lessons import positions as lesson
from ui.problems import half_character_problem, model_file_problem
from ui.provenance import provenance

URL = "positions"
SMALL, HEADS, TRANSLATOR = 96, 4, 256  # the small models' d_model and heads, the translator's d_model
WIDTHS = {str(SMALL): False, str(TRANSLATOR): True}
USUAL: Mapping[str, Any] = {
    "kind": "sinusoidal", "wide": False, "metric": "dot", "row": 10, "column": -1, "head": 0, "query": 0, "key": 1,
}  # fmt: skip


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    sentence.replace(preset.sentence)
    to_url({**USUAL, **preset.choices})
    state.put_all({"order": ("", ""), "seed": ("", ""), "blank": ("", ""), "p": ("", ""), "word": ("", "")})
    st.session_state.pop(BLANK, None)
    st.session_state["positions-restart"] = st.session_state.get("positions-restart", 0) + 1


def models() -> dict[str, SmallModel]:
    """The small models that can be used, in the order of the lesson; one sentence for each that cannot."""
    found: dict[str, SmallModel] = {}
    broken: dict[str, list[str]] = {}
    for kind in positions.KINDS:
        try:
            found[kind] = small(f"blank-{kind}")
        except ModelFileError as error:
            broken.setdefault(error.kind, []).append(error.path.name)
    for trouble, names in broken.items():
        model_file_problem(trouble, ", ".join(names), one_of_several=True)
    return found


@st.cache_data(show_spinner=False)
def all_tables(learned: bool) -> dict[str, dict[str, Any]]:
    """Every table of the main picture, packed; ``learned``: its model is there."""
    found = {
        kind: tables.position_table(positions_of(kind, SMALL, LONGEST), LONGEST)
        for kind in ("sinusoidal", "integers", "none")
    }
    found["sinusoidal_wide"] = tables.position_table(positions_of("sinusoidal", TRANSLATOR, LONGEST), LONGEST)
    found["rotary"] = tables.position_table(positions_of("sinusoidal", SMALL // HEADS, LONGEST), LONGEST)
    if learned:
        found["learned"] = tables.position_table(small("blank-learned").model.positions, LONGEST)
    return {name: {"values": packed(table), "shape": table.shape} for name, table in found.items()}


@st.cache_data(show_spinner=False, max_entries=64)
def turned(ids: tuple[int, ...]) -> dict[str, Any]:
    """The queries and keys of the rotary model for one sentence, packed."""
    pair = tables.rotary_pair(small("blank-rotary").model, list(ids))
    return {"query": packed(pair.query), "key": packed(pair.key), "shape": pair.query.shape}


def from_url(tokens: int) -> dict[str, Any]:
    """The main picture's choices that the URL asks for."""
    places = state.integers(0, max(0, tokens - 1))
    return {
        "kind": state.param("kind", USUAL["kind"], state.choices(positions.KINDS)),
        "wide": WIDTHS[state.param("width", str(SMALL), state.choices(WIDTHS))],
        "metric": state.param("metric", USUAL["metric"], state.choices(positions.METRICS)),
        "row": state.param("pos", USUAL["row"], state.integers(0, LONGEST - 1)),
        "column": state.param("dim", 0, state.integers(0, TRANSLATOR)) - 1,
        "head": state.param("head", 1, state.integers(1, HEADS)) - 1,
        "query": state.param("q", 0, places),
        "key": state.param("k", min(1, max(0, tokens - 1)), places),
    }


def to_url(choices: Mapping[str, Any]) -> None:
    """Keep what has been chosen in the main picture."""
    widths = {wide: name for name, wide in WIDTHS.items()}
    state.put_all(
        {
            "kind": (choices["kind"], USUAL["kind"]),
            "width": (widths[choices["wide"]], str(SMALL)),
            "metric": (choices["metric"], USUAL["metric"]),
            "pos": (choices["row"], USUAL["row"]),
            "dim": (choices["column"] + 1, 0),
            "head": (choices["head"] + 1, 1),
            "q": (choices["query"], USUAL["query"]),
            "k": (choices["key"], USUAL["key"]),
        }
    )


def main_picture(found: dict[str, SmallModel], text: str, ids: list[int]) -> None:
    """The tables and how alike their rows are, where the numbers come from, and the code."""
    data = {
        "tables": all_tables("learned" in found),
        "rotary": turned(tuple(ids)) if ids and "rotary" in found else None,
        "tokens": pieces_of(found, ids),
    }
    restart = str(st.session_state.get("positions-restart", 0))
    opening = from_url(len(ids))
    told = picture(
        "tables",
        data,
        labels=positions.table_labels(),
        initial=opening,
        restart=restart,
        sentence=sentence_of(ids),
        own={name: USUAL[name] for name in ("query", "key")},
    )
    chosen = {**opening, **told}
    to_url(chosen)
    model = found.get(chosen["kind"])
    provenance("computed", model.card if model else None, device.describe())
    readable = text if ids and model else None
    code_panel(lesson.snippet(readable, order_now(len(ids)), chosen), lesson.KERAS)


def read(found: dict[str, SmallModel], text: str) -> list[int]:
    """The sentence's pieces; none, and one sentence that says why, where it cannot be read."""
    if not found:
        return []
    model = next(iter(found.values()))
    try:
        empty = not model.tokenizer.encode(text)
    except ValueError:
        half_character_problem()
        return []
    if empty:
        frame.problem(_("Type a sentence, or pick one above: there is nothing to read yet."))
        return []
    ids = model.ids(text)
    if len(ids) > LONGEST:
        sentence.too_long(len(ids), LONGEST, model.tokenizer.first(text, LONGEST))
        return []
    return ids


def page() -> None:
    """The header, the sentence, the main picture, three experiments, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    text = sentence.text_box(lesson.FIRST[current_language()])
    found = models()
    ids = read(found, text)
    forget_places(ids)
    main_picture(found, text, ids)
    if ids:
        shuffled(found, text, ids)
        blanks(found, text, ids)
        integers(found, ids)
    lesson.questions()
    frame.next_page(URL)


frame.guard()
page()
