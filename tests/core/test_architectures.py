"""What the small models are asked: to fill a blank, and to go on."""

import pytest
import torch

from core.architectures import cut_last_word, fill_last_word, go_on, with_blank
from core.models.language import LanguageModel
from core.models.transformer import TransformerConfig
from core.small import SMALL_TOKENIZER, SmallModel
from core.text.tokenizer import BLANK, END, PAD, START, UNKNOWN, Tokenizer


def tiny(causal: bool) -> SmallModel:
    """A model with seeded random weights and the small models' own tokenizer."""
    torch.manual_seed(3)
    tokenizer = Tokenizer(SMALL_TOKENIZER)
    layers = (
        {"encoder_layers": 0, "decoder_layers": 2} if causal else {"encoder_layers": 2, "decoder_layers": 0}
    )
    config = TransformerConfig(
        vocabulary=len(tokenizer),
        d_model=12,
        heads=3,
        d_hidden=24,
        dropout=0.0,
        positions="sinusoidal",
        **layers,
    )
    return SmallModel(LanguageModel(config), tokenizer, {})


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("기차가 역을 떠났다.", ("기차가 역을 ", "떠났다", ".")),
        ("How are you?!", ("How are ", "you", "?!")),
        ("don't  stop", ("don't ", "stop", "")),
        ("안녕", ("", "안녕", "")),
        ("🦖", ("", "🦖", "")),
        ("...", ("", ".", "..")),
    ],
)
def test_the_last_word_is_cut_off(text: str, cut: tuple[str, str, str]) -> None:
    assert cut_last_word(text) == cut


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_nothing_has_no_last_word(text: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        cut_last_word(text)


def test_the_blank_stands_for_the_whole_word_and_a_full_stop_is_added() -> None:
    assert with_blank("기차가 역을 떠났다") == "기차가 역을 ___."
    assert with_blank("How are you?") == "How are ___?"


@pytest.mark.parametrize("text", ["나는 학교에 갑니다.", "___ is a ___ word", "🦖", "<blank> <s>"])
def test_guesses_are_the_models_own_probabilities_at_the_blank(text: str) -> None:
    model = tiny(causal=False)
    guesses = fill_last_word(model, text)
    ids = model.ids(with_blank(text))
    place = max(i for i, piece in enumerate(ids) if piece == model.tokenizer.id_of(BLANK))
    probabilities = model.probabilities(ids)[place]
    for piece, probability in guesses:
        assert probabilities[model.tokenizer.id_of(piece)] == pytest.approx(probability)
        assert model.tokenizer.id_of(piece) not in (PAD, UNKNOWN, START, model.tokenizer.id_of(BLANK))
    shown = [probability for _, probability in guesses]
    assert len(shown) == 3 and shown == sorted(shown, reverse=True)


def test_the_word_that_is_asked_for_does_not_leak() -> None:
    model = tiny(causal=False)
    assert fill_last_word(model, "나는 학교에 갑니다.") == fill_last_word(model, "나는 학교에 기린.")


def test_going_on_takes_the_most_probable_piece_each_time() -> None:
    model = tiny(causal=True)
    said = go_on(model, "나는 학교에", 5)
    assert 0 < len(said) <= 5
    ids = model.ids("나는 학교에")
    for piece, probability in said:
        probabilities = model.probabilities(ids)[-1]
        token = model.tokenizer.id_of(piece)
        assert probabilities[token] == pytest.approx(probability)
        better = (probabilities > probabilities[token] + 1e-9).nonzero().flatten().tolist()
        assert set(better) <= {PAD, UNKNOWN, START}
        ids.append(token)


def test_the_end_ends_it() -> None:
    model = tiny(causal=True)
    model.probabilities = lambda ids: torch.eye(len(model.tokenizer))[[END]].expand(len(ids), -1)  # type: ignore[method-assign]
    assert go_on(model, "나는") == []
