"""What the card of every model trained on the parallel data says."""

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


def card_of(run: Run[Any], config: Any, tokenizer: Tokenizer) -> dict[str, Any]:
    """Return the card's common part: architecture, digests, licence, and how the training went.

    ``config`` is the dataclass of the model's sizes.
    """
    a, progress = run.arguments, run.progress
    base = a.data / "parallel" / "en-ko"
    return {
        "architecture": dataclasses.asdict(config),
        "parameters": checkpoints.parameters(run.average.weights),
        "tokenizer": {"file": tokenizer.path.name, "sha256": tokenizer.sha256()},
        "data": {
            name: {"weight": weight, "sha256": checkpoints.sha256(base / f"{name}.tsv")}
            for name, weight in WEIGHTS.items()
        },
        "licence": {"weights": "CC BY-SA 4.0", "data": LICENCES},
        "seed": a.seed,
        "steps": progress["step"],
        "epochs": progress["epoch"],
        "tokens_a_batch": a.tokens,
        "device": device.describe()["name"],
        "seconds": round(progress["seconds"]),
        "optimiser": f"AdamW, rate {a.rate}, warm-up {a.warmup}, averaged weights",
    }
