"""A damaged file is named in one sentence, never half loaded."""

import json
from pathlib import Path

import pytest
import torch

from core import checkpoints
from core.checkpoints import ModelFileError
from core.models.transformer import Transformer
from core.training.state import Average, load_state, save_state


@pytest.fixture
def saved(tmp_path: Path, model: Transformer) -> Path:
    path = tmp_path / "model.safetensors"
    checkpoints.save(path, model.state_dict(), {"name": "tiny"})
    return path


def test_weights_come_back_in_half_precision(saved: Path, model: Transformer) -> None:
    weights, card = checkpoints.load(saved)
    assert card["name"] == "tiny" and card["file"]["bytes"] == saved.stat().st_size
    for name, tensor in model.state_dict().items():
        assert torch.equal(weights[name], tensor.half().float())
    assert not list(saved.parent.glob("*.part"))


def test_matrices_in_int8_are_half_a_step_off_at_most_and_half_the_size(
    tmp_path: Path, model: Transformer
) -> None:
    path = tmp_path / "small.safetensors"
    with torch.no_grad():
        model.embedding.weight[7] = 0  # a row without any size
    state = model.state_dict()
    checkpoints.save(path, state, {}, int8=True)
    weights, card = checkpoints.load(path)
    assert set(weights) == set(state) and "int8" in card["file"]["dtype"]
    for name, tensor in state.items():
        if tensor.dim() == 2:
            step = tensor.abs().amax(1, keepdim=True) / 127
            assert ((weights[name] - tensor).abs() <= 0.51 * step + 1e-3 * tensor.abs()).all()
        else:
            assert torch.equal(weights[name], tensor.half().float())
        assert torch.equal(weights[name].half().float(), weights[name])  # so that it can be packed
    big = {"matrix": torch.randn(200, 300)}
    for name, int8 in (("whole", False), ("half", True)):
        checkpoints.save(tmp_path / f"{name}.safetensors", big, {}, int8=int8)
    sizes = [(tmp_path / f"{name}.safetensors").stat().st_size for name in ("half", "whole")]
    assert sizes[0] < 0.52 * sizes[1]


def test_scores_are_added_to_the_card(saved: Path) -> None:
    before = checkpoints.read_card(saved)
    checkpoints.add_scores(saved, "test, ko-en", {"bleu": 12.3})
    checkpoints.add_scores(saved, "test, en-ko", {"bleu": 4.5})
    assert checkpoints.load(saved)[1] == {
        **before,
        "scores": {"test, ko-en": {"bleu": 12.3}, "test, en-ko": {"bleu": 4.5}},
    }


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def alter(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (lambda path: path.unlink(), "missing"),
        (lambda path: path.with_suffix(".json").unlink(), "missing"),
        (lambda path: path.with_suffix(".json").write_text("{"), "unreadable"),
        (lambda path: path.with_suffix(".json").write_text("[]"), "unreadable"),
        (lambda path: path.with_suffix(".json").write_text('{"file": null}'), "unreadable"),
        (cut, "truncated"),
        (alter, "altered"),
    ],
)
def test_damage_is_named(saved: Path, damage, kind: str) -> None:  # type: ignore[no-untyped-def]
    damage(saved)
    with pytest.raises(ModelFileError) as caught:
        checkpoints.load(saved)
    assert caught.value.kind == kind
    assert "\n" not in str(caught.value) and caught.value.path.name in str(caught.value)


def test_a_file_that_is_no_safetensors_is_unreadable(saved: Path) -> None:
    saved.write_bytes(b"not a tensor in sight" * 1000)
    card = json.loads(saved.with_suffix(".json").read_text())
    card["file"] = {"sha256": checkpoints.sha256(saved), "bytes": 10}
    saved.with_suffix(".json").write_text(json.dumps(card))
    with pytest.raises(ModelFileError) as caught:
        checkpoints.load(saved)
    assert caught.value.kind == "unreadable"


def test_weights_of_another_architecture_are_refused(saved: Path, model: Transformer) -> None:
    weights, _ = checkpoints.load(saved)
    weights["embedding.weight"] = weights["embedding.weight"][:-1]
    with pytest.raises(ModelFileError):
        checkpoints.load_into(model, weights, saved)


def test_a_training_goes_on_where_it_stopped(tmp_path: Path, model: Transformer) -> None:
    optimiser = torch.optim.AdamW(model.parameters())
    model(torch.tensor([[5, 3]]), torch.tensor([[2, 7]]))[0].sum().backward()
    optimiser.step()
    average = Average(model)
    save_state(tmp_path / "state.safetensors", model, average, optimiser, {"step": 1, "epoch": 4})
    other = Transformer(model.config)
    fresh, other_average = torch.optim.AdamW(other.parameters()), Average(other)
    progress = load_state(tmp_path / "state.safetensors", other, other_average, fresh)
    assert progress == {"step": 1, "epoch": 4}
    for network, optimise in ((model, optimiser), (other, fresh)):  # the next step is the same for both
        network.eval().zero_grad()
        network(torch.tensor([[9, 3]]), torch.tensor([[2, 8]]))[0].sum().backward()
        optimise.step()
    for first, second in zip(model.parameters(), other.parameters(), strict=True):
        assert torch.equal(first, second)
