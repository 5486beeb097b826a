"""The canvas' Python side: the payload, its checks, its words."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from tests.browser.apps.attention_data import random_view
from ui.components.attention import AttentionView, expected_arrays, pack
from ui.components.attention.canvas import FOLDER, SCRIPTS, canvas_script
from ui.components.attention.labels import LABELS, SYMBOLS


def unpacked(payload: bytes) -> tuple[dict[str, object], np.ndarray]:
    """Header and blob."""
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length]), np.frombuffer(payload[4 + length :], dtype="<f4")


@pytest.fixture
def view() -> AttentionView:
    return random_view(4, "plain", {"sum": "합"})


def packed(view: AttentionView) -> bytes:
    return pack(view, initial={"layer": 1}, key="canvas", restart="")


def test_every_array_comes_out_as_it_went_in(view: AttentionView) -> None:
    header, blob = unpacked(packed(view))
    assert set(header["arrays"]) == set(expected_arrays(view))  # type: ignore[arg-type]
    for name, place in header["arrays"].items():  # type: ignore[attr-defined]
        size = int(np.prod(place["shape"]))
        values = blob[place["offset"] : place["offset"] + size].reshape(place["shape"])
        np.testing.assert_array_equal(values, view.arrays[name])


def test_the_blob_starts_on_a_multiple_of_four(view: AttentionView) -> None:
    for token in ("a", "ab", "한", "한글", "🙂"):
        payload = packed(replace(view, source_tokens=(token, "b", "c", "d")))
        assert int.from_bytes(payload[:4], "little") % 4 == 0


def test_the_digest_names_numbers_and_tokens_but_not_words_or_choices(view: AttentionView) -> None:
    def digest(one: AttentionView, layer: int = 0) -> object:
        return unpacked(pack(one, initial={"layer": layer}, key="canvas", restart=""))[0]["digest"]

    assert digest(view) == digest(replace(view, labels={"sum": "sum"})) == digest(view, layer=2)
    assert digest(view) != digest(replace(view, source_tokens=("a", "b", "c", "d")))
    arrays = {**view.arrays, "encoder.embedding": view.arrays["encoder.embedding"] + 1}
    assert digest(view) != digest(replace(view, arrays=arrays))


def test_packing_is_done_once(view: AttentionView) -> None:
    assert view.packed is view.packed


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


def test_every_label_that_the_script_asks_for_exists_and_none_is_idle() -> None:
    script = canvas_script()
    known = set(SYMBOLS) | set(LABELS)
    asked = set(re.findall(r"""\bt\(["'`](\w+)["'`]""", script))
    assert asked <= known
    families = set(re.findall(r"\bt(?:ext)?\(`(\w+_)\$\{", script))
    spoken = asked | set(re.findall(r"""["'`](\w+)["'`]""", script))
    idle = {name for name in known - spoken if not any(name.startswith(family) for family in families)}
    assert not idle


def test_stages_views_and_wirings_all_have_their_words() -> None:
    known = set(SYMBOLS) | set(LABELS)
    script = (FOLDER / "stages.js").read_text(encoding="utf-8")
    stages = re.findall(r'"(\w+)"', script.split("const STAGES = [")[1].split("]")[0])
    assert len(stages) == 13
    for stage in stages:
        assert {f"stage_{stage}", f"caption_{stage}", f"explain_{stage}", f"formula_{stage}"} <= known


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
