"""The canvas' Python side: the payload, its checks, its words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.browser.apps.attention_data import random_view
from ui.components.attention import AttentionView, canvas, expected_arrays, pack
from ui.components.attention.canvas import FOLDER, SCRIPTS, canvas_script
from ui.components.attention.labels import LABELS, SYMBOLS


def json_part(payload: bytes) -> tuple[dict[str, Any], bytes]:
    """The JSON at the beginning, and what follows it."""
    length = int.from_bytes(payload[:4], "little")
    assert length % 4 == 0
    return json.loads(payload[4 : 4 + length]), payload[4 + length :]


def unpacked(payload: bytes) -> tuple[dict[str, Any], dict[str, Any], np.ndarray]:
    """Words and choices, the sentence's header, the blob."""
    words, rest = json_part(payload)
    header, blob = json_part(rest)
    return words, header, np.frombuffer(blob, dtype="<f4")


@pytest.fixture
def view() -> AttentionView:
    return random_view(4)


def packed(view: AttentionView) -> bytes:
    return pack(view, labels={"sum": "합"}, initial={"layer": 1}, key="canvas")


def test_every_array_comes_out_as_it_went_in(view: AttentionView) -> None:
    words, header, blob = unpacked(packed(view))
    assert words == {"labels": {"sum": "합"}, "initial": {"layer": 1}, "key": "canvas", "restart": ""}
    assert set(header["arrays"]) == set(expected_arrays(view))
    for name, place in header["arrays"].items():
        size = int(np.prod(place["shape"]))
        values = blob[place["offset"] : place["offset"] + size].reshape(place["shape"])
        np.testing.assert_array_equal(values, view.arrays[name])


def test_the_blob_starts_on_a_multiple_of_four(view: AttentionView) -> None:
    for token in ("a", "ab", "한", "한글", "🙂"):
        one = replace(view, source_tokens=(token, "b", "c", "d"))
        unpacked(pack(one, labels={"sum": token}, initial={}, key="canvas"))


def test_the_digest_names_numbers_and_tokens_but_not_words_or_choices(view: AttentionView) -> None:
    def digest(one: AttentionView) -> object:
        return unpacked(packed(one))[1]["digest"]

    assert digest(view) == digest(replace(view, weights_url="/elsewhere"))
    assert digest(view) != digest(replace(view, source_tokens=("a", "b", "c", "d")))
    arrays = {**view.arrays, "encoder.embedding": view.arrays["encoder.embedding"] + 1}
    assert digest(view) != digest(replace(view, arrays=arrays))


def test_the_sentences_own_part_is_made_once(view: AttentionView, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rerun with other words or choices neither copies the numbers through JSON nor hashes them again."""
    first = packed(view)
    monkeypatch.setattr("ui.components.attention.view.hashlib", None)
    monkeypatch.setattr("ui.components.attention.view.expected_arrays", None)
    second = pack(view, labels={"sum": "sum"}, initial={}, key="canvas", restart="preset")
    assert json_part(first)[1] == json_part(second)[1] == view.packed


def test_a_state_from_before_a_preset_is_not_returned(
    view: AttentionView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit keeps the component's state by key: the run after a preset still sees the old one."""
    sent = {"layer": 1, "cell": [0, 2, 1], "restart": "1"}
    monkeypatch.setattr(canvas, "_mount", lambda **_: {"state": sent})
    monkeypatch.setattr(canvas.st, "session_state", {})

    def state(restart: str) -> object:
        return canvas.attention_canvas(view, key="canvas", labels={}, initial={}, restart=restart)

    assert state("1") == {"layer": 1, "cell": [0, 2, 1]}
    assert state("2") == {}
    assert state("") == {}


@pytest.mark.parametrize(
    "name", ["encoder.self.query", "decoder.cross.value", "encoder.feed_forward.norm.bias"]
)
def test_a_missing_or_misshapen_array_is_named(view: AttentionView, name: str) -> None:
    arrays = dict(view.arrays)
    arrays[name] = arrays[name][..., :-1]
    with pytest.raises(ValueError, match=r"shape|missing"):
        replace(view, arrays=arrays)
    del arrays[name]
    with pytest.raises(ValueError, match=re.escape(name)):
        replace(view, arrays=arrays)


def test_an_empty_sentence_is_refused(view: AttentionView) -> None:
    with pytest.raises(ValueError, match="at least one"):
        replace(view, source_tokens=())


def alone(view: AttentionView) -> AttentionView:
    """The same picture of a decoder alone."""
    arrays = {name: values for name, values in view.arrays.items() if name.startswith("decoder.")}
    arrays = {name: values for name, values in arrays.items() if "cross" not in name}
    return replace(view, source_tokens=(), arrays=arrays)


def test_a_decoder_alone_has_one_attention_and_carries_no_encoder(view: AttentionView) -> None:
    one = alone(view)
    _, header, _ = unpacked(packed(one))
    assert one.wirings == ("causal",) and view.wirings == ("self", "causal", "cross")
    assert set(header["arrays"]) == set(one.arrays) and header["source_tokens"] == []
    assert (header["layers"], header["heads"], header["d_k"]) == (3, 8, 32)
    assert (one.layers, one.d_model) == (3, 256)


def test_an_encoder_without_a_source_is_refused(view: AttentionView) -> None:
    one = alone(view)
    arrays = {**one.arrays, "encoder.embedding": view.arrays["encoder.embedding"]}
    with pytest.raises(ValueError, match="at least one"):
        replace(one, arrays=arrays)


def test_the_canvas_is_where_it_began_until_the_browser_says_otherwise(
    view: AttentionView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is read once: what it asked for may not fit the model that is chosen next."""
    memory: dict[str, object] = {}
    monkeypatch.setattr(canvas, "_mount", lambda **_: memory.get("canvas"))
    monkeypatch.setattr(canvas.st, "session_state", memory)
    assert canvas.canvas_state("canvas", "1") == {}
    canvas.attention_canvas(view, key="canvas", labels={}, initial={"layer": 2}, restart="1")
    assert canvas.canvas_state("canvas", "1") == {"layer": 2}
    memory["canvas"] = {"state": {"layer": 0, "restart": "1"}}
    assert canvas.canvas_state("canvas", "1") == {"layer": 0}
    assert canvas.canvas_state("canvas", "2") == {}


def script_list(text: str) -> list[str]:
    """The quoted names of a JavaScript list that begins with this text."""
    return re.findall(r'"(\w+)"', canvas_script().split(text)[1].split("]")[0])


def composed_labels() -> dict[str, set[str]]:
    """The names that the script puts together, by the template it does it with."""
    stages, views, wirings, grains = (
        script_list(f"const {name} = [") for name in ("STAGES", "VIEWS", "WIRINGS", "GRAINS")
    )
    variants = {kind: script_list(f"\n  {kind}: [") for kind in ("formula", "caption", "explain")}
    switches = {"scale", "mask", "plain", "unit", "all_heads", "random"}
    pictures = set(views) - {"matrix"}
    return {
        "${kind}_${VARIANTS[kind].includes(variant) ? variant : state.stage}": {
            f"{kind}_{name}" for kind, names in variants.items() for name in [*stages, *names]
        },
        "stage_${stage}": {f"stage_{stage}" for stage in stages},
        "caption_${state.view}": {f"caption_{view}" for view in pictures},
        "explain_${state.view}": {f"explain_{view}" for view in pictures},
        "view_${value}": {f"view_{view}" for view in views},
        "view_${value}_title": {f"view_{view}_title" for view in views},
        "wiring_${value}": {f"wiring_{wiring}" for wiring in wirings},
        "wiring_${state.wiring}": {f"wiring_{wiring}" for wiring in wirings},
        "wiring_${value}_title": {f"wiring_{wiring}_title" for wiring in wirings},
        "wiring_${ctx.state.wiring}_line": {f"wiring_{wiring}_line" for wiring in wirings},
        "grain_${value}": {f"grain_{grain}" for grain in grains},
        "grain_${value}_title": {f"grain_{grain}_title" for grain in grains},
        "no_mask_${state.wiring}": {f"no_mask_{wiring}" for wiring in wirings if wiring != "causal"},
        "switch_${name}": {f"switch_{name}" for name in switches},
        "switch_${name}_title": {f"switch_{name}_title" for name in switches - {"all_heads"}},
        "column_${name}": {"column_key", "column_weight"},
    }


def test_every_label_that_the_script_asks_for_exists_and_none_is_idle() -> None:
    script = canvas_script()
    known = set(SYMBOLS) | set(LABELS)
    families = composed_labels()
    # A name is put together of a word, "_" and what stands in braces; a new way of doing so belongs above.
    assert set(re.findall(r"`((?:[a-z_]+_|\$\{kind\}_)\$\{[^`]*)`", script)) == set(families)
    composed = set().union(*families.values())
    asked = set(re.findall(r"""\bt\(["'`](\w+)["'`]""", script))
    assert asked | composed <= known, (asked | composed) - known
    spoken = asked | composed | set(re.findall(r"""["'`](\w+)["'`]""", script))
    assert known <= spoken, known - spoken


def test_the_script_has_one_export_and_small_files_that_begin_with_their_purpose() -> None:
    assert canvas_script().count("export default") == 1
    assert {path.name for path in FOLDER.glob("*.js")} == set(SCRIPTS)
    for name in SCRIPTS:
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert text.startswith("// "), name
        assert text.count("\n") < 350, name


def test_no_markup_is_ever_made_from_text() -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment", canvas_script()
    )
