"""The browser’s generator, discriminator and pull are core’s: the same weights, the same numbers."""

from __future__ import annotations

import pytest
import torch

from core.gan import Gan, Settings
from core.gan_points import sizes
from core.live_gan import flat
from core.models.gan_losses import NAMES, generator_loss
from core.shapes import shape_of
from tests.browser.conftest import PageAt
from tests.browser.few import few
from tests.browser.server import Server
from ui.components.gan import FOLDER

PLACES = [[0.0, 0.0], [0.7, -0.2], [-1.1, 0.9], [30.0, -40.0]]


@pytest.mark.parametrize("loss", few(NAMES, 1))
def test_samples_logits_and_pull_are_those_of_torch(loss: str, open_page: PageAt, server: Server) -> None:
    settings = Settings(loss=loss, width_g=8, depth_g=3, width_d=5, depth_d=2)
    run = Gan(settings, shape_of("ring"))
    for _round in range(30):
        run.update()
    page = open_page(server.url, "/", wait="home")
    page.add_script_tag(content=(FOLDER / "mlp.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        """([weights, of_g, of_d, loss, places]) => {
            const all = Float32Array.from(weights);
            const generator = networkAt(of_g, all, 0), discriminator = networkAt(of_d, all, generator.end);
            return places.map((place) => ({ end: discriminator.end, sample: Array.from(outputs(generator, place)),
              ...pullAt(discriminator, loss, place) }));
        }""",
        [flat(run).tolist(), *map(list, sizes(settings)), loss, PLACES],
    )
    places = torch.tensor(PLACES, requires_grad=True)
    logits = run.discriminator(places)
    (slope,) = torch.autograd.grad(generator_loss(loss, logits) * len(PLACES), places)
    samples = run.generator(places)
    for i, one in enumerate(found):
        assert one["end"] == len(flat(run))
        assert one["sample"] == pytest.approx(samples[i].tolist(), rel=1e-4, abs=1e-5)
        assert one["logit"] == pytest.approx(logits[i].item(), rel=1e-4, abs=1e-5)
        assert one["pull"] == pytest.approx((-slope[i]).tolist(), rel=1e-3, abs=1e-6)
