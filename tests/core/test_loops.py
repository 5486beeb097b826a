"""Loops are found where they stand, nowhere else, and every decoding's end has a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decoding.loops import ending_of, loop_of, until_loop
from core.text.tokenizer import END

WORDS = st.integers(4, 9)


@given(st.lists(st.integers(), unique=True, max_size=60))
def test_what_never_repeats_is_no_loop(tokens: list[int]) -> None:
    assert loop_of(tokens) == 0 and until_loop(tokens) == tokens


@given(st.lists(WORDS, max_size=30), st.lists(WORDS, min_size=2, max_size=8))
def test_any_unit_four_times_is_found_whatever_stands_before(before: list[int], unit: list[int]) -> None:
    assert 0 < loop_of([*before, *unit * 4]) <= len(unit)
    assert loop_of((*before, *unit * 3)) > 0
    assert loop_of([*before, *unit[:1] * 5]) == 1


@given(st.lists(st.integers(4, 6), max_size=24))
def test_it_is_the_shortest_unit_that_stands_there_often_enough(tokens: list[int]) -> None:
    def stands(unit: int) -> bool:
        times = 5 if unit == 1 else 3
        return tokens[-unit:] * times == tokens[-unit * times :]

    expected = next((unit for unit in range(1, len(tokens) + 1) if stands(unit)), 0)
    assert loop_of(tokens) == expected
    stopped = until_loop(tokens)
    assert stopped == tokens[: len(stopped)]
    assert not any(loop_of(tokens[:length]) for length in range(len(stopped)))
    assert stopped == tokens or loop_of(stopped)


def test_a_word_said_twice_or_thrice_is_no_loop() -> None:
    assert loop_of([7, 8, 7, 8]) == loop_of([7, 7, 7]) == loop_of([7, 7, 7, 7]) == loop_of([]) == 0
    assert loop_of([5, 7, 8, 7, 8, 7, 8]) == 2 and loop_of([7, 8, 7, 8, 7, 8, 5]) == 0


def test_every_end_has_a_name() -> None:
    assert ending_of([9, 8, END], 3) == "end"
    assert ending_of([9, 9, 9, 9, 9], 5) == "loop"
    assert ending_of([9, 8, 7], 3) == "length"
    with pytest.raises(ValueError, match="not ended"):
        ending_of([9, 8], 3)
