"""Particles and endings, against forms from a grammar of Korean; numerals in both languages."""

from __future__ import annotations

import pytest

from core.text import numerals
from core.text.hangul import attach, forms


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("사과(은) 배(과)", "사과는 배와"),
        ("밤(은) 눈(과)", "밤은 눈과"),
        ("집(으로) 학교(으로) 서울(으로)", "집으로 학교로 서울로"),
        ("연필(이에요) 의사(이에요) 의사(이다)", "연필이에요 의사예요 의사다"),
        ("책(이) 차(이), 책(을) 차(을)", "책이 차가, 책을 차를"),
    ],
)
def test_a_particle_follows_the_final_consonant(written: str, meant: str) -> None:
    assert attach(written) == meant


@pytest.mark.parametrize(
    ("parts", "meant"),
    [
        ("먹 먹어 먹으 드시", "먹어요 드세요 먹었어요 드셨어요 먹을 먹은 먹읍 먹는다 먹으면 먹으세요 먹으라고"),
        ("듣 들어 들으", "들어요 들으세요 들었어요 들으셨어요 들을 들은 들읍 듣는다 들으면 들으세요 들으라고"),
        ("만들 만들어 만들", "만들어요 만드세요 만들었어요 만드셨어요 만들 만든 만듭 만든다 만들면 만드세요 만들라고"),
        ("돕 도와 도우", "도와요 도우세요 도왔어요 도우셨어요 도울 도운 도웁 돕는다 도우면 도우세요 도우라고"),
        ("부르 불러 부르", "불러요 부르세요 불렀어요 부르셨어요 부를 부른 부릅 부른다 부르면 부르세요 부르라고"),
        ("끄 꺼 끄", "꺼요 끄세요 껐어요 끄셨어요 끌 끈 끕 끈다 끄면 끄세요 끄라고"),
    ],
)  # fmt: skip
def test_the_endings_of_every_kind_of_stem(parts: str, meant: str) -> None:
    table = forms(parts)
    names = ["yo", "yo-hon", "past", "past-hon", "l", "n", "b", "da", "if", "se", "quote"]
    assert [table[name] for name in names] == meant.split()


def test_who_is_honoured_is_spoken_of_so_in_every_tense() -> None:
    table = forms("있 있어 있으 계시")
    assert (table["yo-hon"], table["past-hon"], table["fut-hon"]) == ("계세요", "계셨어요", "계실 거예요")


def test_numbers_in_words() -> None:
    assert [numerals.native(n) for n in (1, 4, 11, 20, 21, 35, 99)] == (
        ["한", "네", "열한", "스무", "스물한", "서른다섯", "아흔아홉"]
    )
    assert [numerals.sino(n) for n in (1, 10, 16, 20, 115, 1000, 2500, 12_000, 10_000, 230_000)] == (
        ["일", "십", "십육", "이십", "백십오", "천", "이천오백", "만 이천", "만", "이십삼만"]
    )
    assert [numerals.english(n) for n in (8, 13, 40, 55, 300, 2500, 12_000)] == [
        "eight", "thirteen", "forty", "fifty-five", "three hundred", "two thousand five hundred", "twelve thousand",
    ]  # fmt: skip
    assert [numerals.ordinal(n) for n in (1, 2, 3, 5, 9, 12, 20, 21, 28)] == [
        "first", "second", "third", "fifth", "ninth", "twelfth", "twentieth", "twenty-first", "twenty-eighth",
    ]  # fmt: skip
