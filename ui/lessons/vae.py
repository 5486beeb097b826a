"""The presets, the code and the questions of the page `/vae`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ui import frame
from ui.components.latent import LatentState
from ui.i18n import N_, _
from ui.predict import predict


class Preset(NamedTuple):
    """One chip: a set of pictures, and what the picture stands at."""

    label: str
    images: str
    chosen: LatentState = LatentState()


PRESETS: Final = {
    "film": Preset(N_("From 9 to 8"), "digits"),
    "manifold": Preset(N_("The manifold"), "digits", {"view": "grid"}),
    "plain": Preset(N_("Without KL: a plain autoencoder"), "digits", {"model": "digits-ae"}),
    "collapse": Preset(N_("Posterior collapse"), "digits", {"model": "digits-collapse", "cloud": True}),
    "clothes": Preset(N_("Clothes"), "clothes", {"view": "grid"}),
    "hangul": Preset(N_("Hangul"), "hangul"),
    "draw": Preset(N_("Draw one"), "digits", {"picture": "drawn"}),
}

KERAS: Final = """# Keras: the draw, and the loss
import keras
from keras import ops


class Sampling(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, mean, log_var):
        epsilon = keras.random.normal(ops.shape(mean), seed=self.seed_generator)
        return mean + ops.exp(0.5 * log_var) * epsilon


class VAE(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder, self.sampling = encoder, decoder, Sampling()

    def call(self, pixels):
        mean, log_var = self.encoder(pixels)
        kl = 0.5 * ops.sum(mean**2 + ops.exp(log_var) - 1 - log_var, axis=-1)
        self.add_loss(ops.mean(kl))  # compile with a reconstruction summed over the pixels
        return self.decoder(self.sampling(mean, log_var))


# PyTorch (import torch): __init__ and forward
class VAE(torch.nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def forward(self, pixels):
        mean, log_var = self.encoder(pixels)
        z = mean + (log_var / 2).exp() * torch.randn_like(mean)
        kl = 0.5 * (mean**2 + log_var.exp() - 1 - log_var).sum(-1)
        return self.decoder(z), kl
"""

_SNIPPET: Final = """import numpy as np

from core.examples import load_examples  # in the folder of Glassbox
from core.images import as_shares
from core.normals import normals
from core.vae import load_vae

model = load_vae({name!r})
{picture}

mean, log_var = model.encode(pixels)
epsilon = np.array(normals({seed}, 2))  # N(0, 1), from the seed on the screen
{draw}

{cloud}
def reconstruction(z):
    p = np.clip(model.decode(z.astype(np.float32)), 1e-7, 1 - 1e-7)
    return -(pixels * np.log(p) + (1 - pixels) * np.log(1 - p)).sum(-1)


print("reconstruction", reconstruction(z).round(2), "here,", reconstruction(draws).mean().round(2), "on average")
{kl}
point = np.array([{z}], dtype=np.float32)
print(model.decode(point).reshape({shape})[::2, ::2].round(1))  # every second pixel of the decoded point
"""
_SHIPPED: Final = "pixels = as_shares(load_examples({images!r}).test[{number} : {number} + 1])"
_DRAWN: Final = """drawing = {drawn!r}  # a hexadecimal digit a pixel
pixels = np.array([[int(digit, 16) / 15 for digit in drawing]], dtype=np.float32)"""
_DRAW: Final = """z = mean + np.exp(log_var / 2) * epsilon
print("mean", mean.round(3), "log-variance", log_var.round(3), "epsilon", epsilon.round(3), "z", z.round(3))"""
_POINT: Final = """z = mean  # a plain autoencoder: no variance, no draw
print("z", z.round(3))"""
_CLOUD: Final = """draws = mean + np.exp(log_var / 2) * np.array(normals({seed}, 200)).reshape(100, 2)

"""
_KL: Final = """kl = (mean**2 + np.exp(log_var) - 1 - log_var).sum() / 2
print("KL", kl.round(2), "-> -ELBO", (reconstruction(draws).mean() + kl).round(2), "nats")
"""


def snippet(
    images: str, shape: Sequence[int], chosen: LatentState, z: Sequence[float], variational: bool
) -> str:
    """Return code that prints the picture's code, −ELBO and its parts, and the decoded point."""
    drawn = chosen.get("drawn", "")
    if chosen["picture"] == "drawn" and drawn:
        picture = _DRAWN.format(drawn=drawn)
    else:
        number = 0 if chosen["picture"] == "drawn" else int(chosen["picture"])
        picture = _SHIPPED.format(images=images, number=number)
    return _SNIPPET.format(
        name=chosen["model"],
        picture=picture,
        seed=chosen["seed"],
        draw=_DRAW if variational else _POINT,
        cloud=_CLOUD.format(seed=chosen["seed"]) if variational else "draws = z\n\n",
        kl=_KL if variational else "",
        z=", ".join(f"{value:.3f}" for value in z),
        shape=tuple(shape),
    )


def notes(images: str) -> None:
    """What the data are, and how −ELBO is to be read."""
    said = [
        _(
            "A pixel’s grey value is taken as the probability that it is on; reconstruction is the mean of −log p over "
            "all black-and-white pictures that come of it (Bernoulli), so −ELBO is in nats and its mean bounds −log p "
            "of such pictures from above."
        )
    ]
    if images == "hangul":
        said.append(
            _(
                "The syllables were drawn with {fonts} fonts; four families of fonts are held back. Few pictures and "
                "two numbers each: expect blur."
            ).format(fonts=43)
        )
    for words in said:
        frame.caption(words)


def questions(scores: Mapping[str, Mapping[str, Any]]) -> None:
    """Draw the questions; ``scores``: of the models, by name, on the test."""
    predict(
        "vae-two",
        _("Why does the latent space on this page have two dimensions?"),
        [
            _("Because pictures have two dimensions"),
            _("So that it can be drawn"),
            _("Because a VAE needs a mean and a variance"),
        ],
        answer=1,
        explanation=_(
            "A latent space may have any number of dimensions; more of them would reconstruct better. Two fit on a "
            "screen. Each of them has a mean and a variance of its own."
        ),
    )
    one, four = scores.get("digits", {}), scores.get("digits-beta4", {})
    if {"reconstruction", "kl"} <= set(one) & set(four):
        predict(
            "vae-beta",
            _("With β = 4 instead of 1, what becomes of reconstruction and KL on held-back digits?"),
            [
                _("Both get smaller"),
                _("KL gets smaller, reconstruction worse"),
                _("KL gets larger, reconstruction better"),
            ],
            answer=1,
            explanation=_(
                "Measured on 10,000 test digits: KL {kl1} → {kl4} nats, reconstruction {r1} → {r4} nats. A code that "
                "costs more says less, and the picture comes back blurred."
            ).format(
                kl1=f"{one['kl']:.1f}",
                kl4=f"{four['kl']:.1f}",
                r1=f"{one['reconstruction']:.1f}",
                r4=f"{four['reconstruction']:.1f}",
            ),
        )
    predict(
        "vae-gap",
        _("You decode a point between two classes. What comes out of a VAE?"),
        [
            _("An error: no picture is there"),
            _("One of the training pictures, the nearest"),
            _("A picture that no one has drawn, between both"),
        ],
        answer=2,
        explanation=_(
            "The decoder answers at every point. KL has drawn the codes together and ε has blurred them, so that the "
            "way from one class to another leads over pictures that look like digits. Without KL there are gaps: try "
            "the plain autoencoder."
        ),
    )
