"""The small models' recipe: what is hidden, what is guessed, and a training that is interrupted."""

import argparse
from pathlib import Path

import pytest
import torch

from core import checkpoints
from core.models.language import LanguageModel
from core.small import MASKED, NAMES, UNMASKED
from core.text.corpora import Pair
from core.text.tokenizer import BLANK, END, PAD
from core.training import small
from core.training.small import Training, blanked, collate, config_of, next_loss, score

PARTS = {
    name: [
        Pair(f"{name} sentence number {i}.", f"{name} 문장 번호 {i}번입니다.", "tatoeba") for i in range(30)
    ]
    for name in ("train", "dev", "test")
}


def test_every_sentence_has_a_blank_and_padding_has_none() -> None:
    ids = collate([([5, 6, 7, 8],), ([9],), (list(range(4, 40)),)])
    hidden_ids, hidden = blanked(ids, 99, torch.Generator().manual_seed(0))
    assert hidden.any(1).all() and not hidden[ids == PAD].any()
    assert (hidden_ids[hidden] == 99).all() and torch.equal(hidden_ids[~hidden], ids[~hidden])
    many = torch.full((400, 30), 7)
    assert blanked(many, 99, torch.Generator().manual_seed(1))[1].float().mean().item() == pytest.approx(
        0.15, abs=0.02
    )


def test_the_next_piece_is_counted_once_for_each_place_and_the_end() -> None:
    torch.manual_seed(0)
    model = LanguageModel(config_of("next", 50)).eval()
    ids = collate([([5, 6, 7],), ([9, 8, 7, 6, 5],)])
    loss, guesses, _ = next_loss(model, ids)
    assert guesses == 3 + 1 + 5 + 1
    alone = sum(
        float(next_loss(model, collate([(row,)]))[0].detach()) for row in ([5, 6, 7], [9, 8, 7, 6, 5])
    )
    assert loss.item() == pytest.approx(alone, rel=1e-4)
    with torch.inference_mode():
        logits = model(torch.tensor([[2, 5, 6, 7]]))[0][0]
        by_hand = -torch.log_softmax(logits, -1)[torch.arange(4), torch.tensor([5, 6, 7, END])].sum()
    assert float(next_loss(model, collate([([5, 6, 7],)]))[0].detach()) == pytest.approx(
        by_hand.item(), rel=1e-4
    )


def test_the_five_differ_by_their_positions_alone() -> None:
    sizes = {}
    for name in (name for name in NAMES if name.startswith("blank-")):
        torch.manual_seed(1)
        model = LanguageModel(config_of(name, 60))
        sizes[name] = {n: p.shape for n, p in model.named_parameters() if not n.startswith("positions")}
    assert all(shapes == sizes["blank-none"] for shapes in sizes.values())


def test_the_decoders_differ_by_the_causal_mask_alone() -> None:
    models = []
    for name in (MASKED, UNMASKED):
        torch.manual_seed(1)
        models.append(LanguageModel(config_of(name, 60)))
    masked, unmasked = models
    assert masked.goes_on and unmasked.goes_on and masked.causal and not unmasked.causal
    weights = unmasked.state_dict()
    assert all(torch.equal(tensor, weights[name]) for name, tensor in masked.state_dict().items())
    ids = collate([([5, 6, 7, 8],)])
    assert next_loss(masked, ids)[1] == next_loss(unmasked, ids)[1] == 5


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> argparse.Namespace:
    monkeypatch.setattr(small, "path_of", lambda name: tmp_path / f"{name}.safetensors")
    digest = checkpoints.sha256  # the sets themselves are not here
    monkeypatch.setattr(checkpoints, "sha256", lambda path: digest(path) if path.exists() else "0" * 64)
    return argparse.Namespace(
        data=tmp_path, run=tmp_path / "run", steps=4, tokens=200, rate=1e-3, warmup=2, decay=0.25, dropout=0.0,
        seed=3, every=2, bf16=False, resume=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["blank-rotary", "next", "next-unmasked"])
def test_an_interrupted_training_ends_where_an_uninterrupted_one_does(
    arguments: argparse.Namespace, tmp_path: Path, name: str
) -> None:
    def weights() -> dict[str, torch.Tensor]:
        return dict(checkpoints.load_file(tmp_path / f"{name}.safetensors"))

    whole = Training(name, arguments, PARTS)
    whole.run.train(whole.epoch, whole.loss, whole.save)
    expected = weights()
    card = checkpoints.read_card(tmp_path / f"{name}.safetensors")
    assert card["scores"]["test"]["guesses"] > 0 and card["steps"] == 4
    assert card["architecture"]["causal_mask"] == (name != "next-unmasked") == ("without" not in card["task"])
    halted = argparse.Namespace(**{**vars(arguments), "run": tmp_path / "halted"})
    first = Training(name, halted, PARTS)
    for batch in first.run.stream(first.epoch):
        first.run.update(batch, first.loss)
        if first.run.progress["step"] == 2:
            break
    first.save()
    second = Training(name, argparse.Namespace(**{**vars(halted), "resume": True}), PARTS)
    second.run.train(second.epoch, second.loss, second.save)
    assert all(torch.equal(expected[n], tensor) for n, tensor in weights().items())


def test_shuffled_pieces_are_scored_on_the_same_sentences(arguments: argparse.Namespace) -> None:
    training = Training("blank-none", arguments, PARTS)
    model = training.model.eval()
    sentences = training.held_back["test"]
    plain, shuffled = (score(model, sentences, training.blank, shuffled=other) for other in (False, True))
    assert plain["guesses"] == shuffled["guesses"]
    assert training.blank == training.tokenizer.id_of(BLANK)
