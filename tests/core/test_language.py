"""One stack alone: what a causal model may see, what a model without positions cannot, and the blanks."""

import dataclasses

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.language import LanguageModel
from core.models.positions import KINDS
from core.models.transformer import Transformer, TransformerConfig
from core.small import SMALL_TOKENIZER, blank_ids
from core.text.tokenizer import BLANK, PAD, Tokenizer
from tests.core.conftest import TINY

IDS = torch.tensor([[5, 11, 8, 30, 17, 6]])


def small(positions: str, *, causal: bool = False) -> LanguageModel:
    torch.manual_seed(5)
    layers = {"encoder_layers": 0} if causal else {"decoder_layers": 0}
    return LanguageModel(dataclasses.replace(TINY, positions=positions, **layers)).eval()


@pytest.mark.parametrize("kind", KINDS)
def test_a_decoder_alone_sees_no_later_token_whatever_its_positions(kind: str) -> None:
    model = small(kind, causal=True)
    changed = IDS.clone()
    changed[0, 4:] = 9
    with torch.inference_mode():
        assert torch.allclose(model(IDS)[0][:, :4], model(changed)[0][:, :4], atol=1e-5)
        assert not torch.allclose(model(IDS)[0][:, 4:], model(changed)[0][:, 4:], atol=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_padding_changes_nothing(kind: str) -> None:
    padded = torch.cat([IDS, torch.full((1, 3), PAD)], 1)
    for causal in (False, True):
        model = small(kind, causal=causal)
        with torch.inference_mode():
            assert torch.allclose(model(padded)[0][:, :6], model(IDS)[0], atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_only_without_positions_is_the_order_of_no_account(kind: str) -> None:
    model = small(kind)
    order = torch.tensor([3, 0, 5, 1, 4, 2])
    with torch.inference_mode():
        difference = (model.read(IDS[:, order])[0] - model.read(IDS)[0][:, order]).abs().max()
    assert difference <= 1e-5 if kind == "none" else difference > 1e-3


def test_a_trace_has_every_stage_and_the_fast_path_agrees() -> None:
    for kind in KINDS:
        model = small(kind)
        with torch.inference_mode():
            fast, none = model(IDS)
            recorded, trace = model(IDS, record=True)
        assert none is None and trace is not None
        assert torch.allclose(fast, recorded, atol=1e-5)
        assert trace.blocks.self_attention.weights.shape == (2, 3, 6, 6)


def test_a_rotary_decoder_with_a_cache_says_what_one_without_says() -> None:
    torch.manual_seed(2)
    model = Transformer(dataclasses.replace(TINY, positions="rotary")).eval()
    target = torch.tensor([[2, 9, 21, 14, 33]])
    with torch.inference_mode():
        whole, _ = model(IDS, target)
        caches = model.start(model.encode(IDS)[0])
        steps = [model.step(target[:, i : i + 1], caches, i)[0] for i in range(5)]
    assert torch.allclose(torch.stack(steps, 1), whole, atol=1e-5)


def test_a_model_is_an_encoder_or_a_decoder() -> None:
    for encoder, decoder in ((2, 2), (0, 0)):
        with pytest.raises(ValueError, match="not both"):
            LanguageModel(TransformerConfig(encoder_layers=encoder, decoder_layers=decoder))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(SMALL_TOKENIZER)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("나는 ___ 마셨다", ["▁나는", BLANK, "▁마", "셨", "다"]),
        ("나는 _____를", ["▁나는", BLANK, "를"]),
        ("___", [BLANK]),
        ("___ is red", [BLANK, "▁is", "▁red"]),
        ("a__b", ["▁a", "_", "_", "b"]),
    ],
)
def test_three_underscores_are_a_blank_with_its_space(
    tokenizer: Tokenizer, text: str, pieces: list[str]
) -> None:
    assert tokenizer.pieces(blank_ids(tokenizer, text)) == pieces


@settings(deadline=None)  # other work on the machine is no failure
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(lambda text: "___" not in text))
def test_a_text_without_a_blank_is_read_as_it_is(text: str) -> None:
    tokenizer = Tokenizer(SMALL_TOKENIZER)
    if BLANK not in text:
        assert blank_ids(tokenizer, text) == tokenizer.encode(text)
