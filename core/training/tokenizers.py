"""Train every vocabulary of the Tokens page: unigram, BPE, byte-level BPE and WordPiece, and count the words.

    python -m core.training.tokenizers --data FOLDER

The same data and command give the same files again. At the end it counts how many tokens the held-back pairs
need (`core.text.fertility`) and writes the card ``vocabularies.json``.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import sentencepiece as spm
import tokenizers
from tokenizers import decoders, models, normalizers, pre_tokenizers, trainers
from tqdm import tqdm

from core.checkpoints import sha256
from core.text import fertility
from core.text.corpora import WEIGHTS, Pair, add_data_argument, load_split
from core.text.normalise import normalise
from core.text.segmenters.shelf import (
    CARD,
    CHARACTERS_FILE,
    FOLDER,
    SIZES,
    TRAINED,
    WORDS_FILE,
    Shelf,
    file_names,
    file_of,
)
from core.text.segmenters.wordpiece import UNKNOWN
from core.text.segmenters.words import WORD
from core.training.card import LICENCES

COVERAGE = (
    0.9995  # the share of the text whose characters get pieces of their own; the rest are spelt in bytes
)
# A vocabulary keeps room for longer pieces: single characters take at most this share of it.
CHARACTER_SHARE = 0.4
LEAST_COVERAGE = 0.98  # SentencePiece takes no less
SENTENCEPIECE_THREADS = 4  # rounding, and with it the files, depends on their number


def letters(characters: Counter[str], size: int) -> list[str]:
    """Return the most frequent characters that a vocabulary of ``size`` entries has room for, spaces left out."""
    ranked = ranking({character: count for character, count in characters.items() if character != " "})
    return ranked[: int(CHARACTER_SHARE * size)]


def ranking(counts: Mapping[str, int]) -> list[str]:
    """Return what was counted, the most frequent first, equals in the order of Unicode."""
    return sorted(counts, key=lambda entry: (-counts[entry], entry))


def sentencepiece_model(
    sentences: Iterable[str], model_type: str, size: int, characters: Counter[str]
) -> bytes:
    """Return a SentencePiece model, ``unigram`` (Kudo 2018) or ``bpe`` (Sennrich et al. 2016)."""
    kept = characters[" "] + sum(characters[letter] for letter in letters(characters, size))
    share = kept / sum(characters.values())
    model = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        vocab_size=size,
        model_type=model_type,
        character_coverage=max(LEAST_COVERAGE, min(COVERAGE, share)),
        unk_id=0,
        pad_id=-1,
        bos_id=-1,
        eos_id=-1,
        num_threads=SENTENCEPIECE_THREADS,
        byte_fallback=True,
        # `core.text.normalise` is the only normalisation.
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        minloglevel=1,
    )
    return model.getvalue()


def byte_level(sentences: Iterable[str], size: int) -> bytes:
    """Return a byte-level BPE (Radford et al. 2019) as ``tokenizers`` stores it."""
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        special_tokens=[],
        show_progress=False,
    )
    tokenizer.train_from_iterator(sentences, trainer)
    return str(tokenizer.to_str()).encode()


def wordpiece(sentences: Sequence[str], size: int) -> bytes:
    """Return a WordPiece vocabulary as ``tokenizers`` stores it, with BERT's rules but accents kept.

    (Taking accents off divides Hangul into jamo.) The trainer of ``tokenizers`` joins the most frequent pair, as
    BPE does; Schuster and Nakajima (2012) join the pair that makes the data most likely.
    """
    tokenizer = bert_like({UNKNOWN: 0})
    counts, within = Counter[str](), set[str]()
    for sentence in sentences:
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(sentence)):
            counts.update(word)
            within.update(word[1:])
    # A letter takes two places, at the beginning of a word and, with ##, within it.
    alphabet = letters(counts, size)
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        initial_alphabet=alphabet,
        limit_alphabet=len(alphabet),
        # Named here, the letters within words get the same ids in every run, and so ties fall the same way;
        # left to itself the trainer meets them in the order of a hash table.
        special_tokens=[UNKNOWN, *(f"##{letter}" for letter in alphabet if letter in within)],
        show_progress=False,
    )
    tokenizer.train_from_iterator(sentences, trainer)
    return str(bert_like(tokenizer.get_vocab()).to_str()).encode()


def bert_like(vocabulary: Mapping[str, int]) -> tokenizers.Tokenizer:
    """Return a tokenizer with BERT's rules around a vocabulary."""
    tokenizer = tokenizers.Tokenizer(models.WordPiece(dict(vocabulary), unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def write(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it."""
    part = path.with_suffix(".part")
    part.write_bytes(content)
    os.replace(part, path)


def train_all(pairs: list[Pair], folder: Path, sizes: Iterable[int] = SIZES) -> None:
    """Write every vocabulary, the words and the characters to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    sentences = [normalise(text) for pair in pairs for text in (pair.english, pair.korean)]
    characters = Counter(character for sentence in sentences for character in sentence)
    words = Counter(word for sentence in sentences for word in WORD.findall(sentence))
    makers: dict[str, Callable[[int], bytes]] = {
        "wordpiece": lambda size: wordpiece(sentences, size),
        "unigram": lambda size: sentencepiece_model(sentences, "unigram", size, characters),
        "bpe": lambda size: sentencepiece_model(sentences, "bpe", size, characters),
        "bytelevel": lambda size: byte_level(sentences, size),
    }
    jobs = [(kind, size) for size in sizes for kind in TRAINED]
    bar = tqdm(jobs, unit="vocabulary")
    for kind, size in bar:
        bar.set_postfix_str(f"{kind} {size:,}")
        write(folder / file_of(kind, size), makers[kind](size))
    kept = ranking(words)[: max(sizes) - 1]
    write(folder / WORDS_FILE, "".join(f"{word}\n" for word in kept).encode())
    write(folder / CHARACTERS_FILE, "".join(f"{letter.strip()}\n" for letter in ranking(characters)).encode())


def card(data: Path, folder: Path, sentences: int, seconds: float) -> dict[str, Any]:
    """Return the card of all files."""
    base = data / "parallel" / "en-ko"
    return {
        "name": "vocabularies",
        "task": "unigram and BPE (SentencePiece), byte-level BPE and WordPiece (tokenizers), words, characters",
        "command": "python -m core.training.tokenizers --data FOLDER",
        "sizes": list(SIZES),
        "sentences": sentences,
        "sentencepiece": spm.__version__,
        "tokenizers": tokenizers.__version__,
        "licence": {"vocabularies": "CC BY-SA 4.0", "data": LICENCES},
        "seconds": round(seconds),
        "data": {name: {"sha256": sha256(base / f"{name}.tsv")} for name in WEIGHTS},
        "files": {
            name: {"sha256": sha256(folder / name), "bytes": (folder / name).stat().st_size}
            for name in file_names()
        },
    }


def main() -> None:
    """Train, describe, and count the tokens of the held-back pairs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    parts = load_split(arguments.data)
    began = time.monotonic()
    train_all(parts["train"], arguments.out)
    described = card(arguments.data, arguments.out, 2 * len(parts["train"]), time.monotonic() - began)
    write(
        arguments.out / f"{CARD}.json", (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()
    )
    counted = fertility.count(Shelf(arguments.out, described), parts["test"])
    fertility.write(arguments.out, counted)
    total = sum((arguments.out / name).stat().st_size for name in file_names())
    print(f"{len(file_names())} files, {total / 1e6:.1f} MB, in {arguments.out}")


if __name__ == "__main__":
    main()
