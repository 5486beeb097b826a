"""The Translate page's own widgets, and its choices in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import streamlit as st

from ui import state
from ui.components.sampling import LARGEST_SEED, LARGEST_TEMPERATURE, USUAL, SamplerState
from ui.components.translate import PARTS, TOPS, TranslateState, told_action
from ui.frame import problem
from ui.i18n import N_, _
from ui.text_field import text_field

PICTURE: Final = "translate-picture"
MODES: Final = ("greedy", "beam", "sample")
MODE_NAMES: Final = {
    "greedy": N_("Greedy"),
    "beam": N_("Beam"),
    "sample": N_("Sampling"),
}
MOST_FORKS: Final = 12
LONGEST_PREFIX: Final = 200  # characters
_MODE: Final = "translate-mode"
_PREFIX: Final = "translate-prefix"
_RESTART: Final = "translate-restart"
_ANSWERED: Final = "translate-answered"  # the time of the last fork or undo that was followed
_TREE: Final = "translate-tree"  # what the forks of the address belong to
_WIDTH: Final = "translate-width"
_PENALTY: Final = "translate-penalty"
WIDEST: Final = 8
USUAL_WIDTH: Final = 4
USUAL_PENALTY: Final = 0.6  # as in Wu et al. 2016
LARGEST_PENALTY: Final = 2.0
_LOOKS: Final = {"sl": "self_layer", "sh": "self_head", "cl": "cross_layer", "ch": "cross_head"}
USUAL_TOP: Final = TOPS[1]


class Fork(NamedTuple):
    """Where a branch leaves its parent, and by which token."""

    parent: int
    step: int
    token: int


def forks_parser(text: str) -> tuple[Fork, ...]:
    """Read ``0.3.512-1.5.77``: parent, step and token of every fork; a parent stands before its child."""
    forks = []
    for index, part in enumerate(text.split("-") if text else ()):
        numbers = part.split(".")
        if len(numbers) != 3 or index >= MOST_FORKS:
            raise ValueError(text)
        parent = state.integers(0, index)(numbers[0])
        forks.append(Fork(parent, state.integers(0, 999)(numbers[1]), state.integers(0, 999_999)(numbers[2])))
    return tuple(forks)


def forks_text(forks: Sequence[Fork]) -> str:
    """Write forks as `forks_parser` reads them."""
    return "-".join(f"{fork.parent}.{fork.step}.{fork.token}" for fork in forks)


def forks_from_url() -> tuple[Fork, ...]:
    """The forks that the address asks for."""
    return state.param("fork", (), forks_parser)


def forget_forks() -> None:
    """Take forks and branch out of the address."""
    state.put_all({"fork": ("", ""), "branch": (0, 0)})


def active_branch(branches: int) -> int:
    """The branch in view."""
    return state.param("branch", 0, state.integers(0, branches - 1))


def belong(text: str, tree: str) -> None:
    """Forget forks that belong to another decoding, and the step where even the sentence is another one."""
    before = st.session_state.get(_TREE)
    st.session_state[_TREE] = (text, tree)
    if before is None or before[1] == tree:
        return
    forget_forks()
    if before[0] != text:
        state.put_all({"step": ("", ""), "part": ("", "")})


def follow(tree: str) -> None:
    """What the picture has asked for, or where it stands (its ``on_change``)."""
    held = st.session_state.get(PICTURE)
    told = held.get("state") if held else None
    if not told or told.get("tree") != tree:
        return
    forks = forks_from_url()
    action = told_action(PICTURE, tree)
    if action is None or action["at"] == st.session_state.get(_ANSWERED):
        branch = told.get("branch")
        if isinstance(branch, int) and 0 <= branch <= len(forks):
            state.put("branch", branch, 0)
        return
    st.session_state[_ANSWERED] = action["at"]
    if action["kind"] == "undo" and forks:
        state.put_all({"fork": (forks_text(forks[:-1]), ""), "branch": (forks[-1].parent, 0)})
        return
    if action["kind"] == "fork" and 0 <= action["branch"] <= len(forks):
        if len(forks) >= MOST_FORKS:
            state.note(_("The tree is full: undo a fork to make room."), state.LASTING)
            return
        longer = [*forks, Fork(action["branch"], action["step"], action["token"])]
        state.put_all({"fork": (forks_text(longer), ""), "branch": (len(longer), 0)})


def answered() -> float:
    """The time of the last action that was followed."""
    return float(st.session_state.get(_ANSWERED, 0.0))


def restart() -> str:
    """The name of the present beginning."""
    return str(st.session_state.get(_RESTART, 0))


def begin_anew(mode: str = MODES[0]) -> None:
    """Let the page begin as the address says (from a callback)."""
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1
    st.session_state[_MODE] = mode
    st.session_state[_PREFIX] = ""
    state.put_all({"prefix": ("", ""), "mode": (mode, MODES[0])})


def choices_from_url(steps: int, layers: int, heads: int, branch: int) -> TranslateState:
    """Where the reader stands, as the address says; layers and heads from 1, 0 for the mean."""
    found: TranslateState = {
        "branch": branch,
        "step": state.param("step", 1, state.integers(1, steps)) - 1,
        "part": state.param("part", PARTS[0], state.choices(PARTS)),
        "top": int(state.param("top", str(USUAL_TOP), state.choices([str(top) for top in TOPS]))),
    }
    for name, field in _LOOKS.items():
        most = layers if field.endswith("layer") else heads
        found[field] = state.param(name, 0, state.integers(0, most)) - 1  # type: ignore[literal-required]
    return found


def choices_to_url(chosen: TranslateState) -> None:
    """Keep where the reader stands; what is usual leaves no trace."""
    looks = {name: (chosen[field] + 1, 0) for name, field in _LOOKS.items()}  # type: ignore[literal-required]
    state.put_all(
        {
            "step": (chosen["step"] + 1, 1),
            "part": (chosen["part"], PARTS[0]),
            "top": (chosen["top"], USUAL_TOP),
            **looks,
        }
    )


def mode_row() -> tuple[str, str]:
    """Draw the choice of search and the window for a prefix; return both."""
    asked = state.param("mode", MODES[0], state.choices(MODES))
    st.session_state[_MODE] = st.session_state.get(_MODE) or asked
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key="glassbox-translate-modes"
    ):
        mode = st.segmented_control(
            _("How the next token is chosen"),
            MODES,
            format_func=lambda name: _(MODE_NAMES[name]),
            key=_MODE,
            label_visibility="collapsed",
            width="content",
        )
        prefix = prefix_field()
    chosen = mode or MODES[0]  # pressed again, the button is released: then it is the first one's turn
    state.put("mode", chosen, MODES[0])
    return chosen, prefix


def prefix_field() -> str:
    """The beginning that the translation must have, typed in a small window."""
    kept = st.session_state.get(f"{_PREFIX}-kept", "")
    asked = state.param("prefix", kept, state.words(LONGEST_PREFIX))
    shown = st.session_state.get(_PREFIX, asked)
    label = _("“{prefix}” …").format(prefix=_plain(shown[:12])) if shown else _("Beginning")
    with st.popover(label, icon=":material/edit:", key="glassbox-translate-prefix"):
        typed = text_field(
            _("What the translation must begin with, in its own language"),
            key=_PREFIX,
            begin=asked,
            max_chars=LONGEST_PREFIX,
            placeholder=_("empty: the model begins by itself"),
        )
    st.session_state[f"{_PREFIX}-kept"] = typed
    state.put("prefix", typed, "")
    return typed.strip()


def sampler_from_url() -> SamplerState:
    """What the controls of sampling begin with."""
    return {
        "temperature": state.param("t", USUAL["temperature"], state.numbers(0.0, LARGEST_TEMPERATURE)),
        "top_k": state.param("k", USUAL["top_k"], state.integers(0, 999_999)),
        "top_p": state.param("p", USUAL["top_p"], state.numbers(0.0, 1.0)),
        "min_p": state.param("m", USUAL["min_p"], state.numbers(0.0, 1.0)),
        "seed": state.param("seed", USUAL["seed"], state.integers(0, LARGEST_SEED)),
    }


def sampler_to_url(chosen: SamplerState) -> None:
    """Keep what the controls of sampling stand at."""
    names = {"t": "temperature", "k": "top_k", "p": "top_p", "m": "min_p", "seed": "seed"}
    state.put_all({name: (chosen[field], USUAL[field]) for name, field in names.items()})  # type: ignore[literal-required]


def beam_now() -> tuple[int, float]:
    """The beam's width and length penalty, before their sliders are drawn."""
    width = st.session_state.get(_WIDTH) or state.param("width", USUAL_WIDTH, state.integers(1, WIDEST))
    penalty = st.session_state.get(_PENALTY)
    if penalty is None:
        penalty = state.param("penalty", USUAL_PENALTY, state.numbers(0.0, LARGEST_PENALTY))
    return int(width), float(penalty)


def beam_sliders() -> tuple[int, float]:
    """Draw the sliders of the beam search; return width and length penalty."""
    begun = beam_now()
    st.session_state[_WIDTH], st.session_state[_PENALTY] = begun
    left, right = st.columns(2)
    with left:
        width = st.slider(_("Beam width"), 1, WIDEST, key=_WIDTH)
    with right:
        penalty = st.slider(_("Length penalty α"), 0.0, LARGEST_PENALTY, step=0.1, key=_PENALTY)
    state.put_all({"width": (width, USUAL_WIDTH), "penalty": (float(penalty), USUAL_PENALTY)})
    return int(width), float(penalty)


def wrong_direction(found: str, other: str) -> None:
    """Say that the sentence is in the other language, and offer to swap the direction."""
    sentences = {
        "ko-en": _("This sentence is Korean, but the direction is English → Korean."),
        "en-ko": _("This sentence is English, but the direction is Korean → English."),
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        problem(sentences[found])
        st.button(
            _("Swap the direction"),
            icon=":material/swap_horiz:",
            key="glassbox-swap",
            on_click=_direct,
            args=(other,),
        )


def _direct(direction: str) -> None:
    st.session_state["direction"] = direction


def _plain(text: str) -> str:
    """Text whose Markdown signs are taken literally, for a button's label."""
    return "".join("\\" + sign if sign in r"\`*_{}[]()<>#+-.!|~$:" else sign for sign in text)
