"""What the page of the latent space calls its models and classes."""

from __future__ import annotations

from typing import Final

from ui.i18n import N_, _

SETS: Final = {"digits": N_("Digits"), "clothes": N_("Clothes"), "hangul": N_("Hangul")}
_CLASSES: Final = {
    "digits": tuple("0123456789"),
    "clothes": (
        N_("T-shirt"), N_("trousers"), N_("pullover"), N_("dress"), N_("coat"), N_("sandal"), N_("shirt"),
        N_("sneaker"), N_("bag"), N_("ankle boot"),
    ),
    "hangul": tuple("가나다라마바사아자차카타파하"),
}  # fmt: skip
_MODELS: Final = {
    "digits": ("VAE, β = 1", N_("The loss is −ELBO itself: reconstruction + KL.")),
    "digits-ae": (
        N_("Plain autoencoder"),
        N_("Reconstruction alone, no KL and no ε: codes lie where they like, with gaps between them."),
    ),
    "digits-beta4": ("β = 4", N_("KL counts four times: codes near the prior, blurred pictures.")),
    "digits-collapse": (
        "β = 100",
        N_(
            "Posterior collapse: KL is so dear that the code says nothing, and every picture comes back the same."
        ),
    ),
    "clothes": ("VAE, β = 1", N_("The loss is −ELBO itself: reconstruction + KL.")),
    "hangul": ("VAE, β = 1", N_("The loss is −ELBO itself: reconstruction + KL.")),
}


def classes(images: str) -> tuple[str, ...]:
    """The names of a set's classes, in the order of their labels."""
    return tuple(_(name) if name.isascii() and not name.isdigit() else name for name in _CLASSES[images])


def model(name: str) -> tuple[str, str]:
    """A model's title, and what is particular about it."""
    title, about = _MODELS[name]
    return _(title), _(about)
