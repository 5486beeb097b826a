"""The table of held-back parts: who stands in it, and that a part's score is that of its own sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import scores
from core.text.corpora import Pair
from core.text.tokenizer import DIRECTIONS
from core.translator import load_translator
from tests.recurrent_models import write_model

HELD_BACK = [
    Pair("I like red apples.", "나는 빨간 사과를 좋아해요.", "tatoeba"),
    Pair("Where is my old book?", "내 오래된 책은 어디 있어요?", "talpco"),
    Pair("The town lies on the river.", "그 마을은 강가에 있다.", "pawsx"),
    Pair("Turn on the light.", "불을 켜 줘.", "massive"),
]
LEARNED = [*HELD_BACK[1:3], Pair("Good morning.", "좋은 아침이에요.", "tatoeba")]


def test_the_translator_stands_beside_all_that_it_has_to_beat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scores, "load_split", lambda folder: {"train": LEARNED, "dev": [], "test": HELD_BACK})
    monkeypatch.setattr(scores, "with_written", lambda train, held_back: train)
    write_model(tmp_path, "general")
    translator = load_translator()
    rows = {
        (row["system"], row["part"], row["direction"]): row
        for row in scores.table(translator, tmp_path, tmp_path)
    }
    assert {system for system, _, _ in rows} == {
        "translator", "beam of 4", "LSTM general", "memory", "copy"
    }  # fmt: skip
    sizes = {part: row["pairs"] for (system, part, _), row in rows.items() if system == "copy"}
    assert sizes == {"all": 4, "apart": 3, "everyday": 2, "tatoeba": 1, "talpco": 1, "pawsx": 1, "massive": 1}
    for direction in DIRECTIONS:
        assert rows["memory", "pawsx", direction]["chrf2"] == 100  # it has that very sentence
        assert rows["memory", "massive", direction]["chrf2"] < 50
        sources, references = scores.sides(HELD_BACK[:2], direction)
        assert (
            rows["copy", "everyday", direction]["chrf2"]
            == scores.score(sources, references, direction)["chrf2"]
        )
        alone = scores.translator_scores(translator, HELD_BACK[:2], direction)
        assert rows["translator", "everyday", direction]["chrf2"] == pytest.approx(alone["chrf2"])
