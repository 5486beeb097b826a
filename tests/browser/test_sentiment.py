"""The page on words and sequences as a visitor uses it. The weights that lie in assets are taken as they are."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from core.checkpoints import ModelFileError
from core.reorder import in_order, moved, words_of
from core.sentiment import BLIND, KINDS, SEQUENCES, Judge, load_judge
from core.text.normalise import normalise
from tests.browser.conftest import PageAt
from tests.browser.watch import horizontal_overflow, in_first_view, wait_idle, wait_ready, watch_messages
from ui.lessons.sentiment import PRESETS

URL = "sentiment"
TEXT = PRESETS["instead"].text
TYPED = list(range(5))
PICTURE = ".judges-picture"


@cache
def judges() -> dict[str, Judge]:
    """The Korean models that can be read here."""
    found = {}
    for kind in KINDS:
        try:
            found[kind] = load_judge("ko", kind)
        except ModelFileError:
            continue
    return found


def expected(order: Sequence[int], text: str = TEXT, masked: bool = True) -> dict[str, float]:
    return {
        kind: judge.logits([in_order(words_of(judge, text), order)], masked)[0]
        for kind, judge in judges().items()
    }


def opened(page_at: PageAt, text: str = TEXT, **options: object) -> Page:
    query = urlencode({"text": text, **options.pop("query", {})})  # type: ignore[dict-item]
    page = page_at(f"/{URL}?{query}", wait=URL, **options)
    expect(picture(page)).to_have_attribute("data-ready", "true")
    return page


def picture(page: Page) -> Locator:
    return page.locator(PICTURE)


def shown(page: Page) -> dict[str, float]:
    """The logits that the lines show; those that wait for the server are left out."""
    return json.loads(picture(page).get_attribute("data-logits") or "{}")


def written(value: float) -> str:
    digits = f"{abs(value):.2f}"
    return digits if float(digits) == 0 else f"{'+' if value > 0 else '−'}{digits}"


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def settled(page: Page, order: Sequence[int]) -> None:
    """Wait until the server has followed."""
    expect(picture(page)).to_have_attribute("data-order", "-".join(map(str, order)))
    expect(picture(page)).to_have_attribute("data-settled", "true")
    wait_idle(page)


def chip(page: Page, place: int) -> Locator:
    return picture(page).locator(f'.word[data-place="{place}"]')


def middle(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def take(page: Page, first: int, to: int) -> None:
    """Take hold of what stands at a place and carry it to another one, without letting go."""
    there = middle(chip(page, to))
    page.mouse.move(*middle(chip(page, first)))
    page.mouse.down()
    page.mouse.move(*there, steps=4)


def line(page: Page, kind: str) -> Locator:
    return picture(page).locator(f'button.line[data-kind="{kind}"]')


def test_a_dragged_word_moves_the_right_models_at_once_and_without_the_server(page_at: PageAt) -> None:
    page = opened(page_at)
    sent = watch_messages(page, URL, PICTURE)
    before = shown(page)
    assert before == pytest.approx(expected(TYPED), abs=1e-4)
    take(page, 3, 0)
    order = moved(TYPED, 3, 0)
    expect(picture(page)).to_have_attribute("data-order", "-".join(map(str, order)))
    during = shown(page)
    assert during == pytest.approx(expected(order), abs=1e-4)
    for kind in judges():
        expect(line(page, kind).locator(".logit")).to_have_text(written(during[kind]))
        if kind in BLIND:
            assert written(during[kind]) == written(before[kind])
            assert during[kind] == pytest.approx(before[kind], abs=1e-5)
        else:
            assert abs(during[kind] - before[kind]) > 1e-4
    assert not sent
    page.mouse.up()
    settled(page, order)
    assert sent
    assert "order=3-0-1-2-4" in page.url
    assert shown(page) == pytest.approx(during, abs=1e-4)
    take(page, 1, 4)  # from where it stands now
    order = moved(order, 1, 4)
    expect(picture(page)).to_have_attribute("data-order", "-".join(map(str, order)))
    assert shown(page) == pytest.approx(expected(order), abs=1e-4)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(picture(page)).to_have_attribute("data-order", "3-0-1-2-4")


def test_the_shown_digits_add_up_to_the_shown_logit(page_at: PageAt) -> None:
    page = opened(page_at, query={"order": "3-1-2-0-4"})
    for method in ("deletion", "gradients"):
        for kind in judges():
            line(page, kind).click()
            if kind in SEQUENCES:
                picture(page).locator(f'.segment [data-value="{method}"]').click()
                expect(picture(page)).to_have_attribute("data-method", method)
            settled(page, [3, 1, 2, 0, 4])
            terms = (
                picture(page)
                .locator(".sum .term")
                .evaluate_all("(all) => all.map((term) => [term.dataset.term, Number(term.dataset.value)])")
            )
            result = number(picture(page).locator(".sum .result").inner_text())
            assert result == pytest.approx(sum(value for _, value in terms), abs=1e-9)
            assert result == pytest.approx(number(line(page, kind).locator(".logit").inner_text()))
            chips = picture(page).locator(".word .number").all_inner_texts()
            assert dict(terms)["sum_words"] == pytest.approx(sum(map(number, chips)), abs=1e-9)
            expect(picture(page).locator(".exact")).to_be_visible(visible=kind not in SEQUENCES)
            if kind not in SEQUENCES:
                assert abs(dict(terms).get("sum_rounding", 0.0)) < 0.06
            elif method == "deletion":
                assert "sum_left" in dict(terms)
            else:
                assert {"sum_hidden", "sum_integral"} <= dict(terms).keys()
    page.wait_for_url(re.compile("method=gradients"))


def test_without_the_padding_mask_only_the_sequence_models_move(page_at: PageAt) -> None:
    page = opened(page_at)
    picture(page).locator(".mask-switch").click()
    settled(page, TYPED)
    assert "mask=0" in page.url
    read = shown(page)
    assert read == pytest.approx(expected(TYPED, masked=False), abs=1e-4)
    for kind, logit in expected(TYPED).items():
        assert (abs(read[kind] - logit) > 1e-3) == (kind in SEQUENCES)
    take(page, 0, 3)
    assert shown(page) == pytest.approx(expected(moved(TYPED, 0, 3), masked=False), abs=1e-4)
    page.mouse.up()


def test_keys_buttons_and_a_link(page_at: PageAt) -> None:
    page = opened(page_at)
    words = picture(page).locator(".words")
    words.focus()
    page.keyboard.press("ArrowRight")
    expect(chip(page, 0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    settled(page, [1, 2, 0, 3, 4])
    expect(words).to_be_focused()
    expect(chip(page, 2)).to_have_attribute("aria-selected", "true")
    button = {name: picture(page).locator(f".orders .{name}") for name in ("undo", "back", "shuffle")}
    button["undo"].click()
    settled(page, [1, 0, 2, 3, 4])
    button["back"].click()
    settled(page, TYPED)
    expect(button["back"]).to_be_disabled()
    button["shuffle"].click()
    page.wait_for_url(re.compile("seed=43"))
    order = picture(page).get_attribute("data-order") or ""
    settled(page, [int(word) for word in order.split("-")])
    assert sorted(order.split("-")) == list("01234") and order != "0-1-2-3-4"
    again = opened(page_at)
    picture(again).locator(".orders .shuffle").click()
    expect(picture(again)).to_have_attribute("data-order", order)  # the seed is the address's
    kind = next(kind for kind in KINDS if kind in judges())
    line(page, kind).click()
    page.wait_for_url(re.compile("kind=") if kind != "bigram" else re.compile("seed"))
    page.reload()
    wait_ready(page, URL)
    expect(picture(page)).to_have_attribute("data-order", order)
    expect(picture(page)).to_have_attribute("data-kind", kind)


def test_a_long_text_waits_for_the_server_and_then_shows_cores_numbers(page_at: PageAt) -> None:
    text = PRESETS["review"].text
    count = len(text.split())
    page = opened(page_at, text)
    order = moved(list(range(count)), 0, 1)
    take(page, 0, 1)
    expect(picture(page)).to_have_attribute("data-order", "-".join(map(str, order)))
    expect(picture(page).locator("button.line.waiting")).to_have_count(len(judges()))
    page.mouse.up()
    settled(page, order)
    expect(picture(page).locator("button.line.waiting")).to_have_count(0)
    assert shown(page) == pytest.approx(expected(order, text), abs=1e-4)


def test_a_finger_drags_too(page_at: PageAt) -> None:
    page = opened(page_at, size=(390, 844), touch=True)
    assert horizontal_overflow(page) == 0
    chip(page, 0).scroll_into_view_if_needed()
    (x0, y0), (x1, y1) = middle(chip(page, 0)), middle(chip(page, 1))
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x0, "y": y0}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x1, "y": y1}]})
    expect(picture(page)).to_have_attribute("data-order", "1-0-2-3-4")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settled(page, moved(TYPED, 0, 1))


@pytest.mark.parametrize(
    ("text", "words", "sentences"),
    [
        ("좋다", 1, 1),
        ("😀", 1, 2),
        ("<b>&amp;</b> <script>alert(1)</script>", 2, 0),
        ("단어 " * 5000, 60, 2),
    ],
)
def test_odd_texts_are_shown_as_typed_with_a_sentence(
    page_at: PageAt, text: str, words: int, sentences: int
) -> None:
    page = opened(page_at, lang="en")
    box = page.get_by_role("textbox").first
    box.fill(text)
    box.press("Enter")
    expect(picture(page).locator(".word bdi")).to_have_text(normalise(text).split()[:words])
    wait_idle(page)
    above = page.locator(".gb-caption")
    expect(above).to_have_count(sentences + 1)  # and what the data are
    expect(box).to_have_value(text)
    assert horizontal_overflow(page) == 0


def test_an_empty_box_is_one_sentence(page_at: PageAt) -> None:
    page = opened(page_at)
    box = page.get_by_role("textbox").first
    box.fill("  ")
    box.press("Enter")
    expect(page.locator(".gb-problem")).to_have_count(1)
    expect(picture(page)).to_have_count(0)


def test_a_preset_begins_anew(page_at: PageAt) -> None:
    page = opened(page_at)
    take(page, 0, 3)
    page.mouse.up()
    settled(page, moved(TYPED, 0, 3))
    for name in ("moving", "instead"):
        page.locator(f".st-key-glassbox-preset-{name} button").click()
        expect(picture(page).locator(".word bdi")).to_have_text(PRESETS[name].text.split())
        settled(page, range(len(PRESETS[name].text.split())))
        expect(picture(page).locator(".orders .undo")).to_be_disabled()
        assert "order=" not in page.url


def test_the_files_hold_what_is_shown(page_at: PageAt) -> None:
    page = opened(page_at, lang="en", query={"order": "3-1-2-0-4"})
    with page.expect_download() as table:
        picture(page).locator(".save-csv").click()
    rows = list(csv.reader(io.StringIO(Path(table.value.path()).read_text(encoding="utf-8-sig"))))
    assert [float(row[1]) for row in rows[1 : 1 + len(judges())]] == pytest.approx(
        list(expected([3, 1, 2, 0, 4]).values()), abs=1e-4
    )
    assert [row[1] for row in rows[-5:]] == [TEXT.split()[word] for word in (3, 1, 2, 0, 4)]
    with page.expect_download() as image:
        picture(page).locator(".save-png").click()
    assert Path(image.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("query", [{}, {"projector": "1"}], ids=["desk", "projector"])
def test_words_and_all_lines_are_in_view(page_at: PageAt, lang: str, query: dict[str, str]) -> None:
    page = opened(page_at, lang=lang, query=query)
    assert in_first_view(page, picture(page).locator(".lines"))


def test_arrow_keys_step_in_projector_mode(page_at: PageAt) -> None:
    page = opened(page_at, query={"projector": "1", "kind": "unigram"})
    page.keyboard.press("ArrowRight")
    expect(chip(page, 0)).to_have_attribute("aria-selected", "true")
    expect(picture(page).locator(".tip")).to_be_visible()
    page.keyboard.press("ArrowDown")
    readable = [kind for kind in KINDS if kind in judges()]
    expect(picture(page)).to_have_attribute("data-kind", readable[readable.index("unigram") + 1])


@pytest.mark.parametrize(
    ("language", "size"), [("ko", (1280, 720)), ("en", (390, 844))], ids=["desk", "phone"]
)
def test_the_rule_is_drawn_for_every_length_and_against_both_encoders(
    page_at: PageAt, language: str, size: tuple[int, int]
) -> None:
    page = opened(page_at, lang=language, size=size, query={"rule": "1"})
    charts = {name: page.locator(f".st-key-glassbox-chart-rule-{name}") for name in ("accuracy", "lead")}
    for chart in charts.values():
        chart.locator('.save[data-ready="true"]').wait_for()
    expect(charts["accuracy"].locator(".annotation-text")).to_have_count(4)  # three lines and the rule's
    expect(charts["lead"].locator(".annotation-text")).to_have_count(5)  # four lengths and the rule's
    assert horizontal_overflow(page) == 0
    finding = page.locator('[data-glassbox-finding="rule"]')
    expect(finding).to_contain_text("1,500")
    switches = page.locator('[data-testid="stButtonGroup"]')
    switches.first.get_by_role("radio").last.click()
    page.wait_for_url(re.compile(r"words=15%2B"))
    expect(charts["accuracy"].locator(".xtick").first).to_contain_text("500")
    switches.last.get_by_role("radio").last.click()
    page.wait_for_url(re.compile("against=encoder-read"))
    with page.expect_download() as waiting:
        charts["lead"].locator(".save-csv").click()
    head, *rows = csv.reader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig")))
    assert len(head) == 5 and {row[0] for row in rows} == {"1–4", "5–8", "9–14", "15+"}
