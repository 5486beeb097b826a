"""Training in several precisions: emulated formats against PyTorch's own, and what each cure cures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from core.checkpoints import ModelFileError
from core.live_mixed import (
    PRESETS,
    Verdict,
    load_recorded,
    record,
    save_recorded,
    train,
    verdicts,
)
from core.numerics.formats import FORMATS
from core.numerics.mixed import TYPES, WAYS, Network, Race, Settings, Way, begin, curve

QUICK = 0.5  # of a preset's steps, which tell enough


def autograd(settings: Settings, kind: torch.dtype, scale: float) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Outputs and gradients of the same network by PyTorch's own layers in a format."""
    linear = []
    start = begin(settings)
    for weight, bias in zip(start[::2], start[1::2], strict=True):
        layer = nn.Linear(weight.shape[1], weight.shape[0]).to(kind)
        with torch.no_grad():
            layer.weight.copy_(weight)
            layer.bias.copy_(bias)
        linear.append(layer)
    model = nn.Sequential(linear[0], nn.Tanh(), linear[1], nn.Tanh(), linear[2])
    x, target = curve(settings.unit)
    wide = torch.float64 if kind == torch.float64 else torch.float32
    said = model(x.to(kind))
    (scale * nn.functional.mse_loss(said.to(wide), target.to(wide))).backward()
    return said.detach(), [p.grad for p in model.parameters() if p.grad is not None]


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("real", [False, True])
def test_forward_and_backward_are_pytorchs_own(form: str, real: bool) -> None:
    """To two units in the last place of the largest number: sums are added up in another order."""
    settings = Settings()
    network = Network(Way(form, scaling="static"), replace(settings, scale=64.0), begin(settings), real=real)
    said, slopes = autograd(settings, TYPES[form], 64.0)
    x, target = curve()
    seen = network.forward(x)
    found = network.backward(seen, target)
    for ours, theirs in zip([seen[-1], *found], [said, *slopes], strict=True):
        largest = float(theirs.double().abs().max())
        assert float((ours.double() - theirs.double()).abs().max()) <= 2 * FORMATS[form].resolution * largest


@pytest.mark.parametrize("form", ["fp16", "bf16"])
def test_an_emulated_tensor_holds_only_the_formats_numbers(form: str) -> None:
    race = Race(Settings(), (form,))
    race.advance(20)
    network = race.networks[form]
    assert network.emulated
    for tensor in (*network.weights, *network.gradients, *network.forward(curve()[0])):
        assert tensor.dtype == torch.float32 and torch.equal(tensor.to(TYPES[form]).float(), tensor)
    assert network.weights[0][0, 0].item() == FORMATS[form].round(network.weights[0][0, 0].item())


@pytest.mark.parametrize("form", ["fp16", "bf16"])
def test_a_training_with_real_tensors_ends_where_the_emulated_one_does(form: str) -> None:
    settings = Settings()
    x, target = curve()
    losses = []
    for real in (False, True):
        network = Network(Way(form, master=True), settings, begin(settings), real=real)
        for _step in range(200):
            network.step(x, target)
        losses.append(network.told(x, target).loss)
    assert losses[0] == pytest.approx(losses[1], rel=0.02)


def test_a_scale_and_its_inverse_change_nothing_where_no_number_is_lost() -> None:
    """By a power of two, in fp32: bit by bit the same weights."""
    settings = Settings(scale=2.0**10)
    x, target = curve()
    ends = []
    for scaling in ("none", "static"):
        network = Network(Way("fp32", master=True, scaling=scaling), settings, begin(settings))  # type: ignore[arg-type]
        for _step in range(30):
            network.step(x, target)
        ends.append(network.weights)
    assert all(torch.equal(a, b) for a, b in zip(*ends, strict=True))


def test_a_step_with_an_infinite_gradient_is_skipped_and_the_dynamic_scale_halves() -> None:
    settings = Settings(first=2.0**40)
    network = Network(WAYS["dynamic"], settings, begin(settings))
    before = [one.clone() for one in network.kept]
    x, target = curve()
    network.step(x, target)
    assert network.skipped == 1 and network.scale == 2.0**39
    assert all(torch.equal(a, b) for a, b in zip(before, network.kept, strict=True))


def test_the_dynamic_scale_doubles_after_enough_good_steps() -> None:
    settings = Settings(first=1.0, patience=5)
    network = Network(WAYS["dynamic"], settings, begin(settings))
    x, target = curve()
    for _step in range(10):
        network.step(x, target)
    assert network.scale == 4.0 and network.skipped == 0


def test_gradients_are_counted_by_their_exponent() -> None:
    race = Race(Settings(unit=1e-6), ("fp32", "fp16"))
    race.advance(1)
    _step, told = race.told()
    for name, network in race.networks.items():
        count = sum(one.numel() for one in network.gradients)
        zeros = round(told[name].zeros * count)
        assert told[name].gradients.sum() == count - zeros
    assert told["fp16"].zeros > 0.9 > told["fp32"].zeros


CURES: dict[str, dict[str, tuple[Verdict, ...]]] = {
    "usual": {"fp32": ("learns",), "master": ("learns",), "static": ("learns",), "dynamic": ("learns",)},
    "absorbed": {
        "bf16": ("stands",), "fp16": ("behind",), "master": ("learns",), "bf16-master": ("learns",),
        "dynamic": ("learns",),
    },
    "vanished": {
        "fp16": ("stands",), "master": ("stands",), "late": ("behind", "stands"), "static": ("learns",),
        "dynamic": ("learns",),
    },
    "cliff": {"static": ("skips",), "late": ("skips",), "dynamic": ("learns",), "master": ("learns",)},
}  # fmt: skip


@pytest.mark.parametrize("name", ["vanished", "cliff"])
def test_a_preset_shows_what_its_name_says(name: str) -> None:
    """One seed; benchmarks.numerics runs five of every preset."""
    preset = PRESETS[name]
    found = verdicts(record(replace(preset, steps=int(preset.steps * QUICK))))
    wrong = {way: found[way] for way, wanted in CURES[name].items() if found[way] not in wanted}
    assert not wrong


def test_recorded_runs_show_what_their_names_say() -> None:
    runs, _card = load_recorded()
    assert set(runs) == set(PRESETS)
    for name, wanted in CURES.items():
        found = verdicts(runs[name])
        assert {way: found[way] for way in wanted if found[way] not in wanted[way]} == {}


def test_a_run_comes_back_as_it_was_written(tmp_path: Path) -> None:
    run = record(replace(PRESETS["cliff"], steps=60))
    others = load_recorded()[0]
    save_recorded({**others, "cliff": run}, {"name": "x"}, tmp_path / "mixed.json")
    again = load_recorded(tmp_path / "mixed.json")[0]["cliff"]
    assert again.steps == run.steps and verdicts(again) == verdicts(run)
    for way in WAYS:
        assert np.allclose(again.course[way], run.course[way], rtol=1e-4, equal_nan=True)
        assert np.array_equal(again.gradients[way], run.gradients[way])


@pytest.mark.parametrize("content", ["", "{}", '{"runs": {"usual": {}}}', '{"runs": 3}'])
def test_a_file_that_cannot_be_read_is_named(content: str, tmp_path: Path) -> None:
    path = tmp_path / "mixed.json"
    with pytest.raises(ModelFileError):
        load_recorded(path)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelFileError) as caught:
        load_recorded(path)
    assert caught.value.kind == "unreadable"


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan")])
def test_a_loss_scale_that_is_not_positive_is_refused_in_a_sentence(scale: float) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        Settings(scale=scale)


@pytest.mark.parametrize("settings", [Settings(rate=1e6), Settings(rate=0.0), Settings(scale=1.0)])
def test_any_rate_is_survived(settings: Settings) -> None:
    moments = list(train(settings, seconds=0.5))
    assert moments[-1].step > 0 and len(moments[-1].course["fp32"]) == len(moments[-1].steps)
    assert set(verdicts(moments[-1])) == set(WAYS)
