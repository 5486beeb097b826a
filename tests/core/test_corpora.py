"""Held-back sentences stay out of training, in either language."""

import random
from collections import Counter
from pathlib import Path

import pytest

from core.text.corpora import STYLEKQC_WORDINGS, WEIGHTS, Pair, epoch_of, read_pairs, split_pairs
from core.text.normalise import matching_key


@pytest.fixture
def sources() -> dict[str, list[Pair]]:
    rng = random.Random(0)

    def sentence(words: int) -> str:
        return " ".join(f"w{rng.randrange(words)}" for _ in range(3))

    tatoeba = [Pair(sentence(20), sentence(20) + "요", "tatoeba") for _ in range(3000)]
    stylekqc = [Pair(f"s {i} {sentence(900)}", f"한 {i}", "stylekqc") for i in range(8000)]
    return {"tatoeba": tatoeba, "stylekqc": stylekqc}


def test_no_sentence_stands_in_two_parts(sources: dict[str, list[Pair]]) -> None:
    parts = split_pairs(sources)
    assert parts["dev"] and parts["test"] and len(parts["train"]) > 0.9 * sum(map(len, sources.values()))
    for side in ("english", "korean"):
        seen = [{matching_key(getattr(pair, side)) for pair in part} for part in parts.values()]
        assert not (seen[0] & seen[1] or seen[0] & seen[2] or seen[1] & seen[2])


def test_the_draw_is_the_same_every_time(sources: dict[str, list[Pair]]) -> None:
    assert split_pairs(sources) == split_pairs(sources)


def test_wordings_beside_a_held_back_block_are_left_out(sources: dict[str, list[Pair]]) -> None:
    parts = split_pairs(sources)
    place = {pair: index for index, pair in enumerate(sources["stylekqc"])}
    held = {place[pair] for name in ("dev", "test") for pair in parts[name] if pair in place}
    assert held
    for pair in parts["train"]:
        if pair in place:
            near = range(place[pair] - STYLEKQC_WORDINGS, place[pair] + STYLEKQC_WORDINGS + 1)
            assert not held.intersection(near)


def test_an_epoch_holds_each_set_as_often_as_its_weight() -> None:
    pairs = [Pair(f"{name} {i}", "", name) for name in ("tatoeba", "stylekqc") for i in range(2000)]
    counts = Counter(pair.source for pair in epoch_of(pairs, random.Random(1)))
    assert counts["tatoeba"] == 2000 * WEIGHTS["tatoeba"]
    assert counts["stylekqc"] == pytest.approx(2000 * WEIGHTS["stylekqc"], rel=0.1)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("a\tb\nno tab here\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv, line 2"):
        read_pairs(tmp_path / "x.tsv")
