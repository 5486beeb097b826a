"""The page `/compress` without a browser: presets, rows, missing files, and the code beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core import compression
from core.checkpoints import ModelFileError
from pages.parts import compress as part
from tests.pages.running import components, markup, problems, run_app
from tests.pages.test_gan import printed
from ui import compress_page, compress_view
from ui.compress_page import Choice
from ui.lessons import compress as lesson


@pytest.mark.parametrize("name", lesson.PRESETS)
def test_a_preset_and_the_page_mean_the_same(name: str) -> None:
    choice = part.choice_of(name)
    assert part.plan_of(choice) == compression.PRESETS[name] and part.preset_of(choice) == name
    assert str(choice.bits) in compress_page.BITS and choice.per in compress_page.PER


def test_rows_tell_what_a_plan_does() -> None:
    choice = Choice(4, "channel", 0, ("embedding",))
    rows = {row.name: row for row in part.rows_of(choice, "en", {"embedding": 3.0})}
    assert list(rows) == part.names() and sum(row.before for row in rows.values()) < part.bytes_of(choice)[0]
    assert rows["embedding"].kept and rows["embedding"].bits == 16
    assert rows["embedding"].after == rows["embedding"].before
    assert rows["embedding"].histogram.before == rows["embedding"].histogram.after
    dense = rows["encoder.0.dense"]
    assert dense.bits == 4 and dense.after < dense.before / 3 and dense.lost is None
    assert sum(dense.histogram.before) == sum(dense.histogram.after) == dense.before // 2
    everything = part.rows_of(part.choice_of("everything"), "en", {})
    assert all(row.histogram.zeros == 1.0 and row.histogram.off == 1.0 for row in everything)


def test_how_much_a_part_matters_is_the_mean_of_both_directions() -> None:
    known = {
        "plans": {"fp16": {"ko-en": {"chrf2": 50.0}, "en-ko": {"chrf2": 30.0}}},
        "alone": {"embedding": {"ko-en": {"chrf2": 40.0}, "en-ko": {"chrf2": 28.0}}},
    }
    assert part.lost_by(known, "embedding") == 6.0 and part.lost_by(known, "decoder.0.self") is None


@pytest.mark.parametrize("name", ["int4", "half"])
def test_the_code_prints_what_is_shown(name: str) -> None:
    choice = part.choice_of(name)
    said = printed(lesson.snippet(choice, lesson.TEXTS))
    before, after = part.bytes_of(choice)
    assert f"{before / 1e6:.2f} MB -> {after / 1e6:.2f} MB" in said
    for text, answer in zip(lesson.TEXTS[:2], part.said(choice, lesson.TEXTS[:2]), strict=True):
        assert f"{text} -> {answer}" in said


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("a b c", "a b c", []),
        ("a b c", "a x c", ["x"]),
        ("a b", "", []),
        ("a", "<i>a</i> b", ["&lt;i&gt;a&lt;/i&gt;", "b"]),
    ],
)
def test_only_words_that_are_others_now_are_marked(before: str, after: str, marked: list[str]) -> None:
    found = compress_view._marked(before, after)
    assert [piece.split("<")[0] for piece in found.split("'>")[1:]] == marked
    assert "<i>" not in found


def test_without_its_record_the_page_says_one_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> Any:
        raise ModelFileError("missing", compression.RECORDED)

    monkeypatch.setattr("core.compression.recorded", load)
    app = run_app(root / "pages" / "compress.py", alone=True, language="en")
    assert len(problems(app)) == 1 and "compression.json" in problems(app)[0] and not components(app)


@pytest.mark.parametrize(
    "params", [{"bits": "5"}, {"per": "row"}, {"pruned": "101"}, {"kept": "embedding,nothing"}]
)
def test_a_bad_address_shows_the_usual_and_says_so(params: dict[str, str], root: Path) -> None:
    app = run_app(root / "pages" / "compress.py", alone=True, language="en", **params)
    assert any(next(iter(params)) in note.value for note in app.text) and components(app) == 1


@pytest.mark.parametrize("text", ["", "   ", "<b>bold</b>", "ㅋㅋㅋ", "𝔘𝔫𝔦", "a" * 301])
def test_any_sentence_leaves_the_page_whole(text: str, root: Path) -> None:
    app = run_app(root / "pages" / "compress.py", alone=True, language="en", text=text)
    assert components(app) == 1 and "<b>bold" not in markup(app)
    assert len(problems(app)) == (len(text) > 300)
