"""Every string that the picture of a GAN in training shows. Names in braces are filled in by the browser."""

from __future__ import annotations

from typing import Final

from ui.components.shared import save_words
from ui.i18n import N_, _

LABELS: Final[dict[str, str]] = {
    "component": N_("A generator and a discriminator in training"),
    "file": "GAN",
    "map": N_("D’s map"),
    "about_map": N_("What the discriminator thinks of every place of the plane"),
    "arrows": N_("Pull"),
    "about_arrows": N_(
        "Where the generator’s loss pulls a sample that lies there: minus its gradient, always to the same scale. A "
        "dot: next to nothing."
    ),
    "fabric": N_("Fabric"),
    "about_fabric": N_("What the generator makes of straight lines in the latent plane"),
    "clear": N_("Clear"),
    "draw_hint": N_(
        "Draw on the plane with mouse or finger, then train. A single point is a distribution, too."
    ),
    "real": N_("real"),
    "fake": N_("fake"),
    "thinks_fake": N_("D: fake"),
    "thinks_real": N_("D: real"),
    "plane": N_("Real and generated samples."),
    "modes_told": N_("{modes} of {count} modes"),
    "good_told": N_("{share} % on target"),
    "seed": N_("seed {seed}"),
    "step": N_("step"),
    "moment": N_("Training"),
    "step_told": N_("step {step}"),
    "step_discriminator": N_("step {step}: D has learned"),
    "step_generator": N_("step {step}: G has learned"),
    "play": N_("Play"),
    "back": N_("One moment back"),
    "forward": N_("One moment on"),
    "losses": N_("Losses"),
    "right": N_("D is right about …"),
    "norms": N_("‖∇G‖ by layer"),
    "layer": N_("layer {number}"),
    "modes": N_("Modes covered, of {count}"),
    "good": N_("Samples on target"),
    "walk": N_("A walk in the latent plane"),
    "walk_label": N_("The latent plane of the generator. Drag, or press the arrow keys, to move z."),
    "walk_hint": N_("Drag here: each z is a sample there. No encoder leads back."),
    "walk_told": N_("z = {z} → G(z) = {x}, {opinion}"),
    "walk_play": N_("Walk around"),
    "walk_title": N_("Move z around the middle; press again to stop"),
    "path": N_("Where the gradient goes"),
    "turn": N_("Whose turn"),
    "turn_discriminator": N_("D learns"),
    "turn_generator": N_("G learns"),
    "about_discriminator": N_("The discriminator’s turn, which comes first"),
    "about_generator": N_("The generator’s turn"),
    "path_discriminator": N_(
        "The discriminator’s turn: real and fake samples reach it, its loss’s gradient ends at its weights."
    ),
    "path_generator": N_(
        "The generator’s turn: the gradient of its loss goes through the discriminator to the fake samples and on to "
        "the generator’s weights. No real sample takes part."
    ),
    "path_told_discriminator": N_(
        "Real and fake samples reach D; the gradient (thick) of its loss changes D and ends there: the fake samples "
        "are taken as mere numbers."
    ),
    "path_told_generator": N_(
        "G never sees a real sample. All it is told is the gradient that comes through D, whose weights do not change "
        "now: with other real samples it would be the same, bit by bit."
    ),
    "path_pull": N_("on each sample {value}"),
    "path_norm": "‖∇G‖ {value}",
    "path_cut": N_("ends here"),
    "noise": N_("noise z"),
    "fake_samples": N_("fake"),
    "real_samples": N_("real"),
    "loss_of_d": N_("loss D {value}"),
    "loss_of_g": N_("loss G {value}"),
    "verdict_begun": N_("Just begun."),
    "why_begun": N_("D learns first; G has hardly been told anything yet."),
    "verdict_learning": N_("Learning."),
    "why_learning": N_("{good} % of the samples are on target; D is right {right} % of the time."),
    "why_critic": N_("{good} % of the samples are on target."),
    "verdict_healthy": N_("Healthy."),
    "why_healthy": N_("{good} % of the samples are on target and no mode is forgotten."),
    "verdict_strict": N_("The teacher is too strict."),
    "why_strict": N_("‖∇G‖ is {fall} of what it was at first: G is told nothing any more."),
    "verdict_foolish": N_("The teacher stays foolish."),
    "why_foolish": N_("D’s loss is that of a coin; {good} % of the samples are on target."),
    "verdict_collapse": N_("Mode collapse."),
    "why_collapse": N_(
        "The samples look real ({good} % on target), but {modes} of {count} modes are covered."
    ),
    "verdict_burst": N_("The numbers have burst."),
    "why_burst": N_("Losses are beyond 10,000: a learning rate is too large."),
    "csv_real": N_("D right about real"),
    "csv_fake": N_("D right about fake"),
    "csv_pull": N_("pull on a sample"),
    "csv_good": N_("on target"),
    "csv_modes": N_("modes"),
    "caption": N_(
        "D and G are computed here in the browser, with the weights of the moment that is shown. Pink: what G makes of "
        "400 latent points, the same at every moment; rings: real samples. Arrows: where G’s loss pulls a sample."
    ),
}


def gan_labels() -> dict[str, str]:
    """Return all visible strings in the reader's language."""
    return {**{name: _(message) for name, message in LABELS.items()}, **save_words()}
