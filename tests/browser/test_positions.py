"""The positions page as a visitor uses it: the real server, the small models, a real browser."""

from __future__ import annotations

import csv
import json
import re
import shutil
import urllib.parse
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.models.positions import positions_of
from core.order import blanks, integers, tables
from core.order.shuffle import encoder_of, order_of, shuffle_difference
from core.small import SmallModel, load_small
from tests.browser.conftest import PageAt
from tests.browser.few import few
from tests.browser.server import ROOT, running
from tests.browser.watch import horizontal_overflow, wait_idle, wait_ready

URL = "positions"
SENTENCE = "The dog ___ the small cat"
QUERY = f"lang=en&text={urllib.parse.quote(SENTENCE)}"


def opened(page_at: PageAt, query: str = QUERY, **options: object) -> Page:
    page = page_at(f"/{URL}?{query}", wait=URL, **options)
    picture(page, "tables")
    return page


def picture(page: Page, name: str) -> Locator:
    """One of the five pictures, once it is drawn."""
    figure = page.locator(f".st-key-glassbox-positions-{name} figure")
    expect(figure).to_have_attribute("data-ready", "true")
    return figure


def press(figure: Locator, group: str, value: str) -> None:
    figure.locator(f".{group} [data-value='{value}']").click()
    expect(figure).to_have_attribute(f"data-{group}", value)


def saved(figure: Locator, kind: str) -> Path:
    with figure.page.expect_download() as download:
        figure.locator(f".save-{kind}").click()
    return download.value.path()


def read_csv(figure: Locator) -> list[list[list[str]]]:
    """The tables of a picture's CSV file, each a list of rows."""
    text = saved(figure, "csv").read_text(encoding="utf-8-sig")
    return [list(csv.reader(part.splitlines())) for part in text.split("\n\n")]


def numbers(rows: list[list[str]], first: int = 0) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([[float(cell) if cell else np.nan for cell in row[first:]] for row in rows[1:]])


def problem(page: Page) -> str:
    alert = page.get_by_role("alert").first
    expect(alert).to_be_visible()
    return alert.inner_text()


@pytest.fixture(scope="module")
def models() -> dict[str, SmallModel]:
    return {
        kind: load_small(f"blank-{kind}") for kind in ("learned", "sinusoidal", "integers", "none", "rotary")
    }


@pytest.mark.parametrize("kind", few(["learned", "sinusoidal", "integers", "none"], 2))
@pytest.mark.parametrize("metric", few(["dot", "cosine", "length"], 1))
def test_the_curve_in_the_browser_is_cores(
    page_at: PageAt, models: dict[str, SmallModel], kind: str, metric: str
) -> None:
    page = opened(page_at, f"{QUERY}&kind={kind}&metric={metric}&pos=21")
    table, *curves = read_csv(picture(page, "tables"))
    expected = tables.position_table(models[kind].model.positions, 64)
    np.testing.assert_allclose(numbers(table, 1), expected, rtol=1e-6)
    seen = tables.similarity(expected)
    own = numbers(curves[-1])
    values = {"dot": seen.dot[21], "cosine": seen.cosine[21], "length": seen.length}[metric]
    np.testing.assert_allclose(own[:, 1], values, rtol=1e-4, atol=1e-4)
    first = 0 if metric == "length" else -21
    np.testing.assert_array_equal(own[:, 0], np.arange(first, first + 64))


def test_the_mean_over_all_pairs_is_the_mean_of_cores_diagonals(page_at: PageAt) -> None:
    page = opened(page_at, f"{QUERY}&width=256")
    _, mean, _ = read_csv(picture(page, "tables"))
    seen = tables.similarity(tables.position_table(positions_of("sinusoidal", 256, 64), 64))
    along = [np.diagonal(seen.dot, distance).mean() for distance in range(64)]
    by_distance = dict(numbers(mean))
    for distance in (0, 1, 20, 63):
        assert by_distance[distance] == by_distance[-distance] == pytest.approx(along[distance], rel=1e-4)


def test_the_rotary_curve_is_cores_and_its_mark_the_models_own_score(
    page_at: PageAt, models: dict[str, SmallModel]
) -> None:
    page = opened(page_at, f"{QUERY}&kind=rotary&q=1&k=4&head=3")
    figure = picture(page, "tables")
    _, curve = read_csv(figure)
    model = models["rotary"]
    pair = tables.rotary_pair(model.model, model.ids(SENTENCE))
    expected = tables.rotary_products(pair.query[2, 1], pair.key[2, 4], 63)
    np.testing.assert_allclose(numbers(curve)[:, 1], expected, atol=1e-3)
    score = float(model.trace(model.ids(SENTENCE)).layers[0].self_attention.scores[2, 1, 4])
    assert expected[63 + 3] == pytest.approx(score, abs=1e-3)
    figure.locator("select[data-name=key]").select_option("2")
    page.wait_for_url(re.compile("k=2"))


def test_choices_are_made_in_the_browser_kept_in_the_address_and_come_back(page_at: PageAt) -> None:
    page = opened(page_at)
    figure = picture(page, "tables")
    press(figure, "kind", "learned")
    press(figure, "metric", "cosine")
    plot = json.loads(figure.get_attribute("data-plot") or "")
    box = figure.locator("canvas").bounding_box()
    assert box
    x = box["x"] + plot["x"] + plot["width"] * 6.5 / plot["columns"]
    y = box["y"] + plot["y"] + plot["height"] * 30.5 / plot["rows"]
    page.mouse.click(x, y)
    expect(figure).to_have_attribute("data-row", "30")
    expect(figure).to_have_attribute("data-column", "6")
    expect(figure.locator(".reading")).to_contain_text("position 30, dimension 7")
    page.wait_for_url(re.compile("pos=30"))
    again = opened(page_at, urllib.parse.urlsplit(page.url).query)
    for name, value in (("kind", "learned"), ("metric", "cosine"), ("row", "30"), ("column", "6")):
        expect(picture(again, "tables")).to_have_attribute(f"data-{name}", value)


def agrees(page: Page, kind: str) -> None:
    """The picture, the address, the badge and the code are of one kind."""
    expect(picture(page, "tables")).to_have_attribute("data-kind", kind)
    page.wait_for_url(re.compile(f"kind={kind}"))
    wait_ready(page, URL)
    expect(picture(page, "tables")).to_have_attribute("data-kind", kind)
    assert f"kind={kind}" in page.url
    page.get_by_text("The code").click()
    expect(page.locator("[data-testid=stCode]").first).to_contain_text(f'load_small("blank-{kind}")')


def test_picture_address_and_code_agree_after_back(page_at: PageAt) -> None:
    page = page_at(f"/{URL}?lang=en", wait=URL)

    def go(name: str, url: str) -> None:
        page.get_by_role("link", name=name).first.click()
        wait_ready(page, url)

    press(picture(page, "tables"), "kind", "learned")
    page.wait_for_url(re.compile("kind=learned"))
    wait_ready(page, URL)
    go("Next: Tokens", "tokens")
    for _ in range(3):  # a page that is still writing its address may add a step of its own
        page.go_back()
        if f"/{URL}" in page.url:
            break
    agrees(page, "learned")


@pytest.mark.slow
def test_another_sentence_begins_with_the_usual_pair_and_blames_no_address(page_at: PageAt) -> None:
    page = opened(page_at, f"{QUERY}&kind=rotary&q=5&k=4&word=5")
    figure, words = picture(page, "tables"), picture(page, "erasure")
    expect(figure).to_have_attribute("data-query", "5")

    def typed(text: str) -> None:
        box = page.get_by_role("textbox").first
        box.fill(text)
        box.press("Enter")
        page.wait_for_url(re.compile(f"text={urllib.parse.quote_plus(text)}(&|$)".replace("+", r"(\+|%20)")))
        wait_idle(page)
        expect(page.get_by_text("asks for")).to_have_count(0)

    typed("안녕 친구")
    expect(figure).to_have_attribute("data-query", "0")
    expect(figure).to_have_attribute("data-key", "1")
    expect(words).to_have_attribute("data-word", "0")
    assert not re.search("[&?](q|k|word)=", page.url)
    typed("가")
    expect(figure).to_have_attribute("data-key", "0")
    typed(SENTENCE)
    expect(figure).to_have_attribute("data-key", "1")
    wait_ready(page, URL)
    assert not re.search("[&?](q|k|word)=", page.url)


NAMES = """([scripts, series, theme]) => {
    const said = [];
    const context = {
        globalAlpha: 1, measureText: (text) => ({ width: 7 * text.length }), fillText() {},
        fillRect(x, y, width, height) { said.push([x, y, width, height, this.globalAlpha, this.fillStyle]); },
    };
    const own = [(x) => x, (y) => y];
    new Function("context", "theme", "series", "box", scripts + "; nameSeries(context, theme, series, box);")(
        context, theme, series, { px: own[0], py: own[1], left: 0, right: 400, top: 0, bottom: 200, size: 12 });
    return said;
}"""


@pytest.mark.parametrize("crossed", [False, True])
def test_no_line_runs_through_a_name(page_at: PageAt, crossed: bool) -> None:
    """A name keeps off the lines; where they leave no room, its ground covers them."""
    page = opened(page_at)
    height = 110 if crossed else 30  # of the wave
    wave = [[x, 100 + height * (x % 8 == 0) * (-1) ** (x // 8)] for x in range(0, 400, 4)]
    series = [{"name": "a wave", "points": wave, "colour": "red", "at": 0.6}]
    folder = ROOT / "ui" / "components"
    files = ("shared/elements.js", "shared/drawing.js", "shared/numbers.js", "positions/axes.js")
    scripts = "\n".join((folder / name).read_text(encoding="utf-8") for name in files)
    ((x, y, width, tall, alpha, colour),) = page.evaluate(
        NAMES, [scripts, series, {"background": "white", "font": "x"}]
    )
    assert (alpha, colour) == (1, "white")
    through = [(p, q) for p, q in wave if x <= p <= x + width and y <= q <= y + tall]
    assert crossed or not through


def test_the_reading_is_arithmetic_that_adds_up(page_at: PageAt) -> None:
    figure = picture(opened(page_at, f"{QUERY}&pos=12&dim=4"), "tables")
    expect(figure.locator(".reading")).to_contain_text(
        f"cos(12 ÷ 10000^(2/96)) = cos({12 / 10_000 ** (2 / 96):.4f}) = "
    )
    shown = figure.locator(".reading").inner_text().rsplit("= ", 1)[1].replace("−", "-")
    assert float(shown) == pytest.approx(np.cos(12 / 10_000 ** (2 / 96)), abs=1e-4)


def test_arrow_keys_move_the_cell_and_step_the_kinds_on_a_projector(page_at: PageAt) -> None:
    page = opened(page_at, f"{QUERY}&projector=1")
    figure = picture(page, "tables")
    figure.locator("canvas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(figure).to_have_attribute("data-row", "11")
    expect(figure).to_have_attribute("data-column", "0")
    page.evaluate("document.activeElement.shadowRoot?.activeElement?.blur(); document.activeElement.blur()")
    page.locator("html[data-glassbox-keys=ready]").wait_for(state="attached")
    page.keyboard.press("ArrowRight")
    expect(figure).to_have_attribute("data-kind", "integers")


def test_a_shuffle_on_the_screen_is_the_one_of_core(page_at: PageAt, models: dict[str, SmallModel]) -> None:
    """Permutation equivariance: the same function, the same sentence, the same seed."""
    page = opened(page_at, f"{QUERY}&seed=7")
    figure = picture(page, "shuffle")

    def check(mode: str, seed: int) -> None:
        shown = json.loads(figure.get_attribute("data-rows") or "")
        for kind, model in models.items():
            ids = model.ids(SENTENCE)
            expected = shuffle_difference(encoder_of(model), ids, order_of(mode, len(ids), seed)).largest
            assert shown[kind] == pytest.approx(expected, abs=1e-5), kind
        assert shown["none"] <= 1e-5
        assert mode == "none" or all(shown[kind] > 1e-3 for kind in shown if kind != "none")

    check("all", 7)
    for name, mode, seed in (("Another order", "all", 8), ("Swap two", "swap", 9), ("Back", "none", 9)):
        before = figure.get_attribute("data-rows") or ""
        page.get_by_role("button", name=name).click()
        expect(figure).not_to_have_attribute("data-rows", before)
        wait_idle(page)
        check(mode, seed)
    assert "order=none" in page.url and "seed=9" in page.url
    expect(page.get_by_text("The translator's encoder with its own pieces")).to_be_visible()


def test_a_piece_is_dragged_to_another_place(page_at: PageAt, models: dict[str, SmallModel]) -> None:
    page = opened(page_at, f"{QUERY}&order=none")
    figure = picture(page, "shuffle")
    canvas = figure.locator("canvas")
    canvas.scroll_into_view_if_needed()
    row, box = json.loads(figure.get_attribute("data-row") or ""), canvas.bounding_box()
    assert box

    def middle(place: int) -> tuple[float, float]:
        return box["x"] + row["left"] + (place + 0.5) * row["cell"], box["y"] + row["band"] / 2

    page.mouse.move(*middle(0))
    page.mouse.down()
    page.mouse.move(*middle(2))
    expect(figure).to_have_attribute("data-shown", re.compile("^1-2-0-3"))  # while it is dragged
    page.mouse.up()
    page.wait_for_url(re.compile("order=1-2-0-3"))
    wait_idle(page)
    ids = models["rotary"].ids(SENTENCE)
    order = [1, 2, 0, *range(3, len(ids))]
    expect(figure).to_have_attribute("data-shown", "-".join(map(str, order)))
    shown = json.loads(figure.get_attribute("data-rows") or "")
    expected = shuffle_difference(encoder_of(models["rotary"]), ids, order).largest
    assert shown["rotary"] == pytest.approx(expected, abs=1e-5) and shown["none"] <= 1e-5
    canvas.focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_url(re.compile("order=1-0-2-3"))
    box_of_text = page.get_by_role("textbox").first
    box_of_text.fill("Another sentence ___ here")
    box_of_text.press("Enter")
    page.wait_for_url(re.compile("Another"))
    wait_idle(page)
    assert "order=" not in page.url
    expect(page.get_by_text("asks for order")).to_have_count(0)


def test_two_quick_moves_of_a_piece_are_both_made_and_the_keyboard_stays(page_at: PageAt) -> None:
    page = opened(page_at, f"{QUERY}&order=none")
    figure = picture(page, "shuffle")
    figure.locator("canvas").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(figure).to_have_attribute("data-shown", re.compile("^1-2-0-3"))  # before its numbers come
    page.wait_for_url(re.compile("order=1-2-0-3"))
    wait_idle(page)
    expect(figure.locator("canvas")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(re.compile("order=1-2-3-0"))
    wait_idle(page)
    page.get_by_role("button", name="Back").click()
    page.wait_for_url(re.compile("order=none"))
    expect(figure).to_have_attribute("data-shown", re.compile("^0-1-2-3"))


def test_the_blank_is_filled_as_core_fills_it(page_at: PageAt, models: dict[str, SmallModel]) -> None:
    page = opened(page_at, f"{QUERY}&seed=3")
    shown = dict(json.loads(picture(page, "blanks").get_attribute("data-rows") or ""))
    for kind, model in models.items():
        ids = model.ids(SENTENCE)
        (place,) = blanks.blanks_in(model, ids)
        order = order_of("all", len(ids), 3)
        plain = blanks.fill_blank(model, ids, place)
        shuffled = blanks.fill_blank(model, [ids[i] for i in order], order.index(place))
        assert shown[kind] == [list(plain.pieces), list(shuffled.pieces)]
    assert shown["none"][0] == shown["none"][1]
    row = page.locator("[data-glassbox-scores] tbody tr").first
    expect(row).to_contain_text(f"{models['learned'].card['scores']['test']['perplexity']:,.1f}")


def test_the_slider_acts_in_the_browser_with_cores_numbers(
    page_at: PageAt, models: dict[str, SmallModel]
) -> None:
    page = opened(page_at)
    figure = picture(page, "erasure")
    model = models["integers"]
    words = integers.embeddings(model, model.ids(SENTENCE))
    differences = integers.erasure(words, 1000).difference
    slider = figure.locator("input[type=range]")
    page.route("**/*", lambda route: route.abort())  # whatever comes now, comes from the browser itself
    for p in (0, 7, 1000):
        slider.fill(str(p))
        expect(figure).to_have_attribute("data-p", str(p))
        shown = figure.locator(".result").inner_text().rsplit("= ", 1)[1].replace("−", "-")
        assert float(shown) == pytest.approx(differences[p], rel=0.05)
    page.unroute("**/*")
    page.wait_for_url(re.compile("p=1000"))
    rows = {row[0]: row[1:] for row in read_csv(figure)[0]}
    expected = integers.erasure(words, 0).normalized[0]
    np.testing.assert_allclose([float(cell) for cell in rows["LayerNorm(e)"]], expected, atol=1e-5)
    np.testing.assert_allclose([float(cell) for cell in rows["LayerNorm(e + 1000)"]], expected, atol=1e-4)


def test_drowned_words_are_cores(page_at: PageAt, models: dict[str, SmallModel]) -> None:
    page = opened(page_at)
    model = models["integers"]
    words = integers.embeddings(model, model.ids(SENTENCE))
    seen = integers.drowning(words, tables.position_table(model.model.positions, 64))
    found = read_csv(picture(page, "drowning"))
    np.testing.assert_allclose(numbers(found[1])[:, 1], seen.word_length, rtol=1e-5)
    np.testing.assert_allclose(numbers(found[2])[:, 1], seen.different_words, atol=1e-5)
    np.testing.assert_allclose(numbers(found[3])[:, 1], seen.same_word, atol=1e-5)


@pytest.mark.parametrize("name", few(["tables", "shuffle", "blanks", "drowning", "erasure"], 1))
def test_every_picture_can_be_saved_and_read_aloud(page_at: PageAt, name: str) -> None:
    figure = picture(opened(page_at), name)
    assert saved(figure, "png").read_bytes().startswith(b"\x89PNG")
    assert len(read_csv(figure)[0]) >= 2
    expect(figure.locator("canvas")).to_have_attribute("aria-label", re.compile(r"\w{3,}"))
    expect(figure.locator("figcaption")).to_contain_text(re.compile(r"\w{3,}"))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("kind", few(["sinusoidal", "rotary"], 1))
def test_the_main_picture_is_in_view_without_scrolling(page_at: PageAt, lang: str, kind: str) -> None:
    page = opened(page_at, f"lang={lang}&kind={kind}", lang=lang)
    box = picture(page, "tables").bounding_box()
    assert box and box["y"] + box["height"] <= 721


def test_presets_set_the_page_up(page_at: PageAt) -> None:
    page = opened(page_at, f"{QUERY}&kind=none&pos=3&seed=9")
    page.get_by_role("button", name="Just add").click()
    expect(picture(page, "tables")).to_have_attribute("data-kind", "integers")
    expect(picture(page, "tables")).to_have_attribute("data-row", "10")
    expect(page.get_by_role("textbox").first).to_have_value("The dog ___ the cat.")
    page.wait_for_url(re.compile("kind=integers"))
    wait_ready(page, URL)
    assert not re.search("seed|pos=", page.url)


def test_the_code_shows_what_is_chosen(page_at: PageAt) -> None:
    page = opened(page_at, f"{QUERY}&kind=rotary&q=2&k=0&head=2")
    page.get_by_text("The code").click()
    code = page.locator("[data-testid=stCode]").first
    expect(code).to_contain_text("query, key = pair.query[1, 2], pair.key[1, 0]")
    expect(code).to_contain_text('load_small("blank-rotary")')


@pytest.mark.parametrize(
    "text",
    few(
        [
            '<img src=x onerror="window.hit=1"><script>window.hit=1</script>',
            "👩‍👩‍👧‍👦🦖🇰🇷 ___",
            "שלום ___ עולם العربية",
            "**bold** $x^2$ :material/home: [link](javascript:window.hit=1)",
            "%ED%A0%BD ___",
        ],
        2,
    ),
)
def test_any_text_is_drawn_and_none_is_executed(page_at: PageAt, text: str) -> None:
    page = opened(page_at, f"lang=en&text={urllib.parse.quote(text, safe='%')}")
    picture(page, "shuffle")
    assert page.evaluate("window.hit") is None
    expect(page.get_by_role("alert")).to_have_count(0)


def test_nothing_to_read_and_too_much_are_sentences(page_at: PageAt) -> None:
    page = opened(page_at)
    box = page.get_by_role("textbox").first
    box.fill("")
    box.press("Enter")
    assert "Type a sentence" in problem(page)
    box.fill("word " * 2000)
    box.press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("6,000 pieces; at most 64")
    page.get_by_role("button", name="Take the first 64").click()
    picture(page, "shuffle")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_longest_sentence_fits_a_phone(page_at: PageAt) -> None:
    text = urllib.parse.quote(" ".join(["the"] * 63) + " ___")
    page = opened(page_at, f"lang=en&text={text}&kind=rotary", size=(390, 844), touch=True)
    picture(page, "blanks")
    assert horizontal_overflow(page) <= 0


@pytest.fixture
def house_without_a_model(tmp_path: Path) -> Path:
    """A copy of the app that lacks one small model, and has another cut short."""
    house = tmp_path / "house"
    for name in ("core", "ui", "pages", "assets", ".streamlit"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", house / "app.py")
    models = house / "assets" / "models"
    (models / "small-blank-learned.safetensors").unlink()
    cut = models / "small-blank-none.safetensors"
    cut.write_bytes(cut.read_bytes()[:1000])
    return house


@pytest.mark.slow
def test_missing_models_are_named_and_the_others_go_on(
    house_without_a_model: Path, tmp_path: Path, open_page: PageAt
) -> None:
    with running(house_without_a_model / "app.py", tmp_path / "log", cwd=house_without_a_model) as server:
        page = open_page(server.url, f"/{URL}?{QUERY}&kind=learned", lang="en", wait=URL)
        said = page.get_by_role("alert").all_inner_texts()
        assert len(said) == 2
        assert any("Missing: small-blank-learned.safetensors" in sentence for sentence in said)
        assert any("Cut short: small-blank-none.safetensors" in sentence for sentence in said)
        figure = picture(page, "tables")
        expect(figure).to_have_attribute("data-kind", "sinusoidal")
        button = figure.locator("[data-value=learned]")
        expect(button).to_have_attribute("aria-disabled", "true")
        shown = json.loads(picture(page, "shuffle").get_attribute("data-rows") or "")
        assert set(shown) == {"sinusoidal", "integers", "rotary"}
