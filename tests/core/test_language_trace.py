"""A decoder alone, stage by stage: its trace, numbers changed in it, and what it then goes on with."""

import dataclasses
import math

import numpy as np
import pytest
import torch

from core import language
from core.arrays import decoder_arrays
from core.changes import Changes, Edit, HeadOff
from core.decoding.distribution import FORBIDDEN
from core.decoding.sampling import Sampler
from core.language import Language
from core.models.language import LanguageModel
from core.text.tokenizer import END, Tokenizer
from core.trace import DecoderTrace
from tests.core.conftest import TINY
from tests.core.test_arrays import layer_norm

TEXT = "The cat sat on the"


@pytest.fixture(scope="module")
def model() -> Language:
    tokenizer = Tokenizer(language.tokenizer_of("en"))
    torch.manual_seed(3)
    tiny = LanguageModel(dataclasses.replace(TINY, encoder_layers=0, vocabulary=len(tokenizer)))
    # Biases start at zero; a test that passes only because they are zero would prove nothing.
    for name, parameter in tiny.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(parameter, std=0.3)
    return Language(tiny, tokenizer, {"name": "tiny"})


@pytest.fixture(scope="module")
def ids(model: Language) -> list[int]:
    return model.ids(TEXT)


@pytest.fixture(scope="module")
def trace(model: Language, ids: list[int]) -> DecoderTrace:
    return model.trace(ids)


def test_the_recorded_run_says_what_the_fast_one_says(
    model: Language, ids: list[int], trace: DecoderTrace
) -> None:
    fast = model.logits(ids)
    sayable = np.isfinite(fast)
    np.testing.assert_allclose(trace.logits[-1].numpy()[sayable], fast[sayable], atol=1e-5)
    assert not sayable[list(FORBIDDEN)].any()


def test_each_word_shares_its_attention_among_what_stands_before_it(trace: DecoderTrace) -> None:
    attention = trace.decoder.blocks.self_attention
    count = attention.weights.shape[-1]
    future = torch.ones(count, count, dtype=torch.bool).triu(1)
    assert (attention.weights[..., future] == 0).all()
    assert (attention.masked[..., future] == -math.inf).all()
    assert (attention.weights[..., ~future] > 0).all()
    assert torch.allclose(attention.weights.sum(-1), torch.ones(()), atol=1e-6)
    assert trace.decoder.blocks.cross_attention is None


def test_the_feed_forward_network_follows_the_attention_directly(
    model: Language, trace: DecoderTrace
) -> None:
    """From the few arrays of the picture, the last block's result."""
    arrays = {name: array.astype(np.float64) for name, array in decoder_arrays(trace, model.model).items()}
    assert {name.split(".")[0] for name in arrays} == {"decoder"}
    assert not any("cross" in name for name in arrays)
    x = arrays["decoder.embedding"] + arrays["decoder.positional"]
    for layer in range(TINY.decoder_layers):
        for output, norm in (
            ("decoder.self.output", "decoder.self.norm"),
            ("decoder.feed_forward", "decoder.feed_forward.norm"),
        ):
            x = layer_norm(
                x + arrays[output][layer], arrays[f"{norm}.weight"][layer], arrays[f"{norm}.bias"][layer]
            )
        expected = trace.decoder.blocks.feed_forward_sublayer.normalized[layer]
        np.testing.assert_allclose(x, expected, atol=1e-5)


@pytest.mark.parametrize(
    ("place", "head"),
    [
        ("decoder.0.x", None), ("decoder.0.self.query", 1), ("decoder.1.self.scores", 0), ("decoder.1.self.value", 2),
        ("decoder.0.self.normalized", None), ("decoder.1.feed_forward", None), ("decoder.1.final", None),
    ],
)  # fmt: skip
def test_a_changed_number_moves_its_own_word_and_none_before_it(
    model: Language, ids: list[int], trace: DecoderTrace, place: str, head: int | None
) -> None:
    edited = model.trace(ids, Changes([Edit(place, 3, 1, (8.0,), head)]))
    assert torch.allclose(edited.logits[:3], trace.logits[:3], atol=1e-5)
    assert (edited.logits[3:] - trace.logits[3:]).abs().max() > 1e-3


def test_a_head_that_is_off_adds_nothing(model: Language, ids: list[int], trace: DecoderTrace) -> None:
    off = model.trace(ids, Changes([HeadOff("decoder.self", 1, 2)]))
    context = off.decoder.blocks.self_attention.context
    assert (context[1, 2] == 0).all() and (context[1, :2] != 0).any() and (context[0, 2] != 0).any()
    assert not torch.allclose(off.logits, trace.logits, atol=1e-3)
    assert torch.equal(model.trace(ids).logits, trace.logits)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Edit("encoder.0.x", 0, 0, (1.0,)), "encoder has no layer"),
        (HeadOff("decoder.cross", 0, 0), "no source-target attention"),
        (Edit("decoder.2.x", 0, 0, (1.0,)), "no layer 2"),
        (Edit("decoder.0.x", 99, 0, (1.0,)), "no row 99"),
    ],
)
def test_a_change_of_what_a_decoder_alone_does_not_have_is_refused(
    model: Language, ids: list[int], change: Edit | HeadOff, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        model.trace(ids, Changes([change]))


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [HeadOff("decoder.self", 0, 1)],
        [Edit("decoder.0.x", 2, 0, (6.0, -6.0)), HeadOff("decoder.self", 1, 0)],
        [Edit("decoder.1.self.scores", 5, 2, (30.0,), 1)],
    ],
)
def test_it_goes_on_with_what_the_changed_run_calls_most_probable(
    model: Language, ids: list[int], changes: list[Edit | HeadOff]
) -> None:
    """Step by step with the prefix kept, and each step anew over the whole text: the same pieces."""
    drawn = model.go_on(ids, [Sampler(temperature=0)], [0], longest=6, changes=Changes(changes))
    read = list(ids)
    for one in drawn:
        logits = model.trace(read, Changes(changes)).logits[-1].clone()
        logits[list(FORBIDDEN)] = -math.inf
        piece = int(one.tokens)
        assert piece == int(logits.argmax())
        assert float(one.log_probabilities) == pytest.approx(float(logits.log_softmax(-1)[piece]), abs=1e-5)
        read.append(piece)
    assert len(read) > len(ids) and END not in read[:-1]


def test_the_untrained_twin_has_the_same_sizes_and_numbers_of_its_own(
    model: Language, ids: list[int], trace: DecoderTrace
) -> None:
    twin, again = (language.untrained(model, 1) for _ in range(2))
    assert twin.model.config == model.model.config and twin.card["name"] == "tiny, untrained"
    assert torch.equal(twin.trace(ids).logits, again.trace(ids).logits)
    assert not torch.allclose(twin.trace(ids).logits, trace.logits, atol=1e-2)
