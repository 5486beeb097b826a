"""Floating-point formats, bit by bit: what a pattern stands for, and which pattern a number becomes.

IEEE 754-2019, sections 3.4 (patterns) and 4.3 (rounding); for eight bits the OCP 8-bit Floating Point Specification 1.0
(2023), section 5. Everything here is exact: numbers are ratios of whole numbers until they are rounded, once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

Rule = Literal["nearest", "truncated", "stochastic"]
RULES: Final[tuple[Rule, ...]] = ("nearest", "truncated", "stochastic")


@dataclass(frozen=True)
class Format:
    """A sign, an exponent with a bias, a mantissa; all zeros in the exponent: subnormal, no leading one."""

    name: str
    exponent: int  # bits
    mantissa: int  # bits
    # Without infinities the highest exponent holds numbers as any other does, and only the last pattern is NaN: too
    # large a number becomes NaN (OCP's E4M3, which machine-learning libraries call e4m3fn).
    infinities: bool = True

    @property
    def bits(self) -> int:
        """Of a whole pattern."""
        return 1 + self.exponent + self.mantissa

    @property
    def bias(self) -> int:
        """What is taken from the exponent's bits."""
        return (1 << (self.exponent - 1)) - 1

    @property
    def lowest(self) -> int:
        """The exponent of the smallest normal number and of all subnormal ones."""
        return 1 - self.bias

    @property
    def over(self) -> int:
        """The first pattern, without its sign, that is no number: infinity, or NaN where there is none."""
        full = (1 << (self.bits - 1)) - 1
        return full - ((1 << self.mantissa) - 1) if self.infinities else full

    @property
    def nan(self) -> int:
        """The pattern of NaN that computations give."""
        return self.over | (1 << (self.mantissa - 1)) if self.infinities else self.over

    @property
    def largest(self) -> float:
        """The largest number."""
        return self._magnitude(self.over - 1)

    @property
    def smallest(self) -> float:
        """The smallest positive number, a subnormal one."""
        return self._magnitude(1)

    @property
    def normal(self) -> float:
        """The smallest normal number."""
        return self._magnitude(1 << self.mantissa)

    @property
    def resolution(self) -> float:
        """From 1 to the next number."""
        return math.ldexp(1.0, -self.mantissa)

    def parts(self, pattern: int) -> tuple[int, int, int]:
        """Return a pattern's sign, exponent and mantissa, each as a whole number."""
        mantissa = pattern & ((1 << self.mantissa) - 1)
        exponent = (pattern >> self.mantissa) & ((1 << self.exponent) - 1)
        return pattern >> (self.bits - 1), exponent, mantissa

    def kind(self, pattern: int) -> Literal["zero", "subnormal", "normal", "infinite", "nan"]:
        """Return what a pattern stands for."""
        magnitude = pattern & ((1 << (self.bits - 1)) - 1)
        if magnitude >= self.over:
            return "infinite" if self.infinities and magnitude == self.over else "nan"
        if magnitude == 0:
            return "zero"
        return "normal" if magnitude >> self.mantissa else "subnormal"

    def decode(self, pattern: int) -> float:
        """Return the number of a pattern, with its sign; every format's numbers are double ones."""
        sign = -1.0 if pattern >> (self.bits - 1) else 1.0
        kind = self.kind(pattern)
        if kind == "nan":
            return math.nan
        if kind == "infinite":
            return sign * math.inf
        return sign * self._magnitude(pattern & ((1 << (self.bits - 1)) - 1))

    def _magnitude(self, pattern: int) -> float:
        exponent, mantissa = pattern >> self.mantissa, pattern & ((1 << self.mantissa) - 1)
        if exponent:
            mantissa += 1 << self.mantissa
        return math.ldexp(mantissa, max(exponent, 1) - self.bias - self.mantissa)

    def encode(self, number: float | Fraction, rule: Rule = "nearest", share: float = 0.5) -> int:
        """Return the pattern of a number, rounded once.

        ``nearest``: a tie goes to the even pattern. ``truncated``: towards zero, so that nothing overflows.
        ``stochastic``: away from zero with a chance as large as what truncation would cut off, in steps of the last
        place (Gupta et al. 2015, section 3.1); ``share``, from 0 up to 1, is the draw: away where it is smaller.
        """
        sign = int(math.copysign(1.0, number) < 0) << (self.bits - 1) if isinstance(number, float) else 0
        if isinstance(number, float) and not math.isfinite(number):
            if math.isnan(number):
                return self.nan
            return sign | self.over
        above, below = number.as_integer_ratio()
        if above < 0:
            sign = 1 << (self.bits - 1)
        return sign | self._rounded(abs(above), below, rule, share)

    def _rounded(self, above: int, below: int, rule: Rule, share: float) -> int:
        """The pattern of above / below, without a sign."""
        if not above:
            return 0
        exponent = above.bit_length() - below.bit_length()
        if above << max(0, -exponent) < below << max(0, exponent):
            exponent -= 1
        exponent = max(exponent, self.lowest)
        place = exponent - self.mantissa  # of the last bit
        above, below = above << max(0, -place), below << max(0, place)
        units, rest = divmod(above, below)
        if rule == "nearest":
            units += 2 * rest > below or (2 * rest == below and units % 2 == 1)
        elif rule == "stochastic":
            drawn, of = share.as_integer_ratio()
            units += drawn * below < rest * of
        # A carry into the next exponent, and the step from subnormal to normal, are plain additions.
        pattern = ((exponent - self.lowest) << self.mantissa) + units
        return min(pattern, self.over - 1 if rule == "truncated" else self.over)

    def round(self, number: float, rule: Rule = "nearest", share: float = 0.5) -> float:
        """Return the number that `encode` makes of it."""
        return self.decode(self.encode(number, rule, share))

    def beside(self, pattern: int, up: bool) -> int | None:
        """Return the pattern of the next larger or smaller number; None beyond the largest and of NaN.

        Both zeros count as one: below 0 lies the smallest negative number.
        """
        top = 1 << (self.bits - 1)
        magnitude, negative = pattern & (top - 1), bool(pattern & top)
        if self.kind(pattern) == "nan":
            return None
        if magnitude == 0:
            return 1 if up else top | 1
        beyond = magnitude + (1 if up != negative else -1)
        last = self.over if self.infinities else self.over - 1
        return None if beyond > last else beyond | (top if negative else 0)


FORMATS: Final[dict[str, Format]] = {
    one.name: one
    for one in (
        Format("fp64", 11, 52),
        Format("fp32", 8, 23),
        Format("fp16", 5, 10),
        Format("bf16", 8, 7),
        Format("e5m2", 5, 2),
        Format("e4m3", 4, 3, infinities=False),
    )
}
