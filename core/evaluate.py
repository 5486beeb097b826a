"""Score a trained model on a file.

    python -m core.evaluate translation --data PAIRS.tsv --direction en-ko|ko-en [--write-card]
    python -m core.evaluate small --data PAIRS.tsv

``PAIRS.tsv`` holds lines ``English TAB Korean``. The last line printed is JSON; ``--write-card`` keeps it in the
model's card under the file's name. ``small`` scores every small model on both sides of the pairs, as they are and with
their pieces shuffled.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import sacrebleu

from core import checkpoints, device
from core.small import NAMES, load_small
from core.text.corpora import read_pairs
from core.text.tokenizer import BLANK, DIRECTIONS
from core.training.small import held_back, score
from core.translator import TRANSLATOR, Translator, load_translator


def translation(translator: Translator, path: Path, direction: str, show: int = 0) -> dict[str, Any]:
    """Return sacreBLEU's BLEU and chrF (Post 2018) of the greedy translations of a file of pairs.

    Korean is scored with the tokenizer of its characters (``char``) beside the default ``13a``, which counts
    space-separated words and is harsh to a language that joins particles to them.

    Raises:
        ValueError: a line of the file has not exactly one tab.
    """
    pairs = read_pairs(path)
    english, korean = [p.english for p in pairs], [p.korean for p in pairs]
    sources, references = (korean, english) if direction == "ko-en" else (english, korean)
    began = time.monotonic()
    outputs = translator.translate_all(sources, direction)
    seconds = time.monotonic() - began
    for source, output, reference in list(zip(sources, outputs, references, strict=True))[:show]:
        print(f"{source}\n  → {output}\n  = {reference}")
    bleu = sacrebleu.metrics.BLEU()
    scores = {
        "direction": direction,
        "pairs": len(pairs),
        "bleu": round(bleu.corpus_score(outputs, [references]).score, 2),
        "chrf": round(sacrebleu.metrics.CHRF().corpus_score(outputs, [references]).score, 2),
        "seconds": round(seconds, 1),
        "signature": str(bleu.get_signature()),
    }
    if direction == "en-ko":
        characters = sacrebleu.metrics.BLEU(tokenize="char")
        scores["bleu_characters"] = round(characters.corpus_score(outputs, [references]).score, 2)
    return scores


def small_models(path: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Return `core.training.small.score` of every small model on the sentences of a file of pairs.

    A model without a file is named and passed over.

    Raises:
        ValueError: a line of the file has not exactly one tab.
    """
    pairs = read_pairs(path)
    found = {}
    for name in NAMES:
        try:
            model = load_small(name)
        except checkpoints.ModelFileError as error:
            if error.kind != "missing":
                raise
            print(f"{name}: {error}")
            continue
        sentences, blank = held_back(pairs, model.tokenizer), model.tokenizer.id_of(BLANK)
        found[name] = {
            "in order": score(model.model, sentences, blank),
            "shuffled": score(model.model, sentences, blank, shuffled=True),
        }
        print(name, found[name])
    return found


def main() -> None:
    """Parse the command line, print the scores."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    tasks = parser.add_subparsers(dest="task", required=True)
    task = tasks.add_parser("translation")
    task.add_argument("--data", type=Path, required=True)
    task.add_argument("--direction", choices=list(DIRECTIONS), required=True)
    task.add_argument("--weights", type=Path, default=TRANSLATOR)
    task.add_argument("--show", type=int, default=0, help="print this many translations")
    task.add_argument("--write-card", action="store_true", help="keep the scores in the model's card")
    small = tasks.add_parser("small")
    small.add_argument("--data", type=Path, required=True)
    for one in (task, small):
        one.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    device.configure(arguments.threads)
    try:
        if arguments.task == "small":
            print(json.dumps(small_models(arguments.data)))
            return
        translator = load_translator(arguments.weights)
        scores = translation(translator, arguments.data, arguments.direction, arguments.show)
        if arguments.write_card:
            checkpoints.add_scores(arguments.weights, f"{arguments.data.stem}, {arguments.direction}", scores)
    except (checkpoints.ModelFileError, OSError, ValueError) as error:
        sys.exit(str(error))
    print(json.dumps(scores, ensure_ascii=False))


if __name__ == "__main__":
    main()
