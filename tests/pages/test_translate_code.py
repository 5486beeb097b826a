"""The code on the Translate page reproduces the numbers on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core.decoding.sampling import Sampler, adjusted, draw, ranked, uniform
from core.decoding.timeline import Timeline, timeline
from core.translator import Translator, load_translator
from ui.components.sampling import SamplerState
from ui.components.translate import TranslateState
from ui.lessons.translate import snippet

TEXT = 'How\'s the "weather" \\n today?'
CHOSEN: TranslateState = {
    "step": 2, "top": 10, "self_layer": -1, "self_head": -1, "cross_layer": -1, "cross_head": -1,
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def translator() -> Iterator[Translator]:
    """One translator for all snippets."""
    loaded = load_translator()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.translator.load_translator", lambda: loaded)
        yield loaded


@pytest.fixture(scope="module")
def shown(translator: Translator) -> Timeline:
    return timeline(translator, TEXT, "en-ko", longest=12)


def run(chosen: TranslateState, said: tuple[int, ...], sampler: SamplerState | None = None) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(snippet(TEXT, "en-ko", said, chosen, sampler), names)
    return names


@pytest.mark.parametrize(("layer", "head"), [(-1, -1), (1, -1), (-1, 3), (2, 5)])
def test_it_prints_the_bars_and_both_rows_of_attention(
    shown: Timeline, layer: int, head: int, capsys: pytest.CaptureFixture[str]
) -> None:
    step = 2
    chosen: TranslateState = {
        **CHOSEN, "self_layer": layer, "self_head": head, "cross_layer": layer, "cross_head": head,
    }  # fmt: skip
    names = run(chosen, shown.tokens[:step])
    np.testing.assert_allclose(names["probabilities"], np.exp(shown.log_probabilities[step]), atol=1e-5)
    assert names["entropy"] == pytest.approx(shown.entropy[step], abs=1e-3)
    layers, heads = (slice(None) if one < 0 else slice(one, one + 1) for one in (layer, head))
    printed = ""
    for name, weights in (
        ("looks_at_itself", shown.self_attention[layers, heads, step, : step + 1]),
        ("looks_at_source", shown.cross_attention[layers, heads, step]),
    ):
        np.testing.assert_allclose(names[name], weights.mean((0, 1)), atol=1e-5)
        printed = capsys.readouterr().out or printed
        assert str(names[name].round(3)) in printed


@pytest.mark.parametrize(
    "state",
    [
        {"temperature": 0.7, "top_k": 0, "top_p": 1.0, "min_p": 0.0, "seed": 42},
        {"temperature": 0.0, "top_k": 5, "top_p": 0.9, "min_p": 0.1, "seed": 7},
        {"temperature": 3.0, "top_k": 50, "top_p": 0.8, "min_p": 0.05, "seed": 1},
    ],
)
def test_it_draws_the_token_that_the_page_draws(shown: Timeline, state: SamplerState) -> None:
    step = 1
    names = run(CHOSEN, shown.tokens[:step], state)
    import torch

    logs = torch.from_numpy(shown.log_probabilities[step])
    order = ranked(logs)
    sampler = Sampler(state["temperature"], state["top_k"], state["top_p"], state["min_p"])
    expected = adjusted(logs, sampler).exp()[order]
    np.testing.assert_allclose(names["left"][:40], expected[:40], atol=1e-4)
    assert int(names["drawn"]) == int(order[draw(expected, uniform(state["seed"], step))])
