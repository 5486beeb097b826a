"""The code on the page `/sentiment` prints the numbers on the screen."""

from __future__ import annotations

import re

import pytest

from core.sentiment import KINDS, PADDED
from pages.parts import judges as part
from tests.pages.test_sentiment import ORDER, TEXT, judges  # noqa: F401
from ui.lessons import sentiment_code as code

NUMBER = re.compile(r"[+-]\d+\.\d\d")


def printed(capsys: pytest.CaptureFixture[str]) -> list[float]:
    return [float(NUMBER.search(line).group()) for line in capsys.readouterr().out.splitlines()]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if part.is_bag(kind)])
@pytest.mark.parametrize("text", [TEXT, "'a' \"b\" \\n {c} 좋다 좋다"])
def test_a_bags_n_grams_add_up_to_the_logit(kind: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    order = ORDER if text == TEXT else range(len(text.split()))
    asked = part.Asked(text, "ko", tuple(order), "deletion", True)
    bag = part.bag_of(asked, kind)
    assert bag is not None
    exec(code.bag_snippet("ko", kind, *bag), {})
    *parts, logit = printed(capsys)
    assert logit == pytest.approx(part.judged(asked, kind).logit, abs=0.006)
    assert sum(parts) + bag[0] == pytest.approx(logit, abs=0.01 * len(parts))


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("method", ["deletion", "gradients", ""])
@pytest.mark.parametrize("kind", ["lstm", "encoder"])
def test_a_sequence_model_is_asked_and_explained(
    kind: str, method: str, masked: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = part.Asked(TEXT, "ko", tuple(ORDER), method or "deletion", masked)
    exec(code.judge_snippet("ko", kind, TEXT, ORDER, method, masked, PADDED), {})
    shown = part.judged(asked, kind)
    *words, logit = printed(capsys)
    if method == "gradients":
        assert words.pop() == pytest.approx(shown.base, abs=0.006)
    assert words == pytest.approx(list(shown.words) if method else [], abs=0.006)
    assert logit == pytest.approx(shown.logit, abs=0.006)
