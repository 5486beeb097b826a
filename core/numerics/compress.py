"""A model made smaller: fewer bits for each weight, small weights left out, part by part.

Quantisation is symmetric, w ≈ scale · whole number (Jacob et al. 2018, section 2.1, with a zero point of 0), the scale
of a matrix or of each of its rows chosen so that the largest weight fits; nothing is trained again. Pruning sets the
smallest weights of each matrix to 0 (Han et al. 2015, section 3). Biases and layer normalisation stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import torch
from torch import Tensor

BITS: Final = (16, 8, 4, 3, 2)  # 16: as the file has them, in fp16
SCALE_BITS: Final = 16
Per = Literal["tensor", "channel"]


@dataclass(frozen=True)
class Plan:
    """What is done to the matrices."""

    bits: int = 8  # one of `BITS`
    per: Per = "channel"  # a scale for each row of a matrix, which makes one output, or one for all
    pruned: float = 0.0  # share of each matrix's numbers that become 0
    kept: frozenset[str] = frozenset()  # parts that stay in fp16

    def bits_of(self, part: str) -> int:
        """How many bits a number of a part has."""
        return 16 if part in self.kept else self.bits

    def pruned_of(self, part: str) -> float:
        """Which share of a part is left out."""
        return 0.0 if part in self.kept else self.pruned


class Whole(NamedTuple):
    """A matrix as whole numbers and scales."""

    numbers: Tensor  # int8, (row, column)
    scale: Tensor  # (row, 1), or (1, 1) for all rows

    @property
    def matrix(self) -> Tensor:
        """What they stand for."""
        return self.numbers * self.scale


def part_of(name: str) -> str | None:
    """Return the part that a weight belongs to, or None for what is never compressed.

    ``encoder.blocks.0.self_attention.query.weight`` is of ``encoder.0.self``; the matrix that is embedding and output
    at once is ``embedding``.
    """
    if not name.endswith("weight") or "norm" in name:
        return None
    if name.startswith("embedding"):
        return "embedding"
    stack, _blocks, layer, kind = name.split(".")[:4]
    return f"{stack}.{layer}.{kind.removesuffix('_attention').replace('feed_forward', 'dense')}"


def parts_of(weights: Mapping[str, Tensor]) -> dict[str, list[str]]:
    """Return the names of each part's matrices, in the order of the model."""
    found: dict[str, list[str]] = {}
    for name in weights:
        part = part_of(name)
        if part is not None:
            found.setdefault(part, []).append(name)
    return found


def quantised(matrix: Tensor, bits: int, per: Per) -> Whole:
    """Return a matrix (row, column) as whole numbers of so many bits, from −(2^(bits−1) − 1) up.

    A row, or a matrix, of zeros has the scale 0, and stays zeros.
    """
    largest = 2 ** (bits - 1) - 1
    size = matrix.abs()
    reach = size.amax(1, keepdim=True) if per == "channel" else size.amax().view(1, 1)
    scale = (reach / largest).half().float()  # as it would be stored
    divisor = torch.where(scale > 0, scale, 1.0)
    return Whole((matrix / divisor).round().clamp(-largest, largest).to(torch.int8), scale)


def pruned(matrix: Tensor, share: float) -> Tensor:
    """Return a matrix whose smallest numbers, this share of all, are 0; of equal ones the first go."""
    count = round(share * matrix.numel())
    if not count:
        return matrix
    flat = matrix.flatten()
    sizes = flat.abs()
    last = sizes.kthvalue(count).values
    gone = sizes < last
    equal = (sizes == last).nonzero()[: count - int(gone.sum()), 0]
    return flat.masked_fill(gone, 0).index_fill(0, equal, 0).view_as(matrix)


def compressed(weights: Mapping[str, Tensor], plan: Plan) -> dict[str, Tensor]:
    """Return weights in fp32 as they come back from a file compressed by a plan: pruned first, then rounded."""
    found = {}
    for name, tensor in weights.items():
        part = part_of(name)
        if part is None or part in plan.kept:
            found[name] = tensor
            continue
        matrix = pruned(tensor, plan.pruned)
        found[name] = quantised(matrix, plan.bits, plan.per).matrix if plan.bits < 16 else matrix
    return found


class Size(NamedTuple):
    """What a part takes up."""

    numbers: int
    before: int  # bytes, in fp16
    after: int  # bytes: packed bits and scales; pruned ones as below
    sparse: bool  # a bit for each number says whether it is there, and only those that are follow


def size_of(weights: Mapping[str, Tensor], names: list[str], bits: int, plan: Plan, share: float) -> Size:
    """Return what some matrices take up in the smaller of both ways to store them."""
    numbers = sum(weights[name].numel() for name in names)
    scales = 0
    if bits < 16:
        scales = SCALE_BITS * sum(weights[name].shape[0] if plan.per == "channel" else 1 for name in names)
    dense = numbers * bits
    left = sum(weights[name].numel() - round(share * weights[name].numel()) for name in names)
    sparse = numbers + left * bits
    return Size(numbers, 2 * numbers, (min(dense, sparse) + scales + 7) // 8, sparse < dense)


def sizes(weights: Mapping[str, Tensor], plan: Plan) -> dict[str, Size]:
    """Return what every part takes up; ``rest``: what is never compressed."""
    found = {
        part: size_of(weights, names, plan.bits_of(part), plan, plan.pruned_of(part))
        for part, names in parts_of(weights).items()
    }
    rest = sum(tensor.numel() for name, tensor in weights.items() if part_of(name) is None)
    return {**found, "rest": Size(rest, 2 * rest, 2 * rest, False)}


def work(weights: Mapping[str, Tensor], plan: Plan) -> dict[str, float]:
    """Return each part's multiplications for one token, in millions of 8-bit ones.

    A model of hardware whose time grows with the bits of the weights; pruned weights are multiplied like all others.
    The embedding counts once, as the output matrix.
    """
    return {
        part: sum(weights[name].numel() for name in names) * plan.bits_of(part) / 8 / 1e6
        for part, names in parts_of(weights).items()
    }


class Changed(NamedTuple):
    """Weights before and after, counted in bins of equal width."""

    reach: float  # bins go from minus this to this: the largest weight before
    before: list[int]
    after: list[int]
    off: float  # length of what was changed over that of the weights before
    zeros: float  # share of the weights after


def changed(before: Sequence[Tensor], after: Sequence[Tensor], bins: int) -> Changed:
    """Count the numbers of some matrices before and after."""
    first, last = (torch.cat([one.flatten() for one in many]) for many in (before, after))
    reach = float(first.abs().max()) or 1.0
    counts = [
        torch.histc(one.clamp(-reach, reach), bins, -reach, reach).long().tolist() for one in (first, last)
    ]
    off = float((last - first).norm() / first.norm())
    return Changed(reach, counts[0], counts[1], off, float((last == 0).float().mean()))
