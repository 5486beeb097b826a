"""A GAN as a visitor uses it: recorded runs looked through, one trained, stepped, taken back; pictures."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Page, expect

from core import gan_pictures, gan_points
from core.gan import Gan
from core.shapes import shape_of
from tests.browser.conftest import PageAt
from tests.browser.few import few
from tests.browser.server import ROOT, running
from tests.browser.watch import horizontal_overflow, in_first_view, wait_idle, wait_ready

URL = "gan"
PICTURE = ".gan-picture"


def opened(page_at: PageAt, query: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?{query}", wait=URL, **{"lang": "en", **options})
    expect(page.locator(PICTURE)).to_have_attribute("data-ready", "true")
    return page


def train(page: Page) -> None:
    page.get_by_role("button", name="Train it here").click()
    expect(page.locator(PICTURE)).to_have_attribute("data-running", "true")


def pause(page: Page) -> None:
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(PICTURE)).to_have_attribute("data-running", "false")
    wait_idle(page)


def data(page: Page, name: str) -> str:
    return str(page.locator(PICTURE).get_attribute(f"data-{name}"))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_run_stands_there_at_once_and_in_view(page_at: PageAt, lang: str) -> None:
    page = opened(page_at, lang=lang)
    assert data(page, "verdict") == "healthy" and int(data(page, "moments")) > 30
    for part in ("canvas.samples", ".chart.losses", ".chart.norms", ".gan-player", ".verdict"):
        assert in_first_view(page, page.locator(part).first), part
    assert horizontal_overflow(page) == 0


def test_moments_are_looked_through_and_a_link_keeps_the_place(page_at: PageAt) -> None:
    page = opened(page_at)
    slider = page.locator(".gan-player .step")
    slider.focus()
    slider.press("Home")
    expect(page.locator(PICTURE)).to_have_attribute("data-step", "0")
    expect(page.locator(".verdict b")).to_have_text("Just begun.")
    page.get_by_role("button", name="One moment on").click()
    step = data(page, "step")
    page.wait_for_url("**moment=1*")
    wait_idle(page)
    page.reload()
    expect(page.locator(PICTURE)).to_have_attribute("data-step", step)


@pytest.mark.slow
def test_the_film_plays_to_the_end(page_at: PageAt) -> None:
    page = opened(page_at, "moment=28")
    page.get_by_role("button", name="Play").click()
    last = gan_points.PRESETS["healthy"].rounds
    expect(page.locator(PICTURE)).to_have_attribute("data-step", str(last))


@pytest.mark.parametrize(
    ("chip", "verdict"),
    few(
        [
            ("Teacher too strict", "strict"),
            ("Teacher stays foolish", "foolish"),
            ("Mode collapse", "collapse"),
        ],
        1,
    ),
)
def test_presets_show_what_they_are_named_after(page_at: PageAt, chip: str, verdict: str) -> None:
    page = opened(page_at)
    page.get_by_role("button", name=chip).click()
    expect(page.locator(PICTURE)).to_have_attribute("data-verdict", verdict)


def test_two_seeds_stand_side_by_side(page_at: PageAt) -> None:
    page = opened(page_at)
    page.get_by_role("button", name="Two seeds").click()
    expect(page.locator("canvas.samples")).to_have_count(2)
    expect(page.locator(".samples-figure figcaption").first).to_contain_text("seed 42")
    expect(page.locator(".samples-figure figcaption").last).to_contain_text("seed 6")


def test_a_training_runs_pauses_steps_and_goes_on_from_an_earlier_moment(page_at: PageAt) -> None:
    page = opened(page_at)
    train(page)
    expect(page.locator(PICTURE)).to_have_attribute("data-step", re.compile(r"^\d{3,}$"))
    pause(page)
    reached = int(data(page, "step"))
    slider = page.locator(".gan-player .step")
    slider.focus()
    slider.press("Home")
    slider.press("ArrowRight")
    earlier = int(data(page, "step"))
    assert 0 < earlier < reached
    page.get_by_role("button", name="Step of D").click()
    expect(page.locator(".counter").first).to_have_text(f"step {earlier}: D has learned")
    page.get_by_role("button", name="Step of G").click()
    expect(page.locator(".counter").first).to_have_text(f"step {earlier + 1}: G has learned")
    expect(page.locator(".turn button[data-value=generator]")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(PICTURE)).to_have_attribute("data-running", "true")
    pause(page)
    assert int(data(page, "step")) > earlier + 1
    page.get_by_role("button", name="Begin anew").click()
    expect(page.locator(PICTURE)).to_have_attribute("data-step", "0")


@pytest.mark.slow
def test_sixty_presses_on_start_begin_one_training(page_at: PageAt) -> None:
    page = opened(page_at)
    page.get_by_role("button", name="Train it here").evaluate(
        "button => { for (let i = 0; i < 60; i++) button.click(); }"
    )
    expect(page.locator(PICTURE)).to_have_attribute("data-running", "true")
    expect(page.locator(PICTURE)).to_have_attribute("data-step", re.compile(r"^\d{3,}$"))
    pause(page)
    expect(page.get_by_text("Paused at step")).to_be_visible()


@pytest.mark.slow
def test_slow_motion_takes_one_step_at_a_time(page_at: PageAt) -> None:
    page = opened(page_at)
    page.locator(".st-key-gan-live-slow label").first.click()
    train(page)
    expect(page.locator(".counter").first).to_have_text(re.compile(r"^step \d: [DG] has learned$"))
    pause(page)
    assert int(data(page, "step")) < 20


def test_a_point_of_the_walk_is_the_generators(page_at: PageAt) -> None:
    page = opened(page_at, "z=0.5,-1")
    walk = page.locator(".walk-canvas")
    weights = torch.from_numpy(gan_points.load_recorded()[0]["healthy"].moments[-1].seen[0])
    run = Gan(gan_points.PRESETS["healthy"].settings, shape_of("ring"))
    torch.nn.utils.vector_to_parameters(
        weights, [*run.generator.parameters(), *run.discriminator.parameters()]
    )
    wanted = run.generator(torch.tensor([[0.5, -1.0]]))[0].tolist()
    shown = [float(str(walk.get_attribute(f"data-{axis}"))) for axis in "xy"]
    assert shown == pytest.approx(wanted, abs=2e-4)
    walk.scroll_into_view_if_needed()
    box = walk.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 90, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 90, steps=4)
    page.mouse.up()
    expect(walk).not_to_have_attribute("data-x", f"{shown[0]:.4f}")
    page.wait_for_url("**z=*")


def test_real_samples_take_part_in_the_discriminators_turn_alone(page_at: PageAt) -> None:
    page = opened(page_at)
    expect(page.locator(".path-svg .gradient")).to_have_count(3)  # loss → D → fake → G
    page.locator(".turn button[data-value=discriminator]").click()
    expect(page.locator(".path-svg .gradient")).to_have_count(1)  # loss → D, and there it ends
    expect(page.locator(".path-svg .cut")).to_have_count(1)
    page.wait_for_url("**turn=discriminator*")


def test_a_drawing_of_one_point_is_a_distribution(page_at: PageAt) -> None:
    page = opened(page_at, "shape=drawn")
    expect(page.get_by_role("button", name="Train it here")).to_be_disabled()
    box = page.locator("canvas.samples").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.25)
    page.wait_for_url("**drawn=*")
    expect(page.get_by_role("button", name="Train it here")).to_be_enabled()
    train(page)
    expect(page.locator(PICTURE)).to_have_attribute("data-step", re.compile(r"^\d{3,}$"))
    pause(page)


def test_a_rate_of_a_million_is_named(page_at: PageAt) -> None:
    page = opened(page_at, "rate_g=1000000&rate_d=1000000")
    page.get_by_role("button", name="Train it here").click()
    said = page.locator('.verdict[data-verdict="burst"], [role=alert]')
    expect(said.first).to_be_visible()
    page.wait_for_function("() => !document.querySelector('.verdict')?.textContent.includes('NaN')")


@pytest.mark.slow
def test_a_rate_of_nothing_changes_nothing(page_at: PageAt) -> None:
    page = opened(page_at, "rate_g=0&rate_d=0&shape=line")
    train(page)
    expect(page.locator(PICTURE)).to_have_attribute("data-step", re.compile(r"^\d{3,}$"))
    pause(page)
    good = page.locator("canvas.samples").get_attribute("data-good")
    slider = page.locator(".gan-player .step")
    slider.focus()
    slider.press("Home")
    expect(page.locator("canvas.samples")).to_have_attribute("data-good", str(good))


def test_nonsense_in_the_address_is_named_and_the_picture_stands(page_at: PageAt) -> None:
    page = opened(
        page_at, "shape=cube&loss=none&rate_g=nan&dial=0:0&drawn=%C3%A9&moment=-1&z=1,2,3&width_g=3"
    )
    expect(page.get_by_text("which is not possible").first).to_be_visible()
    assert data(page, "verdict") == "healthy"


def test_arrow_keys_go_through_the_training_in_projector_mode(page_at: PageAt) -> None:
    page = opened(page_at, "projector=1&moment=3")
    step = data(page, "step")
    page.keyboard.press("ArrowRight")
    expect(page.locator(PICTURE)).to_have_attribute("data-moment", "4")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(PICTURE)).to_have_attribute("data-step", step)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".turn button[data-value=discriminator]")).to_have_attribute("aria-pressed", "true")


def test_a_recorded_run_of_pictures_shows_the_kept_sheets(page_at: PageAt) -> None:
    page = opened(page_at, "recorded=1")
    sheet = page.locator(".gan-pictures[data-drawn=true]")
    sheet.wait_for()
    strip = np.array(Image.open(gan_pictures.strip_of("digits")).convert("L"))
    slider = sheet.locator(".step")
    slider.focus()
    for key, row in (("Home", 0), ("End", 119)):
        slider.press(key)
        expect(sheet).to_have_attribute("data-moment", str(row))
        wanted = strip[row * 140 : (row + 1) * 140]
        shown = sheet.locator("canvas.sheet").first.evaluate(
            """canvas => {
                const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                const s = canvas.width / 224;
                const place = (n) => Math.floor((n + 0.5) * s);
                const at = (i) => place(Math.floor(i / 224)) * canvas.width + place(i % 224);
                return Array.from({ length: 224 * 140 }, (_, i) => data[4 * at(i)]);
            }"""
        )
        assert np.abs(np.array(shown).reshape(140, 224).astype(int) - wanted).max() <= 2


def test_pictures_are_trained_on_the_page(page_at: PageAt) -> None:
    page = opened(page_at, "pictures=1")
    part = page.locator(".st-key-glassbox-pictures")
    part.get_by_role("button", name="Train it here").click()
    shown = part.locator(".gan-pictures[data-ready=true]")
    expect(shown).to_have_attribute("data-step", re.compile(r"^\d{2,}$"))
    part.get_by_role("button", name="Pause").click()
    expect(shown).to_have_attribute("data-running", "false")
    assert int(str(shown.get_attribute("data-moments"))) > 1


@pytest.mark.slow
def test_a_closed_tab_frees_its_turn_for_the_next_visitor(tmp_path: Path, open_page: PageAt) -> None:
    with running(ROOT / "app.py", tmp_path / "log", environment={"GLASSBOX_TRAININGS": "1"}) as server:
        tabs = [open_page(server.url, f"/{URL}?lang=en", lang="en", wait=URL) for _ in range(2)]
        for tab in tabs:
            wait_ready(tab, URL)
        train(tabs[0])
        tabs[1].get_by_role("button", name="Train it here").click()
        expect(tabs[1].get_by_text("Before you: 0")).to_be_visible()
        tabs[0].close()
        expect(tabs[1].get_by_text("Training: step")).to_be_visible()
