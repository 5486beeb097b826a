"""How fast this machine is in each number type, and how much memory it takes: measured when somebody asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

import torch
from torch import Tensor

from core import device
from core.models.transformer import Transformer
from core.translator import Translator, direction_of

TYPES: Final = {
    "fp64": torch.float64,
    "fp32": torch.float32,
    "bf16": torch.bfloat16,
    "fp16": torch.float16,
}
SIDE: Final = 512  # of the matrices
SECONDS: Final = 0.4  # for each measurement
SENTENCES: Final = (
    "I would like a cup of coffee.",
    "The weather is nice today, so we are going for a walk.",
    "저는 매일 아침 학교에 갑니다.",
    "어제 친구와 함께 영화를 봤어요.",
)
LONGEST: Final = 24  # tokens of a translation


class Measured(NamedTuple):
    """One measurement."""

    task: Literal["product", "translation"]
    form: str  # one of `TYPES`, "int8", or "mixed": weights in fp16, sums in fp32
    seconds: float  # of a product; of a token
    size: int  # bytes of the three matrices; of all weights


class Progress(NamedTuple):
    """How far the measurements are."""

    done: int
    total: int
    found: tuple[Measured, ...]
    missing: tuple[tuple[str, str], ...]  # (task, form) that this device cannot do


def measure(translator: Translator) -> Iterator[Progress]:
    """Measure a product of matrices and the translator in every type, one after the other."""
    tasks: list[tuple[Literal["product", "translation"], str, Callable[[], Measured]]] = [
        *(("product", form, lambda form=form: product(form)) for form in (*TYPES, "int8")),
        *(
            ("translation", form, lambda form=form: translation(translator, form))
            for form in (*TYPES, "mixed")
        ),
    ]
    found: list[Measured] = []
    missing: list[tuple[str, str]] = []
    yield Progress(0, len(tasks), (), ())
    for done, (task, form, run) in enumerate(tasks, 1):
        try:
            found.append(run())
        except (RuntimeError, TypeError, AttributeError, NotImplementedError):  # not on this device
            missing.append((task, form))
        yield Progress(done, len(tasks), tuple(found), tuple(missing))


def product(form: str) -> Measured:
    """Measure the product of two square matrices.

    Raises:
        RuntimeError: this device has no such product.
    """
    where = device.best()
    generator = torch.Generator().manual_seed(1)
    a, b = (torch.randn((SIDE, SIDE), generator=generator).to(where) for _ in range(2))
    if form == "int8":
        a, b = ((20 * one).round().clamp(-127, 127).to(torch.int8) for one in (a, b))
        multiply: Callable[[], Tensor] = lambda: torch._int_mm(a, b)  # noqa: E731
    else:
        a, b = a.to(TYPES[form]), b.to(TYPES[form])
        multiply = lambda: a @ b  # noqa: E731
    size = sum(one.numel() * one.element_size() for one in (a, b, multiply()))
    return Measured("product", form, _median(multiply, where), size)


@torch.inference_mode()
def translation(translator: Translator, form: str) -> Measured:
    """Measure greedy decoding of `SENTENCES`, in seconds a token.

    Raises:
        RuntimeError: this device cannot run the model in this type.
    """
    if form == "mixed":
        model = translator.model
    else:
        model = Transformer(translator.model.config)
        model.load_state_dict(translator.model.state_dict())
        model = model.eval().to(device=translator.device, dtype=TYPES[form])
    copy = Translator(model, translator.tokenizer, translator.card)
    sources = [copy.source_ids(text, direction_of(text)) for text in SENTENCES]

    def decode(given: Sequence[Sequence[int]]) -> int:
        return sum(len(copy.answer(source, longest=LONGEST)) + 1 for source in given)

    decode(sources[:1])  # the first call takes longer
    tokens, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        tokens += decode(sources)
    seconds = (time.perf_counter() - began) / tokens
    bytes_each = 2 if form == "mixed" else TYPES[form].itemsize
    return Measured("translation", form, seconds, bytes_each * sum(p.numel() for p in model.parameters()))


def _median(run: Callable[[], object], where: torch.device) -> float:
    """The median time of a call, in seconds."""
    times: list[float] = []
    began = time.perf_counter()
    run()
    while time.perf_counter() - began < SECONDS:
        first = time.perf_counter()
        run()
        if where.type == "cuda":
            torch.cuda.synchronize()
        times.append(time.perf_counter() - first)
    return sorted(times)[len(times) // 2]
