"""Scores by length: the same scores as sacreBLEU's, bands that can be trusted, and the command."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import sacrebleu

from core import bootstrap, checkpoints
from core.lengths import RANGES, Range, by_length, drawn_scores, statistics
from core.scores import score
from tests.core.test_recurrent_alignment import write_model

WORDS = ["the", "cat", "sat", "on", "a", "mat", "and", "looked", "at", "us", "with", "two", "green", "eyes"]


def some_sentences(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(rng.choices(WORDS, k=rng.randint(3, 12))) for _ in range(count)]


def test_every_length_has_one_range() -> None:
    for length in range(1, 200):
        assert sum(range_.holds(length) for range_ in RANGES) == 1


@pytest.mark.parametrize("direction", ["ko-en", "en-ko"])
def test_a_range_scores_what_sacrebleu_says_of_its_sentences(direction: str) -> None:
    references = some_sentences(60, 1)
    outputs = {"good": some_sentences(60, 2), "perfect": references}
    lengths = [1 + place % 12 for place in range(60)]
    rows = by_length(outputs, references, lengths, direction)
    assert {row["from"] for row in rows} == {1, 6, 11}  # no row for a range without sentences
    assert sum(row["pairs"] for row in rows if row["system"] == "good") == 60
    for row in rows:
        inside = [p for p, n in enumerate(lengths) if Range(row["from"], row["to"]).holds(n)]
        expected = score(
            [outputs[row["system"]][p] for p in inside], [references[p] for p in inside], direction
        )
        for name in {"chrf2", "bleu", "bleu_characters"} & row.keys():
            assert row[name] == expected[name]
            low, high = row[f"{name}_band"]
            assert low <= row[name] <= high
        assert ("bleu_characters" in row) == (direction == "en-ko")
        if row["system"] == "perfect":
            assert row["chrf2_band"] == [100, 100]


def test_a_band_is_narrower_with_more_sentences_and_the_same_at_every_call() -> None:
    metric = sacrebleu.metrics.CHRF()
    counted = statistics(metric, some_sentences(800, 3), some_sentences(800, 4))
    widths = []
    for count in (50, 800):
        value, drawn = drawn_scores(metric, counted[:count])
        low, high = bootstrap.band(drawn)
        assert low < value < high and (drawn_scores(metric, counted[:count])[1] == drawn).all()
        widths.append(high - low)
    assert widths[1] < widths[0] / 2  # 16 times the sentences: about a quarter


def test_what_the_model_without_attention_keeps_is_counted_from_chance_up() -> None:
    references = some_sentences(80, 1)
    half = [text if place % 2 else "zzz" for place, text in enumerate(references)]
    outputs = {"none": half, "dot": references, "blind": references[1:] + references[:1]}
    rows = by_length(outputs, references, [3] * 80, "ko-en")
    none, dot, blind = ({row["system"]: row for row in rows}[name] for name in outputs)
    assert dot["chrf2"] == 100 and blind["chrf2"] == pytest.approx(blind["chrf2_chance"], rel=0.15)
    rotated = references[40:] + references[:40]
    assert dot["chrf2_chance"] == score(references, rotated, "ko-en")["chrf2"]
    above = (none["chrf2"] - none["chrf2_chance"]) / (dot["chrf2"] - dot["chrf2_chance"])
    low, high = dot["chrf2_share_band"]
    assert dot["chrf2_share"] == pytest.approx(above, abs=1e-3) and low < above < high and 0.4 < above < 0.6
    assert "chrf2_share" not in none  # of itself
    assert "chrf2_share" not in blind  # nothing above chance that one could have a share of


def test_a_draw_has_as_many_sentences_as_there_are() -> None:
    drawn = bootstrap.resamples(30)
    assert drawn.shape == (bootstrap.DRAWS, 30) and (drawn.sum(1) == 30).all()
    assert np.allclose(drawn.mean(0), 1, atol=0.25)
    assert bootstrap.band(np.arange(1001.0)) == (25, 975)


def test_the_command_scores_those_that_are_there(tmp_path: Path) -> None:
    write_model(tmp_path, "dot")
    pairs = "Thank you.\t고마워.\nHow is the weather today?\t오늘 날씨가 어때요?\n"
    (tmp_path / "pairs.tsv").write_text(pairs, encoding="utf-8")
    kept = tmp_path / "kept" / "lengths.json"
    command = [sys.executable, "-m", "core.evaluate", "seq2seq", "--data", str(tmp_path / "pairs.tsv")]
    done = subprocess.run(
        [*command, "--models", str(tmp_path), "--write", str(kept), "--write-card"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == json.loads(kept.read_text(encoding="utf-8"))
    assert "none: The file recurrent-none.json is missing." in done.stdout
    assert set(found["models"]) == {"dot", "translator"} and found["models"]["dot"]["sha256"]
    assert {(row["system"], row["direction"]) for row in found["overall"]} == {
        (system, direction) for system in ("dot", "translator") for direction in ("ko-en", "en-ko")
    }
    assert all(row["pairs"] >= 1 for row in found["lengths"])
    scores = checkpoints.read_card(tmp_path / "recurrent-dot.safetensors")["scores"]
    assert scores["all, en-ko"]["chrf2"] == next(
        row["chrf2"] for row in found["overall"] if (row["system"], row["direction"]) == ("dot", "en-ko")
    )
