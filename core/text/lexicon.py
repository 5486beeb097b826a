"""The words and frames of the template pairs, as ``assets/parallel/templates.json`` lists them.

Frames stand there by theme, words by class; the cells of a word are parted by ``|``:

- ``words``: English | Korean;
- ``nouns``: singular | plural, empty where there is none | Korean | counter;
- ``places``: name | where | where to | Korean;
- ``subjects``: English | possessive | pronoun | Korean | Korean with plain endings | ``I``, ``we``, ``they``, ``one``,
  with ``hon`` for those to whom Korean shows respect;
- ``adjectives``: English, comparative, superlative, parted by commas | Korean principal parts;
- ``verbs``: classes | present, third person, past, -ing | what follows | classes of its object | what comes before in
  Korean | Korean principal parts | places where it is done.

A frame is an English and a Korean sentence. ``{fruit}`` is a word of that class, ``{fruit.s}`` one of its forms, and
``{fruit2}`` another word; ``{at}`` is a place where the verb of the frame is done. ``a(n)`` and particles in brackets
take the form that fits their neighbour. A verb agrees with the subject of its own digit, or else with the first.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from core.checkpoints import ASSETS
from core.text import numerals
from core.text.hangul import attach, forms

TEMPLATES: Final = ASSETS / "parallel" / "templates.json"
SLOT: Final = re.compile(r"\{([a-z]+)(\d?)(?:\.([a-z]+))?\}")


class Word(NamedTuple):
    """A word's forms in both languages, under the names that frames use; "" is the form without a name."""

    english: dict[str, str]
    korean: dict[str, str]
    kind: str = ""  # of a subject
    places: tuple[str, ...] = ()  # where a verb's doing is done


# A class is a list of groups, a group a list of words: a verb with its objects is one, so that each verb comes up
# as often as the next, however many objects it takes.
Classes = dict[str, list[list[Word]]]


class Frame(NamedTuple):
    """A sentence with slots in both languages, and the slots in the order in which they are filled."""

    english: str
    korean: str
    slots: tuple[tuple[str, str], ...]


@functools.cache
def read() -> tuple[Classes, tuple[Frame, ...]]:
    """Return the words by class, and the frames."""
    data = json.loads(TEMPLATES.read_text(encoding="utf-8"))
    classes: Classes = numbers()
    for section, make in (
        ("words", _word),
        ("nouns", _noun),
        ("subjects", _subject),
        ("adjectives", _adjective),
    ):
        for name, lines in data[section].items():
            classes[name] = [[make(*line.split("|")) for line in lines]]
    for name, lines in data["places"].items():
        classes[name] = [[_place(*line.split("|")) for line in lines]]
    # A union may hold unions that stand before it.
    for name, members in data["unions"].items():
        classes[name] = [[word for member in members.split() for word in classes[member][0]]]
    for line in data["verbs"]:
        names, *rest = line.split("|")
        group = list(_verb(*rest, classes=classes))
        for name in names.split():
            classes.setdefault(name, []).append(group)
            if group[0].places:
                classes.setdefault(name + "at", []).append(group)
    frames = tuple(_frame(*pair) for theme in data["frames"].values() for pair in theme)
    return classes, frames


def _frame(english: str, korean: str) -> Frame:
    slots = dict.fromkeys((m.group(1), m.group(2)) for m in SLOT.finditer(english + korean))
    later = [slot for slot in slots if slot[0] == "at"]  # a place is drawn after the verb
    return Frame(english, korean, tuple(s for s in slots if s not in later) + tuple(later))


def _word(english: str, korean: str) -> Word:
    return Word({"": english}, {"": korean})


def _noun(one: str, many: str, korean: str, counter: str = "개") -> Word:
    some = f"a(n) {one}" if many else one
    return Word({"": one, "s": many or one, "a": some}, {"": korean, "counter": counter})


def _place(name: str, where: str, where_to: str, korean: str) -> Word:
    return Word({"": name, "at": where, "to": where_to, "a": where_to}, {"": korean})


def _subject(english: str, possessive: str, pronoun: str, korean: str, plain: str, kind: str) -> Word:
    singular = kind.startswith("one")
    be = "am" if kind == "I" else "is" if singular else "are"
    was = "was" if kind == "I" or singular else "were"
    table = {
        "": english, "poss": possessive, "pron": pronoun, "is": be, "was": was,
        "their": {"I": "my", "we": "our", "he": "his", "she": "her", "they": "their"}[pronoun],
        "has": "has" if singular else "have", "does": "does" if singular else "do", "s": "s" if singular else "",
    }  # fmt: skip
    verbs = {
        "itda": "있어요", "itda-hon": "있으세요", "likes": "좋아해요", "likes-hon": "좋아하세요",
        "eopda": "없어요", "eopda-hon": "없으세요",
    }  # fmt: skip
    return Word(table, {"": korean, "plain": plain, **verbs}, kind)


def _adjective(english: str, parts: str, modifier: str = "") -> Word:
    plain, *degrees = english.split(", ")
    more, most = degrees or (f"more {plain}", f"most {plain}")
    korean = _with_complement(parts)
    if modifier:  # 있다 and 없다 take 는: 맛있는
        korean["n"] = modifier
    return Word({"": plain, "more": more, "most": most}, {"": korean["stem"], **korean})


def _with_complement(parts: str, before: str = "") -> dict[str, str]:
    """Return all forms, each with ``before`` in front of it."""
    return {name: f"{before} {form}".strip() for name, form in forms(parts).items()}


def _verb(
    english: str, after: str, objects: str, before: str, parts: str, places: str = "", *, classes: Classes
) -> Iterator[Word]:
    names = dict(zip(("", "third", "past", "ing"), english.split(), strict=True))
    nouns: list[Word | None] = [word for name in objects.split() for word in classes[name][0]]
    alone = forms(parts)
    for noun in nouns or [None]:
        following = _put(after, noun.english) if noun else after
        leading = attach(_put(before, noun.korean)) if noun else before
        korean = _with_complement(parts, leading)
        if len(alone["stem"]) == 1 or not alone["stem"].endswith("하"):  # 안 does not go before 요리하다
            for name, positive in (("no", "yo"), ("nopast", "past")):
                for honour in ("", "-hon"):
                    korean[name + honour] = f"{leading} 안 {alone[positive + honour]}".strip()
        yield Word(
            {name: f"{form} {following}".strip() for name, form in names.items()},
            {"": korean["stem"], **korean},
            places=tuple(place.replace("_", " ") for place in places.split()),
        )


def _put(pattern: str, table: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]*)\}", lambda match: table[match.group(1)], pattern)


def numbers() -> Classes:
    """Return the classes that count: written in words, as the sentences are."""
    n, s, e = numerals.native, numerals.sino, numerals.english

    def row(numbers: Iterable[int], english: Callable[[int], str], korean: Callable[[int], str]) -> Any:
        return [[Word({"": english(number)}, {"": korean(number)}) for number in numbers]]

    def plus(a: int, b: int) -> Word:
        return _word(f"{e(a)} plus {e(b)} is {e(a + b)}", f"{s(a)} 더하기 {s(b)}(은) {s(a + b)}(이에요)")

    def times(a: int, b: int) -> Word:
        return _word(f"{e(a * b)} is {e(a)} times {e(b)}", f"{s(a * b)}(은) {s(b)}의 {n(a)} 배예요")

    table = [(a, b) for a in range(1, 21) for b in range(1, 21)]
    won = [*range(500, 10_000, 500), *range(10_000, 100_000, 1_000)]
    return {
        "hour": row(range(1, 13), e, n),
        "waking": row(range(5, 10), e, n),
        "closing": row(range(5, 11), e, n),
        "minute": row(range(10, 60, 5), e, s),
        "span": row([*range(5, 30, 5), 30, 40, 50], e, s),
        "hours": row(range(2, 10), e, n),
        "count": row(range(2, 13), e, n),
        "age": row(range(3, 50), e, n),
        "great": row(range(65, 96), e, n),
        "won": row(won, e, s),
        "coins": row(range(1_000, 20_000, 500), e, s),
        "day": row(range(1, 29), numerals.ordinal, s),
        "floor": row(range(1, 21), numerals.ordinal, s),
        "factor": row([*range(3, 11), 12, 20], e, n),
        "sum": [[plus(a, b) for a, b in table]],
        "product": [[times(a, b) for a, b in table if 3 <= a <= 12 and b >= 2]],
    }
