"""Teacher forcing and free running: one loss however it is computed, and nothing changes before an injected word."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from core.decoding.distribution import FORBIDDEN
from core.decoding.greedy import greedy
from core.decoding.lanes import forced_lane, free_lane, parting, reference_ids
from core.text.tokenizer import END, PAD, START
from core.translator import Translator, load_translator

PAIRS = [
    ("오늘 날씨가 어때요?", "ko-en", "How is the weather today?"),
    ("I went to school yesterday.", "en-ko", "어제 학교에 갔어요."),
]


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


@pytest.fixture(params=PAIRS, ids=["ko-en", "en-ko"])
def pair(request: pytest.FixtureRequest, translator: Translator) -> tuple[list[int], list[int]]:
    text, direction, reference = request.param
    return translator.source_ids(text, direction), reference_ids(translator, reference)


def test_the_forced_losses_sum_to_the_cross_entropy_of_training(
    translator: Translator, pair: tuple[list[int], list[int]]
) -> None:
    source, reference = pair
    lane = forced_lane(translator, source, reference)
    assert lane.tokens == tuple(reference) and lane.read == (START, *reference[:-1])
    with torch.inference_mode():
        logits, _ = translator.model(torch.tensor([source]), torch.tensor([[START, *reference[:-1]]]))
        logits[..., FORBIDDEN] = -torch.inf  # a translation cannot hold them
    whole = F.cross_entropy(logits[0], torch.tensor(reference), reduction="sum")
    assert lane.loss == pytest.approx(float(whole), abs=1e-4)
    probabilities = torch.softmax(logits[0].double(), -1)
    np.testing.assert_allclose(lane.best_probabilities, probabilities.max(-1).values, atol=1e-5)
    bits = -(probabilities * probabilities.clamp_min(1e-300).log2()).sum(-1)
    np.testing.assert_allclose(lane.entropy, bits, atol=1e-4)
    assert lane.best == tuple(logits[0].argmax(-1).tolist())
    assert lane.matches == tuple(b == r for b, r in zip(lane.best, reference, strict=True))


def test_the_forced_losses_are_those_of_the_same_words_step_by_step(
    translator: Translator, pair: tuple[list[int], list[int]]
) -> None:
    source, reference = pair
    steps = list(greedy(translator.model, torch.tensor([source]), prefix=reference))
    assert [step.token for step in steps] == reference
    by_steps = [float(step.log_probabilities[step.token]) for step in steps]
    np.testing.assert_allclose(
        forced_lane(translator, source, reference).log_probabilities, by_steps, atol=1e-4
    )


def test_the_free_lane_is_the_translation(translator: Translator, pair: tuple[list[int], list[int]]) -> None:
    source, reference = pair
    lane = free_lane(translator, source, reference)
    assert [token for token in lane.tokens if token != END] == translator.answer(source)
    assert lane.tokens == lane.best and lane.injected == ()
    np.testing.assert_allclose(np.exp(lane.log_probabilities), lane.best_probabilities, atol=1e-9)
    said = forced_lane(translator, source, lane.tokens)  # its own words as the reference
    np.testing.assert_allclose(said.log_probabilities, lane.log_probabilities, atol=1e-4)
    assert all(said.matches) and parting(lane, lane.tokens) is None
    assert parting(lane, [*lane.tokens, 9]) == len(lane.tokens)
    assert parting(lane, lane.tokens[:1]) == (1 if len(lane.tokens) > 1 else None)


def test_a_wrong_word_changes_nothing_before_its_place(
    translator: Translator, pair: tuple[list[int], list[int]]
) -> None:
    source, reference = pair
    place, wrong = 2, 900
    plain, told = (forced_lane(translator, source, reference, i) for i in ({}, {place: wrong}))
    assert told.injected == (place,) and told.tokens == plain.tokens
    assert told.read[place + 1] == wrong and told.read[: place + 1] == plain.read[: place + 1]
    np.testing.assert_allclose(told.losses[: place + 1], plain.losses[: place + 1], atol=1e-5)
    assert np.abs(told.losses[place + 1 :] - plain.losses[place + 1 :]).max() > 1e-3
    free, forced = (free_lane(translator, source, reference, i) for i in ({}, {place: wrong}))
    assert forced.tokens[:place] == free.tokens[:place] and forced.tokens[place] == wrong
    assert forced.best[: place + 1] == free.best[: place + 1] and forced.best[place] != wrong
    np.testing.assert_allclose(forced.log_probabilities[:place], free.log_probabilities[:place], atol=1e-5)
    assert forced.injected == (place,)
    after = translator.answer(source)[:place]
    assert list(forced.tokens) == [
        s.token
        for s in greedy(translator.model, torch.tensor([source]), prefix=[*after, wrong], stop_loops=True)
    ]


def test_they_part_where_they_first_differ(translator: Translator) -> None:
    source = translator.source_ids("고마워.", "ko-en")
    lane = free_lane(translator, source, [900, END], {0: 900, 1: 901})
    assert parting(lane, [900, 902, END]) == 1 and parting(lane, [901]) == 0
    assert lane.matches[:2] == (True, False)
    beyond = free_lane(translator, source, [900, END], {100: 900})
    assert beyond.injected == () and beyond.tokens == free_lane(translator, source, [900, END]).tokens


@pytest.mark.parametrize("lane", [forced_lane, free_lane])
@pytest.mark.parametrize(
    ("reference", "injected"),
    [([], {}), ([PAD, END], {}), ([9, END], {0: START}), ([9, END], {0: 10**6}), ([9, END], {-1: 9})],
)
def test_what_cannot_be_read_is_refused(
    translator: Translator, lane: object, reference: list[int], injected: dict[int, int]
) -> None:
    with pytest.raises(ValueError, match=r"empty|token"):
        lane(translator, translator.source_ids("a", "en-ko"), reference, injected)  # type: ignore[operator]
    with pytest.raises(ValueError, match="empty"):
        reference_ids(translator, " \u200b ")
