"""The attention page with a decoder alone, as a visitor uses it: chosen, looked into, changed, left again."""

from __future__ import annotations

import re
import urllib.parse

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from core.changes import Changes, Edit, HeadOff
from core.decoding.sampling import Sampler
from core.language import Language, load_language
from core.text.tokenizer import END
from pages.parts.attention_models import CONTINUED
from tests.browser.attention_page import Canvas
from tests.browser.conftest import PageAt
from tests.browser.test_attention import opened, problem, type_sentence
from tests.browser.watch import horizontal_overflow, wait_idle

TEXT = "The cat sat on the"
QUERY = "lang=en&direction=next&text=" + TEXT


@pytest.fixture(scope="module")
def model() -> Language:
    return load_language("en")


def choose_direction(canvas: Canvas, label: str) -> None:
    """Choose in the box beside the sentence, and wait until the picture is of another model."""
    before = canvas.mark("digest")
    canvas.page.get_by_role("combobox", name="Direction").click()
    canvas.page.get_by_role("option", name=label).click()
    expect(canvas.root).not_to_have_attribute("data-digest", before)
    canvas.expect(pending="false")
    wait_idle(canvas.page)


def words(canvas: Canvas, mark: str = "translation") -> Locator:
    """What the model says: ``translation``, or ``changed-translation``."""
    return canvas.page.locator(f"[data-glassbox-{mark}]")


def continuation(model: Language, *changes: HeadOff, text: str = TEXT) -> str:
    """Core's own greedy words behind the text."""
    ids = model.ids(text)
    steps = model.go_on(ids, [Sampler(temperature=0)], [0], longest=CONTINUED, changes=Changes(changes))
    said = [int(step.tokens) for step in steps]
    whole = model.tokenizer.decode([*ids[1:], *(piece for piece in said if piece != END)])
    return whole[len(model.tokenizer.decode(ids[1:])) :].strip()


def test_the_translator_makes_room_for_a_decoder_alone_and_comes_back(
    page_at: PageAt, model: Language
) -> None:
    canvas = opened(page_at, f"lang=en&text={TEXT}&wiring=cross&off=self-1-1.cross-2-2&layer=3&head=8")
    expect(words(canvas, "changed-translation")).to_have_count(1)
    choose_direction(canvas, "Decoder only")
    canvas.expect(wiring="causal", layer=2, head=7, off="")
    expect(canvas.root.locator(".wirings button")).to_have_count(1)
    expect(canvas.root.locator(".layers button")).to_have_count(5)
    expect(canvas.root.locator('.grains [data-value="syllable"]')).to_have_count(0)
    expect(canvas.page.locator(".st-key-glassbox-target")).to_have_count(0)
    expect(words(canvas)).to_contain_text(continuation(model))
    expect(words(canvas, "changed-translation")).to_have_count(0)
    pieces = model.tokenizer.pieces(model.ids(TEXT))
    assert canvas.root.locator(".strongest").count() == len(pieces) == 6
    assert "ranslat" not in canvas.root.inner_text()
    expect(canvas.page.locator(".st-key-glassbox-notes")).to_have_count(0)
    canvas.page.wait_for_url(re.compile("direction=next"))
    choose_direction(canvas, "Detect")
    expect(canvas.root.locator(".wirings button")).to_have_count(3)
    expect(canvas.root.locator(".layers button")).to_have_count(3)
    expect(canvas.page.locator(".st-key-glassbox-target")).to_have_count(1)
    canvas.page.wait_for_url(lambda url: "direction" not in url)
    expect(canvas.page.locator(".st-key-glassbox-notes")).to_have_count(0)


def test_every_stage_opens_and_its_cell_adds_up(page_at: PageAt, model: Language) -> None:
    """Behind Q and the feed-forward network stand the matrices of the model's own file."""
    canvas = opened(page_at, f"{QUERY}&layer=4&head=6")
    blocks = model.trace(model.ids(TEXT)).decoder.blocks
    np.testing.assert_allclose(canvas.numbers()[0], blocks.self_attention.weights[3, 5].numpy(), atol=1e-4)
    for stage, expected in (
        ("scores", blocks.self_attention.scores[3, 5, 4, 2]),
        ("qkv", blocks.self_attention.query[3, 5, 4, 2]),
        ("output", blocks.self_attention.output[3, 4, 2]),
        ("feed_forward", blocks.feed_forward[3, 4, 2]),
        ("final", blocks.feed_forward_sublayer.normalized[3, 4, 2]),
        ("x", blocks.feed_forward_sublayer.normalized[2, 4, 2]),
    ):
        canvas.stage(stage)
        canvas.cell(0, 4, 2)
        panel = canvas.equations()
        assert panel["value"] == pytest.approx(float(expected), abs=1e-3), stage
        results = [line["result"] for line in panel["lines"]] + [total["total"] for total in panel["sums"]]
        assert panel["value"] in results, stage


def test_a_head_that_is_off_changes_what_it_says_and_a_link_keeps_it(
    page_at: PageAt, model: Language
) -> None:
    canvas = opened(page_at, f"{QUERY}&layer=1&head=1")
    canvas.page.locator(".layer-power").click()
    canvas.expect(pending="false")
    off = [HeadOff("decoder.self", 0, head) for head in range(8)]
    expect(words(canvas, "changed-translation")).to_contain_text(continuation(model, *off))
    expect(canvas.page.get_by_text("What the model says next at each place")).to_be_visible()
    canvas.page.wait_for_url(re.compile("off=causal-1-1"))
    again = opened(page_at, urllib.parse.urlsplit(canvas.page.url).query)
    again.expect(off=canvas.mark("off"), digest=canvas.mark("digest"), wiring="causal", layer=0)
    assert canvas.mark("off") == " ".join(f"causal-0-{head}" for head in range(8))
    expect(words(again, "changed-translation")).to_contain_text(continuation(model, *off))
    again.page.locator(".undo-all").click()
    again.expect(pending="false", off="")
    expect(words(again, "changed-translation")).to_have_count(0)


def test_an_edited_number_goes_through_every_later_layer(page_at: PageAt, model: Language) -> None:
    canvas = opened(page_at, f"{QUERY}&layer=1&head=1&stage=scores")
    canvas.cell(0, 4, 2)
    canvas.edit("-25.5")
    canvas.choose("layers", 4)
    canvas.stage("final")
    trace = model.trace(model.ids(TEXT), Changes([Edit("decoder.0.self.scores", 4, 2, (-25.5,), 0)]))
    shown = canvas.numbers()[0]
    np.testing.assert_allclose(
        shown, trace.decoder.blocks.feed_forward_sublayer.normalized[4].numpy(), atol=1e-4
    )


def test_a_korean_text_is_read_by_the_korean_model(page_at: PageAt) -> None:
    canvas = opened(page_at, QUERY)
    before = canvas.mark("digest")
    type_sentence(canvas.page, "고양이가 의자 위에")
    expect(canvas.root).not_to_have_attribute("data-digest", before)
    korean = load_language("ko")
    expect(canvas.root.locator(".thumb")).to_have_count(korean.model.config.heads)
    expect(words(canvas)).to_contain_text(continuation(korean, text="고양이가 의자 위에"))
    expect(canvas.page.get_by_text("Korean language model")).to_be_visible()


def test_what_a_decoder_alone_does_not_have_falls_back_and_is_said(page_at: PageAt) -> None:
    canvas = opened(page_at, f"{QUERY}&wiring=cross&grain=syllable&off=self-1-1&edits=encoder.0.x~~0~0~1")
    canvas.expect(wiring="causal", grain="piece", off="", edits=0)
    notes = canvas.page.locator(".st-key-glassbox-notes")
    for bad in ("wiring = “cross”", "grain = “syllable”", "off = “self-1-1”", "left out"):
        expect(notes).to_contain_text(bad)


def test_the_preset_asks_a_decoder_alone(page_at: PageAt) -> None:
    canvas = opened(page_at, "lang=en")
    canvas.page.get_by_role("button", name="Decoder only").click()
    canvas.expect(wiring="causal", layer=1, head=3)
    expect(canvas.page.get_by_role("textbox").first).to_have_value(TEXT)
    canvas.page.get_by_text("The code").click()
    code = canvas.page.locator("[data-testid=stCode]").first
    expect(code).to_contain_text("load_language('en')")
    canvas.page.get_by_role("button", name="Weather").click()
    canvas.expect(wiring="cross")
    expect(code).to_contain_text("load_translator()")


def test_too_long_a_text_is_counted_and_can_be_cut(page_at: PageAt) -> None:
    page = opened(page_at, QUERY).page
    type_sentence(page, "word " * 100)
    assert re.search(r"100 pieces; at most 64", problem(page))
    page.get_by_role("button", name="Take the first 64").click()
    canvas = Canvas(page).ready()
    expect(canvas.root.locator(".strongest")).to_have_count(65)
    expect(page.locator(".st-key-glassbox-notes")).to_have_count(0)


def test_it_fits_a_phone_and_is_in_view_on_a_projector(page_at: PageAt) -> None:
    phone = opened(page_at, QUERY, size=(390, 844), touch=True)
    assert horizontal_overflow(phone.page) <= 0
    box = opened(page_at, QUERY).root.bounding_box()
    assert box and box["y"] + box["height"] <= 721
