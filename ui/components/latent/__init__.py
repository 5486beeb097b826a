"""The latent space of an autoencoder, decoded in the browser."""

from ui.components.latent.picture import latent_picture, told_by
from ui.components.latent.view import LatentModel, LatentState, LatentView

__all__ = ["LatentModel", "LatentState", "LatentView", "latent_picture", "told_by"]
