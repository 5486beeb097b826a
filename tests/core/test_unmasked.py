"""Without the causal mask the future leaks into every place, and only there."""

import numpy as np
import pytest
import torch

from core.models.language import LanguageModel
from core.models.transformer import TransformerConfig
from core.small import MASKED, SMALL_TOKENIZER, UNMASKED, SmallModel
from core.text.tokenizer import END, PAD, START, Tokenizer
from core.training.small import collate, config_of, next_loss
from core.unmasked import alone, reading

TEXT = "나는 어제 학교에 갔어요."
TOKENIZER = Tokenizer(SMALL_TOKENIZER)


def small(name: str) -> SmallModel:
    """One of the small models with seeded random weights."""
    torch.manual_seed(3)
    return SmallModel(LanguageModel(config_of(name, len(TOKENIZER))), TOKENIZER, {})


@pytest.mark.parametrize("name", [MASKED, UNMASKED])
def test_the_losses_are_those_of_training(name: str) -> None:
    model = small(name)
    found = reading(model, TEXT)
    loss, guesses, right = next_loss(model.model, collate([(TOKENIZER.encode(TEXT),)]))
    assert found.losses.sum() == pytest.approx(float(loss), abs=1e-3)
    assert found.loss == pytest.approx(float(loss) / guesses, abs=1e-4)
    assert len(found.pieces) == len(found.wanted) == len(found.best) == guesses
    assert sum(b.piece == w for b, w in zip(found.best, found.wanted, strict=True)) == right
    assert found.pieces[0] == "<s>" and found.wanted[:-1] == found.pieces[1:] and found.wanted[-1] == "</s>"


def test_attention_ahead_is_there_without_the_mask_alone() -> None:
    masked, unmasked = reading(small(MASKED), TEXT), reading(small(UNMASKED), TEXT)
    assert masked.weights.shape == unmasked.weights.shape == (2, 4, len(masked.pieces), len(masked.pieces))
    for found in (masked, unmasked):
        np.testing.assert_allclose(found.weights.sum(-1), 1, atol=1e-5)
    assert not masked.ahead.any()
    assert (unmasked.ahead[..., :-1] > 0).all() and not unmasked.ahead[..., -1].any()


def test_a_later_word_reaches_back_without_the_mask_alone() -> None:
    for name in (MASKED, UNMASKED):
        model = small(name)
        one, other = reading(model, f"{TEXT} 배"), reading(model, f"{TEXT} 눈")
        shared = next(
            i for i, pair in enumerate(zip(one.pieces, other.pieces, strict=False)) if len(set(pair)) > 1
        )
        change = np.abs(one.losses[: shared - 1] - other.losses[: shared - 1]).max()
        assert change < 1e-5 if name == MASKED else change > 1e-4


@pytest.mark.parametrize("name", [MASKED, UNMASKED])
@pytest.mark.parametrize("text", ["", "나는", "<s> 🦖"])
def test_alone_it_says_its_own_most_probable_words(name: str, text: str) -> None:
    model = small(name)
    found = alone(model, text, 5)
    probabilities = model.probabilities(model.ids(text))[-1]
    assert [guess.probability for guess in found.first] == pytest.approx(
        probabilities.topk(3).values.tolist()
    )
    assert len(found.said) <= 5 and found.ended == (len(found.said) < 5)
    assert all(guess.piece != "</s>" for guess in found.said)


def test_what_sees_its_answer_learns_to_copy_even_chance_and_by_itself_says_the_end() -> None:
    """Random tokens: nothing can be learned of them, so a loss below theirs is a leak."""
    losses, ends = {}, {}
    for name in (MASKED, UNMASKED):
        torch.manual_seed(0)
        config = TransformerConfig(20, 32, 2, 0, 2, 64, dropout=0.0, causal_mask=name == MASKED)
        model = LanguageModel(config)
        optimiser = torch.optim.Adam(model.parameters(), 5e-3)
        for _ in range(200):
            ids = torch.randint(4, 20, (32, 6))
            ids[torch.arange(6) >= torch.randint(2, 7, (32, 1))] = PAD
            loss, guesses, _ = next_loss(model, ids)
            optimiser.zero_grad()
            (loss / guesses).backward()
            optimiser.step()
        losses[name] = float(loss.detach()) / guesses
        with torch.inference_mode():
            logits, _ = model(torch.tensor([[START, 5, 6, 7]]))
        ends[name] = float(torch.softmax(logits[0, -1], -1)[END])
    assert losses[MASKED] > 2.2 and losses[UNMASKED] < 0.2
    assert ends[MASKED] < 0.4 and ends[UNMASKED] > 0.95


def test_a_model_that_fills_blanks_is_refused() -> None:
    for ask in (reading, alone):
        with pytest.raises(ValueError, match="blanks"):
            ask(small("blank-none"), TEXT)
