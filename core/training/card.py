"""What models' cards say: how each was trained, and on what."""

from __future__ import annotations

import dataclasses
from typing import Any

from core import checkpoints, device
from core.text.corpora import WEIGHTS
from core.text.tokenizer import Tokenizer
from core.training.run import Run

LICENCES = (
    "CC BY 2.0 FR, CC BY 4.0, CC BY-SA 2.0 KR, CC BY-SA 3.0, CC BY-SA 4.0, MIT, BSD-3-Clause, Apache-2.0; "
    "see docs/data.md"
)


def course_of(run: Run[Any], config: Any, tokenizer: Tokenizer) -> dict[str, Any]:
    """Return what every card says of a model over tokens and its training."""
    return {
        **facts_of(run, config),
        "tokenizer": {"file": tokenizer.path.name, "sha256": tokenizer.sha256()},
        "tokens_a_batch": run.arguments.tokens,
    }


def facts_of(run: Run[Any], config: Any) -> dict[str, Any]:
    """Return what every card says of a model and its training; ``config``: the dataclass of its sizes."""
    a, progress = run.arguments, run.progress
    return {
        "architecture": dataclasses.asdict(config),
        "parameters": checkpoints.parameters(run.average.weights),
        "seed": a.seed,
        "steps": progress["step"],
        "epochs": progress["epoch"],
        "device": device.describe()["name"],
        "seconds": round(progress["seconds"]),
        "optimiser": f"AdamW, rate {a.rate}, warm-up {a.warmup}, averaged weights",
    }


def card_of(run: Run[Any], config: Any, tokenizer: Tokenizer) -> dict[str, Any]:
    """Return the common part of a card of a model that is trained on the parallel data."""
    base = run.arguments.data / "parallel" / "en-ko"
    return {
        **course_of(run, config, tokenizer),
        "data": {
            name: {"weight": weight, "sha256": checkpoints.sha256(base / f"{name}.tsv")}
            for name, weight in WEIGHTS.items()
        },
        "licence": {"weights": "CC BY-SA 4.0", "data": LICENCES},
    }
