"""The Translate page's choices in the address, and what travels to its pictures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.components.sampling import _sane
from ui.components.translate.view import Branch, TimelineView, action_of, pack
from ui.lessons.translate import PRESETS
from ui.translate_page import MOST_FORKS, Fork, forks_parser, forks_text
from ui.translate_search import MODES


@st.composite
def trees(draw: st.DrawFn) -> tuple[Fork, ...]:
    """Forks whose parents stand before them."""
    count = draw(st.integers(0, MOST_FORKS))
    return tuple(
        Fork(draw(st.integers(0, index)), draw(st.integers(0, 63)), draw(st.integers(0, 7999)))
        for index in range(count)
    )


@given(trees())
def test_forks_come_back_from_the_address(forks: tuple[Fork, ...]) -> None:
    assert forks_parser(forks_text(forks)) == forks


@pytest.mark.parametrize(
    "text", ["0.1", "1.0.5", "0.-1.5", "0.1.5-2.0.1", "a.b.c", "0.1.5-", "-".join(["0.0.1"] * 13)]
)
def test_forks_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        forks_parser(text)


def view(steps: int, vocabulary: int = 7) -> TimelineView:
    logs = np.log(np.full((steps, vocabulary), 1 / vocabulary, dtype=np.float32))
    return TimelineView(
        source=("<2ko>", "▁a", "</s>"),
        ids=tuple(range(steps)),
        pieces=tuple(f"▁{step}" for step in range(steps)),
        texts=tuple(str(step) for step in range(steps)),
        log_probabilities=logs,
        self_attention=np.zeros((2, 3, steps, steps), np.float32),
        cross_attention=np.zeros((2, 3, steps, 3), np.float32),
        entropy=(1.0,) * steps,
        rank=(1,) * steps,
        total=-float(steps),
        ending="end",
        given=(),
        names={},
    )


@pytest.mark.parametrize("steps", [1, 3, 32, 33])
def test_the_payload_is_words_and_then_numbers_on_fours(steps: int) -> None:
    one = view(steps)
    data = pack(one, [Branch(-1, 0, one.pieces, -1.0, "…")], labels={})
    length = int.from_bytes(data[:4], "little")
    assert length % 4 == 0 and len(data) % 4 == 0
    assert data[4 + length :] == one.numbers
    assert one.head["half"] == (steps > 32)


def test_an_action_is_read_only_if_it_is_whole() -> None:
    whole = {"kind": "fork", "branch": 0, "step": 1, "token": 5, "at": 3.0}
    assert action_of({"action": whole}) == whole
    assert action_of({"action": {**whole, "at": 1}}) is not None
    assert action_of({"action": {"kind": "fork"}}) is None
    assert action_of({"action": None}) is None and action_of(None) is None


@given(
    st.fixed_dictionaries(
        {
            "temperature": st.floats(-5, 1e6, allow_nan=False),
            "top_k": st.integers(-5, 10**7),
            "top_p": st.floats(-1, 2, allow_nan=False),
            "min_p": st.floats(-1, 2, allow_nan=False),
            "seed": st.integers(-5, 2**40),
        }
    )
)
def test_what_the_browser_says_of_the_sampler_stays_in_its_ranges(state: dict[str, float]) -> None:
    sane = _sane(state, 8000)
    assert 0 <= sane["temperature"] <= 100 and 0 <= sane["top_k"] <= 8000
    assert 0 <= sane["top_p"] <= 1 and 0 <= sane["min_p"] <= 1 and 0 <= sane["seed"] < 2**31


def test_presets_know_their_search() -> None:
    assert {preset.mode for preset in PRESETS.values()} <= set(MODES)
