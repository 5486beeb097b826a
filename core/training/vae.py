"""Train the autoencoders: digits (plain, β = 1, 4 and 100), clothes, Hangul syllables, drawn faces.

    python -m core.training.vae --data FOLDER [--only digits …] [--resume]

The loss is reconstruction + β · KL a picture (Kingma and Welling 2014; β: Higgins et al. 2017). The weights that are
kept are the averaged ones with the best loss so far on the development pictures. Of the digits' models moments of the
training are kept, too (`core.moments`). Checkpoints go to ``runs/vae/NAME``; a file ``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from torch import Tensor

from core import checkpoints, device, moments
from core.examples import load_examples
from core.images import Images, as_shares, file_of, load_images
from core.models.vae import Vae, kl, reconstruction
from core.text.corpora import add_data_argument
from core.training.card import facts_of
from core.training.pictures import Pictures
from core.training.run import Run, add_arguments, configure
from core.vae import NAMES, RECIPES, Autoencoder, config_of, load_vae, path_of
from core.vae_table import scores_of

STEPS = {"hangul": 6000, "digits-collapse": 10_000, "faces": 16_000}  # of the others 30,000, if not --steps


class Training:
    """One autoencoder, what it learns from, and its run."""

    def __init__(
        self, name: str, arguments: argparse.Namespace, images: Images, out: Path | None = None
    ) -> None:
        """``out``: where the weights go, if not to the shipped ones."""
        own = {"run": arguments.run / name, "steps": arguments.steps or STEPS.get(name, 30_000)}
        self.arguments = argparse.Namespace(**{**vars(arguments), **own})
        self.name, self.recipe, self.images = name, RECIPES[name], images
        self.out = out or path_of(name)
        self.pictures = Pictures(images, arguments.images, arguments.seed)
        self.config = config_of(name, self.pictures.pixels.shape[1])
        torch.manual_seed(arguments.seed)
        self.model = Vae(self.config).to(device.best())
        self.run = Run[Tensor](self.model, self.arguments)
        self.shown: Tensor | None = None
        if name in moments.NAMES:
            shown = as_shares(load_examples("digits").train[: moments.POINTS])
            self.shown = torch.from_numpy(shown).to(device.best())
        if arguments.resume:
            self.run.resume(self.out)
        else:
            shutil.rmtree(self._moment(0).parent, ignore_errors=True)  # of another training

    def loss(self, places: Tensor) -> tuple[Tensor, int]:
        """Return the summed loss of a batch and its number of pictures."""
        self.note_moment()
        pixels = self.pictures.of(places)
        noise = torch.randn(len(pixels), self.config.latent).to(pixels.device)
        posterior, logits = self.model(pixels, noise)
        loss = reconstruction(logits, pixels).sum()
        if self.config.variational:
            loss = loss + self.recipe.beta * kl(posterior).sum()
        return loss, len(pixels)

    def averaged(self) -> Autoencoder:
        """Return the averaged weights as a model."""
        model = Vae(self.config).to(device.best())
        model.load_state_dict(self.run.average.weights)
        return Autoencoder(model, {})

    def dev_scores(self, model: Autoencoder) -> dict[str, Any]:
        """Return the scores on the development pictures."""
        return scores_of(model, as_shares(self.images.parts["dev"][0]))

    def save(self) -> bool:
        """Score the averaged weights; write the state, and weights and card if they are the best so far.

        Returns:
            False: the steps decide when it ends.
        """
        scores = self.dev_scores(self.averaged())
        better = self.run.is_best(
            round(scores["reconstruction"] + self.recipe.beta * scores.get("kl", 0.0), 4)
        )
        self.run.save()
        if better:
            # Codes that no ε keeps apart lie close together: whole numbers cost a plain autoencoder a nat.
            int8 = self.config.variational
            checkpoints.save(self.out, self.run.average.weights, self.card(), int8=int8)
            checkpoints.add_scores(self.out, "dev", self.dev_scores(load_vae(self.name, self.out)))
        return False

    def note_moment(self) -> None:
        """Keep the moment if this step is one of those that are shown."""
        step = self.run.progress["step"]
        path = self._moment(step)
        if self.shown is None or step not in moments.STEPS or path.exists():
            return
        model = self.averaged()
        # The step around this may compute in bf16; what is shown is measured as the pages compute it.
        with torch.inference_mode(), torch.autocast(device.best().type, enabled=False):
            told = {"step": step, **self.dev_scores(model)}
            tensors = moments.tensors_of(model.model, model.model.encode(self.shown).mean)
        path.parent.mkdir(parents=True, exist_ok=True)
        tensors = {name: tensor.cpu().contiguous() for name, tensor in tensors.items()}
        checkpoints.write_tensors(path, tensors, {"told": json.dumps(told)})

    def _moment(self, step: int) -> Path:
        return self.arguments.run / "moments" / f"{step}.safetensors"

    def finish(self) -> None:
        """Write the moments, and a face's directions into the card."""
        model = load_vae(self.name, self.out)
        if self.shown is not None and self._moment(moments.STEPS[0]).exists():
            self._write_moments(model)
        if self.images.name == "faces":
            card = checkpoints.read_card(self.out)
            card["concepts"] = self.concepts(model)
            checkpoints.write_card(self.out, card)

    def _write_moments(self, model: Autoencoder) -> None:
        kept: list[dict[str, Tensor]] = []
        told = []
        for step in (step for step in moments.STEPS if self._moment(step).exists()):
            with safe_open(self._moment(step), framework="pt") as file:
                kept.append({name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118  no mapping
                told.append(json.loads(file.metadata()["told"]))
        common = {p: model.card[p] for p in ("architecture", "seed", "device", "data", "shape", "licence")}
        card = {"name": f"{model.card['name']}, moments", "points": moments.POINTS, **common}
        moments.save_moments(self.name, kept, told, card)

    def concepts(self, model: Autoencoder) -> dict[str, list[float]]:
        """Return each attribute's direction: the mean place of the pictures that have it less that of the others.

        Larsen et al. 2016, section 4.1.
        """
        pictures, attributes = self.images.parts["train"]
        means, _log_vars = model.encode(as_shares(pictures))
        return {
            name: [round(float(one), 4) for one in means[has].mean(0) - means[~has].mean(0)]
            for name, has in zip(self.images.classes, attributes.T.astype(bool), strict=True)
        }

    def card(self) -> dict[str, Any]:
        """Return the model card without the test's scores; ``core.evaluate vae … --write-card`` adds them."""
        return {
            "name": f"{'autoencoder' if not self.config.variational else 'VAE'}, {self.name}",
            "task": "pictures to a few numbers and back",
            "beta": self.recipe.beta if self.config.variational else None,
            **facts_of(self.run, self.config),
            **self.pictures.told(file_of(self.arguments.data, self.images.name)),
        }


def main() -> None:
    """Parse the command line and train one model after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    add_arguments(parser, steps=0, images=256, run="runs/vae")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.set_defaults(rate=2e-3, warmup=200, decay=0.6, every=1000)
    arguments = parser.parse_args()
    configure(arguments.threads)
    for name in arguments.only:
        print(name, flush=True)
        training = Training(name, arguments, load_images(arguments.data, RECIPES[name].images))
        training.run.train(training.pictures.epoch, training.loss, training.save)
        training.finish()


if __name__ == "__main__":
    main()
