"""sacreBLEU's scores of a list of translations, and the table of all held-back parts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import sacrebleu

from core.baselines import Memory, copy
from core.checkpoints import MODELS
from core.recurrent import recurrent_models
from core.text.corpora import Pair, load_split
from core.text.tokenizer import DIRECTIONS
from core.text.written import with_written
from core.translator import TextModel, Translator

EVERYDAY: Final = ("tatoeba", "talpco", "storybooks")

NEAR_COPIES: Final = "pawsx"

BEAM: Final = 4  # wide, as the Translate page begins

System = Callable[[Sequence[str]], list[str]]


def sides(pairs: Sequence[Pair], direction: str) -> tuple[list[str], list[str]]:
    """Return the sources and the references."""
    english, korean = [p.english for p in pairs], [p.korean for p in pairs]
    return (korean, english) if direction == "ko-en" else (english, korean)


def score(outputs: Sequence[str], references: Sequence[str], direction: str) -> dict[str, Any]:
    """Return BLEU (Papineni et al. 2002) and chrF2 (Popović 2015) as sacreBLEU computes them (Post 2018).

    Korean is scored with the tokenizer of its characters (``char``) beside the default ``13a``, which counts
    space-separated words and is harsh to a language that joins particles to them.
    """
    bleu, chrf = sacrebleu.metrics.BLEU(), sacrebleu.metrics.CHRF()
    found = {
        "bleu": round(bleu.corpus_score(outputs, [references]).score, 2),
        "chrf2": round(chrf.corpus_score(outputs, [references]).score, 2),
        "signature": str(bleu.get_signature()),
        "chrf_signature": str(chrf.get_signature()),
    }
    if direction == "en-ko":
        characters = sacrebleu.metrics.BLEU(tokenize="char")
        found["bleu_characters"] = round(characters.corpus_score(outputs, [references]).score, 2)
    return found


def translator_scores(translator: Translator, pairs: Sequence[Pair], direction: str) -> dict[str, Any]:
    """Return `score` of the translator's greedy translations, and how long they took."""
    sources, references = sides(pairs, direction)
    began = time.monotonic()
    outputs = translator.translate_all(sources, direction)
    seconds = round(time.monotonic() - began, 1)
    return {
        "direction": direction,
        "pairs": len(pairs),
        **score(outputs, references, direction),
        "seconds": seconds,
    }


def parts_of(test: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Return the held-back pairs by set, and before them several together.

    ``apart`` is all of them but pawsx, whose sentences stand beside nearly equal ones in the training data: there the
    memory knows the answer.
    """
    parts: dict[str, list[Pair]] = {
        "all": list(test),
        "apart": [p for p in test if p.source != NEAR_COPIES],
        "everyday": [p for p in test if p.source in EVERYDAY],
    }
    for pair in test:
        parts.setdefault(pair.source, []).append(pair)
    return parts


def table(translator: Translator, folder: Path, models: Path = MODELS) -> Iterator[dict[str, Any]]:
    """Yield a row for each held-back part, direction and system.

    Each sentence is translated once by each; a part's score is that of its sentences. The systems are the translator,
    greedy and with a beam, and what it has to be better than: the LSTM translators in ``models``, the memory and the
    copy.
    """
    split = load_split(folder)
    test = split["test"]
    train = with_written(split["train"], [*split["dev"], *test])
    neural: dict[str, TextModel[Any]] = {"translator": translator}
    neural |= {f"LSTM {kind}": model for kind, model in recurrent_models(models).items()}
    for direction in DIRECTIONS:
        sources, references = sides(test, direction)
        systems: Mapping[str, System] = {
            **{name: partial(model.translate_all, direction=direction) for name, model in neural.items()},
            f"beam of {BEAM}": partial(_searched, translator, direction),
            "memory": Memory(train, direction).translate_all,
            "copy": copy,
        }
        for name, system in systems.items():
            outputs = dict(zip(test, zip(system(sources), references, strict=True), strict=True))
            for part, pairs in parts_of(test).items():
                said, wanted = zip(*(outputs[pair] for pair in pairs), strict=True)
                row = {"system": name, "part": part, "direction": direction, "pairs": len(pairs)}
                yield row | score(said, wanted, direction)


def _searched(translator: Translator, direction: str, texts: Sequence[str]) -> list[str]:
    return [translator.translate(text, direction, BEAM) for text in texts]
