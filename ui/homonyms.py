"""The words to choose from and the sentences to edit; both live in the URL and outlast a look at another page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import streamlit as st

from ui import state
from ui.i18n import _, current_language
from ui.lessons.homonyms import HOMONYMS, Homonym

MOST: Final = 8  # sentences: the matrix is to stay readable
LONGEST: Final = 300  # characters a sentence
LONGEST_IN_URL: Final = 4_000  # bytes; the page's own sentence stands in the address too
WORD: Final = "word"
SENTENCES: Final = "senses"  # a line each: the sense's number from 1, a space, the sentence
_WORD_KEY: Final = "glassbox-homonym-word"
_ROWS: Final = "glassbox-homonym-rows"
_NEXT: Final = "glassbox-homonym-next"


@dataclass
class Row:
    """A sentence that the visitor may change; ``sense`` counts from 0."""

    number: int  # its own for as long as it lives, so that its box keeps what is typed
    sense: int
    text: str
    first: tuple[int, str] = (0, "")  # what its boxes began with


def word_choice() -> str:
    """Draw the chips and return the chosen word."""
    order = sorted(HOMONYMS, key=lambda word: HOMONYMS[word].language != current_language())
    # What the chips begin with is held fast while they stand there: another one would be another widget.
    if _WORD_KEY not in st.session_state:
        kept = st.session_state.get(_WORD_KEY + "-kept", order[0])
        st.session_state[_WORD_KEY + "-first"] = state.param(WORD, kept, state.choices(list(HOMONYMS)))
    word: str = st.pills(
        _("Word"),
        order,
        default=st.session_state[_WORD_KEY + "-first"],
        required=True,
        key=_WORD_KEY,
        label_visibility="collapsed",
    )
    st.session_state[_WORD_KEY + "-kept"] = word
    return word


def sentence_rows(word: str, said: Callable[[int, Row], None]) -> str:
    """Draw the boxes of a word's sentences; return them as the address holds them.

    Below each, ``said`` is called with its number (from 1) and itself.
    """
    rows = _rows(word)
    senses = [_(sense) for sense in HOMONYMS[word].senses]
    for index, row in enumerate(rows):
        _draw_row(word, row, index, senses)
        said(index + 1, row)
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Add a sentence"),
            key="glassbox-homonym-add",
            icon=":material/add:",
            on_click=_add,
            args=(word,),
            disabled=len(rows) >= MOST,
        )
        st.button(
            _("As it was"),
            key="glassbox-homonym-reset",
            icon=":material/undo:",
            on_click=_reset,
            args=(word,),
        )
    return _as_text(rows)


def keep_in_url(word: str, rows: str, depth: int, usual_depth: int) -> None:
    """Write the word, the sentences where they are not the word's own, and the depth (from 0)."""
    own = _as_text(_usual(HOMONYMS[word]))
    changed = rows if rows != own else ""
    if len(quote(changed)) > LONGEST_IN_URL:
        state.note(_("These sentences are too long for the address: a link to this page leaves them out."))
        changed = ""
    # The word is always written: the other side of a link may read another language.
    state.put_all({WORD: (word, ""), SENTENCES: (changed, ""), "depth": (depth + 1, usual_depth + 1)})


def forget_url() -> None:
    """Take the lesson's choices out of the address once it is folded away."""
    state.put_all(dict.fromkeys((WORD, SENTENCES, "depth"), ("", "")))


def _draw_row(word: str, row: Row, index: int, senses: Sequence[str]) -> None:
    sense_key, text_key = (f"glassbox-homonym-{kind}-{word}-{row.number}" for kind in ("sense", "text"))
    # A box forgets its contents while the visitor looks at another page; the row does not.
    if text_key not in st.session_state:
        row.first = row.sense, row.text
    sense, text = row.first
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key=f"glassbox-homonym-row-{index}"
    ):
        row.sense = st.selectbox(
            _("Sense of sentence {number}").format(number=index + 1),
            range(len(senses)),
            index=sense,
            key=sense_key,
            format_func=lambda sense: f"{index + 1} · {senses[sense]}",
            label_visibility="collapsed",
            width=132,
        )
        row.text = st.text_input(
            _("Sentence {number}").format(number=index + 1),
            value=text,
            key=text_key,
            max_chars=LONGEST,
            placeholder=_("A sentence with “{word}”").format(word=word),
            label_visibility="collapsed",
        )
        st.button(
            "",
            key=f"glassbox-homonym-drop-{word}-{row.number}",
            icon=":material/close:",
            help=_("Remove this sentence"),
            on_click=_drop,
            args=(word, row.number),
            type="tertiary",
        )


def _rows(word: str) -> list[Row]:
    kept: dict[str, list[Row]] = st.session_state.setdefault(_ROWS, {})
    if word not in kept:
        senses = len(HOMONYMS[word].senses)
        named = state.param(WORD, word, str) == word
        asked = state.param(SENTENCES, "", _sentences_within(senses)) if named else ""
        pairs = _parsed(asked, senses) if asked else list(HOMONYMS[word].sentences)
        kept[word] = [Row(_new_number(), sense, text) for sense, text in pairs]
    return kept[word]


def _usual(homonym: Homonym) -> list[Row]:
    return [Row(0, sense, text) for sense, text in homonym.sentences]


def _as_text(rows: Sequence[Row]) -> str:
    return "\n".join(f"{row.sense + 1} {row.text}" for row in rows)


def _parsed(text: str, senses: int) -> list[tuple[int, str]]:
    lines = text.split("\n")
    if len(lines) > MOST:
        raise ValueError(text)
    pairs = []
    for line in lines:
        number, _space, sentence = line.partition(" ")
        if len(sentence) > LONGEST:
            raise ValueError(text)
        pairs.append((state.integers(1, senses)(number) - 1, sentence))
    return pairs


def _sentences_within(senses: int) -> state.Parser[str]:
    def parse(text: str) -> str:
        _parsed(text, senses)
        return text

    return parse


def _new_number() -> int:
    number = int(st.session_state.get(_NEXT, 0))
    st.session_state[_NEXT] = number + 1
    return number


def _add(word: str) -> None:
    rows = _rows(word)
    last = rows[-1].sense if rows else 0
    rows.append(Row(_new_number(), last, ""))


def _drop(word: str, number: int) -> None:
    st.session_state[_ROWS][word] = [row for row in _rows(word) if row.number != number]


def _reset(word: str) -> None:
    st.session_state[_ROWS][word] = [
        Row(_new_number(), sense, text) for sense, text in HOMONYMS[word].sentences
    ]
