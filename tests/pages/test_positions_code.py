"""The positions page's code: pasted, it prints the numbers on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch

from core.models.language import LanguageModel
from core.order import tables
from core.order.shuffle import encoder_of, order_of, shuffle_difference
from core.small import SMALL_TOKENIZER, SmallModel
from core.text.tokenizer import Tokenizer
from core.training.small import config_of
from ui.lessons.positions import PRESETS, snippet

TEXT = "나는 '아침에' ___ \"마셨다\" \\n"
USUAL: dict[str, Any] = {
    "kind": "sinusoidal", "wide": False, "metric": "dot", "row": 10, "column": -1, "head": 2, "query": 3, "key": 0,
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def models() -> Iterator[dict[str, SmallModel]]:
    """Untrained models in the trained ones' place: the code is right whatever the weights."""
    tokenizer, made = Tokenizer(SMALL_TOKENIZER), {}
    for kind in ("sinusoidal", "learned", "integers", "rotary", "none"):
        torch.manual_seed(3)
        made[f"blank-{kind}"] = SmallModel(
            LanguageModel(config_of(f"blank-{kind}", len(tokenizer))), tokenizer, {}
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.small.load_small", made.__getitem__)
        yield made


def run(text: str | None = TEXT, **choices: object) -> dict[str, Any]:
    names: dict[str, Any] = {}
    order = order_of("all", 9, 42)
    exec(snippet(text, order, {**USUAL, **choices}), names)
    return names


@pytest.mark.parametrize("kind", ["sinusoidal", "learned", "integers", "none"])
@pytest.mark.parametrize("metric", ["dot", "cosine", "length"])
def test_it_prints_the_table_and_the_curve(
    models: dict[str, SmallModel], kind: str, metric: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with np.errstate(invalid="ignore"):
        names = run(kind=kind, metric=metric)
    table = tables.position_table(models[f"blank-{kind}"].model.positions, 64)
    np.testing.assert_allclose(names["table"], table, atol=1e-5)
    seen = tables.similarity(table)
    expected = {"dot": seen.dot[10], "cosine": seen.cosine[10], "length": seen.length}[metric]
    np.testing.assert_allclose(names["alike"], expected, rtol=1e-4, atol=1e-4)
    assert str(names["table"].round(4)) in capsys.readouterr().out


def test_the_translators_table_is_wider() -> None:
    assert run(wide=True)["table"].shape == (64, 256)
    assert run(wide=True, kind="learned")["table"].shape == (64, 96)


def test_rotary_products_are_cores(models: dict[str, SmallModel]) -> None:
    names = run(kind="rotary")
    model = models["blank-rotary"]
    pair = tables.rotary_pair(model.model, model.ids(TEXT))
    expected = tables.rotary_products(pair.query[2, 3], pair.key[2, 0], 63)
    np.testing.assert_allclose(names["alike"], expected, atol=1e-3)


@pytest.mark.parametrize("kind", ["sinusoidal", "none", "rotary"])
def test_the_shuffle_is_the_pages(models: dict[str, SmallModel], kind: str) -> None:
    model = models[f"blank-{kind}"]
    ids = model.ids(TEXT)
    order = order_of("all", len(ids), 42)
    names: dict[str, Any] = {}
    exec(snippet(TEXT, order, {**USUAL, "kind": kind}), names)
    expected = shuffle_difference(encoder_of(model), ids, order).largest
    assert names["largest"] == pytest.approx(expected, abs=1e-5)
    assert (names["largest"] <= 1e-5) == (kind == "none")


def test_without_a_sentence_the_table_remains() -> None:
    assert "largest" not in run(text=None)
    assert "alike" not in run(text=None, kind="rotary")


def test_presets_name_choices_that_exist() -> None:
    for preset in PRESETS.values():
        assert set(preset.choices) <= set(USUAL)
        assert "___" in preset.sentence
