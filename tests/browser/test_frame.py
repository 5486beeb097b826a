"""The frame in a real browser: language, projector mode, keys, and what the server sends."""

from __future__ import annotations

import json
import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.browser.server import Server, running
from tests.browser.watch import wait_idle, wait_ready
from ui import course

HEADER = "[data-glassbox-header] h1"
READY = "[data-glassbox-ready]"

needs_a_second_page = pytest.mark.skipif(not course.built_pages(), reason="only the home page is built")


def test_the_language_switch_keeps_its_choice_in_the_url(page_at: PageAt) -> None:
    tab = page_at("/", lang="ko")
    expect(tab.locator(HEADER)).to_have_text("딥러닝 유리상자")
    tab.get_by_role("button", name="English").click()
    expect(tab.locator(HEADER)).to_have_text("Glassbox")
    expect(tab).to_have_url(re.compile("lang=en"))
    tab.reload()
    wait_ready(tab)
    expect(tab.locator(HEADER)).to_have_text("Glassbox")


@pytest.mark.parametrize(
    ("lang", "words"), [("ko", ["시스템", "밝게", "어둡게"]), ("en", ["System", "Light", "Dark"])]
)
def test_the_theme_menu_speaks_the_language(lang: str, words: list[str], page_at: PageAt) -> None:
    """The words are drawn by a style sheet: read what it draws, and that nothing else is visible."""
    tab = page_at("/", lang=lang, wait="home")
    tab.get_by_test_id("stMainMenu").click()
    buttons = tab.locator("[data-testid^=stMainMenuItem-theme-]")
    expect(buttons).to_have_count(3)
    drawn = buttons.evaluate_all("(all) => all.map((one) => getComputedStyle(one, '::after').content)")
    assert drawn == [f'"{word}"' for word in words]
    assert set(buttons.evaluate_all("(all) => all.map((one) => getComputedStyle(one).fontSize)")) == {"0px"}
    expect(tab.get_by_text("Made with")).to_be_hidden()
    buttons.nth(2).click()
    expect(tab.locator(".stApp")).to_have_css("background-color", "rgb(18, 23, 30)")


def test_another_browser_language_shows_korean(page_at: PageAt) -> None:
    expect(page_at("/", lang="fr-FR").locator(HEADER)).to_have_text("딥러닝 유리상자")


@needs_a_second_page
def test_language_and_projector_mode_stay_from_page_to_page(page_at: PageAt) -> None:
    first = course.built_pages()[0]
    tab = page_at("/?lang=en&projector=1", wait="home")
    tab.locator(f".st-key-glassbox-course-{first.url} a").click()
    wait_ready(tab, first.url)
    for part in (first.url, "lang=en", "projector=1"):
        expect(tab).to_have_url(re.compile(part))
    expect(tab.locator(HEADER)).to_have_text(first.title)


@needs_a_second_page
def test_the_menu_leads_to_a_page_and_back(page_at: PageAt) -> None:
    first = course.built_pages()[0]
    tab = page_at("/?lang=en", wait="home")
    tab.get_by_role("button", name=first.section).click()
    tab.get_by_role("menuitem", name=first.title).click()
    wait_ready(tab, first.url)
    expect(tab).to_have_url(re.compile("lang=en"))
    tab.get_by_role("link", name="Glassbox").first.click()
    wait_ready(tab, "home")
    expect(tab).to_have_url(re.compile("lang=en"))


@pytest.mark.parametrize("how", ["button", "escape"])
def test_there_is_a_way_out_of_projector_mode(how: str, page_at: PageAt) -> None:
    tab = page_at("/?lang=en&projector=1", wait="home")
    if how == "button":
        tab.get_by_role("button", name="Leave projector mode").click()
    else:
        wait_for_keys(tab)
        tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name="Projector", exact=True)).to_be_visible()
    expect(tab).not_to_have_url(re.compile("projector"))
    wait_ready(tab, "home")
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


def wait_for_keys(tab: Page) -> None:
    expect(tab.locator("html")).to_have_attribute("data-glassbox-keys", "ready")


def listen_for_steps(tab: Page) -> None:
    tab.evaluate(
        """() => { window.steps = [];
            document.addEventListener("glassbox:step", (event) => window.steps.push(event.detail)); }"""
    )


def test_arrow_keys_step_the_picture_in_projector_mode(page_at: PageAt) -> None:
    tab = page_at("/?projector=1", wait="home")
    wait_for_keys(tab)
    listen_for_steps(tab)
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "a"):
        tab.keyboard.press(key)
    assert tab.evaluate("window.steps") == [
        {"delta": 1, "axis": "x"},
        {"delta": -1, "axis": "x"},
        {"delta": 1, "axis": "y"},
        {"delta": -1, "axis": "y"},
    ]


@needs_a_second_page
def test_arrow_keys_in_a_text_box_move_its_cursor_only(page_at: PageAt) -> None:
    tab = page_at("/?projector=1", wait="home")
    wait_for_keys(tab)
    listen_for_steps(tab)
    tab.get_by_role("textbox").first.click()
    tab.keyboard.type("ab")
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.type("x")
    expect(tab.get_by_role("textbox").first).to_have_value("axb")
    assert tab.evaluate("window.steps") == []


def test_arrow_keys_are_left_alone_outside_projector_mode(page_at: PageAt) -> None:
    tab = page_at("/", wait="home")
    listen_for_steps(tab)
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("window.steps") == []


def test_a_bad_value_in_the_url_is_named_and_its_markup_is_not_run(page_at: PageAt) -> None:
    tab = page_at("/?lang=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&projector=**9**", lang="en", wait="home")
    notes = tab.locator(".st-key-glassbox-notes")
    expect(notes).to_contain_text("lang = “<img src=x onerror=alert(1)>”")
    expect(notes).to_contain_text("projector = “**9**”")
    expect(notes.locator("img, strong")).to_have_count(0)


def answer(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(address, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, {k.lower(): v for k, v in reply.headers.items()}, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def test_the_real_server_answers_byte_ranges_of_the_weights(server: Server, root: Path) -> None:
    weights = root / "assets" / "models" / "translator.safetensors"
    status, headers, body = answer(
        server.url + "/models/translator.safetensors", Range="bytes=0-7", Accept_Encoding="gzip"
    )
    assert status == 206, "the weights are missing from assets/models" if not weights.exists() else ""
    assert body == weights.read_bytes()[:8]
    assert "content-encoding" not in headers
    card = json.loads(answer(server.url + "/models/translator.json")[2])
    assert card
    assert answer(server.url + "/models/nothing.safetensors")[0] == 404


def test_script_bundles_travel_compressed(server: Server) -> None:
    page = answer(server.url + "/")[2].decode()
    script = page.split('src="./static/js/')[1].split('"')[0]
    status, headers, body = answer(f"{server.url}/static/js/{script}", Accept_Encoding="gzip")
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert len(body) < 300_000


def test_an_error_is_one_sentence_and_the_other_pages_go_on(
    root: Path, tmp_path: Path, open_page: PageAt
) -> None:
    """A copy of the app with a page that breaks: no traceback in the browser, all of it in the log."""
    for name in ("ui", "pages"):  # copied, since they find their files beside themselves
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "app.py", tmp_path)
    for name in ("core", "assets", ".streamlit"):
        (tmp_path / name).symlink_to(root / name)
    (tmp_path / "pages" / "home.py").write_text("raise RuntimeError('a secret of the server')\n")
    with running(tmp_path / "app.py", tmp_path / "log", cwd=tmp_path) as broken:
        tab = open_page(broken.url, "/", lang="en", ready=False)
        expect(tab.get_by_role("alert")).to_contain_text("This page met an error and stopped", timeout=30_000)
        expect(tab.get_by_text("secret")).to_have_count(0)
        expect(tab.locator("[data-testid=stException]")).to_have_count(0)
        if course.built_pages():
            wait_idle(tab)
            tab.get_by_role("button", name=course.built_pages()[0].section).click()
            tab.get_by_role("menuitem", name=course.built_pages()[0].title).click()
            expect(tab.locator(HEADER)).to_have_text(course.built_pages()[0].title, timeout=30_000)
    assert "a secret of the server" in (tmp_path / "log").read_text()
