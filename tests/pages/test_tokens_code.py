"""The code on the tokens page prints the pieces on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.text.normalise import normalise
from core.text.segmenters import SIZES, load_shelf
from ui.lessons.tokens import snippet

TEXT = normalise("기차가 '제시간에' \"역을\" 떠났다 뷁🦥 \\n {x}")


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]])
def test_it_prints_the_pieces_and_ids_of_the_shipped_vocabularies(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], size: int
) -> None:
    monkeypatch.chdir(root)
    exec(snippet(TEXT, size), {})
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 8
    for place, kind in enumerate(("unigram", "bpe", "bytelevel", "wordpiece")):
        tokens = load_shelf().get(kind, size).tokens(TEXT)
        stored, ids = [token.stored for token in tokens], [token.id for token in tokens]
        assert printed[2 * place] == f"{kind} {len(ids)} {stored} {ids}"
        assert printed[2 * place + 1] == str(kind != "wordpiece")
