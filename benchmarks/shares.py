"""Where a recorded step's time goes: products with stored matrices, the other operators, Python."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from torch.autograd.profiler import profile

from benchmarks.report import Figure, median_ms
from core.decoding.greedy import greedy
from core.models.transformer import Transformer, TransformerConfig

ROUNDS = 20
NARROW = TransformerConfig(vocabulary=64, d_model=16, heads=8, d_hidden=32)  # next to nothing to read
READ_MB = 256  # far more than a processor's caches hold
# torch's names of a product with a stored matrix.
PRODUCTS = ("quantized::linear_dynamic_fp16", "aten::addmm", "aten::mm")


def shares(model: Transformer, source: Tensor, decode: Callable[[], None], tokens: int) -> Iterator[Figure]:
    """Yield the parts of the time of ``decode``, which says ``tokens`` tokens and records them."""
    whole, products, others = [], [], []
    for _ in range(ROUNDS):
        decode()
        began = time.perf_counter()
        decode()
        whole.append((time.perf_counter() - began) * 1000 / tokens)
        of_products, of_all = _operators(decode)
        products.append(of_products / tokens)
        others.append((of_all - of_products) / tokens)
    total, product, other = (statistics.median(times) for times in (whole, products, others))
    bits = 16 if "fbgemm" in torch.backends.quantized.supported_engines else 32  # see core.models.packed
    megabytes = _numbers(model) * bits / 8 / 1e6
    reading = _gigabytes_a_second()
    least = megabytes / reading
    note = f"{megabytes:.1f} MB a token in {bits} bits; from memory, at {reading:.0f} GB/s, {least:.2f} ms"
    unit = "ms/token"
    yield Figure("  of it: products with matrices", product, unit, None, note)
    yield Figure("  of it: the other operators", other, unit, None, "as torch's profiler counts them")
    rest = f"of {total:.2f}: what is left, most of it Python and torch's way from it to a kernel"
    yield Figure("  of it: the rest", total - product - other, unit, None, rest)
    encode = torch.inference_mode()(lambda: model.start(model.encode(source)[0]))
    yield Figure("  of all: encoding the source", median_ms(encode) / tokens, unit, None, "once a sentence")
    yield Figure("  the same model 16 numbers wide", _narrow(tokens), unit, None, "no matrices to speak of")


def _operators(call: Callable[[], None]) -> tuple[float, float]:
    """Return the ms inside products with stored matrices and inside all operators."""
    with profile(use_kineto=False) as profiler:
        call()
    times = {event.key: event.self_cpu_time_total / 1000 for event in profiler.key_averages()}
    return sum(times.get(name, 0.0) for name in PRODUCTS), sum(times.values())


def _numbers(model: Transformer) -> int:
    """How many numbers of the matrices a step reads; the source's keys and values are projected before."""
    matrices = (
        parameter.numel()
        for name, parameter in model.decoder.named_parameters()
        if parameter.dim() == 2
        and not name.endswith(("cross_attention.key.weight", "cross_attention.value.weight"))
    )
    return sum(matrices) + model.embedding.weight.numel()


def _gigabytes_a_second() -> float:
    numbers = torch.ones(READ_MB * 1_000_000 // 4)
    return READ_MB / median_ms(numbers.sum)


def _narrow(tokens: int) -> float:
    torch.manual_seed(0)
    model = Transformer(NARROW).eval().requires_grad_(False)
    source = torch.arange(4, 24)[None]
    emitted = sum(1 for _ in greedy(model, source, longest=tokens))
    return median_ms(lambda: list(greedy(model, source, longest=tokens, record=True))) / emitted
