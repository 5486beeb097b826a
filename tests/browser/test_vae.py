"""The latent space as a visitor uses it: dragged, drawn, scrubbed, trained. The shipped weights are taken."""

from __future__ import annotations

import base64
import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.classifier import load_classifier
from core.examples import load_examples
from core.images import as_shares
from core.normals import normals
from core.vae import Array, load_vae
from tests.browser.conftest import PageAt
from tests.browser.server import ROOT, running
from tests.browser.watch import horizontal_overflow, in_first_view, wait_idle, wait_ready, watch_messages

URL = "vae"
PICTURE = ".latent-picture"
NAMES = [str(number) for number in range(10)]


def opened(page_at: PageAt, query: str = "", **options: object) -> Page:
    page = page_at(f"/{URL}?{query}", wait=URL, **{"lang": "en", **options})
    stands(page)
    return page


def stands(page: Page) -> None:
    expect(page.locator(PICTURE)).to_have_attribute("data-ready", "true")
    expect(page.locator(PICTURE)).to_have_attribute("data-decoder", "true")


def point(page: Page) -> list[float]:
    return [float(value) for value in str(page.locator(PICTURE).get_attribute("data-z")).split(",")]


def grey(canvas: Locator, rows: int = 28, columns: int = 28) -> Array:
    """What an enlarged picture shows, a number from 0 to 1 a pixel."""
    found = canvas.evaluate(
        """(canvas, [rows, columns]) => {
            const [w, h] = [canvas.width / columns, canvas.height / rows];
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const at = (row, column) => Math.floor((row + 0.5) * h) * canvas.width + Math.floor((column + 0.5) * w);
            return Array.from({ length: rows * columns }, (_, i) => data[4 * at(Math.floor(i / columns), i % columns)]);
        }""",
        [rows, columns],
    )
    return np.array(found, dtype=np.float32) / 255


def frame_of(page: Page) -> dict[str, float]:
    """Where the plane's canvas lies."""
    box = page.locator(".plane-canvas").bounding_box()
    assert box is not None
    return dict(box)


def drag(page: Page, shares: list[tuple[float, float]]) -> None:
    """Hold the plane at the first share of its width and height and go on to the others."""
    box = frame_of(page)
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in shares]
    page.mouse.move(*at[0])
    page.mouse.down()
    for place in at[1:]:
        page.mouse.move(*place, steps=3)


def test_a_dragged_point_is_decoded_at_once_and_without_the_server(page_at: PageAt) -> None:
    page = opened(page_at)
    sent = watch_messages(page, URL, PICTURE)
    stands(page)
    before = point(page)
    drag(page, [(0.8, 0.2), (0.7, 0.3), (0.6, 0.55)])
    now = point(page)
    assert now != before and not sent
    wanted = load_vae("digits").decode(np.array([now], dtype=np.float32))[0]
    assert (
        np.abs(grey(page.locator(".decoded")) - wanted).max() < 0.02
    )  # the screen has 256 greys, the state 3 decimals
    page.mouse.up()
    page.wait_for_url(f"**z={now[0]:.3f}".rstrip("0").rstrip(".") + "*")


def test_the_ends_of_the_film_are_dragged_and_classified(page_at: PageAt) -> None:
    page = opened(page_at, "a=-2,0&b=2,0")
    film = page.locator(".film-canvas")
    model, judge = load_vae("digits"), load_classifier("digits")

    def wanted(a: list[float], b: list[float]) -> str:
        places = np.linspace(a, b, 11).astype(np.float32)
        return " ".join(NAMES[label] for label in judge.probabilities(model.decode(places)).argmax(1))

    expect(film).to_have_attribute("data-told", wanted([-2, 0], [2, 0]))
    page.get_by_role("button", name="A here", exact=True).click()
    expect(film).to_have_attribute("data-told", wanted(point(page), [2, 0]))
    page.get_by_role("button", name="Swap").click()
    expect(film).to_have_attribute("data-told", wanted([2, 0], point(page)))


def test_the_film_is_played_and_stopped(page_at: PageAt) -> None:
    page = opened(page_at, "a=-2,0&b=2,0&z=0,1")
    play = page.get_by_role("button", name="Play")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    expect(play).to_have_attribute("aria-pressed", "false")
    assert point(page) == [2, 0]
    play.click()
    expect(page.locator(PICTURE)).to_have_attribute("data-z", re.compile("^-0"))
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    assert -2 < point(page)[0] < 2


def test_numbers_of_a_picture_are_those_of_the_model_and_add_up(page_at: PageAt) -> None:
    page = opened(page_at, "picture=4&seed=9")
    model = load_vae("digits")
    pixels = as_shares(load_examples("digits").test[4:5])
    mean, log_var = model.encode(pixels)
    noise = np.array(normals(9, 2))
    z = mean[0] + np.exp(log_var[0] / 2) * noise
    rows = page.locator(".numbers tbody tr")
    for axis in (0, 1):
        shown = [float(cell.replace("−", "-")) for cell in rows.nth(axis).locator("td").all_inner_texts()]
        wanted = [mean[0, axis], log_var[0, axis], np.exp(log_var[0, axis] / 2), noise[axis], z[axis]]
        assert shown[:5] == pytest.approx(wanted, abs=6e-4)
    assert point(page) == pytest.approx(z.tolist(), abs=6e-4)
    draws = mean + np.exp(log_var / 2) * np.array(normals(9, 200)).reshape(100, 2)
    shares = model.decode(draws.astype(np.float32)).clip(1e-7, 1 - 1e-7)
    average = -(pixels * np.log(shares) + (1 - pixels) * np.log(1 - shares)).sum(1).mean()
    divergence = (mean**2 + np.exp(log_var) - 1 - log_var).sum() / 2
    total = float(page.locator(".elbo").get_attribute("data-sum") or "nan")
    assert total == pytest.approx(average + divergence, abs=0.05)
    before = rows.first.inner_text()
    page.get_by_role("button", name="Draw another ε").click()
    expect(rows.first).not_to_have_text(before)
    page.wait_for_url("**seed=10*")


def stroke(page: Page) -> None:
    """Draw a one."""
    box = page.locator(".pad").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 75, box["y"] + 25)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 125, steps=8)
    page.mouse.up()


def test_a_drawing_is_encoded_by_the_server_and_a_link_keeps_it(page_at: PageAt) -> None:
    page = opened(page_at)
    page.get_by_role("button", name="Draw", exact=True).click()
    expect(page.locator(".elbo")).to_have_text("Nothing is drawn yet: there is nothing to encode.")
    stroke(page)
    page.wait_for_url("**drawn=*")
    expect(page.locator(PICTURE)).to_have_attribute("data-encoded", "true")
    code = page.url.split("drawn=")[1].split("&")[0]
    pixels = np.array([[int(digit, 16) / 15 for digit in code]], dtype=np.float32)
    assert (
        pixels.max() > 0.9
        and abs((pixels.reshape(28, 28).sum(1) * np.arange(28)).sum() / pixels.sum() - 13.5) < 1
    )
    mean, log_var = load_vae("digits").encode(pixels)
    shown = page.locator(".numbers tbody tr").first.locator("td").first
    expect(shown).to_have_text(f"{mean[0, 0]:.3f}".replace("-", "−"))
    assert point(page) == pytest.approx(
        (mean[0] + np.exp(log_var[0] / 2) * normals(42, 2)).tolist(), abs=6e-3
    )
    link = page.url
    page.goto(link)
    stands(page)
    expect(shown).to_have_text(f"{mean[0, 0]:.3f}".replace("-", "−"))
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".elbo")).to_have_text("Nothing is drawn yet: there is nothing to encode.")


def test_a_finger_draws(page_at: PageAt) -> None:
    page = opened(page_at, "picture=drawn", size=(390, 844), touch=True)
    pad = page.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    pad.tap(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.locator(PICTURE)).to_have_attribute("data-encoded", "true")
    assert horizontal_overflow(page) == 0


def test_classes_are_hidden_and_shown(page_at: PageAt) -> None:
    page = opened(page_at)
    before = page.locator(".plane-canvas").evaluate("(canvas) => canvas.toDataURL()")
    page.locator(".class-chip[data-label='0']").click()
    page.wait_for_url("**hidden=0*")
    hidden = page.locator(".plane-canvas").evaluate("(canvas) => canvas.toDataURL()")
    assert hidden != before
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".class-chip[data-label='0']")).to_have_attribute("aria-pressed", "true")
    assert page.locator(".plane-canvas").evaluate("(canvas) => canvas.toDataURL()") == before


def test_moments_of_the_training_are_scrubbed(page_at: PageAt) -> None:
    page = opened(page_at, "z=1,1")
    slider = page.locator(".moments input")
    last = int(slider.get_attribute("max") or 0)
    assert last >= 5
    final = grey(page.locator(".decoded"))
    slider.evaluate("(input) => { input.value = 0; input.dispatchEvent(new Event('input')); }")
    expect(page.locator(PICTURE)).to_have_attribute("data-moment", "0")
    stands(page)
    page.wait_for_url("**moment=0*")
    first = grey(page.locator(".decoded"))
    assert np.abs(first - 0.5).max() < 0.1 < np.abs(final - 0.5).max()  # untrained: all grey
    expect(page.locator(".moment-told")).to_contain_text("step 0:")


@pytest.mark.slow
def test_four_models_of_the_same_picture(page_at: PageAt) -> None:
    page = opened(page_at)
    page.locator(".comparison summary").click()
    facts = page.locator(".compared .facts")
    expect(facts).to_have_count(4)
    for place in range(4):
        expect(facts.nth(place)).to_contain_text("nats")
    page.locator(".compared[data-value='digits-collapse']").click()
    expect(page.locator(PICTURE)).to_have_attribute("data-model", "digits-collapse")
    page.wait_for_url("**model=digits-collapse*")
    stands(page)
    values = [
        float(cell.replace("−", "-")) for cell in page.locator(".numbers td:last-child").all_inner_texts()
    ]
    assert sum(values) < 0.1  # nats: the posterior is the prior


def test_a_point_far_outside_is_decoded_and_said_to_be_there(page_at: PageAt) -> None:
    page = opened(page_at, "z=60,-99")
    expect(page.locator(".place")).to_contain_text("outside the plane")
    wanted = load_vae("digits").decode(np.array([[60, -99]], dtype=np.float32))[0]
    assert np.abs(grey(page.locator(".decoded")) - wanted).max() < 0.02


def test_nonsense_in_the_address_is_named_and_the_picture_stands(page_at: PageAt) -> None:
    page = opened(page_at, "z=NaN,0")
    expect(page.get_by_text("NaN,0").first).to_be_visible()
    assert all(abs(value) < 10 for value in point(page))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_plane_film_and_point_are_in_view(page_at: PageAt, lang: str) -> None:
    page = opened(page_at, lang=lang)
    assert in_first_view(page, page.locator(".plane-canvas")) and in_first_view(
        page, page.locator(".film-canvas")
    )


def test_arrow_keys_step_through_film_and_training_in_projector_mode(page_at: PageAt) -> None:
    page = opened(page_at, "projector=1&a=-1,0&b=1,0&z=-1,0")
    page.keyboard.press("ArrowRight")
    expect(page.locator(PICTURE)).to_have_attribute("data-z", "-0.800,0.000")
    moment = int(page.locator(PICTURE).get_attribute("data-moment") or 0)
    page.keyboard.press("ArrowDown")
    expect(page.locator(PICTURE)).to_have_attribute("data-moment", str(moment - 1))


def test_the_numbers_can_be_saved(page_at: PageAt) -> None:
    page = opened(page_at, "a=-2,0&b=2,0")
    with page.expect_download() as waiting:
        page.locator(f"{PICTURE} .tools button").last.click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig"))))
    assert sum(len(row) > 2 and row[1:3] == ["-2", "0"] for row in rows) == 1
    with page.expect_download() as waiting:
        page.locator(f"{PICTURE} .tools button").first.click()
    assert Path(waiting.value.path()).read_bytes().startswith(base64.b64decode("iVBORw=="))


def test_a_smile_is_a_direction(page_at: PageAt) -> None:
    page = opened(page_at, "faces=1")
    faces = page.locator(".faces-picture[data-decoder=true]")
    faces.wait_for()
    before = faces.locator("canvas.changed").evaluate("(canvas) => canvas.toDataURL()")
    faces.locator(".concept input").first.evaluate(
        "(input) => { input.value = 2; input.dispatchEvent(new Event('input')); }"
    )
    assert faces.locator("canvas.changed").evaluate("(canvas) => canvas.toDataURL()") != before
    page.wait_for_url("**concepts=2*")
    faces.get_by_role("button", name="All to 0").click()
    assert faces.locator("canvas.changed").evaluate("(canvas) => canvas.toDataURL()") == before


def started(page: Page) -> None:
    page.locator(".st-key-vae-live-start button").click()


def test_a_training_fills_the_plane_pauses_goes_on_and_stops(page_at: PageAt) -> None:
    page = opened(page_at, "live=1")
    started(page)
    growing = page.locator(".growing-picture[data-ready=true]")
    growing.wait_for()
    expect(growing).to_have_attribute("data-step", re.compile(r"^\d{2,}$"))
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused at step")).to_be_visible()
    held = growing.get_attribute("data-step")
    page.get_by_role("button", name="Go on").click()
    expect(growing).not_to_have_attribute("data-step", str(held))
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped at step")).to_be_visible()
    wait_idle(page)


@pytest.mark.slow
def test_a_closed_tab_frees_its_turn_for_the_next_visitor(tmp_path: Path, open_page: PageAt) -> None:
    with running(ROOT / "app.py", tmp_path / "log", environment={"GLASSBOX_TRAININGS": "1"}) as server:
        tabs = [open_page(server.url, f"/{URL}?live=1&lang=en", lang="en", wait=URL) for _ in range(2)]
        for tab in tabs:
            wait_ready(tab, URL)
        started(tabs[0])
        tabs[0].locator(".growing-picture[data-ready=true]").wait_for()
        started(tabs[1])
        expect(tabs[1].get_by_text("Before you: 0")).to_be_visible()
        tabs[0].close()
        expect(tabs[1].get_by_text("Training: step")).to_be_visible()
