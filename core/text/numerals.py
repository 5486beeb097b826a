"""Numbers in words: English, Sino-Korean (이십 분), and native Korean as it stands before a counter (스무 살)."""

from __future__ import annotations

from typing import Final

_SMALL: Final = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS: Final = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_NATIVE: Final = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
_NATIVE_TENS: Final = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]


def english(number: int) -> str:
    """Return 0 to 999,999 in English words."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    size, word = (100, "hundred") if number < 1000 else (1000, "thousand")
    much, rest = divmod(number, size)
    return f"{english(much)} {word}" + (f" {english(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """Return 1 to 99 as an English ordinal: ``twenty-first``."""
    *head, last = english(number).rsplit("-", 1)
    regular = last.removesuffix("y") + ("ieth" if last.endswith("y") else "th")
    return "-".join([*head, _ORDINALS.get(last, regular)])


def sino(number: int) -> str:
    """Return 1 to 99,999,999 in Sino-Korean, spaced after 만: ``만 이천``."""
    if number >= 10_000:
        much, rest = divmod(number, 10_000)
        return ("" if much == 1 else sino(much)) + "만" + (f" {sino(rest)}" if rest else "")
    text = ""
    for place, digit in zip("천백십 ", f"{number:04d}", strict=True):
        if digit != "0":
            text += (
                "" if digit == "1" and place != " " else "-일이삼사오육칠팔구"[int(digit)]
            ) + place.strip()
    return text


def native(number: int) -> str:
    """Return 1 to 99 in native Korean as it stands before a counter: ``스무``, ``스물한``."""
    if number == 20:
        return "스무"
    tens, ones = divmod(number, 10)
    return _NATIVE_TENS[tens] + _NATIVE[ones]
