"""The tokens page as a visitor uses it."""

from __future__ import annotations

import csv
import io
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect
from playwright.sync_api import TimeoutError as StillClosed

from core.text.normalise import normalise
from core.text.segmenters import KINDS, SIZES, load_shelf
from core.text.segmenters.pieces import Pieces
from core.text.segmenters.steps import bpe_steps
from tests.browser.conftest import PageAt
from tests.browser.few import few
from tests.browser.watch import horizontal_overflow, wait_ready

URL = "tokens"
SENTENCE = "기차가 제시간에 역을 떠났다"


def opened(page_at: PageAt, query: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?{query}", wait=URL, **options)
    expect(picture(page)).to_have_attribute("data-ready", "true")
    return page


def picture(page: Page, name: str = "tokens") -> Locator:
    return page.locator(f".{name}-picture")


def chips(page: Page, kind: str) -> Locator:
    return page.locator(f'.tokens-picture .row[data-kind="{kind}"] .chip')


def choose_size(page: Page, size: int, name: str = "tokens") -> None:
    slider = picture(page, name).locator(".size")
    slider.focus()
    page.keyboard.press("Home")
    for _ in range(SIZES.index(size)):
        page.keyboard.press("ArrowRight")
    expect(picture(page)).to_have_attribute("data-size", str(size))


def type_sentence(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").first
    box.fill(text)
    box.press("Enter")


def test_the_rows_show_what_core_computes_at_every_size(page_at: PageAt) -> None:
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}")
    for size in SIZES:
        choose_size(page, size)
        for kind in KINDS:
            tokens = load_shelf().get(kind, size).tokens(SENTENCE)
            expect(chips(page, kind)).to_have_text([token.shown for token in tokens])
            ids = chips(page, kind).evaluate_all("(all) => all.map((chip) => Number(chip.dataset.id))")
            assert ids == [token.id for token in tokens]


def test_the_slider_asks_nobody(page_at: PageAt) -> None:
    """A change of size is drawn in the browser before anything is sent."""
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}")
    painted = page.evaluate(
        """() => {
            const root = [...document.querySelectorAll("*")].map((node) => node.shadowRoot)
                .find((shadow) => shadow?.querySelector(".tokens-picture"));
            const slider = root.querySelector(".size");
            slider.value = "0";
            slider.dispatchEvent(new Event("input"));
            return root.querySelector('.row[data-kind="unigram"] .count').textContent;
        }"""
    )
    assert painted == str(len(load_shelf().get("unigram", 1000).tokens(SENTENCE)))


def test_a_token_lights_the_same_characters_in_every_row(page_at: PageAt) -> None:
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}&lang=en")
    place = next(
        i for i, t in enumerate(load_shelf().get("unigram", 8000).tokens(SENTENCE)) if t.shown == "▁제"
    )
    chips(page, "unigram").nth(place).hover()
    for kind in KINDS:
        tokens = load_shelf().get(kind, 8000).tokens(SENTENCE)
        lit = chips(page, kind).evaluate_all("(all) => all.map((chip) => chip.classList.contains('lit'))")
        assert lit == [token.start < 5 and token.end > 3 for token in tokens], kind
    expect(picture(page).locator(".info")).to_contain_text("characters 4–5")


def test_bytes_say_which_character_they_spell(page_at: PageAt) -> None:
    page = opened(page_at, "lang=en&text=" + urllib.parse.quote("뷁 🦥"))
    expect(chips(page, "unigram").nth(1)).to_have_text("<0xEB>")
    assert chips(page, "unigram").all_text_contents()[:4] == ["▁", "<0xEB>", "<0xB7>", "<0x81>"]
    chips(page, "unigram").nth(2).hover()
    expect(picture(page).locator(".info")).to_contain_text("bytes of “뷁”: EB B7 81")
    expect(chips(page, "wordpiece").first).to_have_class(re.compile("unknown"))
    expect(page.locator('.row[data-kind="wordpiece"] .back')).to_contain_text("[UNK] [UNK]")
    expect(page.locator('.row[data-kind="jamo"] .chip.unseen')).to_have_count(1)


def test_the_keyboard_goes_through_the_tokens(page_at: PageAt) -> None:
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}&lang=en")
    page.locator(".tokens-picture [role=grid]").focus()
    page.keyboard.press("ArrowRight")
    expect(chips(page, "words").first).to_have_class(re.compile("chosen"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(picture(page).locator(".info")).to_contain_text("WordPiece")
    page.keyboard.press("Escape")
    expect(picture(page).locator(".chosen")).to_have_count(0)


def test_the_choices_are_in_the_address_and_come_back_from_it(page_at: PageAt) -> None:
    page = opened(page_at, lang="en")
    choose_size(page, 2000)
    picture(page).get_by_role("switch").click()
    page.wait_for_url(re.compile("size=2000.*ids=0|ids=0.*size=2000"))
    query = urllib.parse.urlsplit(page.url).query
    again = opened(page_at, query, lang="en")
    expect(picture(again)).to_have_attribute("data-size", "2000")
    expect(picture(again).get_by_role("switch")).to_have_attribute("aria-checked", "false")


def test_presets_set_the_page_up(page_at: PageAt) -> None:
    page = opened(page_at, lang="en")
    choose_size(page, 1000)
    page.wait_for_url(re.compile("size=1000"))
    page.get_by_role("button", name="Never seen").click()
    expect(page.get_by_role("textbox").first).to_have_value("뷁 🦥 ꙮ")
    expect(picture(page)).to_have_attribute("data-size", "8000")
    expect(chips(page, "bpe").nth(1)).to_have_text("<0xEB>")


def test_a_pressed_token_brings_its_word_to_the_steps(page_at: PageAt) -> None:
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}&lang=en&method=bpe")
    steps = picture(page, "steps")
    expect(steps).to_have_attribute("data-word", "제시간에")  # the longest
    chips(page, "jamo").last.click()
    expect(steps).to_have_attribute("data-word", "떠났다")
    segmenter = load_shelf().get("bpe", 8000)
    assert isinstance(segmenter, Pieces)
    expected = bpe_steps(segmenter, "떠났다")
    expect(steps).to_have_attribute("data-step", str(len(expected) - 1))
    assert steps.locator(".step").last.locator(".chip").all_text_contents() == list(expected[-1].parts)
    steps.locator(".list").focus()
    page.keyboard.press("ArrowLeft")
    expect(steps.locator(".step")).to_have_count(len(expected) - 1)
    steps.get_by_role("button", name="Unigram").click()
    expect(steps.locator(".way").first).to_contain_text("this one is taken")
    page.wait_for_url(re.compile("method=unigram"))


def choose_word(page: Page, word: str) -> None:
    """Choose from the list, which a run of the page closes: then it is opened again."""
    option = page.get_by_role("option", name=word)
    for _ in range(5):
        page.get_by_role("combobox", name="Word").click()
        try:
            option.click(timeout=3000)
        except StillClosed:
            continue
        return
    pytest.fail(f"the list did not stay open for {word}")


def test_the_same_token_pressed_again_brings_its_word_again(page_at: PageAt) -> None:
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}&lang=en")
    steps = picture(page, "steps")
    chips(page, "words").first.click()
    expect(steps).to_have_attribute("data-word", "기차가")
    page.wait_for_url(re.compile("word=1"))
    wait_ready(page, URL)
    choose_word(page, "역을")
    expect(steps).to_have_attribute("data-word", "역을")
    chips(page, "words").first.click()
    expect(steps).to_have_attribute("data-word", "기차가")


@pytest.mark.slow
def test_a_token_of_the_text_before_chooses_no_word_of_the_new_one(page_at: PageAt) -> None:
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}&lang=en")
    steps = picture(page, "steps")
    chips(page, "unigram").first.click()
    expect(steps).to_have_attribute("data-word", "기차가")
    page.wait_for_url(re.compile("word=1"))
    type_sentence(page, "나 너 초거대언어모델맛집")
    expect(steps).to_have_attribute("data-word", "초거대언어모델맛집")
    type_sentence(page, SENTENCE)  # nor does the old text remember it
    expect(steps).to_have_attribute("data-word", "제시간에")
    wait_ready(page, URL)
    assert "word=" not in page.url


def test_back_finds_the_boxes_as_they_were(page_at: PageAt) -> None:
    typed = {"ko": "고양이가 잔다", "en": "The cat sleeps"}
    page = opened(page_at, urllib.parse.urlencode({"text": SENTENCE, **typed, "lang": "en"}))
    boxes = {"Korean": typed["ko"], "English": typed["en"]}
    for name, text in boxes.items():
        expect(page.get_by_role("textbox", name=name, exact=True)).to_have_value(text)
    wait_ready(page, URL)
    page.get_by_role("link", name="Glassbox").first.click()
    wait_ready(page, "home")
    page.go_back()
    wait_ready(page, URL)
    for name, text in boxes.items():
        expect(page.get_by_role("textbox", name=name, exact=True)).to_have_value(text)


def test_one_slider_moves_them_all(page_at: PageAt) -> None:
    page = opened(page_at, lang="en")
    choose_size(page, 4000, "pairs")
    for name in ("tokens", "steps", "pairs"):
        expect(picture(page, name)).to_have_attribute("data-size", "4000")


def test_the_pair_is_counted_and_can_be_translated(page_at: PageAt) -> None:
    page = opened(page_at, "lang=en&text=" + urllib.parse.quote("오늘 날씨가 어때요?"))
    pairs = picture(page, "pairs")
    expect(pairs).to_have_attribute("data-source", "corpus")
    page.get_by_role("button", name="Take the sentence above").click()
    expect(pairs).to_have_attribute("data-source", "typed", timeout=30_000)  # the translator is loaded first
    korean, english = (page.get_by_role("textbox", name=name, exact=True) for name in ("Korean", "English"))
    expect(korean).to_have_value("오늘 날씨가 어때요?")
    expect(english).to_have_value(re.compile("weather", re.IGNORECASE))
    wait_ready(page, URL)
    count = len(load_shelf().get("bpe", 8000).encode("오늘 날씨가 어때요?"))
    expect(pairs.locator("svg text.value").filter(has_text=re.compile(f"^{count}$")).first).to_be_visible()
    pairs.get_by_role("button", name="a word").click()
    expect(pairs.locator(".caption")).to_contain_text("Tokens a word")


def saved(page: Page, name: str, kind: str) -> Download:
    with page.expect_download() as download:
        picture(page, name).locator(f".save-{kind}").click()
    return download.value


@pytest.mark.parametrize("name", few(["tokens", "steps", "pairs"], 1))
def test_every_picture_can_be_saved(page_at: PageAt, name: str, tmp_path: Path) -> None:
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}&lang=en")
    image = saved(page, name, "png")
    image.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes()[:4] == b"\x89PNG"
    saved(page, name, "csv").save_as(tmp_path / "numbers.csv")
    written = (tmp_path / "numbers.csv").read_text(encoding="utf-8")
    assert written.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    if name == "tokens":
        own = [row for row in rows if row[0] == "BPE"]
        assert [int(row[3]) for row in own] == load_shelf().get("bpe", 8000).encode(SENTENCE)
        assert "".join(dict.fromkeys(row[6] for row in own)).replace(" ", "") == SENTENCE.replace(" ", "")


def test_a_vocabulary_can_be_searched(page_at: PageAt) -> None:
    page = opened(page_at, "lang=en&find=" + urllib.parse.quote("기차"))
    page.get_by_text("What stands in a vocabulary").click()
    table = page.locator("[data-glassbox-entries]")
    expect(table).to_contain_text("▁기차")
    assert all("기차" in row for row in table.locator("tbody tr").all_text_contents())


@pytest.mark.parametrize(
    "text",
    few(
        [
            '<img src=x onerror="window.hit=1"><script>window.hit=1</script>',
            "👩‍👩‍👧‍👦🦖🇰🇷",
            "한글 English 日本語 עברית العربية हिन्दी",
            "**bold** $x^2$ :material/home: [link](javascript:window.hit=1)",
        ],
        2,
    ),
)
def test_any_text_is_drawn_and_none_is_executed(page_at: PageAt, text: str) -> None:
    page = opened(page_at, lang="en")
    before = picture(page).get_attribute("data-digest") or ""
    type_sentence(page, text)
    expect(picture(page)).not_to_have_attribute("data-digest", before)
    assert "".join(chips(page, "characters").all_text_contents()) == normalise(text).replace(" ", "▁")
    assert page.evaluate("window.hit") is None
    expect(page.get_by_role("alert")).to_have_count(0)


def test_nothing_and_too_much_are_one_sentence(page_at: PageAt) -> None:
    page = opened(page_at, lang="en")
    type_sentence(page, "   ")
    expect(page.get_by_role("alert")).to_contain_text("Type a sentence")
    type_sentence(page, "word " * 2000)
    expect(page.get_by_role("alert")).to_contain_text("9,999 characters; at most 500")
    page.get_by_role("button", name="Take the first 500").click()
    expect(picture(page)).to_have_attribute("data-ready", "true")
    expect(page.get_by_role("alert")).to_have_count(0)


def _views() -> Iterator[tuple[str, str]]:
    for lang in ("ko", "en"):
        for query in ("", "size=1000"):
            yield lang, query


@pytest.mark.parametrize(("lang", "query"), few(_views(), 2))
def test_the_rows_are_in_view_without_scrolling(page_at: PageAt, lang: str, query: str) -> None:
    page = opened(page_at, query, lang=lang)
    box = picture(page).locator(".rows").bounding_box()
    assert box and box["y"] + box["height"] <= 720


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_all_rows_are_in_view_on_a_projector_in_letters_that_can_be_read(page_at: PageAt, lang: str) -> None:
    page = opened(page_at, "projector=1", lang=lang)
    box = picture(page).locator(".rows").bounding_box()
    assert box and box["y"] + box["height"] <= 720
    sizes = page.locator(".rows .chip, .rows .name b, .rows .back, .rows .more").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 16


def test_a_phone_shows_every_row_whole(page_at: PageAt) -> None:
    page = opened(page_at, f"text={urllib.parse.quote(SENTENCE)}", size=(390, 844), touch=True)
    hidden = page.locator(".rows .chips").evaluate_all(
        "(all) => all.map((c) => c.scrollHeight - c.clientHeight)"
    )
    assert hidden == [0] * len(KINDS)


def test_the_longest_text_fits_a_phone(page_at: PageAt) -> None:
    page = opened(page_at, "text=" + urllib.parse.quote("뷁한 " * 160), size=(390, 844), touch=True)
    assert horizontal_overflow(page) <= 0
    chips(page, "bpe").nth(1).tap()
    expect(picture(page).locator(".chosen")).to_have_count(1)


def test_the_projectors_arrow_keys_change_the_size_and_go_through_the_letters(page_at: PageAt) -> None:
    page = opened(page_at, f"projector=1&lang=en&text={urllib.parse.quote(SENTENCE)}")
    page.wait_for_function("document.documentElement.dataset.glassboxKeys === 'ready'")
    page.keyboard.press("ArrowLeft")
    expect(picture(page)).to_have_attribute("data-size", "4000")
    page.keyboard.press("ArrowDown")
    expect(picture(page).locator(".info")).to_contain_text("Character 1")
    assert horizontal_overflow(page) <= 0
