"""The heat map's Python side: the payload and its checks."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.components.heatmap import Panel, component, pack
from ui.components.shared import json_part

SQUARE = np.arange(4.0).reshape(2, 2)


def unpacked(payload: bytes) -> tuple[dict[str, Any], np.ndarray]:
    """The JSON and the numbers behind it."""
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length]), np.frombuffer(payload[4 + length :], "<f4")


def test_every_number_comes_out_as_float32_in_the_order_of_the_panels() -> None:
    panels = [Panel(SQUARE.T, "turned"), Panel(np.array([[-np.inf, np.nan, 1000]]), "odd")]
    head, numbers = unpacked(pack(panels, key="k"))
    np.testing.assert_array_equal(numbers, np.array([0, 2, 1, 3, -np.inf, np.nan, 1000], np.float32))
    assert [(panel["name"], panel["rows"], panel["columns"]) for panel in head["panels"]] == [
        ("turned", 2, 2),
        ("odd", 1, 3),
    ]
    assert head["key"] == "k"


@given(st.text(st.characters(codec=None), max_size=6))
def test_any_label_can_travel_and_the_numbers_stay_aligned(label: str) -> None:
    """Half of a surrogate pair has no UTF-8: it is replaced, and nothing is lost around it."""
    part = json_part({"label": label})
    assert len(part) % 4 == 0
    assert len(json.loads(part[4:])["label"]) == len(label)


def test_the_digest_names_numbers_and_labels_but_not_choices() -> None:
    def digest(panel: Panel, **choices: Any) -> str:
        return str(unpacked(pack([panel], **choices))[0]["digest"])

    plain = digest(Panel(SQUARE))
    assert plain == digest(Panel(SQUARE.copy()), restart="preset")
    assert plain != digest(Panel(SQUARE + 1))
    assert plain != digest(Panel(SQUARE, row_labels=["a", "b"]))
    assert plain != digest(Panel(SQUARE, signed=True))


@pytest.mark.parametrize(
    ("values", "options"),
    [
        (np.zeros(3), {}),
        (np.zeros((0, 3)), {}),
        (SQUARE, {"row_labels": ["a"]}),
        (SQUARE, {"column_labels": ["a", "b", "c"]}),
        (SQUARE, {"low": 1, "high": 1}),
        (SQUARE, {"high": float("nan")}),
    ],
)
def test_what_cannot_be_drawn_is_refused(values: np.ndarray, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="panel: "):
        Panel(values, **options)


def test_panels_have_names_of_their_own() -> None:
    for panels in ([], [Panel(SQUARE), Panel(SQUARE)]):
        with pytest.raises(ValueError, match="name"):
            pack(panels)


def test_a_state_is_returned_only_where_it_is_asked_for_and_belongs_to_this_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = {"panel": "panel", "cell": [0, 1], "restart": "1"}
    monkeypatch.setattr(component, "_mount", lambda **_: {"state": sent})

    def state(**options: Any) -> object:
        return component.heatmap(SQUARE, key="k", labels={}, **options)

    assert state(report=True, restart="1") == {"panel": "panel", "cell": [0, 1]}
    assert state(report=True, restart="2") == {}
    assert state(restart="1") == {}


def test_the_scripts_are_all_there_and_begin_with_their_purpose() -> None:
    assert {path.name for path in component.FOLDER.glob("*.js")} == set(component.SCRIPTS)
    for name in component.SCRIPTS:
        assert (component.FOLDER / name).read_text(encoding="utf-8").startswith("// "), name
