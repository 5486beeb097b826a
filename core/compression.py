"""The translator made smaller: what it says then, and what that is worth on held-back sentences.

The arithmetic is simulated: compressed weights are widened to fp32 again and multiplied as such, so that the answers
are those of the smaller file and the speed is that of fp32.
"""

from __future__ import annotations

import csv
import json
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import torch
from torch import Tensor

from core import checkpoints
from core.models.transformer import Transformer
from core.numerics.compress import Plan, compressed, parts_of
from core.scores import EVERYDAY, score, sides
from core.text.corpora import Pair
from core.text.tokenizer import DIRECTIONS
from core.translator import Translator

HELD_BACK: Final = checkpoints.ASSETS / "parallel" / "held-back.tsv"
COUNT: Final = 120  # pairs
BATCH: Final = 20
TIMED: Final = 10  # sentences whose decoding is timed


PRESETS: Final = {
    "fp16": Plan(16),
    "int8": Plan(8),
    "int8-tensor": Plan(8, "tensor"),
    "int4": Plan(4),
    "int4-tensor": Plan(4, "tensor"),
    "mixed": Plan(3, kept=frozenset({"embedding", "encoder.0.self", "decoder.0.self"})),
    "three": Plan(3),
    "half": Plan(16, pruned=0.5),
    "most": Plan(16, pruned=0.8),
    "everything": Plan(16, pruned=1.0),
}
ALONE: Final = Plan(2)  # what is done to one part, all others as they are, to see how much depends on it
RECORDED: Final = checkpoints.ASSETS / "numerics" / "compression.json"


def held_back(path: Path = HELD_BACK) -> list[Pair]:
    """Return the pairs that compressed models are scored on; none of them was seen in training.

    Raises:
        checkpoints.ModelFileError: the file is missing or unreadable.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [Pair(*row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    except FileNotFoundError as error:
        raise checkpoints.ModelFileError("missing", path) from error
    except (OSError, ValueError, TypeError) as error:
        raise checkpoints.ModelFileError("unreadable", path) from error


def chosen(test: Sequence[Pair]) -> list[Pair]:
    """Return `COUNT` everyday pairs of those held back, evenly spaced."""
    everyday = [pair for pair in test if pair.source in EVERYDAY and "\t" not in pair.english + pair.korean]
    step = len(everyday) / COUNT
    return [everyday[int(i * step)] for i in range(COUNT)]


def write_held_back(pairs: Sequence[Pair], path: Path = HELD_BACK) -> None:
    """Write pairs, a line each: English, Korean, the set they are from."""
    lines = ["\t".join(pair) for pair in pairs]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def with_weights(trained: Translator, weights: Mapping[str, Tensor]) -> Translator:
    """Return a translator of the same sizes with other weights."""
    model = Transformer(trained.model.config)
    model.load_state_dict(dict(weights))
    return Translator(model.to(trained.device), trained.tokenizer, trained.card)


def smaller(trained: Translator, plan: Plan) -> Translator:
    """Return the translator as it comes back from a file compressed by a plan."""
    weights = {name: tensor.float() for name, tensor in trained.model.state_dict().items()}
    return with_weights(trained, compressed(weights, plan))


class Scored(NamedTuple):
    """How far the scoring is."""

    done: int  # sentences
    total: int
    scores: dict[str, dict[str, Any]]  # by direction: what `core.scores.score` returns; complete at the end
    seconds: float = math.nan  # a token, known at the end


def scored(translator: Translator, pairs: Sequence[Pair]) -> Iterator[Scored]:
    """Score greedy translations of pairs in both directions; yield after every batch."""
    found: dict[str, dict[str, Any]] = {}
    done, total = 0, 2 * len(pairs)
    yield Scored(done, total, {})
    for direction in DIRECTIONS:
        sources, references = sides(pairs, direction)
        said: list[str] = []
        for first in range(0, len(sources), BATCH):
            said += translator.translate_all(sources[first : first + BATCH], direction)
            done += len(sources[first : first + BATCH])
            if len(said) == len(sources):
                found[direction] = score(said, references, direction)
            if done < total:
                yield Scored(done, total, dict(found))
    yield Scored(done, total, dict(found), seconds_a_token(translator, pairs[:TIMED]))


def last_of(steps: Iterator[Scored]) -> dict[str, dict[str, Any]]:
    """Return the scores that the last step brings."""
    found: dict[str, dict[str, Any]] = {}
    for step in steps:
        found = step.scores
    return found


def seconds_a_token(translator: Translator, pairs: Sequence[Pair]) -> float:
    """Return how long greedy decoding of a few pairs takes, sentence by sentence, in seconds a token."""
    tokens, began = 0, time.perf_counter()
    with torch.inference_mode():
        for pair in pairs:
            tokens += len(translator.answer(translator.source_ids(pair.english, "en-ko"))) + 1
    return (time.perf_counter() - began) / tokens


def recorded(path: Path = RECORDED) -> dict[str, Any]:
    """Return the scores that were measured beforehand: ``plans`` by preset, ``alone`` by part, and a card.

    Raises:
        checkpoints.ModelFileError: the file is missing or unreadable.
    """
    found = checkpoints.read_card(path)
    if not all(isinstance(found.get(name), dict) for name in ("plans", "alone")):
        raise checkpoints.ModelFileError("unreadable", path)
    return found


def measured(trained: Translator, pairs: Sequence[Pair]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield ("plans", preset, scores) and ("alone", part, scores) of everything that `recorded` holds."""
    parts = list(parts_of(trained.model.state_dict()))
    for name, plan in PRESETS.items():
        yield "plans", name, last_of(scored(smaller(trained, plan), pairs))
    for part in parts:
        plan = replace(ALONE, kept=frozenset(parts) - {part})
        yield "alone", part, last_of(scored(smaller(trained, plan), pairs))


def write_recorded(found: dict[str, dict[str, Any]], card: dict[str, Any], path: Path = RECORDED) -> None:
    """Write what was measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**card, **found}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
