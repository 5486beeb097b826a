"""How like real pictures the fakes of the recorded runs' generators are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from core import checkpoints
from core.classifier import load_classifier
from core.gan_pictures import NAMES, frechet, likeness, load_generator, path_of
from core.images import as_shares, file_of, load_images
from core.vae import load_vae

FAKES = 10_000


def gan(folder: Path, write_card: bool) -> dict[str, dict[str, Any]]:
    """Return every generator's classes covered and Fréchet distance, and keep them in the cards if asked to.

    Beside it stand two distances to the same test pictures: of as many training pictures, below which nothing is
    better, and of draws from the prior that the autoencoder of the same set decodes. A missing one is named.
    """
    found: dict[str, dict[str, Any]] = {}
    for name in NAMES:
        try:
            made, judge = load_generator(name), load_classifier(name)
            images = load_images(folder, name)
            autoencoder = load_vae(name)
        except (checkpoints.ModelFileError, FileNotFoundError) as error:
            print(f"{name}: {error} ({file_of(folder, name)})")
            continue
        real = as_shares(images.parts["test"][0])
        train = as_shares(images.parts["train"][0])
        noise = torch.randn(
            (FAKES, made.card["architecture"]["latent"]), generator=torch.Generator().manual_seed(9)
        )
        with torch.inference_mode():
            fakes = torch.cat([made.generator(part) for part in noise.split(1000)]).numpy()
        alike = likeness(fakes, real, judge)
        draws = autoencoder.decode(np.random.default_rng(9).standard_normal((FAKES, 2)).astype(np.float32))
        some = np.random.default_rng(9).permutation(len(train))[: len(real)]
        features = judge.features(real)
        found[name] = {
            "fakes": FAKES,
            "test_images": len(real),
            "covered": alike.covered,
            "classes": judge.classes,
            "shares": [round(share, 4) for share in alike.shares],
            "distance": round(alike.distance, 2),
            "floor": round(frechet(judge.features(train[some]), features), 2),
            "autoencoder": round(frechet(judge.features(draws), features), 2),
            "features": "last hidden layer of our own classifier; not FID, which takes Inception's",
        }
        print(name, found[name], flush=True)
        if write_card:
            checkpoints.add_scores(path_of(name), "test", found[name])
    return found
