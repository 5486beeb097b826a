"""The browser's twin of core.decoding.sampling: the same reshaped distributions, the same random numbers."""

from __future__ import annotations

import math

import numpy as np
import torch
from playwright.sync_api import Browser

from core.decoding.sampling import Sampler, adjusted, draw, uniform
from ui.components.shared import FOLDER

SAMPLERS = [
    Sampler(),
    Sampler(temperature=0),
    Sampler(temperature=0.1),
    Sampler(temperature=10.0, top_k=7),
    Sampler(temperature=0.7, top_k=40, top_p=0.9),
    Sampler(top_p=0.0),
    Sampler(top_p=0.5, min_p=0.2),
    Sampler(temperature=2.0, top_p=0.95, min_p=0.05),
    Sampler(min_p=1.0),
    Sampler(top_k=1),
]


def distributions() -> list[list[float]]:
    """Log-probabilities, the largest first; the last one has tokens that cannot be said, and ties."""
    generator = torch.Generator().manual_seed(5)
    random = [torch.log_softmax(torch.randn(300, generator=generator) * scale, 0) for scale in (0.5, 2, 8)]
    tied = torch.log_softmax(torch.tensor([3.0, 3.0, 1.0, 1.0, 1.0, -math.inf, -math.inf]), 0)
    return [torch.sort(one.double(), descending=True).values.tolist() for one in (*random, tied)]


def test_it_reshapes_and_draws_as_core_does(browser: Browser) -> None:
    page = browser.new_page()
    script = (FOLDER / "sampler.js").read_text(encoding="utf-8")
    found = page.evaluate(
        f"""([distributions, samplers, seeds]) => {{
            {script}
            const read = (logs) => Float64Array.from(logs, (log) => (log === null ? -Infinity : log));
            const all = distributions.map(read);
            const drawn = (logs, i) => drawnPlace(adjustedRanked(logs, samplers[0]), uniform(9, i));
            return {{
                adjusted: all.map((logs) => samplers.map((sampler) => [...adjustedRanked(logs, sampler)])),
                uniforms: seeds.map((seed) => Array.from({{ length: 20 }}, (_, step) => uniform(seed, step))),
                places: all.map((logs) => Array.from({{ length: 50 }}, (_, i) => drawn(logs, i))),
            }};
        }}""",
        [
            [[None if value == -math.inf else value for value in one] for one in distributions()],
            [vars(sampler) for sampler in SAMPLERS],
            [0, 1, 42, 2**31 - 1],
        ],
    )
    page.close()
    for logs, by_sampler in zip(distributions(), found["adjusted"], strict=True):
        for sampler, values in zip(SAMPLERS, by_sampler, strict=True):
            expected = adjusted(torch.tensor(logs, dtype=torch.float64), sampler).exp().numpy()
            np.testing.assert_allclose(values, expected, atol=1e-9, err_msg=str(sampler))
    for seed, values in zip([0, 1, 42, 2**31 - 1], found["uniforms"], strict=True):
        assert values == [uniform(seed, step) for step in range(20)]
    for logs, places in zip(distributions(), found["places"], strict=True):
        probabilities = torch.tensor(logs, dtype=torch.float64).exp()
        assert places == [draw(probabilities, uniform(9, i)) for i in range(50)]
