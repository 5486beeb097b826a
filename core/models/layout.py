"""How a model's weights lie in memory: what a decoder's speed depends on most, one token at a time."""

from __future__ import annotations

from typing import TypeVar

from torch import nn

from core.models.transformer import Block, TokenModel

Model = TypeVar("Model", bound=TokenModel)


def laid_out(model: Model) -> Model:
    """Return ``model``, its weights laid so that a CPU reads them fast for a single token; no value changes.

    A step multiplies each matrix by one vector, so its time is that of reading the matrix once. PyTorch keeps
    (out, in) matrices row by row, and a row of 256 numbers is too short for a processor to read ahead: where a
    matrix has no fewer outputs than inputs, its columns are laid one after another instead. The three
    projections of each self-attention are joined besides; see `MultiHeadAttention.join`.
    """
    for module in model.modules():
        if isinstance(module, Block):
            module.self_attention.join()
        if isinstance(module, nn.Linear | nn.Embedding) and module.weight.shape[0] >= module.weight.shape[1]:
            weight = module.weight.data
            if weight.is_contiguous():  # not yet a view of joined projections
                module.weight.data = weight.t().contiguous().t()
    return model
