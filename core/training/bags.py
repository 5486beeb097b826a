"""Train the bags of n-grams that judge reviews: scikit-learn's logistic regression.

    python -m core.training.bags --data FOLDER [--language ko|en]

scikit-learn (requirements-dev.txt) is needed here alone; what it finds is kept as safetensors and JSON. How strongly
the weights are held small is chosen on the development reviews. ``python -m core.evaluate sentiment … --write-card``
adds the test scores.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core import checkpoints, device
from core.models.bags import NO_PIECE, Gram, ListedBag
from core.models.characters import IDF_STEPS, CharacterBag
from core.sentiment import BAGS, CHARACTERS, Judge, path_of, tokenizer_of
from core.sentiment_table import scores_of
from core.text.characters import Characters
from core.text.corpora import add_data_argument
from core.text.reviews import LANGUAGES, Review, load_reviews
from core.text.tokenizer import Tokenizer
from core.training.characters import fit_characters, heaviest
from core.training.reviews import data_of

# The inverse of the penalty's strength; the best on the development reviews is taken.
STRENGTHS = {
    "unigram": (0.1, 0.3, 1.0, 3.0),
    "bigram": (0.1, 0.3, 1.0, 3.0),
    "tfidf": (1.0, 3.0, 10.0, 30.0),
    CHARACTERS: (1.5, 3.0, 6.0),
}
FEWEST = 3  # texts that hold an n-gram before it counts
# N-grams that are kept: those that weigh most. There are eight times as many Korean reviews.
MOST = {"ko": 60_000, "en": 10_000}
MOST_CHARACTERS = {"ko": 200_000, "en": 40_000}


def grams_of(ids: Sequence[int], *, pairs: bool) -> list[Gram]:
    """Return every n-gram of a text, as often as it stands there."""
    alone: list[Gram] = [(piece, NO_PIECE) for piece in ids]
    return [*alone, *pairwise(ids)] if pairs else alone


def fit(
    kind: str,
    train: Sequence[Sequence[int]],
    labels: NDArray[np.bool_],
    strength: float,
    seed: int,
    most: int = MOST["ko"],
) -> ListedBag:
    """Return a bag of a kind, trained, of at most ``most`` n-grams; its numbers are those that fp16 holds."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    counter = CountVectorizer(
        analyzer=lambda ids: grams_of(ids, pairs=kind != "unigram"), binary=kind != "tfidf", min_df=FEWEST
    )
    counts = counter.fit_transform(train)
    grams = np.array(list(counter.get_feature_names_out()), dtype=np.int64).reshape(-1, 2)
    idf: NDArray[np.float64] | None = None
    for _ in range(2):  # once with all n-grams, once with those alone that weigh most
        weigher = TfidfTransformer()
        x = weigher.fit_transform(counts) if kind == "tfidf" else counts
        idf = _half(weigher.idf_) if kind == "tfidf" else None
        found = LogisticRegression(C=strength, max_iter=500, random_state=seed).fit(x, labels)
        if len(grams) <= most:
            break
        kept = heaviest(found.coef_[0], most)
        counts, grams = counts[:, kept], grams[kept]
    return ListedBag(kind, grams, _half(found.coef_[0]), float(_half(found.intercept_)[0]), idf)


def _half(values: NDArray[Any]) -> NDArray[np.float64]:
    return values.astype(np.float16).astype(np.float64)


def save(path: Path, bag: ListedBag | CharacterBag, card: dict[str, Any]) -> None:
    """Write a bag and its card; `core.sentiment.load_judge` reads it."""
    weights = {"weights": torch.from_numpy(bag.weights), "bias": torch.tensor([bag.bias])}
    if isinstance(bag, CharacterBag):
        weights["keys"] = torch.from_numpy(bag.keys.view(np.int32))
        weights["idf"] = torch.from_numpy((IDF_STEPS * bag.idf).astype(np.uint8))
    else:
        weights["grams"] = torch.tensor(list(bag.features), dtype=torch.int16)
        if bag.idf is not None:
            weights["idf"] = torch.from_numpy(bag.idf)
    checkpoints.save(path, weights, card)


def nats_of(judge: Judge, reviews: Sequence[Review]) -> float:
    """Return the mean cross-entropy in nats: of few reviews it tells more than the share of right ones."""
    logits = np.array(judge.logits([judge.tokenizer.encode(review.text) for review in reviews]))
    positive = np.array([review.positive for review in reviews])
    return round(float(np.logaddexp(0, np.where(positive, -logits, logits)).mean()), 4)


def train(folder: Path, language: str, kind: str, parts: dict[str, list[Review]], seed: int) -> None:
    """Train one bag at every strength and keep the best on the development reviews."""
    characters = kind == CHARACTERS
    tokenizer = Characters() if characters else Tokenizer(tokenizer_of(language))
    ids = [tokenizer.encode(review.text) for review in parts["train"]]
    labels = np.array([review.positive for review in parts["train"]])
    best: tuple[float, float, float, ListedBag | CharacterBag, dict[str, float]] | None = None
    for strength in STRENGTHS[kind]:
        began = time.perf_counter()
        bag: ListedBag | CharacterBag
        if characters:
            bag = fit_characters(ids, labels, strength, MOST_CHARACTERS[language])
        else:
            bag = fit(kind, ids, labels, strength, seed, MOST[language])
        seconds = time.perf_counter() - began
        judge = Judge(bag, tokenizer, {})
        dev = {"nats": nats_of(judge, parts["dev"]), **scores_of(judge, parts["dev"])}
        print(
            f"{language} {kind:<10} C {strength:<5} {seconds:5.1f} s  dev {dev['nats']:.4f} {dev['accuracy']:.4f}"
        )
        if best is None or dev["nats"] < best[0]:
            best = dev["nats"], strength, seconds, bag, dev
    assert best is not None  # there are strengths
    _, strength, seconds, bag, dev = best
    card = {
        "name": f"sentiment, {language}, {kind}",
        "task": "pleasant or not",
        "kind": kind,
        "features": len(bag.weights),
        "parameters": len(bag.weights) + 1,
        **(
            {}
            if isinstance(tokenizer, Characters)
            else {"tokenizer": {"file": tokenizer.path.name, "sha256": tokenizer.sha256()}}
        ),
        "seed": seed,
        "device": device.describe()["name"],
        "seconds": round(seconds, 1),
        "optimiser": f"logistic regression, C {strength}",
        **data_of(folder, language, parts),
        "scores": {"dev": dev},
    }
    save(path_of(language, kind), bag, card)


def main() -> None:
    """Parse the command line and train one bag after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--only", nargs="+", choices=BAGS, default=BAGS)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    device.configure()
    for language in arguments.language:
        parts = load_reviews(arguments.data, language)
        for kind in arguments.only:
            train(arguments.data, language, kind, parts, arguments.seed)


if __name__ == "__main__":
    main()
