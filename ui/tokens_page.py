"""The Tokens page's own widgets, and its choices in the URL."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from ui import frame, state
from ui.components.tokens import MEASURES, METHODS, SOURCES, PairsState, Pressed, TokensState, name_of
from ui.i18n import _, ngettext
from ui.problems import model_file_problem
from ui.text_field import put_text, text_field

USUAL_SIZE: Final = 8000
LONGEST_SIDE: Final = 300  # characters of one half of the pair
LONGEST_PART: Final = 40  # characters to search a vocabulary for
_RESTART: Final = "tokens-restart"
_WORD: Final = "tokens-word"
_WORD_OF: Final = "tokens-word-text"  # whose word it is
_WORD_PRESSED: Final = "tokens-word-pressed"  # when the token was pressed that has been followed
_SIDES: Final = {"ko": "tokens-korean", "en": "tokens-english"}
_PROBLEM: Final = "tokens-problem"

# kind, size and what to look for → entries (shown, id, score), and how many there are in all
Find = Callable[[str, int, str], tuple[Sequence[tuple[str, int, float | None]], int]]


def from_url(sizes: Sequence[int]) -> TokensState:
    """Return the picture's choices as the address has them."""
    named = state.param("size", str(USUAL_SIZE), state.choices([str(size) for size in sizes]))
    return {"size": int(named), "ids": state.param("ids", True, state.flag)}


def to_url(chosen: TokensState) -> None:
    """Keep what has been chosen; a usual value leaves no trace."""
    state.put_all({"size": (chosen["size"], USUAL_SIZE), "ids": (chosen["ids"], True)})


def pairs_from_url(size: int) -> PairsState:
    """Return the choices in the picture of Korean against English."""
    return {
        "size": size,
        "measure": state.param("count", MEASURES[0], state.choices(MEASURES)),
        "source": state.param("pairs", SOURCES[0], state.choices(SOURCES)),
    }


def pairs_to_url(chosen: PairsState) -> None:
    """Keep those choices; the size is the tokens picture's."""
    state.put_all({"count": (chosen["measure"], MEASURES[0]), "pairs": (chosen["source"], SOURCES[0])})


def method_from_url() -> str:
    """Return the method whose steps are shown."""
    return state.param("method", METHODS[0], state.choices(METHODS))


def method_to_url(method: str | None) -> None:
    """Keep the method; None: the browser has not said it yet."""
    if method is not None:
        state.put("method", method, METHODS[0])


def restart() -> str:
    """Return the name of the present beginning: pictures forget their choices when it changes."""
    return str(st.session_state.get(_RESTART, 0))


def begin_anew() -> None:
    """Let the pictures begin as the address says (from a callback)."""
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1


def section(title: str) -> None:
    """The heading of a part of the page."""
    st.html(f'<h2 class="gb-section">{html.escape(title)}</h2>')


def choose_word(words: Sequence[str], text: str, pressed: Pressed | None) -> int:
    """Let the reader choose a word of the text; a token that was ``pressed`` in the picture chooses too."""
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    if st.session_state.get(_WORD_OF, text) != text:
        chosen = longest  # the address still names a word of the text before
    elif _WORD in st.session_state:
        chosen = st.session_state[_WORD]
    else:
        chosen = state.param("word", longest + 1, state.integers(1, len(words))) - 1
    if pressed is not None and pressed["at"] != st.session_state.get(_WORD_PRESSED):
        st.session_state[_WORD_PRESSED] = pressed["at"]
        chosen = min(pressed["place"], len(words) - 1)
    st.session_state[_WORD_OF] = text
    if (
        st.session_state.get(_WORD) != chosen
    ):  # set again unchanged, it would close the list that is being read
        st.session_state[_WORD] = chosen
    place = st.selectbox(
        _("Word: press a token above, or choose here"),
        range(len(words)),
        format_func=lambda index: words[index],
        key=_WORD,
        width=420,
    )
    state.put("word", place + 1, longest + 1)
    return int(place)


def pair_boxes(first: tuple[str, str], on_translate: Callable[[], None]) -> tuple[str, str]:
    """Draw the two boxes of the pair and the offer of a translation; return both texts. They live in the URL."""
    texts = []
    left, right = st.columns(2)
    for column, (name, key), usual, label in zip(
        (left, right), _SIDES.items(), first, (_("Korean"), _("English")), strict=True
    ):
        kept = st.session_state.get(f"{key}-kept", usual)
        begin = state.param(name, kept, state.words(LONGEST_SIDE))
        with column:
            text = text_field(label, key=key, begin=begin, max_chars=LONGEST_SIDE)
        st.session_state[f"{key}-kept"] = text
        state.put(name, text, usual)
        texts.append(text)
    st.button(
        _("Take the sentence above, and the model’s own translation of it"),
        icon=":material/translate:",
        key="tokens-translate",
        on_click=on_translate,
    )
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        model_file_problem(*problem)
    return texts[0], texts[1]


def put_pair(korean: str, english: str) -> None:
    """Fill both boxes (from a callback)."""
    for key, text in zip(_SIDES.values(), (korean, english), strict=True):
        put_text(key, text[:LONGEST_SIDE])


def keep_problem(kind: str, file_name: str) -> None:
    """Remember, in a callback, what is wrong with a model file; the next run of the page says it."""
    st.session_state[_PROBLEM] = (kind, file_name)


def vocabulary_panel(kinds: Sequence[str], sizes: Sequence[int], size: int, find: Find) -> None:
    """A folded panel to search a vocabulary; its contents are asked for and sent only once it is open."""
    panel = st.expander(
        _("What stands in a vocabulary"), icon=":material/search:", key="tokens-vocabulary", on_change="rerun"
    )
    if not panel.open:
        return
    with panel:
        left, middle, right = st.columns([3, 3, 4])
        asked = state.param("vocabulary", "unigram", state.choices(kinds))
        st.session_state["tokens-kind"] = st.session_state.get("tokens-kind", asked)
        with left:
            kind = st.selectbox(_("Vocabulary"), kinds, format_func=name_of, key="tokens-kind")
        with middle:
            chosen = st.selectbox(
                _("Vocabulary size"),
                sizes,
                index=list(sizes).index(size),
                format_func=lambda entries: f"{entries:,}",
            )
        with right:
            begin = state.param("find", "", state.words(LONGEST_PART))
            part = text_field(_("Entries that hold"), key="tokens-find", begin=begin, max_chars=LONGEST_PART)
        state.put_all({"vocabulary": (kind, "unigram"), "find": (part, "")})
        _entries_table(*find(kind, chosen, part))


def _entries_table(rows: Sequence[tuple[str, int, float | None]], count: int) -> None:
    """The entries found, as a table, and as CSV."""
    said = ngettext("{count} entry; the longest first.", "{count} entries; the longest first.", count)
    frame.caption(said.format(count=f"{count:,}"))
    if not rows:
        return
    scored = any(score is not None for _shown, _id, score in rows)
    heads = [_("entry"), "id", *(["ln p"] if scored else [])]
    lines = [
        [shown, str(place), *(["" if score is None else f"{score:.2f}"] if scored else [])]
        for shown, place, score in rows
    ]
    cells = "".join(
        "<tr>"
        + "".join(f"<td style='padding-right: 2rem'><bdi>{html.escape(cell)}</bdi></td>" for cell in line)
        + "</tr>"
        for line in lines
    )
    head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in heads)
    with st.container(height=360, border=False):
        st.html(
            f"<table class='gb-card-table' data-glassbox-entries><thead><tr>{head}</tr></thead>"
            f"<tbody>{cells}</tbody></table>"
        )
    written = io.StringIO()
    # A spreadsheet would read a leading sign as a formula.
    csv.writer(written).writerows(
        [heads, *([f"'{line[0]}" if line[0][:1] in "=+-@" else line[0], *line[1:]] for line in lines)]
    )
    st.download_button("CSV", "\ufeff" + written.getvalue(), _("vocabulary") + ".csv", "text/csv")
