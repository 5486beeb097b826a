"""Numbers changed in the browser: what the picture then shows is what core computes from the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from core.changes import Changes, Edit, HeadOff
from core.text.tokenizer import START
from core.trace import BlockTrace, Trace
from core.translator import Translator, load_translator, untrained
from tests.browser.attention_page import Canvas
from tests.browser.conftest import PageAt
from tests.browser.test_attention import opened, type_sentence
from ui.state import SEED

TEXT = "기차가 제시간에 역을 떠났다"
QUERY = "lang=en&text=" + TEXT
FIRST = QUERY + "&layer=1&head=1"  # the head that the tests below speak of


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


def expected(translator: Translator, *changes: Edit | HeadOff) -> Trace:
    """Core's own run on the page's sentence, with the same decoder input."""
    source = translator.source_ids(TEXT, "ko-en")
    return translator.trace_ids(source, [START, *translator.answer(source)], Changes(changes))


def stages_of(trace: Trace, head: int) -> Iterator[tuple[str, int, str, Any]]:
    """Every layer of every attention: (wiring, layer, stage, numbers) from the first block to the last."""
    for wiring, blocks in (
        ("self", trace.encoder.blocks),
        ("causal", trace.decoder.blocks),
        ("cross", trace.decoder.blocks),
    ):
        for layer in range(3):
            yield from ((wiring, layer, *pair) for pair in one_layer(blocks, wiring, layer, head))


def one_layer(blocks: BlockTrace, wiring: str, layer: int, head: int) -> Iterator[tuple[str, Any]]:
    attention = blocks.cross_attention if wiring == "cross" else blocks.self_attention
    sublayer = blocks.cross_sublayer if wiring == "cross" else blocks.self_sublayer
    assert attention is not None and sublayer is not None
    yield "weights", attention.weights[layer, head]
    yield "context", attention.context[layer, head]
    yield "normalized", sublayer.normalized[layer]
    if wiring != "causal":
        yield "final", blocks.feed_forward_sublayer.normalized[layer]


def compare(canvas: Canvas, trace: Trace, head: int = 0, *, within: bool = False) -> None:
    """Step through every layer of the page and compare what it shows with core's, to 1e-4.

    Each layer's output, which everything in it goes into; with ``within``, what stands before it too.
    """
    outputs = {"self": "final", "causal": "normalized", "cross": "final"}
    for wiring, layer, stage, numbers in stages_of(trace, head):
        if not within and stage != outputs[wiring]:
            continue
        if canvas.mark("wiring") != wiring:
            canvas.choose("wirings", wiring)
            canvas.expect(wiring=wiring)
        if canvas.mark("layer") != str(layer):
            canvas.choose("layers", layer)
            canvas.expect(layer=layer)
        if canvas.mark("stage") != stage:
            canvas.stage(stage)
        np.testing.assert_allclose(
            canvas.numbers()[0], numbers, atol=1e-4, err_msg=f"{wiring} {layer} {stage}"
        )


def said(canvas: Canvas) -> str:
    return canvas.page.locator("[data-glassbox-changed-translation]").inner_text()


@pytest.mark.slow
def test_an_edited_score_is_recomputed_through_every_later_layer(
    page_at: PageAt, translator: Translator
) -> None:
    canvas = opened(page_at, FIRST)
    canvas.stage("scores")
    canvas.cell(0, 1, 7)
    canvas.edit("25.5")
    edit = Edit("encoder.0.self.scores", 1, 7, (25.5,), 0)
    compare(canvas, expected(translator, edit), within=True)
    again = translator.tokenizer.decode(
        translator.answer(translator.source_ids(TEXT, "ko-en"), changes=Changes([edit]))
    )
    assert said(canvas) == again


@pytest.mark.parametrize(
    ("wiring", "layer", "stage", "cell", "place", "head"),
    [
        ("self", 0, "x", (0, 3, 20), "encoder.0.x", None),
        pytest.param(
            "self", 1, "normalized", (0, 2, 5), "encoder.1.self.normalized", None, marks=pytest.mark.slow
        ),
        pytest.param("causal", 1, "qkv", (1, 1, 4), "decoder.1.self.key", 0, marks=pytest.mark.slow),
        pytest.param("cross", 0, "context", (0, 2, 3), "decoder.0.cross.context", 0, marks=pytest.mark.slow),
        ("cross", 2, "final", (0, 1, 0), "decoder.2.final", None),
    ],
)
def test_an_edited_vector_is_recomputed_through_every_later_layer(
    page_at: PageAt,
    translator: Translator,
    wiring: str,
    layer: int,
    stage: str,
    cell: tuple[int, int, int],
    place: str,
    head: int | None,
) -> None:
    canvas = opened(page_at, f"{QUERY}&wiring={wiring}&layer={layer + 1}&head=1&stage={stage}")
    canvas.cell(*cell)
    canvas.edit("-4.25")
    compare(canvas, expected(translator, Edit(place, cell[1], cell[2], (-4.25,), head)))


@pytest.mark.slow
def test_a_whole_row_is_replaced_and_what_does_not_fit_is_refused_in_one_sentence(
    page_at: PageAt, translator: Translator
) -> None:
    canvas = opened(page_at, f"{FIRST}&stage=qkv")
    canvas.cell(0, 4, 2)
    digest = canvas.mark("digest")
    problem = canvas.page.locator(".edit-problem")
    field, row = canvas.page.locator(".edit-value"), canvas.page.locator(".edit-row")
    for text, words in (
        ("NaN", "finite"),
        ("inf", "finite"),
        ("1e400", "finite"),
        ("", "finite"),
        ("abc", "finite"),
        ("2e9", "±"),
    ):
        field.fill(text)
        field.press("Enter")
        expect(problem).to_contain_text(words)
        assert field.input_value() == text  # what was typed stays
    canvas.page.locator(".edit-more summary").click()
    row.fill("1, 2, 3")
    canvas.page.locator(".edit-row-apply").click()
    expect(problem).to_contain_text("32 numbers, 3 were given")
    row.fill(", ".join(["0.5"] * 31 + ["nan"]))
    canvas.page.locator(".edit-row-apply").click()
    expect(problem).to_contain_text("finite")
    assert canvas.mark("digest") == digest and canvas.mark("edits") == "0"
    row.fill(", ".join(str(i / 8) for i in range(32)))
    canvas.page.locator(".edit-row-apply").click()
    expect(canvas.root).not_to_have_attribute("data-digest", digest)
    canvas.expect(pending="false", edits=1)
    edit = Edit("encoder.0.self.query", 4, 0, tuple(i / 8 for i in range(32)), 0)
    compare(canvas, expected(translator, edit))
    canvas.page.locator(".undo").click()
    canvas.expect(pending="false", edits=0, digest=digest)


@pytest.mark.slow
def test_heads_are_switched_off_one_by_one_and_all_together(page_at: PageAt, translator: Translator) -> None:
    canvas = opened(page_at, FIRST)
    canvas.head(3)
    canvas.page.locator(".head-power").click()
    canvas.expect(pending="false", off="self-0-3")
    compare(canvas, expected(translator, HeadOff("encoder.self", 0, 3)), head=3, within=True)
    canvas.choose("wirings", "self")
    for wiring in ("self", "causal", "cross"):
        canvas.choose("wirings", wiring)
        for layer in range(3):
            canvas.choose("layers", layer)
            canvas.expect(wiring=wiring, layer=layer)
            if (wiring, layer) == ("self", 0):
                canvas.page.locator(".head-power").click()
            canvas.page.locator(".layer-power").click()
    canvas.expect(pending="false")
    everything = [
        HeadOff(attention, layer, head)
        for attention in ("encoder.self", "decoder.self", "decoder.cross")
        for layer in range(3)
        for head in range(8)
    ]
    assert len(canvas.mark("off").split()) == len(everything) == 72
    trace = expected(translator, *everything)
    compare(canvas, trace, head=3)
    canvas.page.locator(".undo-all").click()
    canvas.expect(pending="false", off="")
    expect(canvas.page.locator("[data-glassbox-changed-translation]")).to_have_count(0)


@pytest.mark.slow
def test_random_weights_and_the_way_back(page_at: PageAt, translator: Translator) -> None:
    canvas = opened(page_at, FIRST)
    trained = canvas.mark("digest")
    canvas.switch("random").click()
    canvas.expect(pending="false", random="true")
    twin = untrained(translator, SEED)
    source = translator.source_ids(TEXT, "ko-en")
    compare(canvas, twin.trace_ids(source, [START, *translator.answer(source)]))
    canvas.switch("random").click()
    canvas.expect(pending="false", random="false", digest=trained)


def test_a_link_with_changes_opens_the_changed_run_and_a_new_sentence_forgets_the_edit(
    page_at: PageAt, translator: Translator
) -> None:
    canvas = opened(page_at, f"{QUERY}&edits=encoder.1.self.scores~2~1~3~9&off=cross-3-1&head=3")
    canvas.expect(edits=1, off="cross-2-0", pending="false")
    compare(
        canvas,
        expected(translator, Edit("encoder.1.self.scores", 1, 3, (9.0,), 2), HeadOff("decoder.cross", 2, 0)),
        head=2,
    )
    type_sentence(canvas.page, "How are you?")
    canvas.expect(edits=0, off="cross-2-0", pending="false")
    expect(canvas.page).not_to_have_url("**edits=**")


@pytest.mark.parametrize(
    "value",
    [
        "nonsense",
        "encoder.0.x~~0~0~nan",
        "encoder.0.x~~0~0~1e999",
        "encoder.9.x~~0~0~1",
        "encoder.0.x~~500~0~1",
    ],
)
def test_an_edit_in_the_address_that_means_nothing_is_left_out_and_said(page_at: PageAt, value: str) -> None:
    canvas = opened(page_at, f"{FIRST}&edits={value}")
    canvas.expect(edits=0, pending="false")
    expect(canvas.page.locator(".st-key-glassbox-notes")).not_to_be_empty()


@pytest.mark.slow
def test_by_word_the_weights_are_sums_over_keys_and_means_over_queries(
    page_at: PageAt, translator: Translator
) -> None:
    canvas = opened(page_at, FIRST)
    canvas.choose("grains", "word")
    canvas.expect(grain="word")
    weights = expected(translator).encoder.blocks.self_attention.weights[0, 0].numpy()
    groups = [[0], [1, 2], [3, 4, 5], [6, 7], [8, 9], [10]]  # <2en>, 기차가, 제시간에, 역을, 떠났다, </s>
    by_hand = [[weights[np.ix_(q, k)].sum() / len(q) for k in groups] for q in groups]
    np.testing.assert_allclose(canvas.numbers()[0], by_hand, atol=1e-4)
    canvas.cell(0, 2, 1)
    panel = canvas.equations()
    (pieces,) = panel["sums"]
    assert sum(term["value"] for term in pieces["terms"]) + pieces["rounding"] == pytest.approx(
        pieces["total"], abs=5e-5
    )
    assert panel["value"] == pytest.approx(pieces["total"] / 3, abs=1e-4)
    expect(canvas.page.locator('.stage[data-value="x"]')).to_have_attribute("aria-disabled", "true")


@pytest.mark.slow
def test_by_character_the_sentence_is_encoded_anew(page_at: PageAt, translator: Translator) -> None:
    canvas = opened(page_at, FIRST)
    before = canvas.mark("digest")
    canvas.choose("grains", "syllable")
    expect(canvas.root).not_to_have_attribute("data-digest", before)
    canvas.expect(pending="false")
    source = translator.syllable_ids(TEXT, "ko-en")
    trace = translator.trace_ids(source, [START, *translator.answer(source)])
    np.testing.assert_allclose(
        canvas.numbers()[0], trace.encoder.blocks.self_attention.weights[0, 0], atol=1e-4
    )
    expect(canvas.page.locator(".changes")).to_contain_text("anew")


def test_the_decoder_reads_a_typed_translation(page_at: PageAt, translator: Translator) -> None:
    canvas = opened(page_at, f"{FIRST}&wiring=causal")
    before = canvas.mark("digest")
    canvas.page.locator(".st-key-glassbox-target button").click()
    field = canvas.page.get_by_placeholder("empty")
    field.fill("The train was late.")
    field.press("Enter")
    expect(canvas.root).not_to_have_attribute("data-digest", before)
    target = [START, *translator.tokenizer.encode("The train was late.")]
    trace = translator.trace_ids(translator.source_ids(TEXT, "ko-en"), target)
    np.testing.assert_allclose(
        canvas.numbers()[0], trace.decoder.blocks.self_attention.weights[0, 0], atol=1e-4
    )
    type_sentence(canvas.page, "How are you?")
    canvas.page.wait_for_url(lambda url: "target" not in url)


@pytest.mark.parametrize("text", ["a", " ".join(["가"] * 60)])
@pytest.mark.slow
def test_the_shortest_and_the_longest_sentence_can_be_edited(page_at: PageAt, text: str) -> None:
    canvas = opened(page_at, f"lang=en&text={text}&stage=x")
    canvas.cell(0, 0, 0)
    canvas.edit("2")
    canvas.expect(edits=1)
    shown = canvas.numbers()[0]
    assert shown[0][0] == 2


@pytest.mark.slow
def test_a_sentence_too_long_by_character_keeps_its_pieces_and_says_why(page_at: PageAt) -> None:
    text = "The international organisation published environmental recommendations about transportation yesterday."
    canvas = opened(page_at, f"lang=en&text={text}&grain=syllable")
    canvas.expect(grain="piece", pending="false")
    expect(canvas.page.locator('.grains [data-value="syllable"]')).to_have_attribute(
        "title", re.compile("too long")
    )
