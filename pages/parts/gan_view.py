"""A GAN of points between page and core: what is chosen as core's settings, what was kept as the picture's view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from core import gan_points, shapes
from core.gan import Settings
from core.live_gan import Moment, Snapshot
from core.verdict import verdict
from ui import gan_page
from ui.components import gan as picture
from ui.gan_page import Choice


def choice_of(name: str) -> Choice:
    """What a preset chooses on the page."""
    preset = gan_points.PRESETS[name]
    own = preset.settings
    known = {field: getattr(own, field) for field in asdict(gan_page.PLAIN) if hasattr(own, field)}
    second = preset.seeds[1] if len(preset.seeds) > 1 else 0
    return Choice(
        **{**known, "seed": preset.seeds[0]},
        shape=preset.shape,
        dial=f"{own.d_steps}:{own.g_steps}",
        second=second,
    )


def settings_of(choice: Choice) -> Settings:
    """What core goes by."""
    of_d, of_g = choice.steps
    return Settings(
        loss=choice.loss, rate_g=choice.rate_g, rate_d=choice.rate_d, d_steps=of_d, g_steps=of_g,
        flipped=choice.flipped, width_g=choice.width_g, depth_g=choice.depth_g,
        width_d=choice.width_d, depth_d=choice.depth_d, plain=choice.plain, seed=choice.seed,
    )  # fmt: skip


def shape_of(choice: Choice) -> shapes.Shape:
    """The distribution; where nothing is drawn yet, a point that nobody sees."""
    if choice.shape != "drawn":
        return shapes.shape_of(choice.shape)
    return shapes.drawn(gan_page.points_of(choice.drawn) or [(0.0, 0.0)])


def preset_of(choice: Choice) -> str | None:
    """The preset that chooses the same."""
    return next((name for name in gan_points.PRESETS if choice_of(name) == choice), None)


def view_of(run: Snapshot, choice: Choice, *, running: bool) -> picture.GanView:
    """What the picture is given."""
    shape = shape_of(choice)
    modes = len(shape.centres) if shape.modes else 0
    courses = [[moment.told[i] for moment in run.curve] for i in range(len(choice.seeds))]
    places = {moment.number: place for place, moment in enumerate(run.curve)}

    def verdicts(moment: Moment) -> list[str]:
        end = places.get(moment.number, len(run.curve) - 1) + 1
        return [verdict(course[:end], choice.loss, modes) for course in courses]

    real = gan_points.real_samples(shape)
    generator, discriminator = gan_points.sizes(settings_of(choice))
    nothing_drawn = choice.shape == "drawn" and not choice.drawn
    return picture.GanView(
        seeds=choice.seeds,
        sizes_g=generator,
        sizes_d=discriminator,
        loss=choice.loss,
        modes=modes,
        latents=gan_points.latents().numpy(),
        real=real[:0] if nothing_drawn else real,
        curve=[plain_moment(moment) for moment in run.curve],
        moments=[
            plain_moment(moment, verdicts(moment), moment.seen)
            for moment in (run.recent if running else run.moments)
        ],
        running=running,
        drawn=choice.drawn if choice.shape == "drawn" else None,
    )


def plain_moment(moment: Moment, verdicts: Sequence[str] = (), weights: Sequence[Any] = ()) -> picture.Moment:
    """A moment as ui knows it."""
    told = [
        picture.Told(**{**one._asdict(), "modes": -1 if one.modes is None else one.modes})
        for one in moment.told
    ]
    return picture.Moment(moment.number, moment.who, told, verdicts, weights)
