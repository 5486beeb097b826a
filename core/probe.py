"""How much of a sentence can be read out of one vector, by a linear probe (Alain and Bengio 2017).

A probe is a multinomial logistic regression: it is shown a vector and says which word stood at the sentence's first,
middle or last place. It learns from training sentences and is scored on held-back ones, by the sentence's length.
What it is shown:

- ``last``: the encoder's last state, all that a decoder without attention ever sees of the source (of the model
  without attention);
- ``last and cell``: the same and the LSTM's cell beside it, from which the decoder starts, too;
- ``context``: of a model with attention, the context of the decoder's step that gives this word the largest weight,
  while the decoder reads the reference translation. The place of the word is thus known, the word itself is not.

A word is named by the piece it begins with, and only the `WORDS` most frequent ones are asked for.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from core import bootstrap, checkpoints
from core.lengths import Range
from core.models.recurrent import Seq2Seq
from core.models.transformer import padding_mask
from core.recurrent import recurrent_models
from core.text.corpora import load_split
from core.text.tokenizer import DIRECTIONS, END, PAD, Tokenizer
from core.training.pairs import Example, both_directions, collate, examples_of

PLACES = ("first", "middle", "last")
WORDS = 500  # that can be asked for
RANGES = (Range(3, 5), Range(6, 10), Range(11, 15), Range(16, 20), Range(21, 30))  # pieces
SENTENCES = 3000  # to learn from, of each range: long ones count as much as short ones
SHRINKING = 1e-3  # of the probe's weights: an L2 penalty on standardised numbers
ITERATIONS = 60
TOGETHER = 128  # sentences that run as one batch


@dataclass(frozen=True)
class Sentence:
    """An example and its three words."""

    source: list[int]  # with direction and end token
    target: list[int]  # from start to end token
    places: tuple[int, int, int]  # of the words' first pieces in ``source``

    @property
    def length(self) -> int:
        """The source's pieces, direction and end token not counted."""
        return len(self.source) - 2

    @property
    def words(self) -> tuple[int, ...]:
        """The pieces that the words begin with."""
        return tuple(self.source[place] for place in self.places)


@dataclass(frozen=True)
class Readings:
    """What the probes are shown, a row for each sentence."""

    last: Tensor  # (sentence, hidden)
    cell: Tensor  # (sentence, hidden)
    contexts: Tensor | None  # (sentence, place, hidden); ``None`` without attention


@dataclass(frozen=True)
class Probe:
    """A linear map from a vector to scores of words."""

    mean: Tensor  # (number,): of the vectors it learned from
    scale: Tensor  # (number,)
    weight: Tensor  # (word, number)
    bias: Tensor  # (word,)

    def guess(self, x: Tensor) -> Tensor:
        """Return the most probable word's index for vectors (sentence, number): (sentence,)."""
        return F.linear((x - self.mean) / self.scale, self.weight, self.bias).argmax(-1)


def fit(x: Tensor, y: Tensor, words: int) -> Probe:
    """Learn to tell words (sentence,) from vectors (sentence, number).

    The loss is convex and the start is zero: nothing is drawn.
    """
    mean, scale = x.mean(0), x.std(0).clamp_min(1e-6)
    z = (x - mean) / scale
    weight = torch.zeros(words, x.shape[1], requires_grad=True)
    bias = torch.zeros(words, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=ITERATIONS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = F.cross_entropy(F.linear(z, weight, bias), y) + SHRINKING / 2 * weight.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    return Probe(mean, scale, weight.detach(), bias.detach())


def word_beginnings(tokenizer: Tokenizer) -> frozenset[int]:
    """Return the pieces that begin a word: a space, then at least one letter or digit."""
    pieces = tokenizer.pieces(range(len(tokenizer)))
    return frozenset(
        token for token, piece in enumerate(pieces) if piece[0] == "▁" and any(map(str.isalnum, piece))
    )


def sentences_of(examples: Iterable[Example], beginnings: frozenset[int]) -> list[Sentence]:
    """Return the examples of three words and more, with their first, middle and last one."""
    found = []
    for source, target in examples:
        begun = [place for place, token in enumerate(source) if token in beginnings]
        if len(begun) >= 3:
            found.append(Sentence(source, target, (begun[0], begun[len(begun) // 2], begun[-1])))
    return found


def balanced(sentences: Sequence[Sentence], each: int, seed: int = bootstrap.SEED) -> list[Sentence]:
    """Draw at most ``each`` sentences of every one of `RANGES`."""
    rng, drawn = random.Random(seed), []
    for range_ in RANGES:
        inside = [sentence for sentence in sentences if range_.holds(sentence.length)]
        drawn += rng.sample(inside, min(each, len(inside)))
    return drawn


@torch.inference_mode()
def read(model: Seq2Seq, sentences: Sequence[Sentence]) -> Readings:
    """Run the model over sentences, the decoder reading the reference, and keep what the probes are shown."""
    device = next(model.parameters()).device
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i].target), len(sentences[i].source)))
    parts: list[tuple[Tensor, ...]] = []
    for first in range(0, len(order), TOGETHER):
        chosen = [sentences[i] for i in order[first : first + TOGETHER]]
        source, target = collate([(s.source, s.target) for s in chosen], device)
        memory, _ = model.encode(source)
        places = torch.tensor([s.places for s in chosen], device=device)
        looked = model.look(target, memory, padding_mask(source))
        if looked.weights is None:
            parts.append((memory.last.cpu(), memory.cell.cpu()))
        else:
            steps = best_steps(looked.weights, places, (target == PAD) | (target == END))
            rows = torch.arange(len(chosen), device=device)[:, None]
            parts.append((memory.last.cpu(), memory.cell.cpu(), looked.contexts[rows, steps].cpu()))
    back = torch.tensor(order).argsort()
    last, cell, *contexts = (torch.cat(part)[back].clone() for part in zip(*parts, strict=True))
    return Readings(last, cell, contexts[0] if contexts else None)


def best_steps(weights: Tensor, places: Tensor, nothing: Tensor) -> Tensor:
    """Return for each place the decoder's step that gives it the largest weight: (sentence, place).

    Args:
        weights: (sentence, step, source).
        places: (sentence, place), of source pieces.
        nothing: boolean (sentence, step), True where the decoder has nothing left to say.
    """
    index = places[:, None].expand(-1, weights.shape[1], -1)
    given = weights.gather(2, index).masked_fill(nothing[:, :, None], -1)  # (sentence, step, place)
    return given.argmax(1)


def scored(
    train: tuple[Tensor, Sequence[int]],
    test: tuple[Tensor, Sequence[int]],
    lengths: Sequence[int],
    words: Sequence[int],
) -> list[dict[str, Any]]:
    """Fit one probe, and return its share of right guesses for each of `RANGES` that has sentences.

    Args:
        train: vectors (sentence, number), and the word of each; another word than ``words`` is passed over.
        test: likewise.
        lengths: of the test's sentences, in pieces.

    Returns:
        ``from``, ``to``, ``sentences``, ``right``, its ``band``, and ``chance``: the share that is right by always
        saying the word that was most frequent in training.
    """
    number = {word: place for place, word in enumerate(words)}
    kept = [place for place, word in enumerate(train[1]) if word in number]
    if not kept:
        return []
    y = torch.tensor([number[train[1][place]] for place in kept])
    probe = fit(train[0][kept], y, len(words))
    usual = words[int(y.bincount().argmax())]
    said = [words[guess] for guess in probe.guess(test[0]).tolist()]
    rows = []
    for range_ in RANGES:
        asked = [
            place for place, length in enumerate(lengths) if range_.holds(length) and test[1][place] in number
        ]
        if not asked:
            continue
        right = np.array([said[place] == test[1][place] for place in asked], dtype=np.float64)
        drawn: NDArray[np.float64] = bootstrap.resamples(len(asked)) @ right / len(asked)
        rows.append(
            {
                "from": range_.first,
                "to": range_.last,
                "sentences": len(asked),
                "right": round(float(right.mean()), 4),
                "band": [round(bound, 4) for bound in bootstrap.band(drawn)],
                "chance": round(sum(test[1][place] == usual for place in asked) / len(asked), 4),
            }
        )
    return rows


def probe_models(
    models: Mapping[str, Seq2Seq],
    train: Sequence[Sentence],
    test: Sequence[Sentence],
    words: int = WORDS,
) -> list[dict[str, Any]]:
    """Return `scored` for each model, vector and place: rows with ``kind``, ``read`` and ``place`` besides."""
    counts = Counter(word for sentence in train for word in sentence.words)
    asked = [word for word, _ in counts.most_common(words)]
    lengths = [sentence.length for sentence in test]
    rows = []
    for kind, model in models.items():
        learned, held_back = read(model, train), read(model, test)
        for place, name in enumerate(PLACES):
            shown = zip(_vectors(learned, place).items(), _vectors(held_back, place).values(), strict=True)
            for (what, x), x_test in shown:
                found = scored(
                    (x, [sentence.words[place] for sentence in train]),
                    (x_test, [sentence.words[place] for sentence in test]),
                    lengths,
                    asked,
                )
                rows += [{"kind": kind, "read": what, "place": name, **row} for row in found]
    return rows


def probe(data: Path, folder: Path = checkpoints.MODELS, sentences: int = SENTENCES) -> dict[str, Any]:
    """Print and return what can be read out of every LSTM translator there is, for both directions.

    Args:
        data: the training data's folder: the train part is learned from, dev and test are scored.
        folder: where the LSTM translators' weights lie.
        sentences: see `SENTENCES`.

    Raises:
        checkpoints.ModelFileError: a file cannot be used.
    """
    models = recurrent_models(folder)
    found: dict[str, Any] = {
        "words": WORDS,
        "draws": bootstrap.DRAWS,
        "seed": bootstrap.SEED,
        "models": {kind: model.card.get("file", {}).get("sha256") for kind, model in models.items()},
        "rows": [],
    }
    if not models:
        return found
    tokenizer = next(iter(models.values())).tokenizer
    beginnings, parts = word_beginnings(tokenizer), load_split(data)
    pieces = {
        "train": examples_of(parts["train"], tokenizer),
        "test": examples_of([*parts["dev"], *parts["test"]], tokenizer),
    }
    networks = {kind: model.model for kind, model in models.items()}
    for direction in DIRECTIONS:
        asks = tokenizer.direction(direction)
        own = {
            part: sentences_of(
                (e for pair in held.values() for e in both_directions(pair, tokenizer) if e[0][0] == asks),
                beginnings,
            )
            for part, held in pieces.items()
        }
        for row in probe_models(networks, balanced(own["train"], sentences), own["test"]):
            found["rows"].append({"direction": direction, **row})
            print({"direction": direction, **row}, flush=True)
    return found


def _vectors(readings: Readings, place: int) -> dict[str, Tensor]:
    """What a probe of this place is shown, by its name: (sentence, number) each."""
    if readings.contexts is not None:
        return {"context": readings.contexts[:, place]}
    return {"last": readings.last, "last and cell": torch.cat([readings.last, readings.cell], -1)}
