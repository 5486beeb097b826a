"""The cards of the models that judge reviews, measured again on the shipped reviews; what a bag's words add up to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core import checkpoints, evaluate, sentiment_table
from core.attribution import of_bag
from core.models.bags import Bag
from core.reorder import words_of
from core.sentiment import BAGS, KINDS, load_judge, path_of
from core.sentiment_table import scores_of, sentiment
from core.text.reviews import LANGUAGES, read_reviews

SAMPLES = checkpoints.ASSETS / "sentiment"
LEAST = {"characters": 0.875, "tfidf": 0.85}  # of the Korean test reviews


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_what_is_measured_again(language: str, kind: str) -> None:
    path = SAMPLES / f"test-{language}.tsv"
    reviews = read_reviews(path)
    card = checkpoints.read_card(path_of(language, kind))
    kept, again = card["scores"][path.stem], scores_of(load_judge(language, kind), reviews)
    # Another processor may round a logit near 0 to its other side.
    assert again["accuracy"] == pytest.approx(kept["accuracy"], abs=2.5 / len(reviews))
    assert (again["reviews"], again["commoner"]) == (kept["reviews"], kept["commoner"]) and kept["ms"] > 0
    assert again["accuracy"] > kept["commoner"] + 0.1


@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_the_whole_test_file_was_judged_well_enough(kind: str, least: float) -> None:
    scores = checkpoints.read_card(path_of("ko", kind))["scores"]["nsmc_test"]
    assert scores["accuracy"] >= least and scores["reviews"] == 45_000


@pytest.mark.parametrize("kind", BAGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_words_and_gaps_add_is_the_logit(language: str, kind: str) -> None:
    judge = load_judge(language, kind)
    assert isinstance(judge.model, Bag)
    for review in read_reviews(SAMPLES / f"test-{language}.tsv")[:300]:
        words = words_of(judge, review.text)
        ends = [sum(map(len, words[: i + 1])) for i in range(len(words))]
        spans = list(zip([0, *ends[:-1]], ends, strict=True))
        ids = [piece for word in words for piece in word]
        found = of_bag(judge.model, ids, spans)
        assert abs(found.unexplained) < 1e-6
        assert found.logit == pytest.approx(judge.logits([ids])[0], abs=1e-9)


def test_the_last_line_is_json_and_names_every_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "few.tsv"
    path.write_text("정말 재미있는 영화\t1\n돈이 아까운 영화\t0\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["core.evaluate", "sentiment", "--data", str(path)])
    evaluate.main()
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(found) == list(KINDS)
    assert all(row["reviews"] == 2 and row["accuracy"] in (0, 0.5, 1) for row in found.values())


def test_a_missing_model_is_named_and_the_others_are_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(language: str, kind: str) -> object:
        if kind != "unigram":
            raise checkpoints.ModelFileError("missing", Path(f"{kind}.json"))
        return load_judge(language, kind)

    monkeypatch.setattr(sentiment_table, "load_judge", load)
    path = tmp_path / "few.tsv"
    path.write_text("not good\t0\n", encoding="utf-8")
    assert list(sentiment(path)) == ["unigram"]
    assert "The file lstm.json is missing." in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "good\n", "good\t2\n", "a\tgood\t1\n"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"odd\.tsv"):
        sentiment(path)
