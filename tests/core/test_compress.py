"""Compression: whole numbers and scales, pruning, sizes; and the translator made smaller."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core import compression
from core.checkpoints import ModelFileError, to_int8
from core.compression import PRESETS, held_back, last_of, recorded, scored, smaller
from core.numerics.compress import (
    BITS,
    Plan,
    compressed,
    part_of,
    parts_of,
    pruned,
    quantised,
    sizes,
    work,
)
from core.text.normalise import matching_key
from core.translator import Translator, load_translator


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


def matrix(rows: int = 6, columns: int = 40, seed: int = 1) -> torch.Tensor:
    return torch.randn((rows, columns), generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("bits", [8, 4, 3, 2])
@pytest.mark.parametrize("per", ["tensor", "channel"])
def test_whole_numbers_keep_their_range_and_are_off_by_half_a_step_at_most(bits: int, per: str) -> None:
    given_matrix = matrix()
    whole = quantised(given_matrix, bits, per)  # type: ignore[arg-type]
    largest = 2 ** (bits - 1) - 1
    assert int(whole.numbers.abs().max()) == largest
    assert whole.scale.shape == ((6, 1) if per == "channel" else (1, 1))
    # Half a step, and what the scale lost when it became a 16-bit float.
    assert bool(((whole.matrix - given_matrix).abs() <= whole.scale * (0.5 + largest * 2**-11)).all())


def test_a_scale_for_each_row_is_never_worse_than_one_for_all() -> None:
    uneven = matrix() * torch.tensor([[100.0], [1], [1], [1], [1], [0.01]])
    off = {per: (quantised(uneven, 8, per).matrix - uneven).norm() for per in ("tensor", "channel")}  # type: ignore[arg-type]
    assert off["channel"] < off["tensor"] / 2


def test_eight_bits_by_row_are_those_of_our_own_files() -> None:
    whole = quantised(matrix(), 8, "channel")
    numbers, scale = to_int8(matrix())
    assert torch.equal(whole.numbers, numbers) and torch.equal(whole.scale[:, 0], scale.float())


def test_zeros_have_the_scale_zero_and_stay_zeros() -> None:
    for per in ("tensor", "channel"):
        whole = quantised(torch.zeros(3, 4), 4, per)  # type: ignore[arg-type]
        assert not whole.scale.any() and torch.equal(whole.matrix, torch.zeros(3, 4))


@given(share=st.floats(0, 1))
def test_pruning_takes_the_smallest_and_just_so_many(share: float) -> None:
    before, after = matrix(), pruned(matrix(), share)
    gone = after == 0
    assert int(gone.sum()) == round(share * before.numel())
    assert torch.equal(after[~gone], before[~gone])
    if gone.any() and not gone.all():
        assert before[gone].abs().max() <= before[~gone].abs().min()


def test_of_equal_weights_only_so_many_go() -> None:
    assert int((pruned(torch.ones(4, 4), 0.25) == 0).sum()) == 4


@pytest.mark.parametrize("bits", BITS)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_part_that_is_kept_is_bit_by_bit_the_same(bits: int, share: float, translator: Translator) -> None:
    weights = translator.model.state_dict()
    plan = Plan(bits, pruned=share, kept=frozenset({"decoder.0.cross"}))
    after = compressed(weights, plan)
    for name, tensor in weights.items():
        part = part_of(name)
        if part is None or part in plan.kept or (bits == 16 and not share):
            assert torch.equal(after[name], tensor)
        elif share == 1.0:
            assert not after[name].any()


def test_every_matrix_belongs_to_a_part(translator: Translator) -> None:
    weights = translator.model.state_dict()
    parts = parts_of(weights)
    assert list(parts) == [
        "embedding",
        *(f"encoder.{layer}.{kind}" for layer in range(3) for kind in ("self", "dense")),
        *(f"decoder.{layer}.{kind}" for layer in range(3) for kind in ("self", "cross", "dense")),
    ]
    matrices = {name for name, tensor in weights.items() if tensor.dim() == 2}
    assert {name for names in parts.values() for name in names} == matrices


def test_sizes_are_those_of_packed_bits(translator: Translator) -> None:
    weights = translator.model.state_dict()
    numbers = sum(tensor.numel() for tensor in weights.values())
    whole = sizes(weights, Plan(16))
    assert (
        sum(one.after for one in whole.values()) == sum(one.before for one in whole.values()) == 2 * numbers
    )
    eight = sizes(weights, Plan(8, "tensor"))["embedding"]
    assert eight.after == eight.numbers + 2  # and one scale
    four = sizes(weights, Plan(4, "channel"))["embedding"]
    assert four.after == four.numbers // 2 + 2 * 8000
    half = sizes(weights, Plan(16, pruned=0.5))["embedding"]
    assert half.sparse and half.after == half.numbers // 8 + half.numbers
    assert not sizes(weights, Plan(16, pruned=0.05))["embedding"].sparse  # a bit each would be more


def test_work_grows_with_the_bits_and_not_with_zeros(translator: Translator) -> None:
    weights = translator.model.state_dict()
    eight, four = work(weights, Plan(8)), work(weights, Plan(4, pruned=0.9))
    assert all(four[part] == pytest.approx(eight[part] / 2) for part in eight)


def test_compressed_weights_can_be_compressed_again_without_a_change(translator: Translator) -> None:
    weights = translator.model.state_dict()
    once = compressed(weights, Plan(4))
    again = compressed(once, Plan(4))
    assert all(torch.allclose(once[name], again[name], atol=1e-6) for name in once)


def test_int8_says_nearly_what_the_model_says(translator: Translator) -> None:
    pairs = held_back()[:20]
    texts = [pair.english for pair in pairs]
    before = translator.translate_all(texts, "en-ko")
    after = smaller(translator, Plan(8)).translate_all(texts, "en-ko")
    assert sum(a == b for a, b in zip(before, after, strict=True)) >= 15


def test_everything_pruned_still_answers(translator: Translator) -> None:
    """All matrices 0: every token is as likely as any other, whatever is asked."""
    empty = smaller(translator, PRESETS["everything"])
    assert empty.translate("Hello.", "en-ko") == empty.translate("Where is the station?", "en-ko")


def test_scores_are_those_that_were_recorded(translator: Translator) -> None:
    """The command of the card, one preset: a machine that sums in another order may differ by a sentence or two."""
    found = last_of(scored(smaller(translator, PRESETS["int8"]), held_back()))
    for direction, scores in recorded()["plans"]["int8"].items():
        if direction in found:
            assert found[direction]["chrf2"] == pytest.approx(scores["chrf2"], abs=1.0)


def test_what_is_held_back_is_in_no_sentence_that_we_wrote() -> None:
    pairs = held_back()
    assert len(pairs) == compression.COUNT == len(set(pairs))
    written = (compression.checkpoints.ASSETS / "parallel" / "everyday.tsv").read_text(encoding="utf-8")
    ours = {matching_key(part) for line in written.splitlines() for part in line.split("\t")}
    assert not ours & {matching_key(text) for pair in pairs for text in pair[:2]}


def test_the_record_has_every_preset_and_every_part(translator: Translator) -> None:
    known = recorded()
    assert set(known["plans"]) == set(PRESETS)
    assert set(known["alone"]) == set(parts_of(translator.model.state_dict()))
    chrf = {name: one["en-ko"]["chrf2"] for name, one in known["plans"].items()}
    assert chrf["fp16"] > chrf["int4-tensor"] > chrf["everything"]


def test_files_that_are_not_there_or_cannot_be_read_are_named(tmp_path: Path) -> None:
    for read, name in ((held_back, "x.tsv"), (recorded, "x.json")):
        path = tmp_path / name
        with pytest.raises(ModelFileError) as caught:
            read(path)
        assert caught.value.kind == "missing"
        path.write_text("[]\n", encoding="utf-8")
        with pytest.raises(ModelFileError) as caught:
            read(path)
        assert caught.value.kind == "unreadable"


def test_scoring_tells_how_far_it_is(translator: Translator) -> None:
    steps = list(scored(one_that_says_nothing(translator), held_back()[:25]))
    assert [step.done for step in steps] == [0, 20, 25, 45, 50] and steps[-1].total == 50
    assert set(steps[-1].scores) == {"ko-en", "en-ko"} and not steps[1].scores
    assert steps[-1].seconds > 0


def one_that_says_nothing(translator: Translator) -> Translator:
    return smaller(translator, replace(PRESETS["everything"], bits=8))
