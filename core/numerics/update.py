"""One step of gradient descent in a number format, and what becomes of it: w ← w − lr · grad, rounded at every sign.

Micikevicius et al. 2018, section 3.1, tells the three ways in which such a step is lost.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from core.decoding.sampling import uniform
from core.numerics.formats import FORMATS, Format, Rule

Outcome = Literal["nothing", "gradient", "product", "absorbed", "overflow", "coarse", "works"]
OUTCOMES: Final[tuple[Outcome, ...]] = (
    "nothing", "gradient", "product", "absorbed", "overflow", "coarse", "works",
)  # fmt: skip
COARSE: Final = 0.1  # of the step that was asked for, by which the step that is made may be off
MASTER: Final = FORMATS["fp32"]


class Update(NamedTuple):
    """What each operation gave."""

    weight: float  # as the format holds it
    gradient: float
    product: float
    after: float
    outcome: Outcome


def update(
    form: Format,
    weight: float,
    rate: float,
    gradient: float,
    rule: Rule = "nearest",
    shares: tuple[float, float] = (0.5, 0.5),
) -> Update:
    """Take a step. Weight and gradient are rounded as they are stored, to the nearest; product and sum by ``rule``.

    The rate is no tensor: as in PyTorch it is a double, and rate · gradient is rounded to the format from a double.

    ``shares``: the draws of stochastic rounding, for the product and for the sum.
    """
    held, slope = form.round(weight), form.round(gradient)
    product = form.round(rate * slope, rule, shares[0])
    after = form.round(held - product, rule, shares[1])
    return Update(held, slope, product, after, outcome_of(rate * gradient, held, slope, product, after))


def outcome_of(wanted: float, weight: float, slope: float, product: float, after: float) -> Outcome:
    """Name what became of a step of ``wanted``.

    ``nothing``: none was asked for. ``gradient``: it vanished as it was stored. ``product``: rate times gradient did.
    ``absorbed``: there is a product, and the weight stays what it was. ``overflow``: something is no finite number.
    ``coarse``: the weight moves, by another step than was asked for (`COARSE`).
    """
    if not all(math.isfinite(one) for one in (wanted, weight, slope, product, after)):
        return "overflow"
    if wanted == 0:
        return "nothing"
    if slope == 0:
        return "gradient"
    if product == 0:
        return "product"
    if after == weight:
        return "absorbed"
    return "coarse" if abs((weight - after) / wanted - 1) > COARSE else "works"


def repeated(
    form: Format,
    weight: float,
    rate: float,
    gradient: float,
    steps: int,
    rule: Rule = "nearest",
    *,
    master: bool = False,
    seed: int = 42,
) -> Iterator[float]:
    """Yield the weight after each of many equal steps, as the format holds it.

    ``master``: product and sum are kept in fp32, and the format's weight is a rounded copy of it (Micikevicius et al.
    2018, section 3.1). ``seed``: of stochastic rounding, by which the master copy is not rounded.
    """
    slope = form.round(gradient)
    keeps = MASTER if master else form
    way: Rule = "nearest" if master else rule
    held = keeps.round(weight)
    for step in range(steps):
        draws = (uniform(seed, 2 * step), uniform(seed, 2 * step + 1)) if way == "stochastic" else (0.5, 0.5)
        product = keeps.round(rate * slope, way, draws[0])
        held = keeps.round(held - product, way, draws[1])
        yield form.round(held)
