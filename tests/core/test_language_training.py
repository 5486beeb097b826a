"""The language models' recipe: blocks, what counts, windows, and a training that is interrupted or is enough."""

import argparse
import dataclasses
import math
from pathlib import Path

import pytest
import torch

from core import checkpoints
from core.language import CONTEXT
from core.language_scores import Held, nats_of, next_losses, scores_of, windows
from core.models.language import LanguageModel
from core.small import SMALL_TOKENIZER
from core.text.texts import WEIGHTS, Document
from core.text.tokenizer import END, PAD, START
from core.training import language
from core.training.language import Training, blocks_of, mixed

TINY = dataclasses.replace(language.SIZES["en"], d_model=16, heads=2, decoder_layers=1, d_hidden=16)
PARTS = {
    name: [
        Document((f"{name} number {i} sat on the mat.", "It was warm."), "tinystories_part")
        for i in range(60)
    ]
    for name in ("train", "dev", "test")
}


@pytest.fixture
def tiny() -> LanguageModel:
    torch.manual_seed(0)
    return LanguageModel(dataclasses.replace(TINY, vocabulary=50)).eval()


def test_blocks_hold_every_piece_once_as_one_that_is_said() -> None:
    blocks = blocks_of([[2, 5, 6, 3], [2, 7, 8, 9, 3]], 4)
    assert blocks.tolist() == [[2, 5, 6, 3, 2], [2, 7, 8, 9, 3]]


def test_padding_and_starts_are_not_foretold(tiny: LanguageModel) -> None:
    nats, kept = next_losses(
        tiny, torch.tensor([[START, 5, 6, END, START, 7], [START, 9, END, PAD, PAD, PAD]])
    )
    assert kept.tolist() == [[True, True, True, False, True], [True, True, False, False, False]]
    with torch.inference_mode():
        logits, _ = tiny(torch.tensor([[START, 9]]))
    by_hand = -torch.log_softmax(logits[0], -1)[[0, 1], [9, END]]
    torch.testing.assert_close(nats[1, :2], by_hand, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("length", [2, 3, CONTEXT, CONTEXT + 1, CONTEXT + 2, 2 * CONTEXT + 17])
def test_windows_count_every_piece_once_with_half_a_context_before_it(length: int) -> None:
    ids = list(range(length))
    counted = [piece for window, first in windows(ids) for piece in window[1:][first:]]
    assert counted == ids[1:]
    assert all(len(window) <= CONTEXT + 1 for window, _ in windows(ids))
    assert all(first >= CONTEXT // 2 for _, first in windows(ids)[1:])


def test_a_text_is_scored_alike_alone_and_among_others(tiny: LanguageModel) -> None:
    texts = [[START, *([5, 6, 7] * n), END] for n in (1, 100, 3, 250)]
    together = nats_of(tiny, texts)
    assert together == pytest.approx([nats_of(tiny, [text])[0] for text in texts], rel=1e-4)


def test_bits_a_byte_and_perplexity_are_those_of_all_pieces() -> None:
    held = [Held([START, 5, END], 4, "a"), Held([START, 5, 6, 7, END], 12, "b")]
    found = scores_of(held, lambda texts: [3.0, 5.0])
    assert found["all"]["nats"] == pytest.approx(8 / 6, abs=1e-4)
    assert found["all"]["perplexity"] == pytest.approx(math.exp(8 / 6), abs=0.01)
    assert found["all"]["bits_per_byte"] == pytest.approx(8 / math.log(2) / 16, abs=1e-4)
    assert found["a"]["pieces"] == 2 and found["b"]["bytes"] == 12


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> argparse.Namespace:
    monkeypatch.setattr(language, "path_of", lambda name: tmp_path / f"{name}.safetensors")
    monkeypatch.setattr(language, "tokenizer_of", lambda _name: SMALL_TOKENIZER)
    monkeypatch.setitem(language.SIZES, "en", TINY)
    monkeypatch.setattr(language, "CONTEXT", 16)
    monkeypatch.setattr(language, "WEIGHTS", {"en": {}})  # the texts themselves are not here
    return argparse.Namespace(
        data=tmp_path, run=tmp_path / "run", steps=4, tokens=64, rate=1e-3, warmup=2, decay=0.25, dropout=0.1,
        seed=3, every=2, bf16=False, resume=False, patience=5,
    )  # fmt: skip


def test_an_interrupted_training_ends_where_an_uninterrupted_one_does(
    arguments: argparse.Namespace, tmp_path: Path
) -> None:
    def weights() -> dict[str, torch.Tensor]:
        return dict(checkpoints.load_file(tmp_path / "en.safetensors"))

    whole = Training("en", arguments, PARTS)
    whole.run.train(whole.epoch, whole.loss, whole.save)
    expected = weights()
    card = checkpoints.read_card(tmp_path / "en.safetensors")
    assert card["steps"] == 4 and card["scores"]["dev"]["texts"] == 60
    halted = argparse.Namespace(**{**vars(arguments), "run": tmp_path / "halted"})
    first = Training("en", halted, PARTS)
    for batch in first.run.stream(first.epoch):
        first.run.update(batch, first.loss)
        if first.run.progress["step"] == 2:
            break
    first.save()
    second = Training("en", argparse.Namespace(**{**vars(halted), "resume": True}), PARTS)
    second.run.train(second.epoch, second.loss, second.save)
    assert all(torch.equal(expected[n], tensor) for n, tensor in weights().items())


def test_the_best_weights_stay_and_waiting_in_vain_ends_the_training(
    arguments: argparse.Namespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments.steps, arguments.patience = 40, 3
    losses = iter([5.0, 4.0, 4.5, 4.2, 4.1, 1.0])
    rows = ({"all": {"nats": 0.0}, "a": {"nats": loss, "pieces": 9}} for loss in losses)
    monkeypatch.setattr(language, "score", lambda *_: next(rows))
    training = Training("en", arguments, PARTS)
    training.run.train(training.epoch, training.loss, training.save)
    card = checkpoints.read_card(tmp_path / "en.safetensors")
    assert card["steps"] == 4 and card["scores"]["dev"]["nats_as_trained"] == 4.0
    assert training.run.progress["step"] == 10


def test_without_its_run_a_training_goes_on_from_what_is_shipped_and_replaces_it_by_better_alone(
    arguments: argparse.Namespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Training("en", arguments, PARTS)
    first.run.train(first.epoch, first.loss, first.save)
    shipped, card = checkpoints.load(tmp_path / "en.safetensors")
    again = argparse.Namespace(**{**vars(arguments), "run": tmp_path / "gone", "resume": True, "steps": 6})
    second = Training("en", again, PARTS)
    assert all(torch.equal(shipped[name], tensor) for name, tensor in second.run.model.named_parameters())
    assert second.run.progress["step"] == 4 and second.run.progress["epoch"] > card["epochs"]
    losses = iter([card["scores"]["dev"]["nats_as_trained"] + 0.1, 0.5])
    rows = ({"all": {"nats": 0.0}, "a": {"nats": loss, "pieces": 9}} for loss in losses)
    monkeypatch.setattr(language, "score", lambda *_: next(rows))
    second.run.train(second.epoch, second.loss, second.save)
    assert checkpoints.read_card(tmp_path / "en.safetensors") == card
    again.steps = 8
    third = Training("en", again, PARTS)
    third.run.train(third.epoch, third.loss, third.save)
    assert checkpoints.read_card(tmp_path / "en.safetensors")["steps"] == 8


def test_a_text_weighs_on_the_dev_loss_what_it_does_in_training(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {"all": (0.0, 400), "stories": (2.0, 300), "classics": (5.0, 100)}
    scores = {name: {"nats": nats, "pieces": pieces} for name, (nats, pieces) in rows.items()}
    assert mixed(scores, "en") == 2.75  # unknown sources weigh 1
    monkeypatch.setitem(WEIGHTS, "en", {"stories": 3.0, "classics": 0.3})
    assert mixed(scores, "en") == pytest.approx(
        (3 * 300 * 2 + 0.3 * 100 * 5) / (3 * 300 + 0.3 * 100), abs=1e-4
    )
