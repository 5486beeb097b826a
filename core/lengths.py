"""What translations score by the length of their source: the bottleneck, measured.

Every system translates the same held-back sentences greedily. chrF2 and BLEU are sacreBLEU's, of all sentences of a
range of lengths together, with a 95 % band over sentences. Longer texts share more by chance, so each score stands
beside that of the same translations against other sentences' references; and what is above it, beside what `NONE` has
above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import sacrebleu
from numpy.typing import NDArray

from core import bootstrap, checkpoints
from core.recurrent import NAMES, path_of, recurrent_models
from core.scores import score, sides
from core.text.corpora import Pair, load_split, read_pairs
from core.text.tokenizer import DIRECTIONS
from core.translator import TRANSLATOR, TextModel, load_translator

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NONE = NAMES[0]


class Range(NamedTuple):
    """Lengths in pieces or words, both ends counted; ``last`` is ``None`` where there is no limit."""

    first: int
    last: int | None

    def holds(self, length: int) -> bool:
        """Whether a length lies in it."""
        return self.first <= length and (self.last is None or length <= self.last)


RANGES = (Range(1, 5), Range(6, 10), Range(11, 15), Range(16, 20), Range(21, 30), Range(31, None))


def held_back_pairs(data: Path) -> list[Pair]:
    """Return the test part of the training data's folder, or the pairs of a file.

    Raises:
        ValueError: a line of the file has not exactly one tab.
    """
    return load_split(data)["test"] if data.is_dir() else read_pairs(data)


def seq2seq(data: Path, folder: Path = checkpoints.MODELS, translator: Path = TRANSLATOR) -> dict[str, Any]:
    """Print and return the scores of every LSTM translator there is and of the translator.

    Args:
        data: the training data's folder, whose test part is translated, or a file of pairs.
        folder: where the LSTM translators' weights lie.

    Raises:
        checkpoints.ModelFileError: a file cannot be used, or that of the translator is missing.
        ValueError: a line of the file has not exactly one tab.
    """
    systems: dict[str, TextModel[Any]] = {
        **recurrent_models(folder),
        "translator": load_translator(translator),
    }
    pairs = held_back_pairs(data)
    overall, lengths = [], []
    for direction in DIRECTIONS:
        sources, references = sides(pairs, direction)
        outputs = {name: system.translate_all(sources, direction) for name, system in systems.items()}
        for name, said in outputs.items():
            row = {"system": name, "direction": direction, "pairs": len(pairs)}
            overall.append(row | score(said, references, direction))
            print(f"{name:<11}{direction}  all {_shown(overall[-1])}", flush=True)
        tokenizer = systems["translator"].tokenizer
        for row in by_length(
            outputs, references, [len(tokenizer.encode(text)) for text in sources], direction
        ):
            lengths.append(row)
            print(f"{row['system']:<11}{direction}  {_range(row):<6}{row['pairs']:>5} pairs {_shown(row)}")
    return {
        "draws": bootstrap.DRAWS,
        "seed": bootstrap.SEED,
        "models": {name: _who(system.card) for name, system in systems.items()},
        "overall": overall,
        "lengths": lengths,
    }


def write_cards(found: Mapping[str, Any], folder: Path = checkpoints.MODELS) -> None:
    """Keep what `seq2seq` found of all sentences in the cards of the LSTM translators in ``folder``."""
    for row in found["overall"]:
        if row["system"] in NAMES:
            checkpoints.add_scores(folder / path_of(row["system"]).name, f"all, {row['direction']}", row)


def by_length(
    outputs: Mapping[str, Sequence[str]],
    references: Sequence[str],
    lengths: Sequence[int],
    direction: str,
    ranges: Sequence[Range] = RANGES,
) -> list[dict[str, Any]]:
    """Return a row for each range of source lengths that has sentences, and each system.

    Args:
        outputs: the translations of each system, in the references' order.
        lengths: of the sources, in pieces.

    Returns:
        ``system``, ``direction``, ``from``, ``to`` (``None``: no limit), ``pairs``, and of each metric its score; its
        band as ``…_band``; ``…_chance``: its score against the references of the sentences half a range further on; and
        where `NONE` is among the systems, for each other one ``…_share``: what `NONE` has above chance as a share of
        what this one has, and ``…_share_band``.
    """
    metrics: dict[str, sacrebleu.metrics.base.Metric] = {
        "chrf2": sacrebleu.metrics.CHRF(),
        "bleu": sacrebleu.metrics.BLEU(),
    }
    if direction == "en-ko":
        metrics["bleu_characters"] = sacrebleu.metrics.BLEU(tokenize="char")
    rows: list[dict[str, Any]] = []
    for range_ in ranges:
        chosen = [place for place, length in enumerate(lengths) if range_.holds(length)]
        if not chosen:
            continue
        own = [references[place] for place in chosen]
        others = own[len(own) // 2 :] + own[: len(own) // 2]
        head = {"direction": direction, "from": range_.first, "to": range_.last, "pairs": len(chosen)}
        scored: dict[str, dict[str, Any]] = {system: {"system": system, **head} for system in outputs}
        for name, metric in metrics.items():
            above: dict[str, tuple[float, Floats]] = {}
            for system, all_said in outputs.items():
                said = [all_said[place] for place in chosen]
                value, drawn = drawn_scores(metric, statistics(metric, said, own))
                chance, chance_drawn = drawn_scores(metric, statistics(metric, said, others))
                above[system] = value - chance, drawn - chance_drawn
                scored[system] |= {
                    name: round(value, 2),
                    f"{name}_band": _rounded(bootstrap.band(drawn)),
                    f"{name}_chance": round(chance, 2),
                }
            for system, row in scored.items():
                if NONE in above and system != NONE:
                    row |= _share(name, above[NONE], above[system])
        rows += scored.values()
    return rows


def _share(name: str, none: tuple[float, Floats], other: tuple[float, Floats]) -> dict[str, Any]:
    """Nothing where the other one is not clearly above chance itself."""
    if other[0] <= 0 or (other[1] <= 0).any():
        return {}
    band = bootstrap.band(none[1] / other[1])
    return {f"{name}_share": round(none[0] / other[0], 4), f"{name}_share_band": _rounded(band, 4)}


def _rounded(bounds: tuple[float, float], digits: int = 2) -> list[float]:
    return [round(bound, digits) for bound in bounds]


def statistics(metric: Any, outputs: Sequence[str], references: Sequence[str]) -> Ints:
    """Return what the metric counts in each sentence, (sentence, count): the sums over sentences give the score."""
    return np.array(metric._extract_corpus_statistics(outputs, [references]), dtype=np.int64)


def drawn_scores(metric: Any, counted: Ints) -> tuple[float, Floats]:
    """Return the score of sentences by their `statistics`, and that of each draw of them (draw,)."""

    def of(sums: Ints) -> float:
        return float(metric._compute_score_from_stats(sums.tolist()).score)

    drawn = bootstrap.resamples(len(counted)) @ counted
    return of(counted.sum(0)), np.array([of(sums) for sums in drawn])


def _who(card: Mapping[str, Any]) -> dict[str, Any]:
    """Which model it was, and how much it had learned."""
    file = card.get("file", {})
    return {"sha256": file.get("sha256")} | {
        name: card.get(name) for name in ("parameters", "steps", "seconds", "seed")
    }


def _range(row: Mapping[str, Any]) -> str:
    return f"{row['from']}–{row['to'] or ''}"


def _shown(row: Mapping[str, Any]) -> str:
    def one(name: str) -> str:
        low, high = row.get(f"{name}_band", (None, None))
        return f"{row[name]:5.1f}" + ("" if low is None else f" ({low:.1f}–{high:.1f})")

    return f" chrF2 {one('chrf2')}  BLEU {one('bleu')}"
