"""The browser's arithmetic on a model's logits is core's: probabilities, order, cuts, the token that u draws."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser

from core.decoding.sampling import Sampler, adjusted, draw, ranked, uniform
from core.language import load_language
from tests.browser.test_sampler_maths import SAMPLERS
from ui.components.next_token import picture
from ui.components.shared import FOLDER, json_part

PROMPTS = {"en": ["", "The cat sat on the", "你好 Ω"], "ko": ["고양이가 의자 위에", "What is"]}
MORE = [Sampler(100.0), Sampler(2.0, top_p=0.9), Sampler(top_k=100_000), Sampler(0.05, top_p=0.0, min_p=1.0)]
NUMBERS = [(seed, step) for seed in (0, 42, 2**31 - 1) for step in range(6)]


@cache
def logits_after(language: str, prompt: str) -> np.ndarray[Any, np.dtype[np.float32]]:
    model = model_of(language)
    return model.logits(model.ids(prompt))


model_of = cache(load_language)


def script() -> str:
    shared = ("payload.js", "sampler.js")
    own = (picture.__file__.rsplit("/", 1)[0] + "/model.js",)
    return "\n".join(
        [*((FOLDER / name).read_text(encoding="utf-8") for name in shared)]
        + [open(name, encoding="utf-8").read() for name in own]
    )


# Long arrays travel as text: number by number a browser's answer takes seconds.
PACKED = """
const packed = (values) => {
    const bytes = new Uint8Array(values.buffer);
    let text = '';
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(text);
};
"""


def unpacked(text: str, kind: str = "<f8") -> np.ndarray[Any, np.dtype[Any]]:
    return np.frombuffer(base64.b64decode(text), kind)


def in_browser(browser: Browser, logits: np.ndarray[Any, np.dtype[np.float32]], body: str, given: Any) -> Any:
    """What ``body`` returns in a browser that was given the picture's own bytes."""
    payload = json_part({"pieces": [""] * len(logits)}) + logits.astype("<f4").tobytes()
    page = browser.new_page()
    try:
        return page.evaluate(
            f"([text, given]) => {{ {script()}; {PACKED};"
            f"const next = readNext(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))); {body} }}",
            [base64.b64encode(payload).decode(), given],
        )
    finally:
        page.close()


@pytest.mark.parametrize(
    ("language", "prompt"), [(name, text) for name, texts in PROMPTS.items() for text in texts]
)
def test_probabilities_are_cores_to_a_millionth_and_u_draws_the_same_token(
    browser: Browser, language: str, prompt: str
) -> None:
    logits = logits_after(language, prompt)
    samplers = [*SAMPLERS, *MORE]
    found = in_browser(
        browser,
        logits,
        """
        const left = given.samplers.map((sampler) => stagesOf(next, sampler).at(-1).left);
        const drawn = (one) => given.numbers.map(([seed, step]) => next.order[drawnPlace(one, uniform(seed, step))]);
        const order = packed(Int32Array.from(next.order));
        return { order, count: next.count, left: left.map(packed), tokens: left.map(drawn) };
        """,
        {"samplers": [vars(sampler) for sampler in samplers], "numbers": NUMBERS},
    )
    logs = torch.log_softmax(torch.from_numpy(logits).double(), -1)
    order = ranked(logs)
    assert unpacked(found["order"], "<i4").tolist() == order.tolist()
    assert found["count"] == int(torch.isfinite(logs).sum())
    for sampler, left, tokens in zip(samplers, found["left"], found["tokens"], strict=True):
        expected = adjusted(logs, sampler).exp()[order]
        np.testing.assert_allclose(unpacked(left), expected, atol=1e-6, rtol=0, err_msg=str(sampler))
        assert tokens == [int(order[draw(expected, uniform(*number))]) for number in NUMBERS], sampler


@pytest.mark.parametrize("temperature", [0.1, 0.7, 1.0, 2.0, 10.0, 100.0])
def test_dividing_the_logits_is_dividing_the_log_probabilities(browser: Browser, temperature: float) -> None:
    logits = logits_after("en", "The cat sat on the")
    found = in_browser(
        browser, logits, "return [0, 5, 700].map((place) => bothWays(next, place, given));", temperature
    )
    order = ranked(torch.from_numpy(logits))
    expected = torch.softmax(torch.from_numpy(logits).double() / temperature, -1)[order]
    for place, ways in zip((0, 5, 700), found, strict=True):
        assert ways["logits"] == pytest.approx(ways["logs"], rel=1e-9)
        assert ways["logits"] == pytest.approx(float(expected[place]), rel=1e-6, abs=1e-15)


def test_at_zero_one_token_has_everything(browser: Browser) -> None:
    logits = logits_after("en", "Once upon a")
    found = in_browser(
        browser,
        logits,
        "return [packed(stagesOf(next, given).at(-1).left), next.order[0], bothWays(next, 0, 0)];",
        vars(Sampler(0)),
    )
    left = unpacked(found[0])
    assert left[0] == 1 and not left[1:].any()
    assert found[1] == int(logits.argmax()) and found[2] is None


@pytest.mark.parametrize("sampler", [Sampler(), Sampler(1.5, top_k=50), Sampler(2.0, top_p=0.9, min_p=0.01)])
def test_twenty_thousand_draws_follow_the_distribution(browser: Browser, sampler: Sampler) -> None:
    """Chi-square over the tokens that are expected at least five times, the others together."""
    draws = 20_000
    logits = logits_after("en", "The cat sat on the")
    places = in_browser(
        browser,
        logits,
        "const left = stagesOf(next, given.sampler).at(-1).left;"
        "return packed(Int32Array.from({ length: given.draws }, (_, seed) => drawnPlace(left, uniform(seed, 3))));",
        {"sampler": vars(sampler), "draws": draws},
    )
    logs = torch.from_numpy(logits).double()
    expected = draws * adjusted(logs, sampler).exp()[ranked(logs)].numpy()
    often = expected >= 5
    counts = np.bincount(unpacked(places, "<i4"), minlength=len(expected))
    assert not counts[expected == 0].any()
    seen, wanted = counts[often].astype(float), expected[often]
    if (rest := draws - wanted.sum()) > 1e-6:
        seen, wanted = np.append(seen, draws - seen.sum()), np.append(wanted, rest)
    squares, freedom = ((seen - wanted) ** 2 / wanted).sum(), len(wanted) - 1
    assert float(torch.special.gammaincc(torch.tensor(freedom / 2), torch.tensor(squares / 2))) > 1e-3
