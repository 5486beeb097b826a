"""The three columns' payload and their place in the address."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ui.components.architectures import Architecture, AttentionPicture
from ui.components.architectures.labels import LABELS
from ui.components.architectures.view import pack


def picture(name: str = "cross", rows: int = 2, columns: int = 3) -> AttentionPicture:
    weights = np.random.default_rng(1).dirichlet(np.ones(columns), (2, 4, rows)).astype(np.float32)
    return AttentionPicture(name, ["q"] * rows, ["k"] * columns, weights)


def test_every_number_arrives_where_the_header_says() -> None:
    first, second = picture("source", 3, 3), picture("cross", 2, 3)
    data = pack(
        [Architecture("encoder"), Architecture("both", [first, second], "g", [("s", 0.5)])], labels={}
    )
    length = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + length])
    blob = np.frombuffer(data[4 + length :], dtype="<f4")
    assert header["columns"][0]["pictures"] == []
    for described, given in zip(header["columns"][1]["pictures"], (first, second), strict=True):
        sent = blob[described["offset"] :][: given.weights.size].reshape(given.weights.shape)
        np.testing.assert_array_equal(sent, given.weights)
    assert blob.size == first.weights.size + second.weights.size


def test_tokens_and_weights_must_go_together() -> None:
    with pytest.raises(ValueError, match="2 × 2 tokens"):
        AttentionPicture("cross", ["q"] * 2, ["k"] * 2, picture().weights)


def test_every_name_that_the_browser_asks_for_has_words() -> None:
    for name in ("encoder", "decoder", "both"):
        assert {f"{name}_{part}" for part in ("title", "use", "facts", "given")} <= LABELS.keys()
        assert f"diagram_{name}" in LABELS
    assert {f"picture_{name}" for name in ("encoder", "prefix", "source", "causal", "cross")} <= LABELS.keys()


def place_page() -> None:
    import streamlit as st

    from ui import architectures, state

    state.open_notes()
    place = architectures.place_from_url()
    st.text(f"{place['layers']} {place['heads']} {place['shown']}")
    architectures.keep_in_url("", place)


def placed(columns: str) -> AppTest:
    app = AppTest.from_function(place_page)
    app.query_params["columns"] = columns
    return app.run()


def test_the_place_comes_back_from_the_address() -> None:
    app = placed("2.1-1.4-3.8-causal")
    assert "[1, 0, 2] [0, 3, 7] causal" in [text.value for text in app.text]
    assert app.query_params["columns"] == "2.1-1.4-3.8-causal"


@pytest.mark.parametrize(
    "columns", ["", "1.1", "0.1-1.1-1.1-cross", "1.1-1.1-1.1-none", "1.1-1.1-1.1-cross-", "١.1-1.1-1.1-cross"]
)
def test_a_bad_place_falls_back_and_says_so(columns: str) -> None:
    app = placed(columns)
    assert not app.exception
    texts = [text.value for text in app.text]
    assert "[0, 0, 0] [0, 0, 0] cross" in texts and any("columns" in text for text in texts)
