"""Two experiments of the positions page: the blank, and integers that are just added."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from core import device
from core.order import blanks as core_blanks
from core.order import integers as core_integers
from core.order.tables import position_table
from core.small import BLANK_SIGN, LONGEST, SmallModel
from pages.loading import small
from pages.parts.order import BLANK, all_cards, order_now, pieces_of, sentence_of
from ui import frame, positions, sentence, state
from ui.components.positions import packed, picture
from ui.i18n import _
from ui.provenance import provenance

LARGEST = 1000  # the largest integer on the slider
FIRST_INTEGER = 5
TOP = 5  # answers shown for a blank
MOST_WORDS = 24  # offered as blanks


@st.cache_data(show_spinner=False, max_entries=64)
def answers(
    kinds: tuple[str, ...], ids: tuple[int, ...], place: int, order: tuple[int, ...]
) -> list[dict[str, Any]]:
    """What each kind puts into the blank at ``place``, in the typed order and in the shuffled one."""
    found = []
    for kind in kinds:
        model = small(f"blank-{kind}")
        both = (
            core_blanks.fill_blank(model, ids, place, TOP),
            core_blanks.fill_blank(model, [ids[i] for i in order], order.index(place), TOP),
        )
        found.append({"kind": kind, "answers": [vars(answer) for answer in both]})
    return found


def blanks(found: dict[str, SmallModel], text: str, ids: list[int]) -> None:
    """Fill the blank: the five models' answers, and what they scored on held-back text."""
    positions.section(
        _("Fill the blank"),
        _(
            "Five small models, trained alike to guess a blanked piece (as BERT is), differ in their positions "
            "alone. Which of them notice that the words were shuffled?"
        ),
    )
    model = next(iter(found.values()))
    places = core_blanks.blanks_in(model, ids)
    if places:
        draw_answers(found, text, ids, places)
    else:
        offer_blanks(text)
    frame.caption(
        _(
            "On held-back text (the cards' test scores; perplexity: the lower the better). Shuffling costs the model "
            "without positions nothing but the luck of other blanks; the others lose what they knew about order. "
            "Raw integers do worse than no positions at all."
        )
    )
    names = positions.names()
    scores = [(names[kind], found[kind].card.get("scores", {})) for kind in found]
    positions.scores_table(
        [(name, part.get("test", {}), part.get("test, pieces shuffled", {})) for name, part in scores]
    )
    provenance("computed", all_cards(found), device.describe(), key="blanks")
    st.caption(
        _(
            "These five read the whole sentence at once. A decoder with a causal mask can count for itself how many "
            "words came before, even without positions (Haviv et al. 2022)."
        )
    )


def draw_answers(found: dict[str, SmallModel], text: str, ids: list[int], places: list[int]) -> None:
    """The picture of the answers for one blank; where there are several, the reader chooses one."""
    number = 1
    if len(places) > 1:
        asked = state.param("blank", 1, state.integers(1, len(places)))
        # Assigned in every run: what is merely left there from before the browser's Back reads as nothing chosen.
        held = st.session_state.get(BLANK, asked)
        st.session_state[BLANK] = held if held in range(1, len(places) + 1) else 1
        number = st.selectbox(_("Which blank?"), range(1, len(places) + 1), key=BLANK, width=160)
    state.put("blank", number, 1)
    order = order_now(len(ids))
    names = positions.names()
    rows = answers(tuple(found), tuple(ids), places[number - 1], order)
    data = {
        "rows": [{**row, "name": names[row["kind"]]} for row in rows],
        "orders": [_("as typed"), _("shuffled")],
        "sentence": text,
        "top": TOP,
    }
    vocabulary = len(next(iter(found.values())).tokenizer)
    picture("blanks", data, labels=positions.blank_labels(vocabulary))


def offer_blanks(text: str) -> None:
    """The words as chips: a press makes one a blank."""
    words = list(re.finditer(r"\w+", text))[:MOST_WORDS]
    frame.caption(_("There is no blank yet. Press a word to blank it, or type ___ into the sentence."))
    with st.container(horizontal=True, gap="xsmall", key="glassbox-blank-words"):
        for number, word in enumerate(words):
            blanked = text[: word.start()] + BLANK_SIGN + text[word.end() :]
            # A word is the visitor's: never read as Markdown.
            label = "".join("\\" + sign if sign == "_" else sign for sign in word.group())
            st.button(label, key=f"glassbox-blank-{number}", on_click=sentence.replace, args=(blanked,))


@st.cache_data(show_spinner=False, max_entries=64)
def drowned(ids: tuple[int, ...], compare: bool) -> dict[str, Any]:
    """What integers do to the sentence's own embeddings, as plain lists; ``compare``: with sinusoidal ones."""
    found = {}
    for kind in ("integers", "sinusoidal")[: 1 + compare]:
        model = small(f"blank-{kind}")
        table = position_table(model.model.positions, LONGEST)
        found[kind] = core_integers.drowning(core_integers.embeddings(model, ids), table)
    seen = {name: values.tolist() for name, values in vars(found["integers"]).items()}
    seen["position_length"] = seen["position_length"][: len(ids)]
    return {**seen, "compared": found["sinusoidal"].different_words.tolist() if compare else None}


@st.cache_data(show_spinner=False, max_entries=64)
def erased(ids: tuple[int, ...]) -> dict[str, Any]:
    """What LayerNorm leaves of an integer, packed."""
    seen = core_integers.erasure(core_integers.embeddings(small("blank-integers"), ids), LARGEST)
    return {**{name: packed(values) for name, values in vars(seen).items()}, "shape": seen.words.shape}


def integers(found: dict[str, SmallModel], ids: list[int]) -> None:
    """Why raw integers fail: they drown the word, and LayerNorm erases what is equal in every dimension."""
    if "integers" not in found:
        return
    positions.section(
        _("Why “just add 0, 1, 2 …” fails"),
        _(
            "The phrase is often heard, and it is a fair first idea. But the textbook looks the integer up in an "
            "Embedding layer and adds the learned vector; adding the integer itself fails in two ways."
        ),
    )
    data = drowned(tuple(ids), "sinusoidal" in found)
    picture("drowning", _without_nan(data), labels=positions.drowning_labels())
    opening = {
        "p": state.param("p", FIRST_INTEGER, state.integers(0, LARGEST)),
        "word": state.param("word", 0, state.integers(0, len(ids) - 1)),
    }
    data = {**erased(tuple(ids)), "largest": LARGEST, "tokens": pieces_of(found, ids)}
    restart = str(st.session_state.get("positions-restart", 0))
    told = picture(
        "erasure",
        data,
        labels=positions.erasure_labels(),
        initial=opening,
        restart=restart,
        sentence=sentence_of(ids),
        own={"word": 0},
    )
    chosen = {**opening, **told}
    state.put_all({"p": (chosen["p"], FIRST_INTEGER), "word": (chosen["word"], 0)})
    provenance("computed", found["integers"].card, device.describe(), key="integers")


def _without_nan(data: dict[str, Any]) -> dict[str, Any]:
    """JSON has no NaN: a cosine of no pair is left empty."""
    return {
        name: [None if value != value else value for value in values] if isinstance(values, list) else values
        for name, values in data.items()
    }
