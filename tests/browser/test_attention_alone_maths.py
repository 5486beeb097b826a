"""A decoder alone in the browser: every stage is core's to 1e-5, and its weights file is read as core reads it."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Page, Route

from core import checkpoints
from core.arrays import decoder_arrays
from core.changes import Changes, Edit, HeadOff
from core.language import Language, tokenizer_of
from core.models.language import LanguageModel
from core.text.tokenizer import Tokenizer
from core.trace import DecoderTrace
from core.training.language import SIZES
from tests.browser.test_attention_canvas_maths import ENDS, TOLERANCE, numbers
from ui.components.attention import AttentionView, CanvasEdit, Made, pack
from ui.components.attention.canvas import canvas_script

TEXT = "고양이가 의자 위에 앉아"
LAYERS, HEADS = SIZES["ko"].decoder_layers, SIZES["ko"].heads
FILE = "http://weights.test/language.safetensors"


@pytest.fixture(scope="module")
def language() -> Language:
    """The Korean model's sizes, drawn at random, biases too."""
    tokenizer = Tokenizer(tokenizer_of("ko"))
    torch.manual_seed(4)
    model = LanguageModel(dataclasses.replace(SIZES["ko"], vocabulary=len(tokenizer)))
    for name, parameter in model.named_parameters():
        if name.endswith("bias") or "norm" in name:
            torch.nn.init.normal_(parameter, mean=float("norm.weight" in name), std=0.3)
    return Language(model, tokenizer, {})


@pytest.fixture(scope="module")
def bench(browser: Browser) -> Iterator[Page]:
    """An empty page with the component's functions as globals."""
    page = browser.new_page()
    page.route("http://weights.test/", lambda route: route.fulfill(body="<p></p>", content_type="text/html"))
    page.goto("http://weights.test/")
    page.add_script_tag(content=canvas_script().replace("export default ", "") + ENDS)
    yield page
    page.close()


def load(page: Page, language: Language, changes: list[Edit | HeadOff] | None = None) -> DecoderTrace:
    """Give the page the model's run; returns core's own."""
    ids = language.ids(TEXT)
    trace = language.trace(ids, Changes(changes or []))
    made = Made(edits=[], off=[], random=False, syllable=False, syllables_fit=False)
    for change in changes or []:
        if isinstance(change, HeadOff):
            made["off"].append(["causal", change.layer, change.head])
        else:
            made["edits"].append(CanvasEdit(**{**dataclasses.asdict(change), "values": list(change.values)}))
    view = AttentionView(
        (), tuple(language.tokenizer.pieces(ids)), decoder_arrays(trace, language.model), HEADS, made=made
    )
    payload = base64.b64encode(pack(view, labels={}, initial={}, key="k")).decode()
    page.evaluate("(text) => load(text)", payload)
    return trace


def compare(page: Page, trace: DecoderTrace) -> None:
    blocks = trace.decoder.blocks
    attention, sublayer = blocks.self_attention, blocks.self_sublayer
    for layer in range(LAYERS):
        for stage in ("scores", "scaled", "masked", "weights", "context"):
            for head in range(HEADS):
                got = page.evaluate(
                    "([l, h, s]) => answer(headOf(model, 'causal', l, h, plainly)[s])", [layer, head, stage]
                )
                expected = getattr(attention, stage)[layer, head].flatten()
                np.testing.assert_allclose(numbers(got), expected, atol=TOLERANCE, rtol=TOLERANCE)
        for stage, values in (
            ("output", attention.output),
            ("residual", sublayer.residual),
            ("normalized", sublayer.normalized),
            ("feedForward", blocks.feed_forward),
            ("finalResidual", blocks.feed_forward_sublayer.residual),
            ("final", blocks.feed_forward_sublayer.normalized),
        ):
            got = page.evaluate("([l, s]) => answer(blockOf(model, 'causal', l)[s])", [layer, stage])
            np.testing.assert_allclose(
                numbers(got), values[layer].flatten(), atol=TOLERANCE, rtol=TOLERANCE, err_msg=stage
            )


def test_every_stage_is_cores(bench: Page, language: Language) -> None:
    trace = load(bench, language)
    compare(bench, trace)
    first = trace.decoder.embedding + trace.decoder.positional
    for layer in range(LAYERS):
        x = trace.decoder.layers[layer - 1].feed_forward_sublayer.normalized if layer else first
        got = bench.evaluate("(l) => answer(inputsOf(model, 'causal', l).x)", layer)
        np.testing.assert_allclose(numbers(got), x.flatten(), atol=TOLERANCE, rtol=TOLERANCE)


@pytest.mark.parametrize(
    "change",
    [
        HeadOff("decoder.self", 1, 4),
        Edit("decoder.0.x", 2, 3, (5.0, -5.0)),
        Edit("decoder.2.self.scores", 4, 1, (9.0,), 3),
        Edit("decoder.1.self.residual", 3, 0, (7.0,)),
        Edit("decoder.3.residual", 1, 0, (7.0,)),
        Edit("decoder.0.final", 1, 5, (4.0,)),
    ],
)
def test_every_stage_is_cores_after_a_change(bench: Page, language: Language, change: Edit | HeadOff) -> None:
    compare(bench, load(bench, language, [change]))


def test_there_is_one_attention_and_every_stage_of_it_is_open(bench: Page, language: Language) -> None:
    load(bench, language)
    assert bench.evaluate("() => wiringsOf(model)") == ["causal"]
    state = bench.evaluate(
        "() => fittingState(model, { wiring: 'cross', layer: 9, head: 9, grain: 'syllable', off: [['self', 0, 0]] })"
    )
    assert (state["wiring"], state["layer"], state["head"]) == ("causal", LAYERS - 1, HEADS - 1)
    assert state["grain"] == "piece" and state["off"] == []
    assert bench.evaluate("(state) => openStages(model, state)", state) == bench.evaluate("() => STAGES")


def serve(page: Page, body: bytes) -> None:
    """Answer the browser's range requests for `FILE`."""

    def answer(route: Route) -> None:
        begin, end = map(int, route.request.headers["range"].removeprefix("bytes=").split("-"))
        route.fulfill(status=206, body=body[begin : end + 1], content_type="application/octet-stream")

    page.route(FILE, answer)


def test_the_matrices_of_an_int8_file_are_those_that_core_loads(
    bench: Page, language: Language, tmp_path: Path
) -> None:
    """Every matrix and bias of a layer, to the last bit."""
    path = tmp_path / "language.safetensors"
    checkpoints.save(path, dict(language.model.named_parameters()), {}, int8=True)
    weights, _ = checkpoints.load(path)
    load(bench, language)
    serve(bench, path.read_bytes())
    for which in ("query", "key", "value", "output", "hidden", "feed_forward"):
        name = bench.evaluate("(which) => linearName(model, 'causal', 3, which)", which)
        got = bench.evaluate(
            """async ([url, name]) => {
                const { weight, bias } = await linear(url, name);
                return { weight: Array.from(weight), bias: Array.from(bias) };
            }""",
            [FILE, name],
        )
        for part in ("weight", "bias"):
            expected = weights[f"{name}.{part}"].flatten().numpy()
            np.testing.assert_array_equal(np.array(got[part], dtype=np.float32), expected)


def test_rounding_to_a_half_is_torchs(bench: Page) -> None:
    """Products of a whole number and a scale: subnormal ones, ties, and those that are too large."""
    whole = torch.arange(-127, 128, dtype=torch.float32)
    patterns = torch.arange(0, 0x7C00, 7, dtype=torch.int32).to(torch.int16)
    scales = patterns.view(torch.float16).float()
    products = (whole[:, None] * scales[None, :]).flatten()
    halves = products.half().float()
    assert (halves != products).any() and halves.isinf().any()
    encoded = base64.b64encode(products.numpy().tobytes()).decode()
    got = bench.evaluate(
        """(text) => {
            const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
            const rounded = Float32Array.from(new Float32Array(bytes.buffer), roundedToHalf);
            const letters = Array.from(new Uint8Array(rounded.buffer), (byte) => String.fromCharCode(byte));
            return btoa(letters.join(""));
        }""",
        encoded,
    )
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(got), dtype=np.float32), halves.numpy())
