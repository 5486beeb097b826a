"""How well the models judge reviews: accuracy, and how long one review takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from core import checkpoints
from core.language import language_of
from core.sentiment import KINDS, Judge, load_judge, path_of
from core.text.reviews import Review, read_reviews

TOGETHER = 64  # reviews a batch, of like length
TIMED = 300  # reviews, one at a time

Scores = dict[str, float]


def scores_of(judge: Judge, reviews: Sequence[Review]) -> Scores:
    """Return the share of right judgements, that of the commoner label, and the milliseconds of one review alone."""
    ids = [judge.tokenizer.encode(review.text) for review in reviews]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    right = 0
    for at in range(0, len(order), TOGETHER):
        group = order[at : at + TOGETHER]
        logits = judge.logits([ids[i] for i in group])
        right += sum((logit > 0) == reviews[i].positive for i, logit in zip(group, logits, strict=True))
    positive = sum(review.positive for review in reviews)
    spent = []
    for review in reviews[:: max(1, len(reviews) // TIMED)]:
        began = time.perf_counter()
        judge.logits([judge.tokenizer.encode(review.text)])
        spent.append(time.perf_counter() - began)
    return {
        "accuracy": round(right / len(reviews), 4),
        "commoner": round(max(positive, len(reviews) - positive) / len(reviews), 4),
        "reviews": len(reviews),
        "ms": round(1000 * statistics.median(spent), 3),
    }


def sentiment(path: Path, write_card: bool = False) -> dict[str, Scores]:
    """Print and return every model's scores on a file of lines ``text TAB label``, by the model's kind.

    The language is that of most of the reviews. A model without a file is named and passed over.

    Raises:
        ValueError: the file holds no review, or a line that is none.
    """
    reviews = read_reviews(path)
    if not reviews:
        raise ValueError(f"{path.name} holds no review")
    korean = sum(language_of(review.text) == "ko" for review in reviews)
    language = "ko" if 2 * korean > len(reviews) else "en"
    found: dict[str, Scores] = {}
    for kind in KINDS:
        try:
            judge = load_judge(language, kind)
        except checkpoints.ModelFileError as error:
            if error.kind != "missing":
                raise
            print(f"{kind}: {error}")
            continue
        found[kind] = row = scores_of(judge, reviews)
        print(
            f"{language} {kind:<13}{row['reviews']:>7} reviews  accuracy {row['accuracy']:.4f}  {row['ms']:.3f} ms"
        )
        if write_card:
            checkpoints.add_scores(path_of(language, kind), path.stem, row)
    return found
