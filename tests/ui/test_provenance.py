"""The badge names kind, model and device, and shows the whole card as plain characters."""

from __future__ import annotations

import json

from tests.browser.server import ROOT
from ui.card_words import card_words
from ui.provenance import Kind, badge_label, card_table, device_words, flatten

CARD = {
    "name": "translator",
    "data": {"sets": [{"name": "tatoeba", "licence": "CC BY 2.0"}]},
    "seeds": [1, 2],
}
CPU = {"kind": "cpu", "name": "Some CPU @ 2.0GHz", "threads": 1}
GPU = {"kind": "cuda", "name": "NVIDIA H200", "threads": 1}


def test_each_kind_has_words_of_its_own() -> None:
    kinds: tuple[Kind, ...] = ("computed", "trained", "measured", "illustrative")
    assert len({badge_label(kind, None, None) for kind in kinds}) == 4


def test_the_badge_names_the_model_and_the_device() -> None:
    assert "번역기" in badge_label("computed", CARD, CPU)
    assert badge_label("computed", CARD, CPU).endswith("CPU")
    assert "GPU NVIDIA H200" in badge_label("computed", CARD, GPU)
    assert "Some CPU @ 2.0GHz" in device_words(CPU, in_full=True)


def test_the_whole_card_is_shown() -> None:
    assert dict(flatten(CARD)) == {
        "name": "translator",
        "data.sets[1].name": "tatoeba",
        "data.sets[1].licence": "CC BY 2.0",
        "seeds": "1, 2",
    }


def test_a_card_cannot_bring_markup() -> None:
    table = card_table({"<b>name": "<script>alert(1)</script>"})
    assert "<script>" not in table
    assert "<b>" not in table


def test_a_card_is_said_in_words_and_a_poor_one_in_fewer() -> None:
    card = json.loads((ROOT / "assets" / "models" / "translator.json").read_text(encoding="utf-8"))
    size, training, data, score, licence = card_words(card)
    assert "7,577,600" in size and f"{card['steps']:,}" in training and "tatoeba" in data
    assert f"{card['scores']['everyday, ko-en']['chrf2']:.1f}" in score and "CC BY-SA 4.0" in licence
    assert card_words({"name": "x", "data": [], "licence": "MIT"}) == [card_words({"licence": "MIT"})[0]]
    assert card_words({}) == []
