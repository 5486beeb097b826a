"""The measured rule of 1,500 without a browser: what is drawn and said of made-up measurements, and without them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import rule
from core.rule import BAG, READ, SEQUENCE
from tests.pages.running import markup, problems, run_app

SIZES = (500, 2000, 8000)
LENGTHS = {(1, 4): 2.0, (9, None): 10.0}  # mean words
REACHED = {
    ((1, 4), BAG): (0.60, 0.70, 0.74),
    ((1, 4), SEQUENCE): (0.50, 0.60, 0.80),
    ((1, 4), READ): (0.70, 0.75, 0.80),
    ((9, None), BAG): (0.60, 0.70, 0.74),
    ((9, None), SEQUENCE): (0.50, 0.60, 0.70),
    ((9, None), READ): (0.55, 0.75, 0.80),
}


def part() -> None:
    from pages.parts.rule import rule_of_1500

    rule_of_1500()


def measurements() -> dict[str, Any]:
    rows = [
        {
            "words": list(words), "size": size, "mean_words": LENGTHS[words], "ratio": size / LENGTHS[words],
            "kind": kind, "seed": 1, "accuracy": accuracy, "seconds": 1.0,
        }
        for (words, kind), reached in REACHED.items()
        for size, accuracy in zip(SIZES, reached, strict=True)
    ]  # fmt: skip
    reviews = [
        {"words": list(words), "train": 8123, "dev": 200, "test": 2345, "mean_words": mean}
        for words, mean in LENGTHS.items()
    ]
    return {"rule": 1500, "device": "a processor", "reviews": reviews, "rows": rows}


@pytest.fixture
def visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``visit(rule="1", words="9+")`` runs the part."""
    path = tmp_path / "rule.json"
    path.write_text(json.dumps(measurements()), encoding="utf-8")
    monkeypatch.setattr(rule.measured, "__defaults__", (path,))

    def run(lang: str = "en", **params: str) -> AppTest:
        return run_app(part, language=lang, **params)

    run.path = path  # type: ignore[attr-defined]
    return run


def figures(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def test_folded_it_reads_nothing(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("read for nothing")

    monkeypatch.setattr(rule, "measured", never)
    app = visit(words="9+")
    assert not figures(app) and "words" not in app.query_params


def test_open_it_draws_what_was_measured_and_says_where_the_lead_changes(visit: Any) -> None:
    app = visit(rule="1")
    accuracy, lead = figures(app)
    assert not problems(app)
    lines = {trace["name"]: trace["y"] for trace in accuracy["data"] if trace.get("name")}
    assert list(lines.values()) == [list(REACHED[(1, 4), kind]) for kind in (BAG, SEQUENCE, READ)]
    assert accuracy["layout"]["shapes"][0]["x0"] == 3000  # 1,500 × 2 words
    assert lead["data"][0]["y"] == pytest.approx([-10, -10, 6])
    assert lead["layout"]["shapes"][1]["x0"] == 1500
    text = markup(app)
    assert "1–4 words: it stays ahead from" in text and "9+ words: up to 800, the most there is" in text
    assert "at 6 of 6 sizes it or TF–IDF is clearly ahead; at 6 of these 6" in text
    assert (
        "9+ words: it stays ahead from 80 on" not in text
        and "1–4 words: it is ahead from the smallest" in text
    )
    assert "8,123" in text and "2,345" in text and "3,000 reviews" in text
    assert "python -m core.training.rule --data FOLDER" in text
    # One length never comes to the rule: the other one's answer counts.
    assert app.radio[0].label.startswith("From where on does an encoder")


def test_a_lead_that_comes_and_goes_is_counted(visit: Any) -> None:
    found = measurements()
    short = [row for row in found["rows"] if row["words"] == [1, 4] and row["kind"] == READ]
    for row, accuracy in zip(short, (0.70, 0.69, 0.60), strict=True):  # the bag: 0.60, 0.70, 0.74
        row["accuracy"] = accuracy
    visit.path.write_text(json.dumps(found), encoding="utf-8")
    text = markup(visit(rule="1"))
    counted = "1–4 words: it is ahead at 1 of 3 sizes, clearly at 1; TF–IDF is clearly ahead at 1."
    assert counted in text and "1 of 3 sizes<" in text and "1–4 words: it stays ahead" in text
    assert "1–4 words: it is ahead from the smallest" not in text


def test_sizes_that_stand_close_share_a_tick(visit: Any) -> None:
    found = measurements()
    near = [
        {**row, "size": 6000, "ratio": 6000 / row["mean_words"]}
        for row in found["rows"]
        if row["size"] == 8000
    ]
    found["rows"] += near
    visit.path.write_text(json.dumps(found), encoding="utf-8")
    accuracy, _lead = figures(visit(rule="1"))
    assert accuracy["layout"]["xaxis"]["tickvals"] == list(SIZES)
    assert accuracy["data"][1]["x"] == [500, 2000, 6000, 8000]


def test_length_and_model_are_in_the_address(visit: Any) -> None:
    app = visit(rule="1", words="9+", against="encoder-read")
    accuracy, lead = figures(app)
    lines = {trace["name"]: trace["y"] for trace in accuracy["data"] if trace.get("name")}
    assert list(lines.values())[2] == list(REACHED[(9, None), READ])
    assert lead["data"][1]["y"] == pytest.approx([-5, 5, 6])
    app = visit(rule="1", words="3+", against="nobody")
    assert len(figures(app)) == 2


def test_without_the_second_encoder_the_first_one_is_shown(visit: Any) -> None:
    found = measurements()
    found["rows"] = [row for row in found["rows"] if row["kind"] != READ]
    visit.path.write_text(json.dumps(found), encoding="utf-8")
    app = visit(rule="1", against="encoder-read")
    assert len(figures(app)) == 2 and not problems(app)


def test_without_its_file_there_is_one_sentence(visit: Any) -> None:
    visit.path.unlink()
    app = visit(rule="1")
    assert len(problems(app)) == 1 and "rule.json" in problems(app)[0] and not figures(app)
