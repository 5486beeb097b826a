"""Pairs of sentences made from frames with slots, so that a small model learns to put words together.

``assets/parallel/templates.json`` holds the frames, by theme, and the words, by class; the cells of a word are
parted by ``|``:

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
import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from core.checkpoints import ASSETS
from core.text import numerals
from core.text.corpora import Pair
from core.text.hangul import attach, forms
from core.text.normalise import matching_key

TEMPLATES: Final = ASSETS / "parallel" / "templates.json"
SOURCE: Final = "templates"
TRIES = 40  # draws in a row without a new pair after which a frame counts as used up
CONTRACTED = 0.7  # of the English sentences that can be contracted

_SLOT = re.compile(r"\{([a-z]+)(\d?)(?:\.([a-z]+))?\}")
_ARTICLE = re.compile(r"\b([Aa])\(n\) (\S+)")
_ODD_ARTICLES = ("hour", "honest"), ("university", "uniform", "useful", "used", "one")
_SHORT = re.compile(r"\b(I am|(?:He|She|It) is|(?:We|They) are|(?:I|He|She|We|They|It) will)(?= [a-z])", re.I)
_SHORT_ENDS = {"am": "'m", "is": "'s", "are": "'re", "will": "'ll"}
_NOT = re.compile(r"\b([Dd]o|does|did|is|are|was|were|could|must) not\b|\b(can)not\b")


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


def template_pairs(count: int, seed: int) -> list[Pair]:
    """Return ``count`` pairs, no sentence twice in either language, spread evenly over the frames.

    The same ``count`` and ``seed`` always give the same pairs.

    Raises:
        ValueError: the frames do not give so many.
    """
    rng = random.Random(seed)
    classes, frames = _read()
    found: list[Pair] = []
    seen: set[str] = set()
    left = list(frames)
    while left and len(found) < count:
        rng.shuffle(left)
        for frame in list(left):
            pair = _new_pair(frame, classes, rng, seen)
            if pair is None:
                left.remove(frame)
            elif len(found) < count:
                found.append(pair)
    if len(found) < count:
        raise ValueError(f"the frames give {len(found)} distinct pairs, not {count}")
    rng.shuffle(found)
    return found


def _new_pair(frame: Frame, classes: Classes, rng: random.Random, seen: set[str]) -> Pair | None:
    for _ in range(TRIES):
        pair = fill(frame, classes, rng)
        if pair is None:
            continue
        keys = {"en " + matching_key(pair.english), "ko " + matching_key(pair.korean)}
        if not keys & seen:
            seen |= keys
            return pair
    return None


def fill(frame: Frame, classes: Classes, rng: random.Random) -> Pair | None:
    """Return one pair of the frame, or None where a word came up twice."""
    words: dict[str, Word] = {}
    for name, digit in frame.slots:
        if name == "at":
            doing = next(w for slot, w in words.items() if w.places and slot.endswith(digit))
            place = rng.choice(doing.places)
            words[name + digit] = next(w for w in classes["place"][0] if w.english[""] == place)
        else:
            words[name + digit] = rng.choice(rng.choice(classes[name]))
    english = _articles(_render(frame.english, words, lambda word: word.english))
    korean = attach(_render(frame.korean, words, lambda word: word.korean))
    if _repeats(frame, korean, words.values()):
        return None
    english = english[0].upper() + english[1:]
    if rng.random() < CONTRACTED:
        english = _NOT.sub(_shorten_not, _SHORT.sub(_shorten, english))
    return Pair(english, korean, SOURCE)


def _render(pattern: str, words: dict[str, Word], side: Callable[[Word], dict[str, str]]) -> str:
    def form(match: re.Match[str]) -> str:
        name, digit, wanted = match.group(1), match.group(2), match.group(3) or ""
        table = side(words[name + digit])
        subjects = [slot for slot in words if words[slot].kind]
        own = [slot for slot in subjects if slot.endswith(digit)] or subjects
        kind = words[own[0]].kind if own else ""
        if wanted == "now":
            return table["third" if kind.startswith("one") else ""]
        honoured = f"{wanted}-hon"
        return table[honoured if kind.endswith("hon") and honoured in table else wanted]

    return _SLOT.sub(form, pattern)


def _articles(text: str) -> str:
    def fitting(match: re.Match[str]) -> str:
        article, word = match.groups()
        vowel = word[0] in "aeiouAEIOU" and not word.startswith(_ODD_ARTICLES[1])
        return f"{article}{'n' if vowel or word.startswith(_ODD_ARTICLES[0]) else ''} {word}"

    return _ARTICLE.sub(fitting, text)


def _shorten(match: re.Match[str]) -> str:
    pronoun, verb = match.group().split()
    return pronoun + _SHORT_ENDS[verb]


def _shorten_not(match: re.Match[str]) -> str:
    return f"{match.group(1)}n't" if match.group(1) else "can't"


def _repeats(frame: Frame, korean: str, words: Iterable[Word]) -> bool:
    """Tell whether a word stands in two slots, or two longer ones begin alike ("my friend met a friend")."""
    nouns = [word.korean[""] for word in words]
    own = frame.korean.split()
    heads = [word[:2] for word in korean.split() if len(word) > 1 and word not in own]
    return len(set(nouns)) < len(nouns) or len(set(heads)) < len(heads)


@functools.cache
def _read() -> tuple[Classes, tuple[Frame, ...]]:
    data = json.loads(TEMPLATES.read_text(encoding="utf-8"))
    classes: Classes = _numbers()
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
    slots = dict.fromkeys((m.group(1), m.group(2)) for m in _SLOT.finditer(english + korean))
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


def _numbers() -> Classes:
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
