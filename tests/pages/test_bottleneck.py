"""The measured part of the seq2seq page without a browser: with its files, without them, with other weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import checkpoints, measured
from core.bottleneck import length_findings, probe_findings
from core.measured import read_lengths, read_probe
from pages.parts import lengths_words as words
from pages.parts import probe_words
from tests import measurements
from tests.pages.running import markup, problems, run_app


def part() -> None:
    from pages.parts.bottleneck import bottleneck

    bottleneck()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Both files, and cards that fit."""
    measurements.write(tmp_path / "seq2seq", measurements.lengths(), "lengths.json")
    measurements.write(tmp_path / "seq2seq", measurements.probe(), "probe.json")
    measurements.write_cards(tmp_path / "models")
    monkeypatch.setattr(measured, "FOLDER", tmp_path / "seq2seq")
    monkeypatch.setattr(checkpoints, "MODELS", tmp_path / "models")
    return tmp_path


@pytest.fixture
def visit(folder: Path) -> Any:
    """``visit(lang="en", curves="1", into="ko")`` runs the part."""

    def run(lang: str = "en", **params: str) -> AppTest:
        return run_app(part, language=lang, **params)

    return run


def plots(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def asked(app: AppTest, name: str) -> str:
    value = app.query_params.get(name, "")
    return value if isinstance(value, str) else value[0]


def test_folded_it_draws_nothing_and_reads_nothing(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("read for nothing")

    monkeypatch.setattr(measured, "_read", never)
    app = visit(into="ko")
    assert plots(app) == 0 and "into" not in app.query_params


def test_open_it_shows_both_measurements_and_says_what_they_show(visit: Any) -> None:
    app = visit(curves="1")
    assert plots(app) == 4 and not problems(app)
    text = markup(app)
    assert "Without attention: 40.0 at 1–5 pieces, 16.0 at 21–30 pieces, which is 24.0 less." in text
    assert "general 4.0" in text and "21–30 pieces: above (+23.0)" in text
    assert "show what the lesson says" in text and "not show what" not in text
    assert "first word 12%" in text and "first word 86%–88%" in text
    for command in ("seq2seq", "probe"):
        assert f"python -m core.evaluate {command} --data FOLDER" in text
    assert text.count("<tr>") >= 6 and "4,216,832" in text and "10,000" in text
    assert app.radio[0].label.startswith("Four LSTM translators were trained alike")


def test_direction_and_score_are_in_the_address(visit: Any) -> None:
    # In Korean: outside a session, where the test presses the switch, its words are Korean.
    app = visit(lang="ko", curves="1", into="ko", metric="bleu_characters")
    assert (asked(app, "into"), asked(app, "metric")) == ("ko", "bleu_characters")
    assert "28.0점" in markup(app) and "11.2점" in markup(app)
    app.button_group[0].select("ko-en").run()
    assert not app.exception
    # English is not scored on its characters: BLEU stands in.
    assert asked(app, "metric") == "bleu" and "into" not in app.query_params
    assert "20.0점" in markup(app) and "28.0점" not in markup(app)


@pytest.mark.parametrize(
    "bad", [{"into": "fr"}, {"metric": "rouge"}, {"metric": "bleu_characters"}, {"curves": "yes"}]
)
def test_a_bad_value_of_the_address_falls_back(visit: Any, bad: dict[str, str]) -> None:
    app = visit(**{"curves": "1", **bad})
    assert next(iter(bad)) not in app.query_params or asked(app, "curves") == "1"
    if "curves" not in bad:
        assert "40.0 at 1–5 pieces" in markup(app)


@pytest.mark.parametrize(("name", "left"), [("lengths.json", 3), ("probe.json", 1)])
@pytest.mark.parametrize("trouble", ["missing", "cut"])
def test_a_file_that_is_not_there_is_one_sentence_and_the_other_is_drawn(
    visit: Any, folder: Path, name: str, left: int, trouble: str
) -> None:
    path = folder / "seq2seq" / name
    path.unlink() if trouble == "missing" else path.write_bytes(path.read_bytes()[:99])
    app = visit(curves="1")
    assert len(problems(app)) == 1 and name in problems(app)[0]
    assert plots(app) == left


def test_measurements_of_other_weights_are_shown_and_said_so(visit: Any, folder: Path) -> None:
    measurements.write(folder / "models", {"file": {"sha256": "another"}}, "recurrent-general.json")
    app = visit(curves="1")
    assert [
        problem for problem in problems(app) if "general" in problem and "other weights" in problem
    ] == problems(app)
    assert len(problems(app)) == 2 and plots(app) == 4  # each file was measured with them


def test_where_nothing_was_measured_the_page_has_no_such_part(folder: Path, root: Path) -> None:
    for name in ("lengths.json", "probe.json"):
        (folder / "seq2seq" / name).unlink()
    app = run_app(root / "pages" / "seq2seq.py", alone=True, language="en", curves="1")
    assert not problems(app)
    assert not [panel for panel in app.expander if "measured" in panel.label]
    assert len([radio for radio in app.radio if "LSTM" in radio.label]) == 0  # no question without an answer
    assert "curves" not in app.query_params


def said(tmp_path: Path, half: float = 2.0, **scores: tuple[float, ...]) -> str:
    kept = {**measurements.SCORES, **scores}
    found = read_lengths(measurements.write(tmp_path, measurements.lengths(kept, half), "lengths.json"))
    probed = read_probe(measurements.write(tmp_path, measurements.probe(), "probe.json"))
    middle = probe_findings(probed, "ko-en")["middle"]
    return " ".join(words.lengths_said(length_findings(found, "ko-en", "chrf2"), middle))


@pytest.mark.parametrize(
    ("none", "half", "expected"),
    [
        (measurements.SCORES["none"], 2.0, "So the curves show what the lesson says"),
        (measurements.SCORES["general"], 2.0, "as far ahead in short sentences as in long ones"),
        ((20.0, 22.0, 24.0, 27.0, 36.0, 40.0), 1.0, "further ahead in short sentences than in long ones"),
        ((80.0, 70.0, 60.0, 50.0, 42.0, 40.0), 1.0, "not clearly above in every long range"),
    ],
)
def test_the_verdict_is_that_of_the_curves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, none: tuple[float, ...], half: float, expected: str
) -> None:
    monkeypatch.setattr(words, "_", str)
    text = said(tmp_path, half, none=none)
    assert expected in text
    verdicts = ("So the curves show", "as far ahead in short", "further ahead in short", "not clearly above")
    assert sum(verdict in text for verdict in verdicts) == 1


def test_why_the_points_do_not_show_the_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_", str)
    sinking = (40.0, 34.0, 28.0, 22.0, 18.0, 9.0)
    with_attention = dict.fromkeys(("dot", "general", "concat"), sinking)
    hidden = said(tmp_path, 1.0, none=(25.0, 19.0, 14.0, 11.0, 9.0, 8.0), **with_attention)
    assert "has 53% at" in hidden and "10% at" in hidden and "the points hide it" in hidden
    even = said(tmp_path, 1.0, none=tuple(8 + (value - 8) / 2 for value in sinking), **with_attention)
    assert "loses much of a short sentence already" in even and "60%" in even and "84%–86%" in even
    assert "the points hide it" not in even
    assert "Why" not in said(tmp_path) and "hide" not in said(tmp_path)  # they show it


@pytest.mark.parametrize("none", [measurements.SCORES["none"], (20.0, 22.0, 24.0, 27.0, 36.0, 40.0)])
def test_the_questions_answer_is_what_was_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, none: tuple[float, ...]
) -> None:
    asked_for: list[Any] = []
    monkeypatch.setattr(words, "predict", lambda *given, **named: asked_for.append((given, named)))
    path = measurements.write(
        tmp_path, measurements.lengths({**measurements.SCORES, "none": none}), "lengths.json"
    )
    found = length_findings(read_lengths(path), "ko-en", "chrf2")
    words.lengths_question(found, "ko-en")
    (_, _question, options), named = asked_for[0]
    furthest = max(found.gaps, key=lambda gap: gap.points)
    assert options[named["answer"]] == words._(
        "In long sentences" if furthest.none.first > 20 else "In short sentences"
    )


def test_the_probes_question_follows_the_probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[Any] = []
    monkeypatch.setattr(probe_words, "predict", lambda *given, **named: asked_for.append(named["answer"]))
    for half, answer in ((0.03, 2), (0.5, 3)):
        path = measurements.write(tmp_path, measurements.probe(half), "probe.json")
        probe_words.probe_question(probe_findings(read_probe(path), "ko-en"), "ko-en")
        assert asked_for.pop() == answer
