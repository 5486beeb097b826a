"""The browser's twins of core.numerics.formats and core.numerics.update: the same bits, pattern by pattern."""

from __future__ import annotations

import math
import random
import struct
from fractions import Fraction
from typing import Any

import pytest
from playwright.sync_api import Browser

from core.numerics.formats import FORMATS, RULES, Format
from core.numerics.update import repeated, update
from ui.components.bits import FOLDER, NUMBERS
from ui.components.shared import FOLDER as SHARED
from ui.components.step import FOLDER as STEP

SCRIPT = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (SHARED / "sampler.js", *(FOLDER / name for name in NUMBERS), STEP / "update.js")
)
# Doubles go to and fro as sixteen hexadecimal digits: JSON knows neither −0 nor NaN nor infinity.
HELP = """
const bitsOf = (x) => new BigUint64Array(new Float64Array([x]).buffer)[0].toString(16).padStart(16, "0");
const double = (text) => new Float64Array(new BigUint64Array([BigInt("0x" + text)]).buffer)[0];
"""
RANDOM = random.Random(7)


def hexed(number: float) -> str:
    return struct.pack(">d", number).hex()


def number_of(text: str) -> float:
    found: float = struct.unpack(">d", bytes.fromhex(text))[0]
    return found


def same(found: str, expected: float) -> bool:
    return math.isnan(number_of(found)) if math.isnan(expected) else found == hexed(expected)


@pytest.fixture(scope="module")
def ask(browser: Browser) -> Any:
    """Call a function of the scripts with values that JSON knows."""
    page = browser.new_page()

    def asked(body: str, *values: Any) -> Any:
        return page.evaluate(
            f"(values) => {{ {SCRIPT} {HELP} return ((values) => {{ {body} }})(values); }}", values
        )

    yield asked
    page.close()


def patterns_of(form: Format) -> list[int]:
    """All of them, or some of those of a wide format with all its corners."""
    if form.bits <= 16:
        return list(range(1 << form.bits))
    some = [RANDOM.getrandbits(form.bits) for _ in range(2000)]
    corners = [0, 1, 1 << form.mantissa, form.over - 1, form.over, form.nan, (1 << form.mantissa) - 1]
    return [*some, *corners, *((1 << (form.bits - 1)) | one for one in corners)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_pattern_means_the_same_number(name: str, ask: Any) -> None:
    form = FORMATS[name]
    patterns = patterns_of(form)
    found = ask(
        """const [name, patterns] = values, form = FORMATS[name];
        return patterns.map((text) => {
            const pattern = BigInt(text), x = decoded(form, pattern);
            const sides = [true, false].map((up) => String(beside(form, pattern, up)));
            return [bitsOf(x), kindOf(form, pattern), encoded(form, x).toString(), ...sides];
        });""",
        name,
        [str(one) for one in patterns],
    )
    for pattern, (x, kind, back, up, down) in zip(patterns, found, strict=True):
        number = form.decode(pattern)
        assert same(x, number) and kind == form.kind(pattern)
        assert int(back) == form.encode(number)
        for told, is_up in ((up, True), (down, False)):
            beside = form.beside(pattern, is_up)
            assert told == ("null" if beside is None else str(beside))


def tries() -> list[float]:
    """Doubles of every size, ties of every format among them."""
    some = [RANDOM.uniform(-1, 1) * 2.0 ** RANDOM.randint(-160, 140) for _ in range(3000)]
    ties = [
        (form.decode(one) + form.decode(one + 1)) / 2
        for form in FORMATS.values()
        for one in (RANDOM.randrange(form.over - 1) for _ in range(300))
    ]
    ends = [0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 1.7976931348623157e308]
    return [*some, *ties, *(-one for one in ties[:300]), *ends]


@pytest.mark.parametrize("rule", RULES)
def test_doubles_are_rounded_to_the_same_numbers(rule: str, ask: Any) -> None:
    numbers = tries()
    shares = [RANDOM.getrandbits(32) / 2**32 for _ in numbers]
    found = ask(
        """const [rule, numbers, shares] = values;
        return Object.values(FORMATS).map((form) => numbers.map((text, i) => {
            const x = double(text);
            return [bitsOf(rounded(form, x, rule, shares[i])), encoded(form, x, rule, shares[i]).toString()];
        }));""",
        rule,
        [hexed(one) for one in numbers],
        shares,
    )
    for form, rows in zip(FORMATS.values(), found, strict=True):
        for number, share, (fast, pattern) in zip(numbers, shares, rows, strict=True):
            expected = form.encode(number, rule, share)  # type: ignore[arg-type]
            assert int(pattern) == expected
            assert same(fast, form.decode(expected)), (form.name, number)


TYPED = [
    "0.1", "-0,001", "1e-8", "65520", "65519.99", "1e400", "-1e400", "1e-400", "1e99999", "1e-99999", "2^-24", "-2^-25",
    "2**10", ".5", "5.", "1.00048828125", "1.000488281250000000000000000000001", "464", "464.0000000000000001",
    "0", "-0",
    str(2**1023 * 2),
]  # fmt: skip


def fraction_of(text: str) -> Fraction:
    text = text.replace(",", ".").replace("**", "^")
    if "^" in text:
        sign = -1 if text.startswith("-") else 1
        return sign * Fraction(2) ** int(text.partition("^")[2])
    mantissa, _e, power = text.partition("e")
    return Fraction(mantissa) * Fraction(10) ** max(-5000, min(5000, int(power or 0)))


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_typed_is_rounded_once(name: str, ask: Any) -> None:
    form = FORMATS[name]
    more = [f"{RANDOM.randint(-(10**9), 10**9)}e{RANDOM.randint(-60, 40)}" for _ in range(500)]
    texts = [*TYPED, *more]
    found = ask(
        """const [name, texts] = values, form = FORMATS[name];
        return texts.map((text) => {
            const pattern = patternOf(form, readNumber(text));
            return [pattern.toString(), shortest(form, pattern), allDigits(form, pattern)];
        });""",
        name,
        texts,
    )
    for text, (pattern, short, digits) in zip(texts, found, strict=True):
        expected = form.encode(fraction_of(text)) | (text.startswith("-") << (form.bits - 1))
        assert int(pattern) == expected, text
        if form.kind(expected) in ("normal", "subnormal"):
            plain = short.replace("−", "-")
            assert form.encode(Fraction(plain)) == expected
            assert Fraction(digits.replace("−", "-")) == Fraction(form.decode(expected))


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "empty"), ("  ", "empty"), ("nan", "nan"), ("-inf", "infinite"), ("∞", "infinite"), ("0x3c00", "pattern"),
     ("0x", "unread"), ("abc", "unread"), ("1.2.3", "unread"), ("1,000.5", "unread"), ("--1", "unread"),
     (".", "unread"),
     ("<b>1</b>", "unread"), ("١", "unread"), ("1e", "unread"), ("−2", "number"), ("2^-24", "number")],
)  # fmt: skip
def test_how_a_text_is_read(text: str, kind: str, ask: Any) -> None:
    assert ask("return readNumber(values[0]).kind;", text) == kind


def test_steps_are_the_same_bit_by_bit(ask: Any) -> None:
    steps = [
        (
            RANDOM.choice([1.0, -0.3, 1e-4, 1000.0, 0.0]),
            10 ** RANDOM.uniform(-8, 0),
            10 ** RANDOM.uniform(-14, 4),
        )
        for _ in range(1500)
    ]
    found = ask(
        """return Object.values(FORMATS).map((form) => values[0].map(([w, lr, grad]) => {
            const one = updateOf(form, double(w), double(lr), double(grad));
            return [bitsOf(one.weight), bitsOf(one.gradient), bitsOf(one.product), bitsOf(one.after), one.outcome];
        }));""",
        [[hexed(one) for one in step] for step in steps],
    )
    for form, rows in zip(FORMATS.values(), found, strict=True):
        for step, (*told, outcome) in zip(steps, rows, strict=True):
            expected = update(form, *step)
            assert outcome == expected.outcome
            assert all(same(one, value) for one, value in zip(told, expected[:4], strict=True))


@pytest.mark.parametrize("rule", [*RULES, "master"])
def test_many_steps_end_at_the_same_weight(rule: str, ask: Any) -> None:
    count = 300
    found = ask(
        """const [rule, count] = values, master = rule === "master";
        const way = master ? "nearest" : rule;
        return Object.values(FORMATS).map((form) => (
            repeated(form, 1, 1e-3, 0.07, count, 100, way, master, 42).map(bitsOf)));""",
        rule,
        count,
    )
    for form, told in zip(FORMATS.values(), found, strict=True):
        way: Any = "nearest" if rule == "master" else rule
        weights = [form.round(1.0), *repeated(form, 1.0, 1e-3, 0.07, count, way, master=rule == "master")]
        assert told == [hexed(weights[place]) for place in (0, 100, 200, 300)], form.name
