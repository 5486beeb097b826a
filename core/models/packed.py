"""Matrices read in the 16-bit floats that their file holds: the same numbers, half the way through memory.

A decoder's step multiplies every matrix by one vector, so it lasts about as long as reading the matrices does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn


class Packed:
    """``x @ weightᵀ + bias`` for matrices with the same inputs, stacked, kept in float16.

    Each number is widened to float32 as it is read, and all sums are in float32 (FBGEMM; x86 processors alone).
    """

    def __init__(self, weights: Sequence[Tensor], biases: Sequence[Tensor]) -> None:
        self._sources = [(tensor, tensor._version) for tensor in (*weights, *biases)]
        bias = torch.cat([bias.detach() for bias in biases]) if biases else None
        self._matrix: Any = torch.ops.quantized.linear_prepack_fp16(torch.cat(list(weights)).detach(), bias)

    def serves(self, x: Tensor) -> bool:
        """Whether the matrices are still as they were packed, and can be multiplied by this."""
        if x.requires_grad or x.dtype != torch.float32 or not x.is_cpu:
            return False
        for tensor, version in self._sources:  # noqa: SIM110  a loop: this runs twenty times a token
            if tensor._version != version:
                return False
        return True

    def __call__(self, x: Tensor) -> Tensor:
        """(…, in) → (…, out of all matrices together)."""
        return _product(x, self._matrix)


_product = torch.ops.quantized.linear_dynamic_fp16.default


def pack(weights: Sequence[Tensor], biases: Sequence[Tensor] = ()) -> Packed | None:
    """Return the packed matrices, or ``None`` where numbers would change or this processor cannot."""
    if "fbgemm" not in torch.backends.quantized.supported_engines:
        return None
    if any(weight.device.type != "cpu" or weight.is_inference() for weight in weights):
        return None
    if not all(torch.equal(weight.half().float(), weight) for weight in weights):
        return None
    return Packed(weights, biases)


class Linear(nn.Linear):
    """PyTorch's layer; `pack` makes it faster."""

    packed: Packed | None = None

    def forward(self, x: Tensor) -> Tensor:
        """(…, in) → (…, out)."""
        packed = self.packed
        return packed(x) if packed is not None and packed.serves(x) else super().forward(x)

    def pack(self) -> None:
        """Pack the weights as they are now; once they change, the layer is again as if it had not been."""
        self.packed = pack([self.weight], [self.bias])
