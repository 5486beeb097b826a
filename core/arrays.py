"""A trace as plain NumPy arrays: the few from which every other stage follows."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.models.language import LanguageModel
from core.models.transformer import Stack, Transformer
from core.trace import AttentionTrace, DecoderTrace, StackTrace, Trace

Arrays = dict[str, NDArray[np.float32]]


def essential_arrays(trace: Trace, model: Transformer) -> Arrays:
    """Return float32 arrays by name, S source and T target tokens, L layers, H heads.

    ``encoder.embedding``, ``encoder.positional`` (S, d_model); ``encoder.self.query``, ``key``, ``value``
    (L, H, S, d_k); ``encoder.self.output`` (L, S, d_model); ``encoder.self.norm.weight``, ``bias``
    (L, d_model); ``encoder.feed_forward`` (L, S, d_model) and its ``norm``; the same for ``decoder`` with
    T for S, and ``decoder.cross`` with T queries and S keys.

    Scores, weights, contexts, residual sums and normalised vectors follow from these by the textbook's
    formulas, so a picture can derive them instead of carrying them.
    """
    return {
        **_stack_arrays("encoder", trace.encoder, model.encoder),
        **_stack_arrays("decoder", trace.decoder, model.decoder),
    }


def decoder_arrays(trace: DecoderTrace, model: LanguageModel) -> Arrays:
    """Return what `essential_arrays` does for a decoder alone: ``decoder.embedding`` … without ``decoder.cross``."""
    return _stack_arrays("decoder", trace.decoder, model.stack)


def _stack_arrays(name: str, trace: StackTrace, stack: Stack) -> Arrays:
    arrays = {f"{name}.embedding": _plain(trace.embedding), f"{name}.positional": _plain(trace.positional)}
    arrays.update(_attention_arrays(f"{name}.self", trace.blocks.self_attention))
    arrays.update(_norm_arrays(f"{name}.self.norm", stack, "self_attention_norm"))
    if trace.blocks.cross_attention is not None:
        arrays.update(_attention_arrays(f"{name}.cross", trace.blocks.cross_attention))
        arrays.update(_norm_arrays(f"{name}.cross.norm", stack, "cross_attention_norm"))
    arrays[f"{name}.feed_forward"] = _plain(trace.blocks.feed_forward)
    arrays.update(_norm_arrays(f"{name}.feed_forward.norm", stack, "feed_forward_norm"))
    return arrays


def _attention_arrays(name: str, trace: AttentionTrace) -> Arrays:
    return {f"{name}.{stage}": _plain(getattr(trace, stage)) for stage in ("query", "key", "value", "output")}


def _norm_arrays(name: str, stack: Stack, part: str) -> Arrays:
    norms = [getattr(block, part) for block in stack.blocks]
    return {
        f"{name}.{kind}": _plain(torch.stack([getattr(norm, kind) for norm in norms]))
        for kind in ("weight", "bias")
    }


def _plain(tensor: Tensor) -> NDArray[np.float32]:
    return np.ascontiguousarray(tensor.detach().cpu().numpy(), dtype=np.float32)
