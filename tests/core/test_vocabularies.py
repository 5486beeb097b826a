"""The training of the vocabularies, on a handful of sentences, and the counts over the pairs."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from core.checkpoints import ModelFileError
from core.text import fertility
from core.text.corpora import WEIGHTS, Pair
from core.text.segmenters import KINDS, SIZED, SIZES, load_shelf
from core.text.segmenters.shelf import FOLDER
from core.training.tokenizers import letters, ranking, train_all, wordpiece

TRAIN = """
import sys
from pathlib import Path
from core.text.corpora import Pair
from core.training.tokenizers import train_all
from tests.core.test_vocabularies import corpus
train_all(corpus(), Path(sys.argv[1]), sizes=(400,))
"""


def corpus() -> list[Pair]:
    syllables = [chr(0xAC00 + 28 * i) for i in range(60)]
    pairs = []
    for i in range(300):
        korean = " ".join(syllables[(i * k) % 60] + syllables[(i + k) % 60] for k in range(1, 6))
        english = " ".join(f"{'aeiou'[(i + k) % 5]}{'bcdfg'[(i * k) % 5]}x{i % 7}" for k in range(1, 6))
        pairs.append(Pair(english, korean, "tatoeba"))
    return pairs


def test_the_same_data_give_the_same_files(tmp_path: Path) -> None:
    """In two processes: the order of a hash table changes from one to the next."""
    for name in ("one", "two"):
        subprocess.run([sys.executable, "-c", TRAIN, str(tmp_path / name)], check=True, capture_output=True)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 6 and not any(name.endswith(".part") for name in names)
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_the_trained_files_do_their_work(tmp_path: Path) -> None:
    train_all(corpus(), tmp_path, sizes=(400,))
    assert (tmp_path / "words.txt").read_text(encoding="utf-8").count("\n") <= 399
    tokens = json.loads((tmp_path / "wordpiece-400.json").read_text(encoding="utf-8"))
    assert tokens["model"]["vocab"]["[UNK]"] == 0 and not tokens["added_tokens"]


def test_equals_are_ranked_by_unicode() -> None:
    assert ranking(Counter("bbaac")) == ["a", "b", "c"]
    assert letters(Counter("bb aac"), 5) == ["a", "b"]


def test_letters_within_words_are_not_wasted_on_words_of_one_letter() -> None:
    vocabulary = json.loads(wordpiece(["a b a b", "cd cd"], 12))["model"]["vocab"]
    assert "##d" in vocabulary and "##a" not in vocabulary


def test_the_shipped_counts_are_those_of_the_shipped_vocabularies() -> None:
    """Some sentences are counted here; over the whole test part the command does it."""
    pairs = [Pair("The train left.", "기차가 떠났다.", "tatoeba"), Pair("뷁 is odd", "뷁", "tatoeba")]
    counted = fertility.count(load_shelf(), pairs)
    assert counted["words"] == {"korean": 3, "english": 6}
    assert counted["counts"]["characters"]["0"]["korean"]["tokens"] == 9
    assert counted["counts"]["unigram"]["8000"]["korean"]["byte"] == 3
    assert counted["counts"]["words"]["1000"]["korean"]["unknown"] >= 1
    shipped = fertility.read()
    assert set(shipped["counts"]) == set(KINDS)
    for kind in SIZED:
        assert list(shipped["counts"][kind]) == [str(size) for size in SIZES]


def test_pieces_grow_with_the_vocabulary() -> None:
    """Every method but words: there a bigger vocabulary has fewer unknowns, not fewer tokens."""
    counts = fertility.read()["counts"]
    for kind in ("unigram", "bpe", "bytelevel"):
        for side in fertility.LANGUAGES:
            tokens = [counts[kind][str(size)][side]["tokens"] for size in SIZES]
            assert tokens == sorted(tokens, reverse=True)
    for side in fertility.LANGUAGES:
        assert len({counts["words"][str(size)][side]["tokens"] for size in SIZES}) == 1
        unknown = [counts["words"][str(size)][side]["unknown"] for size in SIZES]
        assert unknown == sorted(unknown, reverse=True)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"pairs": 1, "counts": {}}'])
def test_missing_or_broken_counts_are_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / fertility.FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ModelFileError):
        fertility.read(tmp_path)


def test_the_card_names_data_command_and_every_file() -> None:
    card = load_shelf().card
    assert set(card["data"]) == set(WEIGHTS)
    assert card["licence"]["vocabularies"] == "CC BY-SA 4.0"
    described = set(card["files"])
    shipped = {path.name for path in FOLDER.iterdir()} - {"vocabularies.json", fertility.FILE}
    assert described == {
        name for name in shipped if not name.startswith(("translation", "small", "language", "reviews"))
    }
    assert sum(file["bytes"] for file in card["files"].values()) < 7e6
