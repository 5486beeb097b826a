"""The language models' scores beside an n-gram model's, and what they make of the listed prompts."""

from __future__ import annotations

from pathlib import Path

import torch

from core import checkpoints
from core.decoding.sampling import Sampler
from core.language import Language, language_of, load_language, path_of
from core.language_scores import held_back, score, scores_of
from core.ngram import ORDER, NGram
from core.text.texts import LANGUAGES, WEIGHTS, Document, load_documents, read_texts, split_documents
from core.text.tokenizer import END, PAD, START

PROMPTS = checkpoints.ASSETS / "language"
LONGEST = 24  # pieces behind a listed prompt
SAMPLERS = {"greedy": Sampler(0), "T 0.7, top-p 0.9": Sampler(0.7, top_p=0.9)}

Scores = dict[str, dict[str, dict[str, float]]]  # by system and source


def beside_ngram(folder: Path, language: str) -> Scores:
    """Return the scores on the held-back test documents of the model and of an n-gram model of the same text."""
    parts = split_documents(load_documents(folder, language))
    model = load_language(language)
    held = held_back(parts["test"], model.tokenizer)
    counted = NGram([text.ids for text in held_back(parts["train"], model.tokenizer)], len(model.tokenizer))
    return {
        "model": score(model.model, held),
        f"{ORDER}-gram": scores_of(held, lambda texts: [float(counted.nats(ids).sum()) for ids in texts]),
    }


def of_file(path: Path) -> dict[str, Scores]:
    """Return the scores on a file of plain text, ``<|endoftext|>`` between its documents, by the model's language.

    The model is that of the language in which most documents are.

    Raises:
        ValueError: the file holds no text.
    """
    texts = read_texts(path)
    if not texts:
        raise ValueError(f"{path.name} holds no text")
    korean = sum(language_of(text) == "ko" for text in texts)
    language = "ko" if 2 * korean > len(texts) else "en"
    model = load_language(language)
    held = held_back([Document((text,), path.stem) for text in texts], model.tokenizer)
    return {language: {"model": {"all": score(model.model, held)["all"]}}}


def language_scores(path: Path, write_card: bool = False) -> dict[str, Scores]:
    """Print and return the scores on a file, or on the held-back documents of a data folder, by language.

    ``write_card`` keeps them in the models' cards: under ``test``, or under the file's name.
    """
    whole = path.is_dir()
    found = {language: beside_ngram(path, language) for language in LANGUAGES} if whole else of_file(path)
    for name, systems in found.items():
        for system, sources in systems.items():
            for source, row in sources.items():
                print(
                    f"{name:<10}{system:<8}{source:<22}{row['texts']:>6} texts  bits a byte "
                    f"{row['bits_per_byte']:.3f}  perplexity {row['perplexity']:.1f}"
                )
        if write_card:
            part = "test" if whole else path.stem
            for system, sources in systems.items():
                kept = {
                    n: row for n, row in sources.items() if n in ("all", *WEIGHTS[name])
                }  # not each set of pairs
                checkpoints.add_scores(path_of(name), f"{part}, {system}", kept)
    return found


def prompts_of(language: str) -> list[str]:
    """Return the listed prompts of a language, which were written before the training."""
    return (PROMPTS / f"prompts-{language}.txt").read_text(encoding="utf-8").splitlines()


def said_after(model: Language, prompt: str, samplers: list[Sampler], seed: int) -> list[str]:
    """Return what each sampler lets the model say behind a prompt, up to its first end."""
    ids = model.ids(prompt)
    columns = [d.tokens for d in model.go_on(ids, samplers, [seed] * len(samplers), longest=LONGEST)]
    return [
        model.tokenizer.decode([t for t in [*ids, *row] if t not in (START, END, PAD)])
        for row in torch.stack(columns, 1).tolist()
    ]


def prompts(seed: int = 1) -> dict[str, list[list[str]]]:
    """Print and return what the models make of the listed prompts: greedily, and drawn once."""
    found: dict[str, list[list[str]]] = {}
    for language in LANGUAGES:
        model = load_language(language)
        for prompt in prompts_of(language):
            said = said_after(model, prompt, list(SAMPLERS.values()), seed)
            found.setdefault(language, []).append([prompt, *said])
            print(f"{prompt} …")
            for name, text in zip(SAMPLERS, said, strict=True):
                print(f"  {name:<18}{text}")
    return found
