"""The code on the attention page reproduces the numbers on the screen."""

import itertools
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import changes
from core.trace import Trace
from core.translator import Translator, load_translator
from pages.parts.attention_run import Asked, Change, changed_run
from ui import changes_url
from ui.canvas_url import USUAL
from ui.components.attention import CanvasEdit, CanvasState
from ui.components.attention.canvas import canvas_script
from ui.lessons.attention import ATTENTIONS, snippet

TEXT = "기차가 '제시간에' \"역을\" 떠났다 \\n"


@pytest.fixture(scope="module", autouse=True)
def translator() -> Iterator[Translator]:
    """One translator for all snippets: loading it each time would take longer than the tests."""
    loaded = load_translator()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.translator.load_translator", lambda: loaded)
        yield loaded


def run(choices: CanvasState, target: str = "") -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(snippet(TEXT, "ko-en", {**USUAL, **choices}, target), names)
    return names


@pytest.fixture(scope="module")
def trace(translator: Translator) -> Trace:
    return translator.trace(TEXT, "ko-en")


@pytest.mark.parametrize(("wiring", "layer", "head"), [("self", 0, 3), ("causal", 2, 7), ("cross", 1, 0)])
def test_it_prints_the_models_own_weights(
    trace: Trace, wiring: str, layer: int, head: int, capsys: pytest.CaptureFixture[str]
) -> None:
    names = run({"wiring": wiring, "layer": layer, "head": head})
    blocks = trace.encoder.blocks if wiring == "self" else trace.decoder.blocks
    attention = blocks.cross_attention if wiring == "cross" else blocks.self_attention
    assert attention is not None
    np.testing.assert_allclose(names["weights"], attention.weights[layer, head], atol=1e-5)
    np.testing.assert_allclose(names["context"], attention.context[layer, head], atol=1e-5)
    assert str(names["weights"].round(4)) in capsys.readouterr().out


def test_the_switches_change_the_code(trace: Trace) -> None:
    usual = run({"wiring": "causal"})["weights"]
    assert np.allclose(np.triu(usual, 1), 0)
    assert not np.allclose(np.triu(run({"wiring": "causal", "mask": False})["weights"], 1), 0)
    # In the second layer: in the first one a head may look at one token alone, with the scale as without it.
    rows = [run({"wiring": "causal", "layer": 1, "scale": scale})["weights"] for scale in (True, False)]
    entropy = [-(w * np.log(w + 1e-12)).sum(-1).mean() for w in rows]
    assert entropy[1] < entropy[0]


def test_rows_of_length_one_let_a_word_look_at_others() -> None:
    """The textbook's figure: without it, nearly every word sees one word alone, mostly itself."""
    alone = run({"plain": True, "scale": False})["weights"]
    shared = run({"plain": True, "unit": True, "scale": False})["weights"]
    assert (np.diag(alone) > 0.9).mean() > 0.8 and (alone.max(-1) > 0.9).all()
    assert shared.max() < 0.5 and (np.sort(shared)[:, -2] > 10 * np.median(np.sort(alone)[:, -2])).all()


@pytest.mark.parametrize(("wiring", "layer"), list(itertools.product(("self", "causal", "cross"), (0, 2))))
def test_without_projections_query_key_and_value_are_the_attentions_input(
    trace: Trace, translator: Translator, wiring: str, layer: int
) -> None:
    """Projecting them with the model's own weights gives the model's own queries and keys."""
    names = run({"wiring": wiring, "layer": layer, "plain": True})
    model = translator.model
    stack = model.encoder if wiring == "self" else model.decoder
    block = stack.blocks[layer]
    attention = block.cross_attention if wiring == "cross" else block.self_attention
    blocks = trace.encoder.blocks if wiring == "self" else trace.decoder.blocks
    recorded = blocks.cross_attention if wiring == "cross" else blocks.self_attention
    assert recorded is not None
    for name, linear in (("query", attention.query), ("key", attention.key), ("value", attention.value)):
        projected = names[name] @ linear.weight.numpy().T + linear.bias.numpy()
        expected = getattr(recorded, name)[layer].transpose(0, 1).flatten(1)
        np.testing.assert_allclose(projected, expected, atol=1e-4)


EDITS: list[CanvasEdit] = [
    {"place": "encoder.0.self.scores", "head": 3, "row": 1, "column": 2, "values": [40.0]},
    {"place": "encoder.0.x", "head": None, "row": 4, "column": 10, "values": [3.0, -2.5]},
]


@pytest.mark.parametrize(
    ("choices", "target"),
    [
        ({"edits": EDITS, "head": 3}, ""),
        ({"off": [["self", 0, 1], ["cross", 2, 0]], "wiring": "cross", "layer": 2}, ""),
        ({"random": True, "wiring": "causal"}, ""),
        ({"grain": "syllable"}, ""),
        ({"wiring": "causal", "layer": 1}, "The train left."),
    ],
)
def test_what_was_changed_is_in_the_code_too(choices: CanvasState, target: str) -> None:
    """The snippet's formulas give the weights of the very run that the page shows."""
    whole: CanvasState = {**USUAL, **choices}
    asked = Asked(TEXT, "ko-en", target, choices.get("grain") == "syllable")
    shown = changed_run(asked, Change(whole["edits"], whole["off"], whole["random"])).view.arrays
    names = run(choices, target)
    attention = ATTENTIONS[whole["wiring"]]
    for name in ("query", "key", "value"):
        np.testing.assert_allclose(
            names[name], shown[f"{attention}.{name}"][whole["layer"], whole["head"]], atol=1e-5
        )
    blocks = names["trace"].encoder.blocks if whole["wiring"] == "self" else names["trace"].decoder.blocks
    recorded = blocks.cross_attention if whole["wiring"] == "cross" else blocks.self_attention
    np.testing.assert_allclose(names["weights"], recorded.weights[whole["layer"], whole["head"]], atol=1e-5)


def test_by_word_every_row_still_adds_up_to_one(translator: Translator) -> None:
    names = run({"grain": "word", "wiring": "cross", "layer": 1})
    pieces = translator.tokenizer.pieces(names["source"])
    assert names["weights"].shape[1] == 2 + sum(piece.startswith("▁") for piece in pieces)
    np.testing.assert_allclose(names["weights"].sum(-1), 1, atol=1e-6)


def test_core_the_address_and_the_browser_draw_the_same_line_for_numbers() -> None:
    assert changes.LARGEST == changes_url.LARGEST
    (in_browser,) = re.findall(r"const LARGEST_EDIT = (\S+);", canvas_script())
    assert float(in_browser) == changes.LARGEST


@pytest.mark.parametrize(
    "text", ["", "x", "encoder.0.x~~0~0~nan", "encoder.0.x~~0~0~1e7", "encoder.0.x~~0~0~", "~~~~"]
)
def test_edits_of_the_address_are_read_or_refused(text: str) -> None:
    if text:
        with pytest.raises(ValueError):
            changes_url.edits(text)
    else:
        assert changes_url.edits(text) == []


@given(
    st.lists(
        st.builds(
            lambda place, head, row, column, values: {
                "place": place, "head": head, "row": row, "column": column, "values": values,
            },
            st.sampled_from(["encoder.0.x", "decoder.2.cross.scores", "encoder.1.feed_forward"]),
            st.none() | st.integers(0, 7), st.integers(0, 99), st.integers(0, 255),
            st.lists(st.integers(-4000, 4000).map(lambda n: n / 16), min_size=1, max_size=4),
        ),
        max_size=3,
    )
)  # fmt: skip
def test_edits_come_back_from_the_address(made: list[CanvasEdit]) -> None:
    assert changes_url.edits(changes_url.edits_text(made)) == made


@given(
    st.lists(st.tuples(st.sampled_from(["self", "causal", "cross"]), st.integers(0, 2), st.integers(0, 7)))
)
def test_heads_come_back_from_the_address(off: list[tuple[str, int, int]]) -> None:
    assert changes_url.heads(3, 8)(changes_url.heads_text(off)) == [list(head) for head in off]
