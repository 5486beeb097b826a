"""Packed matrices are the same matrices: what they give, and that they are left when they no longer are."""

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.changes import Changes, HeadOff
from core.decoding.beam import beam_search
from core.decoding.greedy import greedy
from core.models.packed import Linear, pack
from core.models.transformer import Transformer, TransformerConfig
from core.text.tokenizer import END
from core.translator import Translator, load_translator
from tests.core.conftest import TINY

TOLERANCE = 1e-5
here = "fbgemm" in torch.backends.quantized.supported_engines
pytestmark = pytest.mark.skipif(not here, reason="no FBGEMM on this processor")


def in_16_bits(model: Transformer) -> Transformer:
    """Every weight as a file would give it back."""
    return model.half().float().requires_grad_(False)


@pytest.fixture
def plain(model: Transformer) -> Transformer:
    return in_16_bits(model)


@pytest.fixture
def packed(plain: Transformer) -> Transformer:
    twin = copy.deepcopy(plain)
    twin.pack()
    return twin


@settings(max_examples=40, deadline=None)
@given(
    inputs=st.integers(1, 70),
    outputs=st.lists(st.integers(1, 70), min_size=1, max_size=3),
    leading=st.lists(st.integers(1, 4), max_size=2),
    size=st.sampled_from([1e-6, 1e-3, 1.0, 100.0]),
    biased=st.booleans(),
    seed=st.integers(0, 999),
)
def test_the_product_is_that_of_the_unpacked_matrices(
    inputs: int, outputs: list[int], leading: list[int], size: float, biased: bool, seed: int
) -> None:
    torch.manual_seed(seed)
    weights = [(torch.randn(rows, inputs) * size).half().float() for rows in outputs]
    biases = [torch.randn(rows) for rows in outputs] if biased else []
    x = torch.randn(*leading, 1, inputs)
    matrix = pack(weights, biases)
    assert matrix is not None and matrix.serves(x)
    exact = x.double() @ torch.cat(weights).double().T + (torch.cat(biases).double() if biased else 0)
    room = TOLERANCE * (x.abs().double() @ torch.cat(weights).abs().double().T + 1e-9)  # before rounding
    assert ((matrix(x) - exact).abs() <= room + (1e-6 if biased else 0)).all()


def test_numbers_that_16_bits_cannot_hold_are_never_packed() -> None:
    assert pack([torch.tensor([[1.0, 0.1]])]) is None
    assert pack([torch.tensor([[1.0, 70_000.0]])]) is None
    assert pack([torch.tensor([[1.0, 0.5]])]) is not None
    fresh = Transformer(TINY)
    fresh.pack()
    assert all(module.packed is None for module in fresh.modules() if isinstance(module, Linear))


def test_a_packed_model_says_and_records_what_the_plain_one_does(
    plain: Transformer, packed: Transformer, source: torch.Tensor, target: torch.Tensor
) -> None:
    assert all(module.packed is not None for module in packed.modules() if isinstance(module, Linear))
    with torch.inference_mode():
        expected, trace = plain(source, target, record=True)
        logits, own = packed(source, target, record=True)
        fast, _ = packed(source, target)
    assert trace is not None and own is not None
    assert torch.allclose(logits, expected, atol=TOLERANCE) and torch.allclose(logits, fast, atol=TOLERANCE)
    for stage, other in zip(
        vars(own.decoder.blocks.self_attention).items(),
        vars(trace.decoder.blocks.self_attention).values(),
        strict=True,
    ):
        assert torch.allclose(stage[1], other, atol=TOLERANCE), stage[0]
    for one, two in zip(
        greedy(packed, source, longest=8, record=True), greedy(plain, source, longest=8), strict=True
    ):
        assert one.token == two.token
        assert torch.allclose(one.log_probabilities.exp(), two.log_probabilities.exp(), atol=TOLERANCE)
    found, wanted = (beam_search(model, source, width=3, longest=6) for model in (packed, plain))
    assert [one.tokens for one in found.hypotheses] == [one.tokens for one in wanted.hypotheses]


@pytest.mark.parametrize("positions", ["sinusoidal", "rotary"])
def test_a_packed_decoder_with_a_cache_says_what_it_says_at_once(
    positions: str, source: torch.Tensor, target: torch.Tensor
) -> None:
    torch.manual_seed(3)
    config = TransformerConfig(
        **{**vars(TINY), "positions": positions, "d_model": 12, "heads": 2, "dropout": 0.0}
    )
    model = in_16_bits(Transformer(config).eval())
    model.pack()
    whole, _ = model(source, target)
    caches = model.start(model.encode(source)[0])
    for place in range(target.shape[1]):
        logits, _ = model.step(target[:, place : place + 1], caches, place, record=place % 2 == 0)
        assert torch.allclose(logits, whole[:, place], atol=TOLERANCE)


def test_a_head_that_is_off_is_off_in_both(
    plain: Transformer, packed: Transformer, source: torch.Tensor
) -> None:
    off = Changes([HeadOff("decoder.self", 0, 1), HeadOff("encoder.self", 1, 2)])
    for one, two, free in zip(
        greedy(packed, source, longest=4, prefix=[9, 21, 14, 8], changes=off),
        greedy(plain, source, longest=4, prefix=[9, 21, 14, 8], changes=off),
        greedy(plain, source, longest=4, prefix=[9, 21, 14, 8]),
        strict=True,
    ):
        assert torch.allclose(one.log_probabilities, two.log_probabilities, atol=1e-4)
        assert not torch.allclose(one.log_probabilities, free.log_probabilities, atol=1e-3)


@pytest.mark.parametrize(
    "name",
    [
        "embedding.weight",
        "decoder.blocks.0.self_attention.key.weight",
        "encoder.blocks.1.feed_forward.output.bias",
    ],
)
def test_weights_that_change_count_as_they_are(
    name: str, plain: Transformer, packed: Transformer, source: torch.Tensor, target: torch.Tensor
) -> None:
    before, _ = packed(source, target)
    for model in (plain, packed):
        with torch.inference_mode():
            model.get_parameter(name)[1:] += 0.37
    expected, _ = plain(source, target)
    assert not torch.allclose(before, expected, atol=1e-3)
    assert torch.allclose(packed(source, target)[0], expected, atol=TOLERANCE)


def test_gradients_and_doubles_take_the_plain_way(packed: Transformer, source: torch.Tensor) -> None:
    linear = packed.encoder.blocks[0].feed_forward.hidden
    x = torch.randn(2, 12, requires_grad=True)
    linear(x).sum().backward()
    assert x.grad is not None and torch.allclose(x.grad[0], linear.weight.sum(0), atol=TOLERANCE)
    assert packed.double().encode(source)[0].dtype == torch.float64


def test_the_translator_from_the_file_is_packed() -> None:
    translator: Translator = load_translator()
    if translator.device.type != "cpu":
        pytest.skip("weights on a GPU are not packed")
    assert all(module.packed for module in translator.model.modules() if isinstance(module, Linear))
    first = next(iter(translator.steps("안녕하세요.", "ko-en", record=True)))
    assert first.token != END and abs(float(first.log_probabilities.exp().sum()) - 1) < TOLERANCE
