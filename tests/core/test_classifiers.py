"""The sequence models: padding is not read, order counts where it can, and what words add is accounted for."""

import dataclasses

import pytest
import torch

from core.attribution import deletion, gradients, of_bag, word_at
from core.models.classifiers import EncoderClassifier, LstmClassifier, LstmConfig
from core.models.transformer import TransformerConfig
from core.sentiment import LONGEST, PADDED, SEQUENCES, Judge, padded
from core.small import SMALL_TOKENIZER
from core.text.tokenizer import Tokenizer
from tests.core.conftest import TINY
from tests.core.test_bags import bag

IDS = [5, 11, 8, 30, 17, 6]
SPANS = [(0, 2), (2, 3), (3, 6)]


def model_of(kind: str) -> LstmClassifier | EncoderClassifier:
    torch.manual_seed(3)
    if kind == "lstm":
        return LstmClassifier(LstmConfig(vocabulary=50, d_model=16, hidden=8)).eval()
    positions = "none" if kind == "encoder-none" else "sinusoidal"
    return EncoderClassifier(
        dataclasses.replace(TINY, decoder_layers=0, positions=positions, longest=LONGEST)
    ).eval()


@pytest.fixture(params=SEQUENCES)
def judge(request: pytest.FixtureRequest) -> Judge:
    return Judge(model_of(request.param), Tokenizer(SMALL_TOKENIZER), {"kind": request.param})


@torch.inference_mode()
def test_padding_changes_nothing_while_it_is_masked(judge: Judge) -> None:
    alone, wide = padded([IDS]), padded([IDS], 12)
    assert wide.shape == (1, 12)
    torch.testing.assert_close(judge.model(wide), judge.model(alone), atol=1e-5, rtol=0)
    assert not torch.allclose(judge.model(wide, masked=False), judge.model(alone), atol=1e-3)


def test_a_text_is_judged_alike_alone_and_among_others(judge: Judge) -> None:
    texts = [IDS, IDS[:2], [9], IDS * 3]
    assert judge.logits(texts) == pytest.approx([judge.logits([text])[0] for text in texts], abs=1e-5)


def test_the_order_counts_but_for_an_encoder_without_positions(judge: Judge) -> None:
    one, other = judge.logits([IDS, IDS[::-1]])
    if judge.card["kind"] == "encoder-none":
        assert one == pytest.approx(other, abs=1e-5)
    else:
        assert abs(one - other) > 1e-3


def test_of_a_long_text_the_first_pieces_are_read(judge: Judge) -> None:
    long = [4 + i % 30 for i in range(LONGEST + 50)]
    assert judge.logits([long]) == pytest.approx(judge.logits([long[:LONGEST]]))


def test_integrated_gradients_add_up_to_the_difference(judge: Judge) -> None:
    found = gradients(judge, IDS, SPANS, steps=300)
    assert found.logit == pytest.approx(judge.logits([IDS])[0], abs=1e-5)
    assert abs(found.unexplained) < 0.005
    assert abs(found.unexplained) < abs(gradients(judge, IDS, SPANS, steps=2).unexplained)


def test_a_deleted_word_is_the_text_without_it(judge: Judge) -> None:
    found = deletion(judge, IDS, SPANS)
    whole, without = judge.logits([IDS, [*IDS[:2], *IDS[3:]]])
    assert found.words[1] == pytest.approx(whole - without, abs=1e-5)
    assert deletion(judge, IDS[:1], [(0, 1)]).words.shape == (1,)  # a text of one word leaves nothing


def test_without_the_mask_the_padding_is_read_by_every_way_to_ask(judge: Judge) -> None:
    with torch.inference_mode():
        read = float(judge.model(padded([IDS], PADDED), masked=False))
    assert judge.logits([IDS], masked=False)[0] == pytest.approx(read, abs=1e-5)
    assert abs(read - judge.logits([IDS])[0]) > 1e-3
    explained = gradients(judge, IDS, SPANS, steps=300, masked=False)
    assert explained.logit == pytest.approx(read, abs=1e-5)
    assert abs(explained.unexplained) < 0.01 * max(1.0, abs(read - explained.base))
    without = judge.logits([IDS[2:]], masked=False)[0]
    assert deletion(judge, IDS, SPANS, masked=False).words[0] == pytest.approx(read - without, abs=1e-5)


@pytest.mark.parametrize("kind", ["unigram", "bigram", "tfidf"])
def test_a_bag_has_no_padding(kind: str) -> None:
    judge = Judge(bag(kind), Tokenizer(SMALL_TOKENIZER), {})
    assert judge.logits([IDS], masked=False) == judge.logits([IDS])


@pytest.mark.parametrize("kind", ["unigram", "bigram", "tfidf"])
def test_a_bags_words_and_gaps_are_all_there_is(kind: str) -> None:
    found = of_bag(bag(kind), IDS, SPANS)
    assert abs(found.unexplained) < 1e-6
    assert word_at(SPANS) == [0, 0, 1, 2, 2, 2]


def test_a_classifier_has_no_decoder() -> None:
    for layers in ({"decoder_layers": 1}, {"encoder_layers": 0, "decoder_layers": 0}):
        with pytest.raises(ValueError, match="encoder layers alone"):
            EncoderClassifier(dataclasses.replace(TransformerConfig(), **layers))
