"""The shuffled sentence of the positions page: which order, and what it changes in the models' outputs."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core import device
from core.checkpoints import ModelFileError
from core.order.blanks import shown_pieces
from core.order.shuffle import MODES, encoder_of, order_of, shuffle_difference, translators_encoder
from core.small import SmallModel
from core.translator import direction_of
from pages.loading import small, translator
from ui import frame, positions, state
from ui.components.positions import chosen_in, picture
from ui.i18n import _
from ui.problems import model_file_problem
from ui.provenance import provenance

LAST_SEED = 2**31 - 1
BLANK = "glassbox-blank"  # the number of the chosen blank
_OWN = "glassbox-order-own"  # the pieces that a dragged order and chosen places belong to


def pieces_of(found: dict[str, SmallModel], ids: list[int]) -> list[str]:
    """The sentence's pieces as a reader knows them."""
    return list(shown_pieces(next(iter(found.values())), ids)) if ids else []


def order_parser(length: int) -> state.Parser[str]:
    """One of `MODES`, or an order of one's own: ``2-0-1``, the place from which each piece came."""

    def parse(text: str) -> str:
        if text not in MODES:
            places = [state.integers(0, length - 1)(part) for part in text.split("-")]
            if sorted(places) != list(range(length)):
                raise ValueError(text)
        return text

    return parse


def order_now(length: int) -> tuple[int, ...]:
    """The order that the URL asks for."""
    asked = state.param("order", MODES[0], order_parser(length))
    if asked in MODES:
        return order_of(asked, length, state.seed())
    return tuple(int(place) for place in asked.split("-"))


def reorder(mode: str) -> None:
    """Take another order: the next seed's, two pieces exchanged by the next seed, or the typed one."""
    seed = state.seed() if mode == "none" else (state.seed() + 1) % (LAST_SEED + 1)
    state.put_all({"order": (mode, MODES[0]), "seed": (seed, state.SEED)})


def dragged() -> None:
    """Take the order that was made by hand in the picture."""
    order = chosen_in("shuffle").get("order")
    if order:
        state.put("order", "-".join(map(str, order)), MODES[0])


def sentence_of(ids: list[int]) -> str:
    """A name for the sentence's pieces, which choices of places belong to."""
    return "-".join(map(str, ids))


def forget_places(ids: list[int]) -> None:
    """Another sentence has other pieces: the places chosen in the last one mean nothing there."""
    before = st.session_state.get(_OWN)
    st.session_state[_OWN] = ids
    if before in (None, ids):
        return
    state.put_all(dict.fromkeys(("q", "k", "word", "blank"), ("", "")))
    st.session_state.pop(BLANK, None)
    if st.query_params.get("order") not in (None, *MODES):
        state.put("order", MODES[0], MODES[0])


@st.cache_data(show_spinner=False, max_entries=64)
def differences(kinds: tuple[str, ...], ids: tuple[int, ...], order: tuple[int, ...]) -> list[dict[str, Any]]:
    """What the shuffled order changes in each kind's outputs."""
    found = []
    for kind in kinds:
        result = shuffle_difference(encoder_of(small(f"blank-{kind}")), ids, order)
        found.append({"kind": kind, "difference": result.per_token.tolist(), "largest": result.largest})
    return found


@st.cache_data(show_spinner=False, max_entries=64)
def translators_differences(text: str, seed: int) -> tuple[float, float]:
    """The largest |Δ| of the translator's encoder: with its positions, and with zeros in their place."""
    model = translator()
    ids = model.source_ids(text, direction_of(text))
    order = order_of("all", len(ids), seed)
    plain, without = (
        shuffle_difference(translators_encoder(model, kept), ids, order).largest for kept in (True, False)
    )
    return plain, without


def all_cards(found: dict[str, SmallModel]) -> dict[str, Any]:
    """The cards of the small models as one."""
    return {"name": "small models", **{kind: model.card for kind, model in found.items()}}


def shuffled(found: dict[str, SmallModel], text: str, ids: list[int]) -> None:
    """Shuffle the words: what moves in the outputs of each kind."""
    positions.section(
        _("Shuffle the words"),
        _(
            "The model reads the same pieces in another order. Does each piece come out as before? "
            "It is shuffled by pieces, so that the comparison is exact."
        ),
    )
    if len(ids) < 2:
        frame.problem(_("One piece has only one order: type a second word."))
        return
    with st.container(horizontal=True, gap="small", key="glassbox-reorder"):
        _button("all", _("Another order"), ":material/shuffle:")
        _button("swap", _("Swap two pieces"), ":material/swap_horiz:")
        _button("none", _("Back"), ":material/undo:")
    names = positions.names()
    rows = differences(tuple(found), tuple(ids), order_now(len(ids)))
    data = {
        "tokens": pieces_of(found, ids),
        "order": order_now(len(ids)),
        "made": chosen_in("shuffle").get("made", 0),
        "rows": [{**row, "name": names[row["kind"]]} for row in rows],
    }
    picture(
        "shuffle",
        data,
        labels=positions.shuffle_labels(),
        sentence=sentence_of(ids),
        own={"order": None},
        on_change=dragged,
    )
    try:
        plain, without = translators_differences(text, state.seed())
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name, one_of_several=True)
    else:
        said = _(
            "The translator's encoder with its own pieces shuffled: max |Δ| = {plain} with its positions, "
            "{without} without."
        )
        frame.caption(said.format(plain=positions.number(plain), without=positions.number(without)))
    provenance("computed", all_cards(found), device.describe(), key="shuffle")


def _button(mode: str, label: str, icon: str) -> None:
    st.button(label, icon=icon, key=f"glassbox-order-{mode}", on_click=reorder, args=(mode,))
