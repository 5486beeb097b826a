"""Experiments about order: without positions shuffled words give shuffled outputs, and what else follows."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core import checkpoints
from core.models.language import LanguageModel
from core.models.positions import KINDS, positions_of, rotate, rotate_back
from core.order import blanks, integers, tables
from core.order.shuffle import (
    MODES,
    encoder_of,
    order_of,
    shuffle_difference,
    translators_encoder,
)
from core.small import SMALL_TOKENIZER, SmallModel, load_small, path_of
from core.text.tokenizer import Tokenizer
from core.training.small import config_of
from core.translator import load_translator

SENTENCE = "나는 아침에 ___ 마셨다"


@pytest.fixture(scope="module")
def models() -> dict[str, SmallModel]:
    """One untrained encoder of each kind: what follows from the wiring holds before any training."""
    tokenizer = Tokenizer(SMALL_TOKENIZER)
    made = {}
    for kind in KINDS:
        torch.manual_seed(3)
        model = LanguageModel(config_of(f"blank-{kind}", len(tokenizer)))
        for name, parameter in model.named_parameters():
            if name.endswith("bias"):
                torch.nn.init.normal_(parameter, std=0.3)
        made[kind] = SmallModel(model, tokenizer, {})
    return made


def difference(model: SmallModel, text: str, mode: str = "all", seed: int = 42) -> float:
    ids = model.ids(text)
    return shuffle_difference(encoder_of(model), ids, order_of(mode, len(ids), seed)).largest


def test_without_positions_shuffled_words_give_shuffled_outputs(models: dict[str, SmallModel]) -> None:
    assert difference(models["none"], SENTENCE) <= 1e-5


@settings(deadline=None, max_examples=30)
@given(text=st.text(min_size=1, max_size=40), seed=st.integers(0, 2**31 - 1), mode=st.sampled_from(MODES))
def test_that_holds_for_any_text_and_any_order(
    models: dict[str, SmallModel], text: str, seed: int, mode: str
) -> None:
    try:
        ids = models["none"].ids(text)[:64]
    except ValueError:  # a lone surrogate
        return
    if not ids:
        return
    result = shuffle_difference(encoder_of(models["none"]), ids, order_of(mode, len(ids), seed))
    assert result.per_token.shape == (len(ids),)
    assert result.largest <= 1e-5


@pytest.mark.parametrize("kind", ["learned", "sinusoidal", "integers", "rotary"])
def test_with_positions_they_do_not(models: dict[str, SmallModel], kind: str) -> None:
    assert difference(models[kind], SENTENCE) > 1e-2
    assert difference(models[kind], SENTENCE, mode="none") == 0


def test_the_translators_encoder_is_no_different() -> None:
    translator = load_translator()
    ids = translator.source_ids("기차가 제시간에 역을 떠났다", "ko-en")
    order = order_of("all", len(ids), 1)
    assert shuffle_difference(translators_encoder(translator, positions=True), ids, order).largest > 1e-2
    assert shuffle_difference(translators_encoder(translator, positions=False), ids, order).largest <= 1e-5
    encoded = translators_encoder(translator, positions=True)(torch.tensor([ids]))
    assert torch.equal(encoded, translator.model.encode(torch.tensor([ids]))[0])


@given(mode=st.sampled_from(MODES), length=st.integers(0, 64), seed=st.integers(0, 2**31 - 1))
def test_an_order_is_a_permutation_and_repeats_with_its_seed(mode: str, length: int, seed: int) -> None:
    order = order_of(mode, length, seed)
    assert sorted(order) == list(range(length))
    assert order == order_of(mode, length, seed)
    moved = sum(place != piece for place, piece in enumerate(order))
    if length > 1:
        assert {"none": moved == 0, "swap": moved == 2, "all": moved > 0}[mode]


def test_two_pieces_always_change_places() -> None:
    assert {order_of(mode, 2, seed) for mode in ("all", "swap") for seed in range(20)} == {(1, 0)}


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(ValueError, match="no such order"):
        order_of("backwards", 3, 0)


def test_likeness_of_sines_depends_on_the_distance_alone() -> None:
    table = tables.position_table(positions_of("sinusoidal", 96, 64), 64)
    seen = tables.similarity(table)
    for distance in (1, 7, 40):
        along = np.diagonal(seen.dot, distance)
        np.testing.assert_allclose(along, along[0], atol=1e-3)
    np.testing.assert_allclose(seen.length, np.sqrt(48), rtol=1e-5)
    np.testing.assert_allclose(np.diagonal(seen.cosine), 1, rtol=1e-5)


def test_integers_all_point_the_same_way_and_zeros_nowhere() -> None:
    counted = tables.similarity(tables.position_table(positions_of("integers", 96, 64), 64))
    np.testing.assert_allclose(counted.cosine[1:, 1:], 1, rtol=1e-5)
    assert np.isnan(counted.cosine[0]).all()
    assert counted.dot[3, 5] == 3 * 5 * 96
    assert not tables.position_table(positions_of("none", 96, 64), 64).any()


def test_turning_back_undoes_turning() -> None:
    x = torch.randn(2, 9, 24)
    torch.testing.assert_close(rotate_back(rotate(x)), x, atol=1e-5, rtol=0)
    assert not torch.allclose(rotate(x), x, atol=1e-2)


def test_a_rotary_product_is_the_models_own_score(models: dict[str, SmallModel]) -> None:
    """At the distance at which they really stand, and the same wherever both move together."""
    model = models["rotary"]
    ids = model.ids(SENTENCE)
    pair = tables.rotary_pair(model.model, ids)
    scores = model.trace(ids).layers[0].self_attention.scores
    for query, key in ((0, 3), (4, 1), (2, 2)):
        products = tables.rotary_products(pair.query[1, query], pair.key[1, key], farthest=63)
        assert products.shape == (127,)
        assert products[63 + key - query] == pytest.approx(float(scores[1, query, key]), abs=1e-4)
    with pytest.raises(ValueError, match="turn nothing"):
        tables.rotary_pair(models["none"].model, ids)


def test_a_blank_is_filled_with_probabilities_that_add_up(models: dict[str, SmallModel]) -> None:
    model = models["learned"]
    ids = model.ids(SENTENCE)
    (place,) = blanks.blanks_in(model, ids)
    answers = blanks.fill_blank(model, ids, place, top=5)
    assert len(answers.pieces) == 5
    assert list(answers.probabilities) == sorted(answers.probabilities, reverse=True)
    assert sum(answers.probabilities) + answers.rest == pytest.approx(1)
    assert blanks.shown_pieces(model, ids)[place] == "___"
    with pytest.raises(ValueError, match="no blank"):
        blanks.fill_blank(model, ids, place + 1)


def test_without_positions_the_answer_is_the_same_in_any_order(models: dict[str, SmallModel]) -> None:
    ids = models["none"].ids(SENTENCE)
    (place,) = blanks.blanks_in(models["none"], ids)

    def both(kind: str) -> tuple[blanks.Answers, blanks.Answers]:
        order = order_of("all", len(ids), 7)
        moved = [ids[i] for i in order]
        plain = blanks.fill_blank(models[kind], ids, place)
        return plain, blanks.fill_blank(models[kind], moved, order.index(place))

    plain, shuffled = both("none")
    assert plain.pieces == shuffled.pieces
    assert plain.probabilities == pytest.approx(shuffled.probabilities, abs=1e-6)
    plain, shuffled = both("sinusoidal")
    assert plain.probabilities != pytest.approx(shuffled.probabilities, abs=1e-6)


def test_integers_drown_the_word(models: dict[str, SmallModel]) -> None:
    model = models["integers"]
    words = integers.embeddings(model, model.ids(SENTENCE))
    seen = integers.drowning(words, tables.position_table(model.model.positions, 64))
    assert seen.different_words[0] < 0.5 and seen.different_words[-1] > 0.99
    assert (np.diff(seen.different_words) > 0).all()
    assert seen.same_word[0] == pytest.approx(1) and abs(seen.same_word[-1]) < 0.3
    assert seen.position_length[-1] > 5 * seen.word_length.max()
    small = integers.drowning(words, tables.position_table(models["sinusoidal"].model.positions, 64))
    assert small.different_words.max() < 0.7


def test_one_word_alone_has_no_other_to_compare_with(models: dict[str, SmallModel]) -> None:
    words = integers.embeddings(models["integers"], models["integers"].ids("가 가"))[:1].repeat(2, 1)
    table = tables.position_table(models["integers"].model.positions, 8)
    assert np.isnan(integers.drowning(words, table).different_words).all()


def test_layer_norm_erases_what_is_equal_in_every_dimension(models: dict[str, SmallModel]) -> None:
    words = integers.embeddings(models["integers"], models["integers"].ids(SENTENCE))
    seen = integers.erasure(words, largest=100)
    assert seen.difference.shape == (101,)
    assert seen.difference[0] == 0
    assert seen.difference[5] < 1e-5 and seen.difference.max() < 1e-4
    # Only what is equal everywhere goes: sines stay.
    sines = torch.from_numpy(tables.position_table(positions_of("sinusoidal", 96, 64), 64))[5]
    kept = torch.nn.functional.layer_norm(words + sines, (96,)).numpy()
    assert np.abs(kept - seen.normalized).max() > 0.1


def test_learned_positions_alone_have_parameters() -> None:
    counted = {kind: sum(p.numel() for p in positions_of(kind, 96, 64).parameters()) for kind in KINDS}
    assert counted == {"sinusoidal": 0, "learned": 64 * 96, "integers": 0, "rotary": 0, "none": 0}


def test_the_trained_models_are_as_the_page_says() -> None:
    """Order helps; without positions shuffling costs nothing; raw integers are worse than no positions."""
    scores = {kind: checkpoints.read_card(path_of(f"blank-{kind}"))["scores"] for kind in KINDS}
    plain = {kind: score["test"]["perplexity"] for kind, score in scores.items()}
    shuffled = {kind: score["test, pieces shuffled"]["perplexity"] for kind, score in scores.items()}
    assert (
        plain["integers"] > plain["none"] > max(plain[kind] for kind in ("learned", "sinusoidal", "rotary"))
    )
    assert shuffled["none"] == pytest.approx(plain["none"], rel=0.1)
    assert all(shuffled[kind] > 1.5 * plain[kind] for kind in KINDS if kind != "none")


def test_far_rows_of_the_learned_table_were_hardly_trained() -> None:
    """Training sentences are short: the far rows are nearly as short as they began."""
    length = tables.similarity(tables.position_table(load_small("blank-learned").model.positions, 64)).length
    assert length[:8].min() > 3 * np.median(length[32:])
