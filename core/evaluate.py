"""Score a trained model on a file, or on everything that was held back.

    python -m core.evaluate translation --data FOLDER [--write-card]
    python -m core.evaluate translation --data PAIRS.tsv --direction en-ko|ko-en [--write-card]
    python -m core.evaluate lists [--width BEAM]
    python -m core.evaluate small --data PAIRS.tsv
    python -m core.evaluate seq2seq --data FOLDER|PAIRS.tsv [--write FILE] [--write-card]
    python -m core.evaluate probe --data FOLDER [--write FILE]
    python -m core.evaluate language-model --data FOLDER|FILE.txt [--write-card]
    python -m core.evaluate prompts
    python -m core.evaluate sentiment --data REVIEWS.tsv [--write-card]
    python -m core.evaluate vae --data FOLDER [--write-card]
    python -m core.evaluate gan --data FOLDER [--write-card]
    python -m core.evaluate compression [--data FOLDER] [--write]

``FOLDER`` is the training data's (docs/data.md): every held-back part is scored in both directions, beside the
baselines (`core.scores.table`).
``PAIRS.tsv`` holds lines ``English TAB Korean``. ``lists`` prints what the translator makes of the two lists in
``assets/parallel``, to be read. The last line printed is JSON; ``--write-card`` keeps it in the model's card under the
file's name. ``small`` scores every small model on both sides of the pairs, as they are and with their pieces shuffled.
``seq2seq`` scores the LSTM translators and the translator on the held-back test pairs, or on those of a file, all
together and by the length of the source. ``probe`` reads words out of the LSTM translators' vectors (`core.probe`).
``--write`` keeps what they found as JSON. ``language-model`` scores the language models on their held-back documents,
beside an n-gram model trained on the same text, or on a text file; ``prompts`` prints what they make of the prompts in
``assets/language``. ``sentiment`` scores every model that judges reviews; ``REVIEWS.tsv`` holds lines ``text TAB
label``, the label 0 or 1. ``vae`` gives −ELBO of the autoencoders' test pictures and its parts; ``gan`` how
like test pictures the fakes of the recorded GANs are; ``compression`` scores the translator made smaller on the
held-back pairs in ``assets/parallel``, which ``--data`` draws anew.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from core import checkpoints, device
from core.compression_table import compression
from core.gan_table import gan
from core.language_table import language_scores, prompts
from core.lengths import seq2seq, write_cards
from core.probe import SENTENCES, probe
from core.scores import sides, table, translator_scores
from core.sentiment_table import sentiment
from core.small import NAMES, load_small
from core.text.corpora import Pair, read_pairs
from core.text.tokenizer import BLANK, DIRECTIONS
from core.text.written import EVERYDAY, HOMONYMS, read_list
from core.training.small import held_back, score
from core.translator import TRANSLATOR, Translator, load_translator
from core.vae_table import vae


def translation(translator: Translator, path: Path, direction: str, show: int = 0) -> dict[str, Any]:
    """Return the scores of the greedy translations of a file of pairs.

    Raises:
        ValueError: a line of the file has not exactly one tab.
    """
    pairs = read_pairs(path)
    sources, references = sides(pairs[:show], direction)
    for source, reference in zip(sources, references, strict=True):
        print(f"{source}\n  → {translator.translate(source, direction)}\n  = {reference}")
    return translator_scores(translator, pairs, direction)


def held_back_parts(translator: Translator, folder: Path) -> list[dict[str, Any]]:
    """Print the scores of every held-back part, direction and system as they come, and return them."""
    rows = []
    for row in table(translator, folder):
        rows.append(row)
        characters = f"  characters {row['bleu_characters']:5.1f}" if "bleu_characters" in row else ""
        print(
            f"{row['system']:<13}{row['direction']}  {row['part']:<15}{row['pairs']:>5} pairs"
            f"  chrF2 {row['chrf2']:5.1f}  BLEU {row['bleu']:5.1f}{characters}",
            flush=True,
        )
    return rows


def lists(translator: Translator, width: int) -> dict[str, list[list[str]]]:
    """Print and return what the translator makes of the sentences of the two lists, each with its reference.

    ``width``: of the beam; 1 is greedy.
    """
    found: dict[str, list[list[str]]] = {}
    for path in (EVERYDAY, HOMONYMS):
        for line in read_list(path):
            direction = line.rest[0] if path == EVERYDAY else "ko-en"
            (source,), (reference,) = sides([Pair(line.english, line.korean, path.stem)], direction)
            said = translator.translate(source, direction, width)
            found.setdefault(path.stem, []).append([source, said, reference])
            print(f"{' '.join(line.rest):<14}{source}\n  → {said}\n  = {reference}")
    return found


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


def kept_in(path: Path | None, found: dict[str, Any]) -> dict[str, Any]:
    """Return what was found, written to a file where one is named."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return found


def main() -> None:
    """Parse the command line, print the scores."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    tasks = parser.add_subparsers(dest="task", required=True)
    task, listed, small, lengths, probed, language, prompted, judged, drawn, forged, squeezed = map(
        tasks.add_parser,
        (
            "translation",
            "lists",
            "small",
            "seq2seq",
            "probe",
            "language-model",
            "prompts",
            "sentiment",
            "vae",
            "gan",
            "compression",
        ),
    )
    task.add_argument(
        "--data", type=Path, required=True, help="the training data's folder, or a file of pairs"
    )
    task.add_argument("--direction", choices=list(DIRECTIONS), help="for a file of pairs")
    task.add_argument("--show", type=int, default=0, help="print this many translations")
    listed.add_argument("--width", type=int, default=1, help="of the beam; 1 is greedy")
    small.add_argument("--data", type=Path, required=True)
    judged.add_argument("--data", type=Path, required=True, help="a file of reviews")
    squeezed.add_argument(
        "--data", type=Path, help="the training data's folder: draw the held-back pairs anew"
    )
    squeezed.add_argument("--write", action="store_true", help="keep the scores for the page")
    for one in (drawn, forged):
        one.add_argument("--data", type=Path, required=True, help="the training data's folder")
    language.add_argument(
        "--data", type=Path, required=True, help="the training data's folder, or a text file"
    )
    for one in (lengths, probed):
        one.add_argument("--data", type=Path, required=True)
        one.add_argument(
            "--models", type=Path, default=checkpoints.MODELS, help="the LSTM translators' folder"
        )
        one.add_argument("--write", type=Path, help="keep what was found as JSON")
    probed.add_argument("--sentences", type=int, default=SENTENCES, help="to learn from, a range of lengths")
    for one in (task, lengths, language, judged, drawn, forged):
        one.add_argument("--write-card", action="store_true", help="keep the scores in the models' cards")
    for one in (task, listed, lengths, squeezed):
        one.add_argument("--weights", type=Path, default=TRANSLATOR, help="the translator's")
    for one in (task, listed, small, lengths, probed, language, prompted, judged, drawn, forged, squeezed):
        one.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    device.configure(arguments.threads)
    try:
        print(json.dumps(answer(arguments), ensure_ascii=False))
    except (checkpoints.ModelFileError, OSError, ValueError) as error:
        sys.exit(str(error))


def answer(arguments: argparse.Namespace) -> Any:
    """Return what the task found."""
    if arguments.task == "small":
        return small_models(arguments.data)
    if arguments.task == "seq2seq":
        found = seq2seq(arguments.data, arguments.models, arguments.weights)
        if arguments.write_card:
            write_cards(found, arguments.models)
        return kept_in(arguments.write, found)
    if arguments.task == "probe":
        return kept_in(arguments.write, probe(arguments.data, arguments.models, arguments.sentences))
    if arguments.task == "language-model":
        return language_scores(arguments.data, arguments.write_card)
    if arguments.task == "prompts":
        return prompts()
    if arguments.task == "sentiment":
        return sentiment(arguments.data, arguments.write_card)
    if arguments.task == "vae":
        return vae(arguments.data, arguments.write_card)
    if arguments.task == "gan":
        return gan(arguments.data, arguments.write_card)
    translator = load_translator(arguments.weights)
    if arguments.task == "lists":
        return lists(translator, arguments.width)
    if arguments.task == "compression":
        return list(compression(translator, arguments.data, arguments.write))
    if arguments.data.is_dir():
        rows = held_back_parts(translator, arguments.data)
        kept = [
            row
            for row in rows
            if row["system"] == "translator" and row["part"] in ("all", "apart", "everyday")
        ]
    elif arguments.direction:
        rows = [translation(translator, arguments.data, arguments.direction, arguments.show)]
        kept = [{"part": arguments.data.stem, **rows[0]}]
    else:
        raise ValueError("A file of pairs needs --direction.")
    for row in kept if arguments.write_card else ():
        checkpoints.add_scores(arguments.weights, f"{row['part']}, {row['direction']}", row)
    return rows


if __name__ == "__main__":
    main()
