"""Train the GANs whose runs are kept to be looked at: digits and Hangul syllables.

    python -m core.training.gan --data FOLDER [--only digits …] [--resume]

A run writes `MOMENTS` moments of the same noise as one strip of pictures, ``assets/models/gan-NAME.png`` in sixteen
greys, and the generator it ends with; the card tells of every moment its curves. Rates fall to nothing over the last
part of the steps, since the two players never come to rest by themselves. Checkpoints go to ``runs/gan/NAME``; a file
``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from PIL import Image
from safetensors import safe_open
from torch import Tensor
from tqdm import tqdm

from core import checkpoints, device, gan_pictures
from core.classifier import load_classifier
from core.gan import PLAYERS, Gan, Kept
from core.gan_pictures import NAMES, USUAL, PictureSource, likeness, sheet, shown_noise
from core.images import as_shares, file_of, load_images
from core.live_gan import means
from core.training.pictures import LICENCES
from core.training.run import configure
from core.training.state import yield_to_others

MOMENTS: Final = 120
STEPS: Final = {"digits": 60_000, "hangul": 30_000}
FALLS: Final = 0.4  # the last share of the steps, in which the rates fall
FAKES: Final = 2000  # that are compared with real pictures at every moment
EVERY: Final = 1000  # steps between checkpoints
GREYS: Final = 16


class Training:
    """One recorded run."""

    def __init__(self, name: str, arguments: argparse.Namespace) -> None:
        images = load_images(arguments.data, name)
        self.name, self.folder, self.data = name, arguments.run / name, file_of(arguments.data, name)
        self.steps = arguments.steps or STEPS[name]
        self.real = as_shares(images.parts["test"][0])
        self.classifier = load_classifier(name)
        self.source = PictureSource(as_shares(images.parts["train"][0]))
        self.run = Gan(USUAL, self.source)
        self.noise = shown_noise()
        self.wide = torch.randn((FAKES, USUAL.latent), generator=torch.Generator().manual_seed(8))
        self.seconds = 0.0
        if arguments.resume and self.state.exists():
            self.seconds = load_run(self.state, self.run)
        else:
            for old in self.folder.glob("*.safetensors"):
                old.unlink()
        self.since: list[Any] = []  # steps of the players since the last moment

    @property
    def state(self) -> Path:
        """Where the checkpoint lies."""
        return self.folder / "state.safetensors"

    def train(self) -> None:
        """Train to the end, and write what the app ships."""
        due = moments_of(self.steps)
        bar = tqdm(total=self.steps, initial=self.run.step, unit="step", mininterval=5)
        began = time.monotonic()
        while True:
            if self.run.step in due:
                self.note()
            if self.run.step >= self.steps:
                break
            began += yield_to_others()
            left = min(1.0, (self.steps - self.run.step) / (FALLS * self.steps))
            self.run.settings = dataclasses.replace(
                USUAL, rate_g=USUAL.rate_g * left, rate_d=USUAL.rate_d * left
            )
            self.since += self.run.update().items()
            bar.update()
            if self.run.step % EVERY == 0:
                self.seconds += time.monotonic() - began
                began = time.monotonic()
                save_run(self.state, self.run, self.seconds)
        self.seconds += time.monotonic() - began
        bar.close()
        self.write()

    def note(self) -> None:
        """Keep this moment: the pictures, what the players told since the last one, and how like real ones they are."""
        with torch.no_grad():
            fakes = self.run.generator(self.wide).numpy()
        alike = likeness(fakes, self.real, self.classifier)
        told = {
            "step": self.run.step,
            **means(self.since),
            "classes": alike.covered,
            "distance": alike.distance,
        }
        self.since = []
        self.folder.mkdir(parents=True, exist_ok=True)
        pictures = torch.from_numpy(sheet(self.run.generator, self.noise))
        checkpoints.write_tensors(self.moment(self.run.step), {"sheet": pictures}, {"told": json.dumps(told)})
        tqdm.write(json.dumps(told))

    def moment(self, step: int) -> Path:
        """Where a moment is kept until the run ends."""
        return self.folder / f"moment-{step}.safetensors"

    def write(self) -> None:
        """Write the strip of all moments, the generator and the card."""
        sheets, told = [], []
        for step in moments_of(self.steps):
            with safe_open(self.moment(step), framework="pt") as file:
                sheets.append(file.get_tensor("sheet").numpy())
                told.append(json.loads(file.metadata()["told"]))
        strip = gan_pictures.strip_of(self.name)
        strip.parent.mkdir(parents=True, exist_ok=True)
        levels = np.rint(np.concatenate(sheets).astype(np.float32) / 255 * (GREYS - 1)).astype(np.uint8)
        picture = Image.fromarray(levels, "P")
        picture.putpalette(
            [value for grey in range(GREYS) for value in [round(255 * grey / (GREYS - 1))] * 3]
        )
        picture.save(strip, bits=4, optimize=True)
        card = {
            "name": f"GAN, {self.name}",
            "architecture": {"latent": USUAL.latent, "width": USUAL.width_g, "side": self.source.side},
            "settings": dataclasses.asdict(USUAL),
            "parameters": sum(p.numel() for p in self.run.generator.parameters()),
            "seed": USUAL.seed,
            "steps": self.run.step,
            "device": device.describe()["name"],
            "seconds": round(self.seconds),
            "optimiser": f"Adam, rates {USUAL.rate_g}, falling over the last {FALLS:.0%} of the steps",
            "data": {self.name: {"sha256": checkpoints.sha256(self.data)}},
            "licence": {"weights": "CC BY-SA 4.0", "data": LICENCES[self.name]},
            "strip": {
                "name": strip.name,
                "sha256": checkpoints.sha256(strip),
                "bytes": strip.stat().st_size,
            },
            "moments": [rounded(one) for one in told],
        }
        checkpoints.save(gan_pictures.path_of(self.name), self.run.generator.state_dict(), card)


def moments_of(steps: int) -> list[int]:
    """Return the steps at which a moment is kept: close together at first, when most happens."""
    return sorted({round(steps * (i / (MOMENTS - 1)) ** 2) for i in range(MOMENTS)})


def rounded(told: dict[str, Any]) -> dict[str, Any]:
    """Return a moment's numbers to five digits, and nothing for what is not known."""

    def one(value: Any) -> Any:
        if isinstance(value, list):
            return [one(each) for each in value]
        return float(f"{value:.5g}") if isinstance(value, float) else value

    return {name: one(value) for name, value in told.items()}


def save_run(path: Path, run: Gan, seconds: float) -> None:
    """Write everything that a run needs to go on, without pickle."""
    kept = run.keep()
    tensors: dict[str, Tensor] = {"noise": kept.noise}
    for player, weights in kept.weights.items():
        tensors |= {f"{player}.{name}": tensor for name, tensor in weights.items()}
    for who, state in zip(PLAYERS, kept.optimisers, strict=True):
        for number, parts in state["state"].items():
            tensors |= {f"{who}.{number}.{part}": tensor for part, tensor in parts.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"step": kept.step, "turn": kept.turn, "seconds": seconds}
    checkpoints.write_tensors(
        path, {name: t.contiguous() for name, t in tensors.items()}, {"told": json.dumps(told)}
    )


def load_run(path: Path, run: Gan) -> float:
    """Bring a run to where `save_run` left it; return the seconds it has taken."""
    with safe_open(path, framework="pt") as file:
        told = json.loads(file.metadata()["told"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  no mapping
    fresh = run.keep()
    weights = {
        player: {name: tensors[f"{player}.{name}"] for name in names}
        for player, names in fresh.weights.items()
    }
    optimisers = []
    for who, state in zip(PLAYERS, fresh.optimisers, strict=True):
        found: dict[int, dict[str, Tensor]] = {}
        for name, tensor in tensors.items():
            if name.startswith(f"{who}."):
                number, part = name.removeprefix(f"{who}.").split(".")
                found.setdefault(int(number), {})[part] = tensor
        optimisers.append({**state, "state": found})
    run.go_back(Kept(told["step"], told["turn"], weights, (optimisers[0], optimisers[1]), tensors["noise"]))
    return float(told["seconds"])


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--steps", type=int, default=0, help="of the generator")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--run", type=Path, default=Path("runs/gan"))
    arguments = parser.parse_args()
    configure(arguments.threads)
    for name in arguments.only:
        Training(name, arguments).train()


if __name__ == "__main__":
    main()
