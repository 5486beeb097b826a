"""Every string that the picture of the latent space shows. Names in braces are filled in by the browser."""

from __future__ import annotations

from typing import Final

from ui.components.shared import save_words
from ui.i18n import N_, _

LABELS: Final[dict[str, str]] = {
    "component": N_("The latent space"),
    "file": N_("latent space"),
    "plane_label": N_(
        "The latent plane. Drag, or press the arrow keys, to move the point that is decoded; A and B are the film’s "
        "ends."
    ),
    "models": N_("Model"),
    "view": N_("What the plane shows"),
    "view_points": N_("Points"),
    "about_points": N_("A thousand training pictures where the encoder puts them"),
    "view_grid": N_("Manifold"),
    "about_grid": N_("What the decoder makes of each place of the plane"),
    "classes": N_("Classes; press one to hide it"),
    "hide": N_("Hide or show “{name}”"),
    "all": N_("Show all"),
    "moment": N_("Training"),
    "moment_told": N_("step {step}: {reconstruction} + {kl} = {total} nats"),
    "moment_plain": N_("step {step}: reconstruction {reconstruction} nats"),
    "decoded": N_("Decoded point"),
    "z_at": "z = ({x}, {y})",
    "z_outside": N_(
        "z = ({x}, {y}), outside the plane: nothing was learned there, the decoder answers all the same"
    ),
    "seen": N_("A classifier sees: {told}"),
    "fetching": N_("The weights are on their way."),
    "encoding": N_("The server is encoding the drawing."),
    "not_fetched": N_("The weights could not be fetched: nothing can be decoded here."),
    "encoded": N_("A picture and its code"),
    "source": N_("Where the picture comes from"),
    "source_held": N_("Held back"),
    "about_held": N_("Pictures that no model here has learned from"),
    "source_drawn": N_("Draw"),
    "about_drawn": N_("Draw with mouse or finger; the encoder on the server reads it"),
    "gallery": N_("Held-back pictures"),
    "picture_of": N_("{name}, picture {number}"),
    "pad": N_("Drawing pad"),
    "draw_hint": N_(
        "Draw with mouse or finger. The drawing is made as large as the training pictures and moved to the middle."
    ),
    "clear": N_("Clear"),
    "nothing_drawn": N_("Nothing is drawn yet: there is nothing to encode."),
    "given": N_("what the encoder reads"),
    "back": N_("decoded from this z"),
    "mean": N_("mean"),
    "log_var": "log σ²",
    "formula": N_("z = mean + exp(log σ² / 2) · ε"),
    "formula_plain": N_("A plain autoencoder gives one point and no distribution: z is its mean."),
    "resample": N_("Draw another ε"),
    "cloud": N_("{count} draws"),
    "about_cloud": N_("Show the draws over which the reconstruction is averaged"),
    "early": N_("Of this early moment only the decoder was kept: the picture’s code is the shipped model’s."),
    "sum_reconstruction": N_("reconstruction {value}"),
    "sum_kl": "KL {value}",
    "sum_elbo": N_("−ELBO {value} nats"),
    "sum_this": N_("Reconstruction: the mean of 100 draws; {value} for the ε above."),
    "sum_usual": N_("Test pictures need {value} nats on average."),
    "sum_plain": N_("reconstruction {value} nats; without a distribution there is no KL and no ELBO"),
    "film": N_("From A to B"),
    "film_label": N_("The film from A to B; a classifier sees: {told}"),
    "here_a": N_("A here"),
    "here_b": N_("B here"),
    "here_title": N_("Put this end where the decoded point is"),
    "play": N_("Play"),
    "play_title": N_("Move the decoded point from A to B; press again to stop"),
    "swap": N_("Swap"),
    "compare": N_("The same picture, four models"),
    "compare_note": N_(
        "Each model has a latent space of its own: places of different models cannot be compared, nats can. With a "
        "large β the code is kept near the prior and says less of the picture; at β = 100 it says nothing (posterior "
        "collapse)."
    ),
    "facts": N_("{reconstruction} + KL {kl} = {sum} nats"),
    "facts_plain": N_("reconstruction {reconstruction} nats, no KL"),
    "caption": N_(
        "Drag in the plane: every picture is decoded here in the browser, with the model’s own weights. Ellipses: one "
        "and two standard deviations of the picture’s code, to scale. Dotted: the prior at one and two. Below the "
        "film: a classifier’s probabilities. The latent space has two dimensions so that it can be drawn."
    ),
    "column_frame": N_("frame"),
    "column_point": N_("class of the training picture"),
}


def latent_labels() -> dict[str, str]:
    """Return all visible strings in the reader's language."""
    return {**{name: _(message) for name, message in LABELS.items()}, **save_words()}
