"""The code panel of the homonyms prints the numbers of the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import homonyms
from core.translator import Translator, direction_of, load_translator
from ui.lessons.homonyms import HOMONYMS, snippet


@pytest.fixture(scope="module", autouse=True)
def translator() -> Iterator[Translator]:
    loaded = load_translator()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.translator.load_translator", lambda: loaded)
        yield loaded


def occurrences(translator: Translator, word: str, texts: list[str]) -> list[homonyms.Occurrence]:
    found = [homonyms.read_word(translator, text, word, direction_of(text)) for text in texts]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("depth", range(8))
def test_it_prints_the_cosines_of_the_picture(
    translator: Translator, depth: int, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = ["배를 '먹었어요'", 'he said "배" \\n', "쌁 배가 아파요"]
    found = occurrences(translator, "배", texts)
    cosines = homonyms.cosines([one.vectors for one in found])[depth]
    listed = [(text, direction_of(text), one.places) for text, one in zip(texts, found, strict=True)]
    names: dict[str, Any] = {}
    exec(snippet(listed, *homonyms.depths(3)[depth]), names)
    np.testing.assert_allclose(names["cosines"], cosines, atol=1e-5)
    assert str(names["cosines"].round(3)) in capsys.readouterr().out


@pytest.mark.parametrize("word", HOMONYMS)
def test_every_homonym_begins_with_nothing_but_the_sentence_to_tell_the_senses_apart(
    translator: Translator, word: str
) -> None:
    """The same piece at the same place in all sentences, and two of each sense."""
    homonym = HOMONYMS[word]
    found = occurrences(translator, word, [text for _, text in homonym.sentences])
    assert len(found) == len(homonym.sentences)
    assert len({(one.pieces, one.places) for one in found}) == 1
    senses = [sense for sense, _ in homonym.sentences]
    assert all(senses.count(sense) == 2 for sense in range(len(homonym.senses)))
    cosines = homonyms.cosines([one.vectors for one in found])
    np.testing.assert_allclose(cosines[:2], 1, atol=1e-6)
