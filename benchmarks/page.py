"""The pages in a real Chromium: first view, a new sentence, an edit, a switch in the browser, bytes sent."""

from __future__ import annotations

import base64
import math
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.report import Figure, percentile
from tests.browser.conftest import CHROMIUM_FLAGS, find_chromium
from tests.browser.server import ROOT, Server, running

PAGES = (
    "attention",
    "positions",
    "tokens",
    "seq2seq",
    "translate",
    "bleu",
    "temperature",
    "sentiment",
    "vae",
    "gan",
    "precision",
    "compress",
)
VISITS, SWITCHES, EDITS, MOVES, DRAWINGS = 7, 60, 12, 40, 8
# Every paint is noted with its time; Enter starts the clock of a new sentence.
CLOCK = """
window.paints = [];
document.addEventListener("glassbox:painted", (event) =>
  window.paints.push({ at: performance.now(), ...event.detail, digest: event.composedPath()[0].dataset.digest,
    within: event.composedPath().map((node) => node.className).join(" ") }));
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter") window.entered = performance.now();
}, true);
"""
BARE = "import streamlit as st\nst.title('A page of Streamlit with nothing on it')\n"
BARE_CLOCK = """
window.paints = [];
new MutationObserver(() => {
  if (!window.paints.length && document.querySelector("h1")) window.paints.push({ at: performance.now() });
}).observe(document, { childList: true, subtree: true });
"""
SENTENCES = (
    "우리는 내일 아침 일찍 기차를 타고 부산에 있는 바다를 보러 갈 예정입니다.",
    "친구가 생일 선물로 준 책을 어제 밤늦게까지 읽어서 오늘은 무척 피곤합니다.",
    "학교가 끝나면 도서관에 가서 숙제를 하고 저녁에는 가족과 함께 밥을 먹어요.",
    "비가 많이 와서 우산을 가지고 나갔는데 버스가 늦게 와서 옷이 다 젖었어요.",
    "My brother wants to learn how to play the guitar before the end of the summer.",
    "We went to the market to buy some fresh fruit, but the shop was already closed.",
    "She told me that the meeting would start at nine o'clock in the large room.",
    "If the weather is good tomorrow, we will walk along the river to the old bridge.",
)


def figures() -> Iterator[Figure]:
    """Start the app, warm it with one visit, and measure as a visitor's browser sees it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(ROOT / "app.py", Path(folder) / "log") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        bare = _bare_view(browser, Path(folder))
        yield Figure(
            "a bare Streamlit page: first view", bare, "s", None, f"a title alone; median of {VISITS}"
        )
        for url in PAGES:
            _visit(browser, server, url)
            yield from _first_views(browser, server, url, bare)
        page = _visit(browser, server, "attention")
        yield _new_sentences(page, "new sentence: Enter to painted matrices")
        yield from _edits(page)
        yield from _switches(page)
        yield _slider(_visit(browser, server, "tokens"))
        yield _kinds(_visit(browser, server, "positions"))
        page = _visit(browser, server, "seq2seq")
        yield _nudges(page)
        yield _alignment_steps(page)
        page = _visit(browser, server, "translate")
        yield _new_sentences(page, "new translation: Enter to painted timeline")
        yield _steps(page)
        yield _temperatures(_visit(browser, server, "temperature"))
        page = _visit(browser, server, "sentiment")
        yield _drags(page)
        yield _new_sentences(page, "new review: Enter to all models' lines")
        page = _visit(browser, server, "vae")
        yield _points(page)
        yield _drawings(page)
        yield _moments(_visit(browser, server, "gan"))
        yield _rates(_visit(browser, server, "precision"))
        browser.close()


def _bare_view(browser: Browser, folder: Path) -> float:
    """Seconds until a page with a title alone stands there: what Streamlit itself takes on this machine."""
    script = folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    times = []
    with running(script, folder / "bare-log") as server:
        for visit in range(VISITS + 1):
            page = _visit(browser, server, "", BARE_CLOCK)
            if visit:  # the first one warms the server
                times.append(page.evaluate("window.paints[0].at") / 1000)
            page.context.close()
    return statistics.median(times)


def _visit(browser: Browser, server: Server, url: str, clock: str = CLOCK) -> Page:
    """Open a page in a context of its own, so that nothing is cached, and wait for the first paint."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, locale="ko-KR").new_page()
    page.add_init_script(clock)
    page.goto(f"{server.url}/{url}")
    page.wait_for_function("window.paints.length > 0")
    return page


def _first_views(browser: Browser, server: Server, url: str, bare: float) -> Iterator[Figure]:
    times = []
    for _ in range(VISITS):
        page = _visit(browser, server, url)
        times.append(page.evaluate("window.paints[0].at") / 1000)
        page.context.close()
    median = statistics.median(times)
    note = f"{median / bare:.2f} × the bare page; new browser; median of {VISITS}, slowest {max(times):.2f} s"
    yield Figure(f"/{url}: first useful view", median, "s", 1.5, note)
    yield Figure(
        f"/{url}: transfer of that view, compressed", _transfer(browser, server, url) / 1e6, "MB", 2.0
    )


def _transfer(browser: Browser, server: Server, url: str) -> float:
    """Bytes over the wire of one cold visit: requests as encoded, and what the WebSocket brings."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, locale="ko-KR").new_page()
    page.add_init_script(CLOCK)
    total = 0
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def finished(event: dict[str, Any]) -> None:
        nonlocal total
        total += event["encodedDataLength"]

    def frame(event: dict[str, Any]) -> None:
        nonlocal total
        response = event["response"]
        total += (
            len(base64.b64decode(response["payloadData"]))
            if response["opcode"] == 2
            else len(response["payloadData"])
        )

    session.on("Network.loadingFinished", finished)
    session.on("Network.webSocketFrameReceived", frame)
    page.goto(f"{server.url}/{url}")
    page.wait_for_function("window.paints.length > 0")
    page.wait_for_load_state("networkidle")
    page.context.close()
    return total


def _new_sentences(page: Page, name: str) -> Figure:
    box = page.get_by_role("textbox").first
    times = []
    for sentence in SENTENCES:
        seen = page.evaluate("window.paints.at(-1).digest")
        box.fill(sentence)
        box.press("Enter")
        page.wait_for_function("(seen) => window.paints.at(-1).digest !== seen", arg=seen)
        found = "window.paints.find((paint) => paint.at > window.entered && paint.digest !== %r).at - window.entered"
        times.append(page.evaluate(found % seen))
        page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")
    note = f"median of {len(times)} sentences, slowest {max(times):.0f} ms"
    return Figure(name, statistics.median(times), "ms", 150, note)


def _edits(page: Page) -> Iterator[Figure]:
    """A score in the first layer set by hand: everything after it computed anew by the model, and painted."""
    root = page.locator("[data-ready=true]").first
    page.locator('.stage[data-value="scores"]').click()
    page.locator("canvas.matrix").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    times = []
    for index in range(EDITS):
        seen = page.evaluate("window.paints.at(-1).digest")
        field = root.locator(".edit-value")
        field.fill(str(index + 3))
        field.press("Enter")
        page.wait_for_function("(seen) => window.paints.at(-1).digest !== seen", arg=seen)
        found = "window.paints.find((paint) => paint.at > window.entered && paint.digest !== %r).at - window.entered"
        times.append(page.evaluate(found % seen))
        page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")
    note = f"median of {EDITS}, slowest {max(times):.0f} ms; through every layer to the model's output"
    yield Figure("edited score: Enter to repainted matrices", statistics.median(times), "ms", 150, note)


def _switches(page: Page) -> Iterator[Figure]:
    root = page.locator("[data-ready=true]").first
    for name, keys in (
        ("layer", "]["),
        ("head", ("ArrowDown", "ArrowUp")),
        ("stage", ("ArrowRight", "ArrowLeft")),
    ):
        root.locator(".stages button").first.focus()
        paints, frames = [], []
        for index in range(SWITCHES):
            count = page.evaluate("window.paints.length")
            page.keyboard.press(keys[(index // 2) % 2])
            page.wait_for_function("(count) => window.paints.length > count", arg=count)
            paints.append(page.evaluate("window.paints.at(-1).paintMs"))
            frames.append(page.evaluate("window.paints.at(-1).frameMs"))
        note = f"p95 {percentile(paints, 0.95):.1f} ms, {SWITCHES} switches"
        yield Figure(f"{name} switch, change to drawn", statistics.median(paints), "ms", 16, note)
        note = f"p95 {percentile(frames, 0.95):.1f} ms; a frame of the screen begins every 16.7 ms"
        yield Figure(
            f"{name} switch, until the next frame begins", statistics.median(frames), "ms", None, note
        )


def _slider(page: Page) -> Figure:
    """The vocabulary slider: every step to and fro over the sizes; all rows drawn anew."""
    page.locator(".tokens-picture[data-ready=true] .size").focus()
    steps = ["ArrowLeft"] * 4 + ["ArrowRight"] * 4
    page.keyboard.press("End")
    return _moves(
        page, "vocabulary slider", "tokens-picture", lambda move: page.keyboard.press(steps[move % 8])
    )


def _steps(page: Page) -> Figure:
    """The next token and the one before: softmax, both attentions, the diagram drawn anew."""
    return _walk(page, "translation step", "translate-picture")


def _alignment_steps(page: Page) -> Figure:
    """The same of an LSTM translator: states, scores, the alignment matrix and the next token drawn anew."""
    return _walk(page, "alignment step", "alignment-picture")


def _walk(page: Page, name: str, picture: str) -> Figure:
    """Four tokens forward and back again, over and over."""
    page.locator(f".{picture}[data-ready=true]").focus()
    keys = ["ArrowRight"] * 4 + ["ArrowLeft"] * 4
    return _moves(page, name, picture, lambda move: page.keyboard.press(keys[move % 8]))


def _nudges(page: Page) -> Figure:
    """A number of the worked example up and down again: three scores, softmax, context, arrows drawn anew."""
    page.locator('.worked-picture[data-ready=true] input[data-field="h"]').focus()
    keys = ["ArrowUp"] * 4 + ["ArrowDown"] * 4
    return _moves(
        page,
        "worked example, a number changed",
        "worked-picture",
        lambda move: page.keyboard.press(keys[move % 8]),
    )


def _temperatures(page: Page) -> Figure:
    """The temperature slider: every control's effect on the whole vocabulary computed and drawn anew."""
    page.locator(".next-picture[data-ready=true]").wait_for()
    page.locator(".sampling .slide[data-name=temperature]").focus()
    keys = ["ArrowRight"] * 4 + ["ArrowLeft"] * 4
    return _moves(
        page, "temperature slider", "next-picture", lambda move: page.keyboard.press(keys[move % 8])
    )


def _drags(page: Page) -> Figure:
    """A word dragged over the others, to and fro: all models' lines drawn anew at every place."""
    words = page.locator(".judges-picture[data-ready=true] .word")
    centres = []
    for box in (word.bounding_box() for word in words.all()):
        assert box is not None
        centres.append((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    page.mouse.move(*centres[0])
    page.mouse.down()
    places = [*centres[1:], *centres[-2::-1]]
    figure = _moves(
        page, "a word dragged", "judges-picture", lambda move: page.mouse.move(*places[move % len(places)])
    )
    page.mouse.move(*centres[0])
    page.mouse.up()  # where it was taken: nothing is told to Python
    return figure


def _points(page: Page) -> Figure:
    """The decoded point dragged through the plane: plane, picture and classes drawn anew at every place."""
    page.locator(".latent-picture[data-decoder=true]").wait_for()
    box = page.locator(".plane-canvas").bounding_box()
    assert box is not None
    places = [
        (
            box["x"] + box["width"] * (0.55 + 0.3 * math.cos(turn)),
            box["y"] + box["height"] * (0.45 + 0.3 * math.sin(turn)),
        )
        for turn in range(MOVES)
    ]
    page.mouse.move(*places[-1])
    page.mouse.down()
    figure = _moves(
        page, "latent point dragged", "latent-picture", lambda move: page.mouse.move(*places[move])
    )
    page.mouse.up()
    return figure


def _moments(page: Page) -> Figure:
    """The slider over a GAN's training: map, arrows, samples and all curves drawn anew at every moment."""
    page.locator(".gan-picture[data-ready=true] .step").focus()
    keys = ["ArrowLeft"] * 4 + ["ArrowRight"] * 4
    return _moves(page, "GAN moment", "gan-picture", lambda move: page.keyboard.press(keys[move % 8]))


def _rates(page: Page) -> Figure:
    """The slider of the learning rate: the step's bits, and six maps with their marks."""
    page.locator(".step-picture[data-repeated=true] .slide").first.focus()
    keys = ["ArrowLeft"] * 4 + ["ArrowRight"] * 4
    return _moves(page, "learning rate", "step-picture", lambda move: page.keyboard.press(keys[move % 8]))


def _drawings(page: Page) -> Figure:
    """A stroke on the pad, from the hand's lifting to the frame with the picture's code: the server encodes it."""
    page.locator(".latent-picture .source button[data-value=drawn]").click()
    pad = page.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.evaluate(
        "document.addEventListener('pointerup', () => { window.entered = performance.now(); }, true)"
    )
    times = []
    for number in range(DRAWINGS):
        before = page.locator(".latent-picture").get_attribute("data-digest")
        page.mouse.move(box["x"] + 40 + 8 * number, box["y"] + 30)
        page.mouse.down()
        page.mouse.move(box["x"] + 100, box["y"] + 40 + 9 * number, steps=4)
        page.mouse.up()
        page.wait_for_function(
            "(before) => window.paints.at(-1).digest !== before && window.paints.at(-1).at > window.entered",
            arg=before,
        )
        times.append(page.evaluate("window.paints.at(-1).at - window.entered"))
    note = f"median of {DRAWINGS} strokes, slowest {max(times):.0f} ms"
    return Figure("new drawing: hand lifted to its code drawn", statistics.median(times), "ms", 150, note)


def _kinds(page: Page) -> Figure:
    """The kind of positions: table and curve drawn anew."""
    figure = page.locator(".st-key-glassbox-positions-tables figure[data-ready=true]")
    buttons = figure.locator(".kind button")
    count = buttons.count()
    return _moves(
        page,
        "position kind switch",
        "glassbox-positions-tables",
        lambda move: buttons.nth(move % count).click(),
    )


def _moves(page: Page, name: str, picture: str, move: Callable[[int], None]) -> Figure:
    """One figure of MOVES moves; only what ``picture`` paints counts, since others may follow on the page."""
    page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")
    found = f"window.paints.filter((paint) => paint.within.includes({picture!r}))"
    paints = []
    for index in range(MOVES):
        before = page.evaluate(f"{found}.length")
        move(index)
        page.wait_for_function(f"(before) => {found}.length > before", arg=before)
        paints.append(page.evaluate(f"{found}.at(-1).paintMs"))
    note = f"p95 {percentile(paints, 0.95):.1f} ms, {MOVES} moves"
    return Figure(f"{name}, change to drawn", statistics.median(paints), "ms", 16, note)
