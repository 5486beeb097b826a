"""The Translate page's own widgets, and its choices in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import streamlit as st

from ui import state, translate_search
from ui.components.translate import PARTS, TOPS, TranslateState, told_action
from ui.frame import problem
from ui.i18n import _

PICTURE: Final = "translate-picture"
MOST_FORKS: Final = 12
_RESTART: Final = "translate-restart"
_ANSWERED: Final = "translate-answered"  # the time of the last fork or undo that was followed
_TREE: Final = "translate-tree"  # what the forks of the address belong to
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
    forks: tuple[Fork, ...] = state.param("fork", (), forks_parser)
    state.put("fork", forks_text(forks), "")  # what cannot be read does not stay in the address
    return forks


def forget_forks() -> None:
    """Take forks and branch out of the address."""
    state.put_all({"fork": ("", ""), "branch": (0, 0)})


def active_branch(branches: int) -> int:
    """The branch in view."""
    branch = state.param("branch", 0, state.integers(0, branches - 1))
    state.put("branch", branch, 0)
    return branch


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


def begin_anew(mode: str = translate_search.MODES[0]) -> None:
    """Let the page begin as the address says (from a callback)."""
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1
    translate_search.begin_with(mode)


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
