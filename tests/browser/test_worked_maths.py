"""The browser's twin of core.worked: the same scores, weights and contexts for random vectors."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Browser

from core import worked
from ui.components.worked import SCORES, usual
from ui.components.worked.picture import FOLDER

CASES = 60


def examples() -> list[dict[str, object]]:
    """The lesson's example, then random ones: one to five states, two to four numbers, small and large."""
    random = np.random.default_rng(5)
    found: list[dict[str, object]] = [dict(usual())]
    for case in range(CASES):
        d, states, size = 2 + case % 3, 1 + case % 5, 10.0 ** (case % 4 - 1)
        shapes = {
            "h": (d,), "states": (states, d), "general": (d, d), "concat": (d, 2 * d), "v": (d,), "join": (d, 2 * d),
        }  # fmt: skip
        found.append({name: (random.normal(size=shape) * size).tolist() for name, shape in shapes.items()})
    return found


def test_it_computes_as_core_does(browser: Browser) -> None:
    page = browser.new_page()
    script = (FOLDER / "maths.js").read_text(encoding="utf-8")
    results = page.evaluate(
        f"([examples, kinds]) => {{ {script}; "
        "return examples.map((one) => kinds.map((kind) => workedOf(one, kind, kinds))); }",
        [examples(), list(SCORES)],
    )
    page.close()
    for one, by_kind in zip(examples(), results, strict=True):
        score = {
            "dot": worked.dot,
            "general": lambda h, s, one=one: worked.general(h, s, one["general"]),
            "concat": lambda h, s, one=one: worked.concat(h, s, one["concat"], one["v"]),
        }
        for kind, found in zip(SCORES, by_kind, strict=True):
            expected = [score[kind](one["h"], s) for s in one["states"]]  # type: ignore[attr-defined]
            weights = worked.softmax(expected)
            context = worked.context(weights, one["states"])
            close = {"rtol": 1e-9, "atol": 1e-9, "err_msg": kind}
            np.testing.assert_allclose(found["scores"], expected, **close)
            np.testing.assert_allclose(found["weights"], weights, **close)
            np.testing.assert_allclose(found["context"], context, **close)
            np.testing.assert_allclose(
                found["attentional"], worked.joined(context, one["h"], one["join"]), **close
            )
            np.testing.assert_allclose(sum(found["weights"]), 1, atol=1e-12)
