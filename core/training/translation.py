"""Train the Korean ⇄ English translator, both directions in one model.

    python -m core.training.translation --data FOLDER --steps 12000 [--resume]

AdamW with warm-up, a constant rate, and a linear decay over the last part of ``--steps`` (Hu et al. 2024,
section 4), so that a training can be prolonged by naming more steps; label smoothing; batches of sentences of
like length. Checkpoints go to ``runs/translation``; a file ``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from tqdm import tqdm

from core import checkpoints, device
from core.models.transformer import Transformer, TransformerConfig
from core.text.corpora import WEIGHTS, Pair, add_data_argument, epoch_of, load_split
from core.text.tokenizer import DIRECTIONS, END, PAD, START, Tokenizer
from core.training.state import Average, load_state, save_state, yield_to_others
from core.translator import TOKENIZER, TRANSLATOR

LABEL_SMOOTHING = 0.1  # Vaswani et al. 2017, section 5.4
LONGEST = 96  # pieces; longer pairs are few and slow
LICENCES = (
    "CC BY 2.0 FR, CC BY 4.0, CC BY-SA 2.0 KR, CC BY-SA 3.0, CC BY-SA 4.0, MIT, BSD-3-Clause, Apache-2.0; "
    "see docs/data.md"
)

Example = tuple[list[int], list[int]]  # source ids, target ids from start to end token


def examples_of(pairs: Sequence[Pair], tokenizer: Tokenizer) -> dict[Pair, tuple[list[int], list[int]]]:
    """Return the pieces (English, Korean) of each pair that is short enough to train on."""
    texts = {pair: (tokenizer.encode(pair.english), tokenizer.encode(pair.korean)) for pair in pairs}
    return {pair: ids for pair, ids in texts.items() if max(map(len, ids)) <= LONGEST}


def both_directions(pieces: tuple[list[int], list[int]], tokenizer: Tokenizer) -> list[Example]:
    """Return a pair's two examples: English to Korean and Korean to English."""
    english, korean = pieces
    return [
        ([tokenizer.direction("en-ko"), *english, END], [START, *korean, END]),
        ([tokenizer.direction("ko-en"), *korean, END], [START, *english, END]),
    ]


def batches(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Group examples of like length into batches of at most ``tokens`` padded tokens a side, shuffled."""
    ordered = sorted(examples, key=lambda e: (len(e[1]) + rng.random(), len(e[0]) + rng.random()))
    groups: list[list[Example]] = [[]]
    widest = 0
    for example in ordered:
        widest = max(widest, len(example[0]), len(example[1]))
        if groups[-1] and widest * (len(groups[-1]) + 1) > tokens:
            groups.append([])
            widest = max(len(example[0]), len(example[1]))
        groups[-1].append(example)
    rng.shuffle(groups)
    return groups


def collate(batch: Sequence[Example], to: torch.device) -> tuple[Tensor, Tensor]:
    """Return padded source (batch, source) and target (batch, target) ids."""
    source = pad_sequence([torch.tensor(s) for s, _ in batch], batch_first=True, padding_value=PAD)
    target = pad_sequence([torch.tensor(t) for _, t in batch], batch_first=True, padding_value=PAD)
    return source.to(to), target.to(to)


def learning_rate(step: int, steps: int, peak: float, warmup: int, decay: float, begun: int = 0) -> float:
    """Rise over ``warmup`` steps, stay at ``peak``, and fall to zero over the last ``decay`` share of ``steps``.

    ``begun`` is the step at which the optimiser began without moments: the warm-up counts from there.
    """
    left = (steps - step) / max(1.0, steps * decay)
    return peak * min(1.0, (step - begun + 1) / warmup, max(0.0, left))


def loss_of(model: Transformer, source: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, int]:
    """Return the summed cross-entropy in nats of predicting each next token, and the number of tokens."""
    logits, _ = model(source, target[:, :-1])
    wanted = target[:, 1:]
    loss = F.cross_entropy(
        logits.flatten(0, 1), wanted.flatten(), ignore_index=PAD, label_smoothing=smoothing, reduction="sum"
    )
    return loss, int((wanted != PAD).sum())


@torch.inference_mode()
def dev_loss(model: Transformer, groups: Sequence[Sequence[Example]]) -> float:
    """Return the mean cross-entropy in nats a token, without smoothing."""
    model.eval()
    total, count = 0.0, 0
    for group in groups:
        loss, tokens = loss_of(model, *collate(group, device.best()), smoothing=0.0)
        total, count = total + loss.item(), count + tokens
    model.train()
    return total / count


class Training:
    """One run: the model, what it learns from, and how far it has come."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.folder: Path = arguments.run
        self.tokenizer = Tokenizer(TOKENIZER)
        parts = load_split(arguments.data)
        self.train = examples_of(parts["train"], self.tokenizer)
        dev = [
            e
            for ids in examples_of(parts["dev"], self.tokenizer).values()
            for e in both_directions(ids, self.tokenizer)
        ]
        self.dev = batches(dev, arguments.tokens, random.Random(0))
        torch.manual_seed(arguments.seed)
        self.config = TransformerConfig(vocabulary=len(self.tokenizer), dropout=arguments.dropout)
        self.model = Transformer(self.config).to(device.best())
        self.average = Average(self.model)
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(),
            lr=arguments.rate,
            betas=(0.9, 0.98),
            eps=1e-9,
            weight_decay=0.01,
            fused=True,
        )
        self.progress: dict[str, Any] = {"step": 0, "epoch": 0, "batch": 0, "seconds": 0.0, "dev_loss": None}
        if arguments.resume:
            self._resume()

    def _resume(self) -> None:
        state = self.folder / "state.safetensors"
        if state.exists():
            self.progress = load_state(state, self.model, self.average, self.optimiser)
        elif TRANSLATOR.exists():  # the run's folder is gone: go on from the weights that the project ships
            weights, card = checkpoints.load(TRANSLATOR)
            self.model.load_state_dict({name: t.to(device.best()) for name, t in weights.items()})
            self.average = Average(self.model)
            self.progress.update(
                step=card["steps"], begun=card["steps"], epoch=card["epochs"] + 1, seconds=card["seconds"]
            )

    def epoch(self, number: int) -> list[list[Example]]:
        """Return the batches of epoch ``number``, the same ones at every call."""
        rng = random.Random(f"{self.arguments.seed}/{number}")
        examples = [
            e for pair in epoch_of(self.train, rng) for e in both_directions(self.train[pair], self.tokenizer)
        ]
        return batches(examples, self.arguments.tokens, rng)

    def stream(self) -> Iterator[list[Example]]:
        """Yield batches from where the run stands, epoch after epoch."""
        while True:
            groups = self.epoch(self.progress["epoch"])
            while self.progress["batch"] < len(groups):
                self.progress["batch"] += 1
                yield groups[self.progress["batch"] - 1]
            self.progress.update(epoch=self.progress["epoch"] + 1, batch=0)

    def update(self, group: list[Example]) -> tuple[float, int]:
        """Take one optimiser step; return the loss in nats a token and the number of target tokens."""
        step = self.progress["step"]
        a = self.arguments
        torch.manual_seed(a.seed * 1_000_003 + step)  # dropout is the same after a resumption
        for group_ in self.optimiser.param_groups:
            group_["lr"] = learning_rate(
                step, a.steps, a.rate, a.warmup, a.decay, self.progress.get("begun", 0)
            )
        source, target = collate(group, device.best())
        with torch.autocast(source.device.type, dtype=torch.bfloat16, enabled=a.bf16):
            loss, tokens = loss_of(self.model, source, target, LABEL_SMOOTHING)
        self.optimiser.zero_grad()
        (loss / tokens).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.average.update(self.model, step)
        self.progress["step"] += 1
        return loss.item() / tokens, tokens

    def run(self) -> None:
        """Train to ``--steps``, saving the state and the shipped weights every ``--every`` steps."""
        a = self.arguments
        if self.progress["step"] >= a.steps:
            print(f"Nothing to do: {self.progress['step']} steps are done, --steps asks for {a.steps}.")
            return
        bar = tqdm(
            total=a.steps, initial=self.progress["step"], unit="step", mininterval=2, dynamic_ncols=True
        )
        began, seen, smooth = time.monotonic(), 0, None
        for group in self.stream():
            if self.progress["step"] >= a.steps:
                break
            began += yield_to_others()
            loss, tokens = self.update(group)
            seen += tokens
            smooth = loss if smooth is None else 0.98 * smooth + 0.02 * loss
            bar.update()
            bar.set_postfix(
                loss=f"{smooth:.3f}",
                epoch=self.progress["epoch"],
                tok_s=f"{seen / (time.monotonic() - began):.0f}",
            )
            if self.progress["step"] % a.every == 0 or self.progress["step"] == a.steps:
                self.progress["seconds"] += time.monotonic() - began
                self.save()
                began, seen = time.monotonic(), 0
                tqdm.write(json.dumps({**self.progress, "train_loss": round(smooth, 4)}))
        bar.close()

    def save(self) -> None:
        """Score the averaged weights on the dev part, then write state, weights and card."""
        averaged = Transformer(self.config).to(device.best())
        averaged.load_state_dict(self.average.weights)
        self.progress["dev_loss"] = round(dev_loss(averaged, self.dev), 4)
        save_state(self.folder / "state.safetensors", self.model, self.average, self.optimiser, self.progress)
        checkpoints.save(self.arguments.out, self.average.weights, self.card())

    def card(self) -> dict[str, Any]:
        """Return the model card; `python -m core.evaluate translation --write-card` adds BLEU and chrF."""
        base = self.arguments.data / "parallel" / "en-ko"
        a = self.arguments
        return {
            "name": "translator",
            "task": "translation, " + " and ".join(DIRECTIONS),
            "architecture": dataclasses.asdict(self.config),
            "parameters": checkpoints.parameters(self.average.weights),
            "tokenizer": {"file": TOKENIZER.name, "sha256": self.tokenizer.sha256()},
            "data": {
                name: {"weight": weight, "sha256": checkpoints.sha256(base / f"{name}.tsv")}
                for name, weight in WEIGHTS.items()
            },
            "licence": {"weights": "CC BY-SA 4.0", "data": LICENCES},
            "seed": a.seed,
            "steps": self.progress["step"],
            "epochs": self.progress["epoch"],
            "tokens_a_batch": a.tokens,
            "device": device.describe()["name"],
            "seconds": round(self.progress["seconds"]),
            "optimiser": f"AdamW, rate {a.rate}, warm-up {a.warmup}, averaged weights",
            "label_smoothing": LABEL_SMOOTHING,
            "scores": {"dev_loss_nats_a_token": self.progress["dev_loss"]},
        }


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    parser.add_argument("--steps", type=int, default=12_000)
    parser.add_argument("--tokens", type=int, default=2_000, help="padded tokens a batch, each side")
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
    parser.add_argument("--run", type=Path, default=Path("runs/translation"))
    parser.add_argument("--out", type=Path, default=TRANSLATOR)
    arguments = parser.parse_args()
    device.configure(arguments.threads)
    # Probabilities of a model that has learned something reach numbers that a CPU handles many times slower.
    torch.set_flush_denormal(True)
    Training(arguments).run()


if __name__ == "__main__":
    main()
