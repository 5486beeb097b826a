"""Networks of several precisions that learn side by side: losses, gradients, scales, curves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ui.components.shared import joined_script, joined_style, save_words
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change
from ui.i18n import N_, _

_FOLDER: Final = Path(__file__).parent
_SHARED: Final = (
    "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "life.js", "tell.js",
    "numbers.js", "curves.js",
)  # fmt: skip

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_mixed",
    js=joined_script(_FOLDER, ("main.js",), shared=_SHARED),
    css=joined_style(TOKENS / "base.css", _FOLDER / "mixed.css"),
)


def mixed_picture(
    steps: Sequence[int],
    course: Mapping[str, Sequence[tuple[float, float, int, float]]],
    gradients: Mapping[str, NDArray[np.int64]],
    curves: Mapping[str, NDArray[np.float32]],
    verdicts: Mapping[str, str],
    *,
    key: str,
    target: NDArray[np.float32],
    lowest: int,
    initial: tuple[str, int],
) -> None:
    """Draw a run.

    Args:
        course: of each way, at each step: loss, scale, steps skipped, share of gradients that are 0.
        gradients: how many of the last step's lie at each exponent, from ``lowest`` up.
        curves: what each has learned, as many points as ``target``.
        verdicts: one of ``verdict_…`` in the labels.
        initial: the way that is chosen at first, and the power of two that its gradients are multiplied by.
    """
    told = {
        way: dict(
            zip(("loss", "scale", "skipped", "zeros"), map(_known, zip(*points, strict=True)), strict=True)
        )
        for way, points in course.items()
    }
    data = {
        "steps": list(steps),
        "course": told,
        "gradients": {way: counts.tolist() for way, counts in gradients.items()},
        "curves": {way: _known(curve.tolist()) for way, curve in curves.items()},
        "verdicts": dict(verdicts),
        "target": target.tolist(),
        "lowest": lowest,
        "initial": dict(held_initial(key, "", {"way": initial[0], "shift": initial[1]})),
        "labels": {**{name: _(words) for name, words in LABELS.items()}, **save_words()},
    }
    _mount(key=key, data=data, on_state_change=no_change)


def told_by(key: str) -> tuple[str, int] | None:
    """Return the way that is chosen and the power of two, once the browser has told of them."""
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    return (str(told["way"]), int(told["shift"])) if isinstance(told, Mapping) else None


def _known(values: Sequence[float]) -> list[float | None]:
    """To five digits; what is not finite is nothing, as JSON wants it."""
    return [float(f"{value:.5g}") if math.isfinite(value) else None for value in values]


LABELS: Final[dict[str, str]] = {
    "component": N_("A network trained in several precisions side by side"),
    "file": N_("Mixed precision"),
    "ways": N_("How it is trained"),
    "way_fp64": "fp64",
    "way_fp32": "fp32",
    "way_bf16": N_("bf16 alone"),
    "way_bf16-master": N_("bf16, fp32 master"),
    "way_fp16": N_("fp16 alone"),
    "way_master": N_("fp16, fp32 master"),
    "way_static": N_("… and a fixed loss scale"),
    "way_late": N_("… unscaled in fp16"),
    "way_dynamic": N_("… and a dynamic scale"),
    "short_fp64": "fp64",
    "short_fp32": "fp32",
    "short_bf16": "bf16",
    "short_bf16-master": N_("bf16 + master"),
    "short_fp16": "fp16",
    "short_master": N_("fp16 + master"),
    "short_static": N_("fixed scale"),
    "short_late": N_("unscaled in fp16"),
    "short_dynamic": N_("dynamic scale"),
    "about_fp64": N_("Everything in 64 bits"),
    "about_fp32": N_("Everything in 32 bits: what the others are compared with"),
    "about_bf16": N_("Everything in bf16, weights and their updates too"),
    "about_bf16-master": N_("Activations and gradients in bf16; weights are kept and updated in fp32"),
    "about_fp16": N_("Everything in fp16, weights and their updates too"),
    "about_master": N_("Activations and gradients in fp16; weights are kept and updated in fp32"),
    "about_static": N_("The loss is multiplied by a fixed number, the gradients are divided by it in fp32"),
    "about_late": N_("The same scale, divided again in fp16: what was rescued is lost at once"),
    "about_dynamic": N_(
        "The scale doubles from time to time, halves after an overflow, and that step is skipped"
    ),
    "verdict_begun": N_("begun"),
    "verdict_learns": N_("learns as fp32 does"),
    "verdict_behind": N_("falls behind"),
    "verdict_stands": N_("stands still"),
    "verdict_broken": N_("broken: NaN"),
    "verdict_skips": N_("skips its steps"),
    "losses": N_("Loss, relative to a network that always says 0"),
    "gradients": N_("Gradients of the chosen one, by size (last step)"),
    "scale": N_("Loss scale"),
    "curve": N_("The curve to learn (dots), and what each has learned"),
    "skipped": N_("{count} skipped"),
    "floor": N_("fp16’s smallest"),
    "ceiling": N_("largest"),
    "floors": "◂ bf16 2⁻¹³³ · fp32 2⁻¹⁴⁹",
    "shift": N_("Times"),
    "lost": N_(
        "Multiplied by {scale}: {under} would become 0 in fp16, {over} would overflow. Exactly 0 already: {zeros}."
    ),
    "csv_skipped": N_("steps skipped"),
    "csv_zeros": N_("share of zeros"),
    "step": N_("step {step}"),
    "caption": N_(
        "All begin with the same weights and see the same points. A scale helps only because the gradient is divided "
        "by it in fp32: compare “unscaled in fp16”. Losses, sums within a product and master copies are never narrower "
        "than fp32."
    ),
}
