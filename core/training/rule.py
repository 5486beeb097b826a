"""Measure the rule of 1,500: a bag and two sequence models learn from more and more reviews of one length.

    python -m core.training.rule --data FOLDER [--resume]

Every size is drawn anew for each seed; all kinds learn from the same draw, choose on development reviews of that
length and are scored on all test reviews of that length. One encoder begins with random weights; the other has guessed
hidden pieces of all training reviews before (`core.training.masked`; a pretraining that is done already, in
``runs/sentiment``, is not done again). What is found goes to ``assets/sentiment/rule.json``. What is
done already is kept in ``runs/rule`` and not done again with ``--resume``; a file ``runs/PAUSE`` makes it wait.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor
from tqdm import tqdm

from core import device
from core.lengths import Range
from core.rule import BAG, LENGTHS, MEASURED, READ, RULE, SEQUENCE, SEQUENCES, mean_words, words_in
from core.sentiment import Judge, load_judge, tokenizer_of
from core.sentiment_table import scores_of
from core.text.corpora import add_data_argument
from core.text.reviews import Review, load_reviews
from core.text.tokenizer import Tokenizer
from core.training.bags import fit
from core.training.run import add_arguments, configure
from core.training.sentiment import Training, config_of, pretrained
from core.training.state import yield_to_others

SIZES = (500, 1000, 2000, 4000, 8000, 16_000, 24_000, 32_000)
SEEDS = (1, 2, 3)
SURE = 8000  # reviews from which on one draw is like another: one seed is enough
STRENGTH = 3.0  # of the bag's penalty, as chosen for all reviews
EPOCHS = 12  # at most: patience ends it before


def of_bag(parts: dict[str, list[Review]], tokenizer: Tokenizer, seed: int) -> Judge:
    """Return a bag that learned from ``train``."""
    ids = [tokenizer.encode(review.text) for review in parts["train"]]
    labels = np.array([review.positive for review in parts["train"]])
    return Judge(fit(BAG, ids, labels, STRENGTH, seed), tokenizer, {})


def read_before(parts: dict[str, list[Review]], arguments: argparse.Namespace) -> dict[str, Tensor]:
    """Return the weights of an encoder that has guessed hidden pieces of all training reviews."""
    own = {"run": arguments.pretraining / f"ko-{SEQUENCE}", "resume": True, "tokens": 2000}
    tokenizer = Tokenizer(tokenizer_of("ko"))
    config = config_of(SEQUENCE, len(tokenizer), arguments.dropout)
    return pretrained(config, argparse.Namespace(**{**vars(arguments), **own}), parts, tokenizer)[0]


def of_sequence(
    parts: dict[str, list[Review]],
    tokenizer: Tokenizer,
    seed: int,
    arguments: argparse.Namespace,
    begin: dict[str, Tensor] | None,
) -> Judge:
    """Return an encoder that learned from ``train``, at its best on ``dev``; ``begin``: its first weights."""
    folder: Path = arguments.run / "one"
    shutil.rmtree(folder, ignore_errors=True)
    pieces = sum(len(tokenizer.encode(review.text)) for review in parts["train"])
    tokens = min(
        2000, max(300, pieces // 20)
    )  # at least twenty steps an epoch, however few reviews there are
    epoch = max(20, pieces // tokens)
    own = {
        "tokens": tokens, "steps": EPOCHS * epoch, "every": epoch, "warmup": epoch, "seed": seed, "run": folder,
        "resume": False, "language": "ko", "patience": 2, "pretrain": 0,
        "rate": 1e-3 if begin is None else 5e-4,
    }  # fmt: skip
    out = folder / "weights.safetensors"
    training = Training(
        SEQUENCE, argparse.Namespace(**{**vars(arguments), **own}), parts, tokenizer, out, begin
    )
    training.run.train(training.epoch, training.loss, training.save)
    return load_judge("ko", SEQUENCE, out)


def row_of(
    parts: dict[str, list[Review]],
    lengths: Range,
    size: int,
    seed: int,
    kind: str,
    arguments: argparse.Namespace,
    begin: dict[str, Tensor] | None,
) -> dict[str, Any]:
    """Return what a kind reaches with one draw."""
    tokenizer = Tokenizer(tokenizer_of("ko"))
    drawn = random.Random(f"{lengths}/{size}/{seed}").sample(parts["train"], size)
    own = {**parts, "train": drawn}
    began = time.perf_counter()
    judge = (
        of_bag(own, tokenizer, seed) if kind == BAG else of_sequence(own, tokenizer, seed, arguments, begin)
    )
    seconds = time.perf_counter() - began
    return {
        "words": list(lengths),
        "size": size,
        "mean_words": round(mean_words(drawn), 3),
        "ratio": round(size / mean_words(drawn), 1),
        "kind": kind,
        "seed": seed,
        "accuracy": scores_of(judge, parts["test"])["accuracy"],
        "seconds": round(seconds, 1),
    }


def main() -> None:
    """Parse the command line, measure, and write what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    add_arguments(parser, steps=0, tokens=2000, run="runs/rule")
    parser.add_argument("--pretrain", type=int, default=12_000, help="steps of guessing hidden pieces")
    parser.add_argument("--pretraining", type=Path, default=Path("runs/sentiment"), help="where that is kept")
    parser.set_defaults(dropout=0.2)
    arguments = parser.parse_args()
    configure(arguments.threads)
    whole = load_reviews(arguments.data, "ko")
    kept: Path = arguments.run / "rows.json"
    rows: list[dict[str, Any]] = json.loads(kept.read_text()) if arguments.resume and kept.exists() else []
    done = {(tuple(row["words"]), row["size"], row["seed"], row["kind"]) for row in rows}
    by_length = {
        lengths: {name: [r for r in reviews if lengths.holds(words_in(r))] for name, reviews in whole.items()}
        for lengths in LENGTHS
    }
    wanted = [
        (lengths, size, seed, kind)
        for kind in (BAG, *SEQUENCES)
        for lengths, parts in by_length.items()
        for size in SIZES
        if size <= len(parts["train"])
        for seed in (SEEDS if size < SURE else SEEDS[:1])
    ]
    begin: dict[str, dict[str, Tensor]] = {}
    for lengths, size, seed, kind in tqdm(wanted, unit="draw"):
        if (tuple(lengths), size, seed, kind) in done:
            continue
        yield_to_others()
        if kind == READ and READ not in begin:
            begin[READ] = read_before(whole, arguments)
        rows.append(row_of(by_length[lengths], lengths, size, seed, kind, arguments, begin.get(kind)))
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(rows), encoding="utf-8")
        tqdm.write(json.dumps(rows[-1]))
    reviews = [
        {
            "words": list(lengths),
            **{name: len(found) for name, found in parts.items()},
            "mean_words": round(mean_words(parts["train"]), 2),
        }
        for lengths, parts in by_length.items()
    ]
    about = {"rule": RULE, "device": device.describe()["name"], "reviews": reviews, "rows": rows}
    MEASURED.parent.mkdir(parents=True, exist_ok=True)
    MEASURED.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
