"""Precision as a visitor uses it: bits toggled, numbers typed, a step followed, networks trained."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core.numerics.formats import FORMATS
from tests.browser.conftest import PageAt
from tests.browser.few import few
from tests.browser.watch import horizontal_overflow, in_first_view, wait_idle

URL = "precision"
BITS, STEP, MIXED = ".bits-picture", ".step-picture", ".mixed-picture"


def opened(page_at: PageAt, query: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?{query}", wait=URL, **{"lang": "en", **options})
    expect(page.locator(STEP)).to_have_attribute("data-repeated", "true")
    return page


def typed(page: Page, text: str) -> None:
    page.locator(f"{BITS} .number-box").fill(text)


@pytest.mark.parametrize("lang", few(["ko", "en"], 1))
def test_a_number_stands_there_in_view(page_at: PageAt, lang: str) -> None:
    page = opened(page_at, lang=lang)
    expect(page.locator(BITS)).to_have_attribute("data-pattern", "0x2e66")
    for part in (".bit-row", ".value", ".neighbour", ".bits-charts canvas", ".formats"):
        assert in_first_view(page, page.locator(f"{BITS} {part}").first), part
    assert horizontal_overflow(page) == 0


def test_bits_are_toggled_neighbours_visited_and_formats_changed(page_at: PageAt) -> None:
    page = opened(page_at)
    picture = page.locator(BITS)
    page.get_by_role("button", name="Sign, bit 1").click()
    expect(picture).to_have_attribute("data-pattern", "0xae66")
    expect(picture.locator(".value b")).to_have_text("−0.1")
    page.get_by_role("button", name="Mantissa, bit 10").click()
    expect(picture).to_have_attribute("data-pattern", "0xae67")
    picture.locator(".neighbour").last.click()  # the next larger
    expect(picture).to_have_attribute("data-pattern", "0xae66")
    picture.locator("[data-value=fp32]").click()  # the number stays, not the bits
    pattern = FORMATS["fp32"].encode(FORMATS["fp16"].decode(0xAE66))
    expect(picture).to_have_attribute("data-pattern", f"0x{pattern:08x}")
    page.wait_for_url(re.compile("form=fp32"))
    page.get_by_role("button", name="Exponent, bit 1").press("ArrowRight")
    expect(page.get_by_role("button", name="Exponent, bit 2")).to_be_focused()


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    few(
        [
            ("<img src=x onerror=alert(1)>", "normal", "is no number"),
            ("1e400", "infinite", "Too large for fp16"),
            ("1e-9", "zero", "Too small for fp16"),
            ("0,5", "normal", "The comma was read as a decimal point. fp16 holds this number exactly."),
            ("nan", "nan", "NaN has many patterns"),
            ("inf", "infinite", "Infinity is a pattern of its own."),
            ("0x3c00", "normal", "Read as the bits of fp16."),
            ("0x12345", "normal", "These are more than the 16 bits"),
            ("", "normal", "Type a number"),
        ],
        3,
    ),
)
def test_whatever_is_typed_is_answered(page_at: PageAt, text: str, kind: str, says: str) -> None:
    page = opened(page_at)
    typed(page, text)
    expect(page.locator(f"{BITS} .said")).to_contain_text(says)
    expect(page.locator(BITS)).to_have_attribute("data-kind", kind)
    expect(page.locator(f"{BITS} .number-box")).to_have_value(text)


def test_e4m3_has_no_infinity(page_at: PageAt) -> None:
    page = opened(page_at, "form=e4m3&number=480")
    expect(page.locator(BITS)).to_have_attribute("data-kind", "nan")
    expect(page.locator(f"{BITS} .said")).to_contain_text("it becomes NaN")


def test_the_three_failures_are_told_apart(page_at: PageAt) -> None:
    page = opened(page_at)
    picture = page.locator(STEP)
    for chip, outcome in (
        ("1e−3 × 1e−5 in fp16", "product"),
        ("A gradient of 1e−8", "gradient"),
        ("Lost in fp32, too", "absorbed"),
    ):
        page.get_by_role("button", name=chip, exact=True).click()
        expect(picture).to_have_attribute("data-outcome", outcome)
    expect(picture.locator(".limits")).to_contain_text("additions of 2⁻²⁴")
    expect(picture.locator(".limits")).to_contain_text("subtractions of 2⁻²⁵")


def test_a_slider_a_box_and_a_map_move_the_step_and_a_link_keeps_it(page_at: PageAt) -> None:
    page = opened(page_at)
    picture = page.locator(STEP)
    weight = page.get_by_label("Weight, exactly")
    weight.fill("0.0001")
    expect(picture).to_have_attribute("data-outcome", "product")
    page.get_by_label("Gradient, exactly").fill("1e-3")
    expect(picture).to_have_attribute("data-outcome", "works")
    weight.fill("one")
    expect(picture.locator(".wrong").last).to_contain_text("is no finite number")
    expect(picture).to_have_attribute("data-outcome", "works")
    weight.fill("1")
    slider = picture.locator(".slide").first
    slider.focus()
    slider.press("End")
    expect(picture).to_have_attribute("data-outcome", "works")  # lr 1: a step of 1e-3
    map_of = picture.locator(".outcome-map").nth(3)
    box = map_of.bounding_box()
    assert box is not None
    map_of.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.8})
    expect(picture).to_have_attribute("data-outcome", "gradient")
    expect(picture).to_have_attribute("data-repeated", "true")
    page.wait_for_url(re.compile(r"grad=1\.?\d*e-1"))
    wait_idle(page)
    page.reload()
    expect(page.locator(STEP)).to_have_attribute("data-outcome", "gradient")


def test_ten_thousand_steps_need_chance_or_a_master_copy(page_at: PageAt) -> None:
    page = opened(page_at, "step=bf16&grad=0.01")
    picture = page.locator(STEP)
    line = picture.locator(".repeat canvas")
    expect(line).to_have_attribute("aria-label", re.compile(r"bf16 0 %"))
    picture.locator("[data-value=master]").click()
    expect(line).to_have_attribute("aria-label", re.compile(r"bf16 (9\d|10\d) %"))
    picture.locator("[data-value=stochastic]").click()
    expect(line).to_have_attribute("aria-label", re.compile(r"bf16 ([5-9]\d|1\d\d) %"))


def test_recorded_networks_show_what_each_cure_cures(page_at: PageAt) -> None:
    page = opened(page_at, "train=1")
    picture = page.locator(MIXED)
    expect(picture).to_have_attribute("data-verdicts", re.compile("fp32:learns"))
    page.get_by_role("button", name="Gradients too small").click()
    verdicts = re.compile(r"fp16:stands master:stands static:learns .*dynamic:learns")
    expect(picture).to_have_attribute("data-verdicts", verdicts)
    picture.locator("[data-way=fp32]").click()
    assert float(picture.get_attribute("data-under") or 0) > 0.9
    shift = picture.locator(".shift")
    shift.focus()
    for _press in range(40):
        shift.press("ArrowRight")
    expect(picture).to_have_attribute("data-shift", "40")
    assert float(picture.get_attribute("data-under") or 1) < 0.1
    page.get_by_role("button", name="Usual numbers").click()  # larger gradients: the other cliff
    expect(picture).to_have_attribute("data-verdicts", re.compile("fp16:learns"))
    assert float(picture.get_attribute("data-over") or 0) > 0.1


@pytest.mark.slow
def test_networks_are_trained_paused_and_stopped(page_at: PageAt) -> None:
    page = opened(page_at, "train=1")
    page.get_by_role("button", name="Train it here").click()
    picture = page.locator(MIXED)
    expect(page.get_by_text("Training: step")).to_be_visible()
    expect(picture).to_have_attribute("data-step", re.compile(r"^[1-9]\d\d"))
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused at step")).to_be_visible()
    before = picture.get_attribute("data-step") or ""
    page.get_by_role("button", name="Go on").click()
    expect(picture).not_to_have_attribute("data-step", before)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped at step")).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("query", ["rate=1000000", "rate=0", "power=40"])
def test_foolish_settings_are_survived(page_at: PageAt, query: str) -> None:
    page = opened(page_at, f"train=1&{query}")
    expect(page.get_by_text("These settings are not recorded")).to_be_visible()
    page.get_by_role("button", name="Train it here").click()
    expect(page.locator(MIXED)).to_have_attribute("data-step", re.compile(r"^[1-9]\d\d"))
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped at step")).to_be_visible()


@pytest.mark.slow
def test_this_machine_is_measured_on_request(page_at: PageAt) -> None:
    page = opened(page_at, "machine=1")
    expect(page.get_by_text("Nothing is measured until you ask")).to_be_visible()
    page.get_by_role("button", name="Measure (some seconds)").click()
    expect(page.get_by_text("Measured on")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-glassbox-machine-translation] tbody tr")).to_have_count(5)


def test_the_arrow_keys_step_through_numbers_and_formats(page_at: PageAt) -> None:
    page = opened(page_at, "projector=1")
    picture = page.locator(BITS)
    page.keyboard.press("ArrowRight")
    expect(picture).to_have_attribute("data-pattern", "0x2e67")
    page.keyboard.press("ArrowDown")
    expect(picture).not_to_have_attribute("data-form", "fp16")


@pytest.mark.slow
def test_numbers_and_curves_are_saved(page_at: PageAt) -> None:
    page = opened(page_at, "train=1")
    for picture in (BITS, STEP, MIXED):
        expect(page.locator(picture)).to_have_attribute("data-ready", "true")
        for name, start in (("PNG", b"\x89PNG"), ("CSV", b"\xef\xbb\xbf")):
            with page.expect_download() as download:
                page.locator(picture).get_by_role("button", name=name, exact=True).click()
            content = download.value.path().read_bytes()
            assert content.startswith(start) and len(content) > 200
