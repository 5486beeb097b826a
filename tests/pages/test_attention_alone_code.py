"""The attention page's code for a decoder alone reproduces the numbers on the screen."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core.language import Language, load_language
from pages.parts.attention_models import Asked
from pages.parts.attention_run import Change, changed_run, changed_words, run, spoken
from ui.canvas_url import USUAL
from ui.components.attention import CanvasState
from ui.lessons.attention import snippet

TEXTS = {"en": 'The cat "sat" on the \\n', "ko": "고양이가 '의자' 위에"}
ALONE: CanvasState = {**USUAL, "wiring": "causal"}


@pytest.fixture(scope="module", autouse=True)
def languages() -> Iterator[dict[str, Language]]:
    """One model of each language for all snippets."""
    loaded = {name: load_language(name) for name in TEXTS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.language.load_language", loaded.__getitem__)
        yield loaded


def executed(choices: CanvasState, language: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(snippet(TEXTS[language], "en-ko", {**ALONE, **choices}, language=language), names)
    return names


def asked(language: str) -> Asked:
    return Asked(TEXTS[language], "en-ko", language=language)


@pytest.mark.parametrize(("language", "layer", "head"), [("en", 0, 3), ("en", 4, 7), ("ko", 2, 5)])
def test_it_prints_the_models_own_weights(
    languages: dict[str, Language], language: str, layer: int, head: int, capsys: pytest.CaptureFixture[str]
) -> None:
    names = executed({"layer": layer, "head": head}, language)
    model = languages[language]
    attention = model.trace(model.ids(TEXTS[language])).decoder.blocks.self_attention
    np.testing.assert_allclose(names["weights"], attention.weights[layer, head], atol=1e-5)
    np.testing.assert_allclose(names["context"], attention.context[layer, head], atol=1e-5)
    assert str(names["weights"].round(4)) in capsys.readouterr().out


@pytest.mark.parametrize("layer", [0, 3])
def test_without_projections_query_key_and_value_are_the_blocks_input(
    languages: dict[str, Language], layer: int
) -> None:
    """Projecting them with the model's own weights gives the model's own queries and keys."""
    names = executed({"layer": layer, "plain": True}, "en")
    attention = languages["en"].model.stack.blocks[layer].self_attention
    recorded = names["trace"].decoder.blocks.self_attention
    for name, linear in (("query", attention.query), ("key", attention.key), ("value", attention.value)):
        projected = names[name] @ linear.weight.numpy().T + linear.bias.numpy()
        expected = getattr(recorded, name)[layer].transpose(0, 1).flatten(1)
        np.testing.assert_allclose(projected, expected, atol=1e-4)


def test_taking_the_mask_off_lets_a_word_see_the_ones_after_it() -> None:
    assert np.allclose(np.triu(executed({}, "en")["weights"], 1), 0)
    assert not np.allclose(np.triu(executed({"mask": False}, "en")["weights"], 1), 0)


@pytest.mark.parametrize(
    "choices",
    [
        {"off": [["causal", 0, 1], ["causal", 3, 0]], "layer": 4},
        {"random": True},
        {
            "edits": [
                {"place": "decoder.1.self.scores", "head": 3, "row": 4, "column": 2, "values": [40.0]},
                {"place": "decoder.0.x", "head": None, "row": 2, "column": 10, "values": [3.0, -2.5]},
            ]
        },
    ],
)
def test_what_was_changed_is_in_the_code_too(choices: CanvasState) -> None:
    """The snippet's formulas give the weights of the very run that the page shows."""
    whole: CanvasState = {**ALONE, **choices}
    shown = changed_run(asked("en"), Change(whole["edits"], whole["off"], whole["random"])).view.arrays
    names = executed(choices, "en")
    for name in ("query", "key", "value"):
        expected = shown[f"decoder.self.{name}"][whole["layer"], whole["head"]]
        np.testing.assert_allclose(names[name], expected, atol=1e-5)
    recorded = names["trace"].decoder.blocks.self_attention
    np.testing.assert_allclose(names["weights"], recorded.weights[whole["layer"], whole["head"]], atol=1e-5)
    own = run(asked("en")).view.arrays
    assert any(not np.allclose(own[name], shown[name], atol=1e-3) for name in own)


def test_by_word_every_row_still_adds_up_to_one(languages: dict[str, Language]) -> None:
    names = executed({"grain": "word"}, "ko")
    pieces = languages["ko"].tokenizer.pieces(names["target"])
    assert names["weights"].shape[1] == 1 + sum(piece.startswith("▁") for piece in pieces)
    np.testing.assert_allclose(names["weights"].sum(-1), 1, atol=1e-6)


def test_what_it_says_next_is_measured_at_every_place_of_the_text(languages: dict[str, Language]) -> None:
    """Before and after a change; the last place is where the continuation begins."""
    change = Change([], [["causal", layer, head] for layer in range(5) for head in range(8)], False)
    found = spoken(asked("en"), changed_run(asked("en"), change))
    model = languages["en"]
    ids = model.ids(TEXTS["en"])
    assert list(found.read) == model.tokenizer.pieces(ids) and found.read[0] == "<s>"
    said = int(model.trace(ids).logits[-1].argmax())
    assert found.said[-1] == model.tokenizer.pieces([said])[0]
    assert found.distance.max() > 0
    continued = run(asked("en")).reading.said
    assert continued and changed_words(asked("en"), change) != continued
