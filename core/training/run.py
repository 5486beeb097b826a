"""The course of a training, the same for every model: steps, checkpoints, resumption, pauses, progress.

AdamW with warm-up, a constant rate, and a linear decay over the last part of the steps (Hu et al. 2024,
section 4), so that a training can be prolonged by naming more steps.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn
from tqdm import tqdm

from core import checkpoints, device
from core.training.state import Average, load_state, save_state, yield_to_others

Batch = TypeVar("Batch")
STATE = "state.safetensors"  # in the folder of a run


def learning_rate(step: int, steps: int, peak: float, warmup: int, decay: float, begun: int = 0) -> float:
    """Rise over ``warmup`` steps, stay at ``peak``, and fall to zero over the last ``decay`` share of ``steps``.

    ``begun`` is the step at which the optimiser began without moments: the warm-up counts from there.
    """
    left = (steps - step) / max(1.0, steps * decay)
    return peak * min(1.0, (step - begun + 1) / warmup, max(0.0, left))


def add_arguments(
    parser: argparse.ArgumentParser, *, steps: int, run: str, tokens: int = 0, images: int = 0
) -> None:
    """Add the options that every training has; a batch has so many ``tokens``, or ``images``."""
    parser.add_argument("--steps", type=int, default=steps)
    if images:
        parser.add_argument("--images", type=int, default=images, help="pictures a batch")
    else:
        parser.add_argument("--tokens", type=int, default=tokens, help="padded tokens a batch, each side")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--warmup", type=int, default=600)
    parser.add_argument(
        "--decay", type=float, default=0.25, help="the last share of the steps, in which the rate falls"
    )
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=400, help="steps between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=device.bf16_is_faster())
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--run", type=Path, default=Path(run))


def configure(threads: int) -> None:
    """Prepare this process for training."""
    device.configure(threads)
    # Probabilities of a model that has learned something reach numbers that a CPU handles many times slower.
    torch.set_flush_denormal(True)


class Run(Generic[Batch]):
    """One training: the model, its averaged weights, its optimiser, and how far it has come.

    ``arguments`` holds what `add_arguments` adds.
    """

    def __init__(self, model: nn.Module, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.state: Path = arguments.run / STATE
        self.model = model
        self.average = Average(model)
        self.optimiser = torch.optim.AdamW(
            model.parameters(),
            lr=arguments.rate,
            betas=(0.9, 0.98),
            eps=1e-9,
            weight_decay=0.01,
            fused=True,
        )
        self.progress: dict[str, Any] = {"step": 0, "epoch": 0, "batch": 0, "seconds": 0.0, "dev_loss": None}

    def resume(self, shipped: Path | None = None) -> None:
        """Go on from the last checkpoint, or without one from the weights that the project ships, if there are."""
        if self.state.exists():
            self.progress = load_state(self.state, self.model, self.average, self.optimiser)
        elif shipped is not None and shipped.exists():
            weights, card = checkpoints.load(shipped)
            self.model.load_state_dict({name: t.to(device.best()) for name, t in weights.items()})
            self.average = Average(self.model)
            done = card["steps"]
            self.progress.update(step=done, begun=done, epoch=card["epochs"] + 1, seconds=card["seconds"])

    def is_best(self, loss: float) -> bool:
        """Note a development loss, and how many checkpoints have passed without a better one; is it the best so far?"""
        progress = self.progress
        better = loss < progress.get("best", float("inf"))
        progress.update(
            dev_loss=loss,
            best=min(loss, progress.get("best", float("inf"))),
            waited=0 if better else progress.get("waited", 0) + 1,
        )
        return bool(better)

    def save(self) -> None:
        """Write a checkpoint."""
        save_state(self.state, self.model, self.average, self.optimiser, self.progress)

    def stream(self, epoch: Callable[[int], list[Batch]]) -> Iterator[Batch]:
        """Yield batches from where the run stands; ``epoch`` gives the same ones at every call with a number."""
        while True:
            groups = epoch(self.progress["epoch"])
            while self.progress["batch"] < len(groups):
                self.progress["batch"] += 1
                yield groups[self.progress["batch"] - 1]
            self.progress.update(epoch=self.progress["epoch"] + 1, batch=0)

    def update(self, batch: Batch, loss_of: Callable[[Batch], tuple[Tensor, int]]) -> tuple[float, int]:
        """Take one optimiser step; return the loss in nats a token (or picture) and the number of them."""
        step, a = self.progress["step"], self.arguments
        torch.manual_seed(a.seed * 1_000_003 + step)  # dropout is the same after a resumption
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(
                step, a.steps, a.rate, a.warmup, a.decay, self.progress.get("begun", 0)
            )
        with torch.autocast(device.best().type, dtype=torch.bfloat16, enabled=a.bf16):
            loss, tokens = loss_of(batch)
        self.optimiser.zero_grad()
        (loss / tokens).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.average.update(self.model, step)
        self.progress["step"] += 1
        return loss.item() / tokens, tokens

    def train(
        self,
        epoch: Callable[[int], list[Batch]],
        loss_of: Callable[[Batch], tuple[Tensor, int]],
        save: Callable[[], bool | None],
    ) -> None:
        """Train to ``--steps``, or until ``save`` returns True; it is called every ``--every`` steps and at the end."""
        a, progress = self.arguments, self.progress
        if progress["step"] >= a.steps:
            print(f"Nothing to do: {progress['step']} steps are done, --steps asks for {a.steps}.")
            return
        bar = tqdm(total=a.steps, initial=progress["step"], unit="step", mininterval=2, dynamic_ncols=True)
        began, seen, smooth = time.monotonic(), 0, None
        for batch in self.stream(epoch):
            if progress["step"] >= a.steps:
                break
            began += yield_to_others()
            loss, tokens = self.update(batch, loss_of)
            seen += tokens
            smooth = loss if smooth is None else 0.98 * smooth + 0.02 * loss
            bar.update()
            rate = seen / (time.monotonic() - began)
            bar.set_postfix(loss=f"{smooth:.3f}", epoch=progress["epoch"], a_second=f"{rate:.0f}")
            if progress["step"] % a.every == 0 or progress["step"] == a.steps:
                progress["seconds"] += time.monotonic() - began
                enough = save()
                began, seen = time.monotonic(), 0
                tqdm.write(json.dumps({**progress, "train_loss": round(smooth, 4)}))
                if enough:
                    break
        bar.close()
