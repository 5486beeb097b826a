"""What the autoencoders reach on held-back pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from core import checkpoints
from core.examples import load_examples
from core.images import as_shares, file_of, load_images
from core.vae import DRAWS, NAMES, RECIPES, Array, Autoencoder, load_vae, path_of

PIXELS = "Bernoulli; a pixel's grey value is the probability that it is on (mean over all binary pictures)"
BATCH = 1000


def scores_of(model: Autoencoder, pixels: Array) -> dict[str, Any]:
    """Return mean −ELBO in nats a picture, its parts, and KL a dimension, of pixels from 0 to 1 (picture, pixel)."""
    found = [model.parts(pixels[at : at + BATCH], seed=at) for at in range(0, len(pixels), BATCH)]
    reconstruction = float(np.concatenate([one.reconstruction for one in found]).mean(dtype=np.float64))
    by_dimension = np.concatenate([one.kl for one in found]).mean(0, dtype=np.float64)
    rounded = {"reconstruction": round(reconstruction, 3), "kl": round(float(by_dimension.sum()), 3)}
    if not model.config.variational:
        return {"images": len(pixels), "reconstruction": rounded["reconstruction"]}
    return {
        "images": len(pixels),
        "negative_elbo": round(rounded["reconstruction"] + rounded["kl"], 3),
        **rounded,
        "kl_by_dimension": [round(float(one), 4) for one in by_dimension],
        "draws": DRAWS,
        "pixels": PIXELS,
    }


def vae(folder: Path, write_card: bool) -> dict[str, dict[str, Any]]:
    """Return the scores of every model on the test pictures of its set, and keep them in the cards if asked to.

    A model without a file is named and passed over.
    """
    found = {}
    for name in NAMES:
        if not file_of(folder, RECIPES[name].images).exists():
            print(f"{name}: {file_of(folder, RECIPES[name].images)} is missing")
            continue
        try:
            model = load_vae(name)
        except checkpoints.ModelFileError as error:
            if error.kind != "missing":
                raise
            print(f"{name}: {error}")
            continue
        pictures, _labels = load_images(folder, RECIPES[name].images).parts["test"]
        found[name] = scores_of(model, as_shares(pictures))
        print(name, found[name], flush=True)
        if write_card:
            checkpoints.add_scores(path_of(name), "test", found[name])
            shipped = as_shares(load_examples(RECIPES[name].images).test)
            checkpoints.add_scores(path_of(name), "shipped test pictures", scores_of(model, shipped))
    return found
