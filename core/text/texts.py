"""The monolingual texts: reading, weighting, and holding documents back.

Where each text comes from, its licence and its format stand in ``docs/data.md``; ``--data`` names the folder, as for
the pairs (`core.text.corpora`).

    python -m core.text.texts --data FOLDER --out FOLDER    # writes the held-back documents, a file a part and language
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from core.text.corpora import WEIGHTS as PAIR_WEIGHTS
from core.text.corpora import add_data_argument, load_split, read_text
from core.text.normalise import matching_key, normalise
from core.text.written import with_written

# Times a text is seen in an epoch.
WEIGHTS: dict[str, dict[str, float]] = {
    "en": {"tinystories_part": 3.0, "storybooks_ccby": 3.0, "childrens_classics": 0.3},
    "ko": {"nikl_dict_sentences": 1.0, "koconovel": 1.0, "storybooks_ccby": 3.0, "chatbot_songys": 1.0},
}
LANGUAGES = tuple(WEIGHTS)
END_OF_TEXT = "<|endoftext|>"  # stands alone between two documents of a file
PASSAGE = 24  # lines: a book is cut into passages of this many, so that some of each can be held back
HELD_BACK = {"dev": 0.01, "test": 0.02}
# Bytes of a line's letters from which on it is left out of training where a held-back document holds it too. A shorter
# one, say a "no", tells nothing of the document; as a document of its own it is left out as well.
TELLING = 16
# Machine translations, commands without a sentence's form, labels of a program, and names and dates of an encyclopedia:
# poor examples of what comes next. The storybooks are read as whole texts.
NOT_READ = ("goemotions_mt", "massive", "renpy", "pawsx", "mkqa", "storybooks")


class Document(NamedTuple):
    """Lines that belong together, the text they are from, and the part they are to be in where that is fixed."""

    lines: tuple[str, ...]
    source: str
    part: str = ""  # "train", "dev", "test" or, where it is to be drawn, nothing

    @property
    def text(self) -> str:
        """The whole, as a model reads it."""
        return " ".join(self.lines)


def documents_of(lines: Iterable[str], source: str, *, alone: bool = False) -> list[Document]:
    """Return the documents between the marks `END_OF_TEXT`, in passages; ``alone``: each line is one."""
    documents: list[Document] = []
    open_: list[str] = []

    def close() -> None:
        if open_:
            documents.append(Document(tuple(open_), source))
            open_.clear()

    for line in lines:
        if line.strip() == END_OF_TEXT:
            close()
        elif text := normalise(line):
            open_.append(text)
            if alone or len(open_) == PASSAGE:
                close()
    close()
    return documents


def load_documents(folder: Path, language: str) -> list[Document]:
    """Return every document of a language: those of ``FOLDER/text``, and in Korean the pairs' Korean sides.

    A pair is in the part in which the translator has it: other wordings of one meaning are not parted.
    """
    documents = []
    for name in WEIGHTS[language]:
        path = next((folder / "text" / language).glob(f"{name}.*"))
        # Dictionary examples and questions with their answers (a line each, between tabs) stand alone.
        alone = name in ("nikl_dict_sentences", "chatbot_songys")
        documents += documents_of(read_text(path).splitlines(), name, alone=alone)
    if language == "ko":
        pairs = load_split(folder)
        pairs["train"] = with_written(pairs["train"], [*pairs["dev"], *pairs["test"]])
        documents += [
            Document((normalise(pair.korean),), pair.source, part)
            for part, read in pairs.items()
            for pair in read
            if pair.source not in NOT_READ
        ]
    return documents


def split_documents(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """Divide documents into ``train``, ``dev`` and ``test``, so that no line of a held-back one is trained on.

    Where a document names no part, it is drawn by the digest of the letters, so equal documents go to the same one, and
    the same data always give the same parts. A line of at least `TELLING` bytes that stands in a held-back document is
    left out of training, and so is a document that equals one; of equal documents one is held back.
    """
    parts: dict[str, list[Document]] = {"train": [], "dev": [], "test": []}
    lines: set[str] = set()
    whole: set[str] = set()
    for document in documents:
        key = matching_key(document.text)
        part = document.part or _drawn_part(key)
        if part != "train":
            if key in whole:
                continue
            whole.add(key)
            lines.update(k for line in document.lines if len((k := matching_key(line)).encode()) >= TELLING)
        parts[part].append(document)
    whole.add("")  # nothing is left of a document all of whose lines are held back
    left = (_without(document, lines) for document in parts["train"])
    parts["train"] = [document for document in left if matching_key(document.text) not in whole]
    return parts


def _drawn_part(key: str) -> str:
    draw = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 16**8
    return "train" if draw >= sum(HELD_BACK.values()) else "dev" if draw < HELD_BACK["dev"] else "test"


def _without(document: Document, held: set[str]) -> Document:
    return document._replace(lines=tuple(line for line in document.lines if matching_key(line) not in held))


def weight_of(source: str, language: str) -> float:
    """Return how often a document of a source is seen in an epoch; a Korean side of a pair at most once."""
    own = WEIGHTS[language].get(source)
    return own if own is not None else min(1.0, PAIR_WEIGHTS.get(source, 1.0))


def epoch_of(documents: Iterable[Document], language: str, rng: random.Random) -> list[Document]:
    """Return one epoch in random order: each document as often as its weight says, a fraction being a chance."""
    drawn = []
    for document in documents:
        weight = weight_of(document.source, language)
        drawn.extend([document] * (int(weight) + (rng.random() < weight % 1)))
    rng.shuffle(drawn)
    return drawn


def read_texts(path: Path) -> list[str]:
    """Return the documents of a plain text file, between the marks `END_OF_TEXT`, each as one text."""
    with path.open(encoding="utf-8") as file:
        return [document.text for document in documents_of(file, path.stem)]


def main() -> None:
    """Write the held-back documents, for ``python -m core.evaluate language-model``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        parts = split_documents(load_documents(arguments.data, language))
        print(language, {name: len(documents) for name, documents in parts.items()})
        for part in HELD_BACK:
            whole = f"\n{END_OF_TEXT}\n".join("\n".join(document.lines) for document in parts[part])
            (arguments.out / f"{part}-{language}.txt").write_text(whole + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
