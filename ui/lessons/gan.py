"""The presets, the code and the questions of the page `/gan`."""

from __future__ import annotations

from typing import Final

from ui import frame
from ui.gan_page import Choice, points_of
from ui.i18n import N_, _
from ui.predict import predict

PRESETS: Final = {  # those of core.gan_points
    "healthy": N_("Healthy"),
    "strict": N_("Teacher too strict"),
    "rescued": N_("The same, non-saturating"),
    "noise": N_("Eased by wrong labels"),
    "foolish": N_("Teacher stays foolish"),
    "collapse": N_("Mode collapse"),
    "two": N_("Two seeds"),
}

KERAS: Final = """# Keras: the discriminator learns first, then the generator, through it
import keras
from keras import ops


class GAN(keras.Model):  # with the torch backend
    def __init__(self, generator, discriminator, latent):
        super().__init__()
        self.generator, self.discriminator, self.latent = generator, discriminator, latent
        self.loss = keras.losses.BinaryCrossentropy(from_logits=True)

    def call(self, noise):
        return self.generator(noise)

    def train_step(self, real):
        count = ops.shape(real)[0]
        noise = keras.random.normal((count, self.latent))
        fake = self.generator(noise)
        logits = self.discriminator(ops.concatenate([real, fake.detach()]))
        labels = ops.concatenate([ops.ones((count, 1)), ops.zeros((count, 1))])
        self.update(self.d_optimizer, self.discriminator, self.loss(labels, logits))
        fooled = self.loss(ops.ones((count, 1)), self.discriminator(fake))
        self.update(self.g_optimizer, self.generator, fooled)
        return {}

    def update(self, optimizer, player, loss):
        player.zero_grad()
        loss.backward()
        optimizer.apply([v.value.grad for v in player.trainable_weights], player.trainable_weights)
"""

_GENERATOR_LOSS: Final = {
    "saturating": "-F.softplus(seen).mean()  # log(1 - D(G(z)))",
    "non-saturating": "F.softplus(-seen).mean()  # -log D(G(z))",
    "least-squares": "((seen - 1) ** 2).mean() / 2",
    "wasserstein-gp": "-seen.mean()",
}

_SNIPPET: Final = """import torch
import torch.nn.functional as F

from core.gan import Gan, Settings  # in the folder of Glassbox
from core.shapes import {made}

gan = Gan(Settings(loss={loss!r}, rate_g={rate_g!r}, rate_d={rate_d!r}, d_steps={d_steps}, g_steps={g_steps},
                   flipped={flipped!r}, width_g={width_g}, depth_g={depth_g}, width_d={width_d}, depth_d={depth_d},
                   plain={plain!r}, seed={seed}), {shape})

for step in range({rounds}):
    told = gan.update()  # D learns of real and fake samples, then G of D's gradient alone

# What `update` does for G, by hand: real samples do not occur in it.
noise = torch.randn(400, 2, generator=torch.Generator().manual_seed(7))
seen = gan.discriminator(gan.generator(noise))
loss = {generator_loss}
slopes = torch.autograd.grad(loss, list(gan.generator.parameters()))
good, modes = gan.source.near(gan.generator(noise).detach())
print("steps", gan.step, "modes", modes, f"on target {{good:.4f}}", f"loss G {{loss.item():.4f}}",
      "gradient", f"{{float(torch.cat([slope.flatten() for slope in slopes]).norm()):.3g}}")
"""


def snippet(choice: Choice, step: int) -> str:
    """Return the code that trains what is chosen to a step of the generator, and prints what the picture shows then."""
    of_d, of_g = choice.steps
    drawn = choice.shape == "drawn"
    return _SNIPPET.format(
        made="drawn" if drawn else "shape_of",
        shape=f"drawn({_points(choice)})" if drawn else f"shape_of({choice.shape!r})",
        loss=choice.loss, rate_g=choice.rate_g, rate_d=choice.rate_d, d_steps=of_d, g_steps=of_g,
        flipped=choice.flipped, width_g=choice.width_g, depth_g=choice.depth_g,
        width_d=choice.width_d, depth_d=choice.depth_d, plain=choice.plain, seed=choice.seed,
        rounds=step // of_g, generator_loss=_GENERATOR_LOSS[choice.loss],
    )  # fmt: skip


def _points(choice: Choice) -> list[tuple[float, float]]:
    return points_of(choice.drawn) or [(0.0, 0.0)]


def notes() -> None:
    """What the picture cannot say."""
    frame.caption(
        _(
            "Healthy means that neither wins: D ends up right about half of the time because the samples are good. A "
            "critic (WGAN-GP) gives scores and no verdicts, so there is no share of right answers. In the preset of "
            "the strict teacher G learns by plain gradient descent: Adam divides every gradient by its own usual "
            "length, and goes on making steps of a gradient that has all but vanished."
        )
    )


def questions() -> None:
    """Predict, then look."""
    predict(
        "gan-first",
        _("Who learns first in every round?"),
        [_("the generator"), _("the discriminator"), _("both at once")],
        1,
        _(
            "The discriminator: the generator’s only signal is the gradient through it, so it has to know something "
            "first. Press “Step of D” and “Step of G” in turn."
        ),
    )
    predict(
        "gan-real",
        _("How many real samples does the generator see?"),
        [_("all of them"), _("one batch a step"), _("none")],
        2,
        _(
            "None. Real samples reach the discriminator only; with others the generator’s gradient in the same step "
            "would be the same, bit by bit. See “Where the gradient goes”."
        ),
    )
    predict(
        "gan-strict",
        _("The discriminator is always right. What does the generator learn with the saturating loss?"),
        [_("most, the teacher is good"), _("next to nothing"), _("as much as ever")],
        1,
        _(
            "log(1 − D(G(z))) is flat where D(G(z)) is near 0: the gradient falls by many powers of ten. −log D(G(z)) "
            "is steep there. Compare the presets “Teacher too strict” and “The same, non-saturating”."
        ),
    )
