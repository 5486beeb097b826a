"""The worked example of /seq2seq as a visitor uses it: its digits are read from the screen."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from core import worked
from tests.browser.conftest import PageAt
from tests.browser.watch import horizontal_overflow, wait_ready

URL = "seq2seq"
NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?")


def opened(page_at: PageAt, query: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?{query}", wait=URL, **options)
    expect(picture(page)).to_have_attribute("data-ready", "true")
    return page


def picture(page: Page) -> Locator:
    return page.locator(".worked-picture")


def field(page: Page, name: str) -> Locator:
    return picture(page).locator(f'input[data-field="{name}"]')


def cells(page: Page, part: str) -> Locator:
    return picture(page).locator(f'[data-part="{part}"]')


def results(page: Page, part: str) -> list[str]:
    """The last result of each cell."""
    all_cells = cells(page, part).all()
    return [
        cell.locator(".result").last.inner_text().replace("−", "-").replace("\xa0", " ") for cell in all_cells
    ]


def numbers(text: str) -> list[float]:
    return [float(number.replace("−", "-")) for number in NUMBER.findall(text)]


def set_field(page: Page, name: str, text: str) -> None:
    field(page, name).fill(text)
    field(page, name).press("Enter")


def saved(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_the_lessons_digits_stand_on_the_screen_and_everything_follows_an_edit(page_at: PageAt) -> None:
    page = opened(page_at, lang="en")
    box = picture(page).bounding_box()
    assert box is not None and box["y"] + box["height"] <= 720  # at once, without scrolling
    expect(cells(page, "score").first).to_have_text("0.7·0.8 + 0.3·0.2 = 0.62")
    expect(cells(page, "weight").first).to_have_text("e0.62 ÷ (e0.62 + e−0.226) = 0.70")
    expect(cells(page, "part").first).to_have_text("0.70 × (0.8, 0.2) = (0.56, 0.14)")
    assert results(page, "score") == ["0.62", "-0.226"]
    assert results(page, "weight") == ["0.70", "0.30"]
    assert results(page, "part") == ["(0.56, 0.14)", "(-0.12, 0.05)"]
    expect(cells(page, "context")).to_contain_text("(0.56, 0.14) + (−0.12, 0.05) = (0.44, 0.19)")
    # Three scores on the same states; general begins with the identity and says so.
    for kind in ("dot", "general"):
        shown = picture(page).locator(f'[data-kind="{kind}"] .pair .score')
        expect(shown).to_have_text(["0.62", "−0.226"])
    expect(picture(page).locator('[data-kind="general"] .said')).to_have_text("W = identity: equal to dot")

    # Without a key that says "done": what is typed counts at once, and is in the address.
    field(page, "h").fill("1.4, 0.6")
    expect(cells(page, "score").first).to_contain_text("= 1.24")
    assert results(page, "weight") == ["0.84", "0.16"]
    page.wait_for_url("**h=1.4%2C0.6**")
    page.reload()
    expect(field(page, "h")).to_have_value("1.4, 0.6")
    expect(cells(page, "score").first).to_contain_text("= 1.24")


def test_what_cannot_be_read_is_one_sentence_and_the_last_good_picture_stays(page_at: PageAt) -> None:
    page = opened(page_at, lang="en")
    problem = picture(page).locator(".problem")
    before = picture(page).locator(".steps").inner_text()
    for typed, said in {
        "NaN, 0.2": "NaN and infinity",
        "0.8, -inf": "NaN and infinity",
        "1e999, 0": "NaN and infinity",
        "": "nothing is there",
        "0.1 0.2 0.3": "2 numbers are needed, not 3",
        "0.8": "2 numbers are needed, not 1",
        "🦥, 1": "“🦥” is not a number",
        "<b>x</b>": "is not a number",
        "1000, 0": "−100 to 100",
        "1 " * 5000: "needed, not 5000",
    }.items():
        set_field(page, "states0", typed)
        expect(problem).to_contain_text(said)
        expect(problem).to_contain_text("encoder state s₁")
        assert field(page, "states0").input_value() == typed
        expect(field(page, "states0")).to_have_attribute("aria-invalid", "true")
        assert picture(page).locator(".steps").inner_text() == before
    # Another field goes on, and the bad one keeps what was typed.
    set_field(page, "states0", "0.1 0.2 0.3")
    set_field(page, "h", "1,4 0,6")  # decimal commas
    assert results(page, "score")[0] == "1.24"
    assert field(page, "states0").input_value() == "0.1 0.2 0.3"
    set_field(page, "states0", "(0.8; 0.2)")
    expect(problem).to_be_hidden()
    # One state, no state, zero vectors.
    picture(page).locator(".remove").last.click()
    assert results(page, "weight") == ["1.00"]
    expect(cells(page, "note")).to_contain_text("its weight is 1")
    picture(page).locator(".remove").click()
    expect(problem).to_contain_text("at least one state")
    assert results(page, "weight") == ["1.00"]
    picture(page).get_by_role("button", name="+ state").click()
    expect(problem).to_be_hidden()
    set_field(page, "h", "0 0")
    assert results(page, "weight") == ["0.50", "0.50"]
    expect(cells(page, "note")).to_contain_text("h is zero")


@pytest.mark.slow
def test_states_are_added_and_taken_back_step_by_step(page_at: PageAt) -> None:
    page = opened(page_at, lang="ko")
    add = picture(page).locator(".add")
    undo = picture(page).locator(".undo")
    expect(undo).to_be_disabled()
    for count in (3, 4, 5):
        add.click()
        expect(picture(page)).to_have_attribute("data-states", str(count))
        shares = [float(share) for share in results(page, "weight")]
        total = cells(page, "total").inner_text()
        # The rounded shares and what rounding left over add up as they stand.
        left = picture(page).locator('[data-part="total"] .sum .left').all_inner_texts()
        assert abs(sum(shares) + sum(numbers(words)[0] for words in left) - 1) < 1e-9, total
    add.click()
    expect(picture(page).locator(".problem")).to_contain_text("5개까지")
    picture(page).locator('.controls [data-value="4"]').click()
    expect(picture(page)).to_have_attribute("data-width", "4")
    expect(field(page, "states0")).to_have_value("0.8, 0.2, 0, 0")
    expect(field(page, "concat0")).to_have_value("1, 0, 0, 0, 1, 0, 0, 0")
    field(page, "h").focus()
    field(page, "h").press("End")
    field(page, "h").press("ArrowUp")
    field(page, "h").press("ArrowUp")
    expect(field(page, "h")).to_have_value("0.7, 0.3, 0, 0.2")
    for width, states in (("4", "5"), ("2", "5"), ("2", "4"), ("2", "3"), ("2", "2")):
        undo.click()
        expect(picture(page)).to_have_attribute("data-width", width)
        expect(picture(page)).to_have_attribute("data-states", states)
    expect(undo).to_be_disabled()
    assert results(page, "score") == ["0.62", "-0.226"]
    # A preset can be taken back too.
    page.get_by_role("button", name="반대 방향").click()
    expect(field(page, "states1")).to_have_value("-0.8, -0.6")
    undo.click()
    expect(field(page, "states1")).to_have_value("-0.4, 0.18")
    assert horizontal_overflow(page) <= 0


def test_matrices_switches_and_files(page_at: PageAt) -> None:
    page = opened(page_at, "h=0.7,0.3&states=0.83,0.21;-0.417,0.185;0.5,-1.25", lang="en")
    expect(picture(page).locator(".joining")).to_be_hidden()
    expect(picture(page).locator(".onward .diagram")).to_contain_text("[c; y] joined")
    picture(page).locator('.onward [data-value="join"]').click()
    expect(picture(page)).to_have_attribute("data-use", "join")
    set_field(page, "general0", "0.5, -2")
    set_field(page, "concat1", "0, 1, 3, 0.25")
    set_field(page, "v", "2 -1")
    h, states = [0.7, 0.3], [[0.83, 0.21], [-0.417, 0.185], [0.5, -1.25]]
    general, concat, v = [[0.5, -2], [0, 1]], [[1, 0, 1, 0], [0, 1, 3, 0.25]], [2, -1]
    expected = {
        "dot": [worked.dot(h, s) for s in states],
        "general": [worked.general(h, s, general) for s in states],
        "concat": [worked.concat(h, s, concat, v) for s in states],
    }
    for kind, scores in expected.items():
        picture(page).locator(f'.choose[data-value="{kind}"]').click()
        expect(picture(page)).to_have_attribute("data-score", kind)
        weights = worked.softmax(scores)
        context = worked.context(weights, states)
        for shown, exact in zip(results(page, "score"), scores, strict=True):
            assert abs(float(shown) - exact) <= 0.0005 + 1e-9
        for shown, exact in zip(results(page, "weight"), weights, strict=True):
            assert abs(float(shown) - exact) <= 0.005 + 1e-9
        found = numbers(cells(page, "context").locator(".result").inner_text())
        assert [abs(a - b) <= 0.005 + 1e-9 for a, b in zip(found, context, strict=True)] == [True, True]
        # The weighted states as they stand, and what rounding left over, add up to the context as it stands.
        parts = [numbers(part) for part in results(page, "part")]
        left = cells(page, "context").locator(".left").all_inner_texts()
        rounding = numbers(left[0]) if left else [0, 0]
        for d in range(2):
            assert abs(sum(part[d] for part in parts) + rounding[d] - found[d]) < 1e-9
        exact = worked.joined(context, h, [[1, 0, 1, 0], [0, 1, 0, 1]])
        shown = numbers(picture(page).locator(".joined .tanh .result").inner_text())
        assert [abs(a - b) <= 0.005 + 1e-9 for a, b in zip(shown, exact, strict=True)] == [True, True]
    with page.expect_download() as taken:
        picture(page).locator(".save-csv").click()
    rows = list(csv.reader(io.StringIO(saved(taken.value).decode("utf-8-sig"))))
    assert [float(cell) for cell in rows[1][1:3]] == states[0]
    assert abs(float(rows[1][3]) - expected["dot"][0]) < 1e-12
    with page.expect_download() as taken:
        picture(page).locator(".save-png").click()
    assert saved(taken.value)[:8] == b"\x89PNG\r\n\x1a\n"
    # The whole state is in the address, and the code reads it.
    wait_ready(page, URL)
    page.get_by_text("The code", exact=True).first.click()
    expect(page.locator("[data-testid=stCode]").first).to_contain_text("h = np.array([0.7, 0.3])")
    expect(page.locator("[data-testid=stCode]").first).to_contain_text("np.tanh")
    page.reload()
    expect(picture(page)).to_have_attribute("data-score", "concat")
    expect(picture(page)).to_have_attribute("data-use", "join")
    expect(field(page, "concat1")).to_have_value("0, 1, 3, 0.25")


def test_a_tip_is_dragged_and_the_steps_are_lit_one_by_one(page_at: PageAt) -> None:
    page = opened(page_at, "projector=1", lang="en")
    tip = picture(page).locator('.grip[data-field="h"]')
    tip.scroll_into_view_if_needed()
    box = tip.bounding_box()
    assert box is not None
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - 20, at[1] - 10, steps=4)
    page.mouse.up()
    moved = numbers(field(page, "h").input_value())
    assert moved[0] < 0.7 and moved[1] > 0.3
    exact = worked.dot(moved, [0.8, 0.2])
    assert abs(float(results(page, "score")[0]) - exact) <= 0.0005 + 1e-9
    picture(page).locator(".undo").click()  # one drag is one step
    expect(field(page, "h")).to_have_value("0.7, 0.3")
    picture(page).locator(".undo").blur()
    expect(page.locator("html")).to_have_attribute("data-glassbox-keys", "ready")
    for stage in ("1", "2"):
        page.keyboard.press("ArrowRight")
        expect(picture(page)).to_have_attribute("data-stage", stage)
    assert "dim" in (cells(page, "part").first.get_attribute("class") or "")
    page.keyboard.press("ArrowDown")
    expect(picture(page)).to_have_attribute("data-score", "general")


def test_on_a_phone_everything_has_its_place(page_at: PageAt) -> None:
    page = opened(page_at, "next=join&score=concat", lang="ko", size=(390, 844), touch=True)
    assert horizontal_overflow(page) <= 0
    for name in ("h", "states0", "states1", "general0", "concat1", "v", "join1"):
        box = field(page, name).bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
    # The sentence is in view although the field stands far below the picture's beginning.
    set_field(page, "join1", "NaN")
    expect(picture(page).locator(".problem")).to_be_in_viewport()
