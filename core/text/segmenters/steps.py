"""How one word comes to be cut: the merges of BPE, the longest matches of WordPiece, the best paths of unigram."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from core.text.normalise import normalise
from core.text.segmenters.byte_level import ByteLevel, byte_alphabet
from core.text.segmenters.pieces import Pieces
from core.text.segmenters.segmenter import SPACE, readable
from core.text.segmenters.wordpiece import UNKNOWN, WordPiece

PATHS = 4  # of unigram: the best one and the runners-up

Rank = Callable[[bytes, bytes], int | None]


class Step(NamedTuple):
    """A word after one step: its parts so far, and which of them is new."""

    parts: tuple[str, ...]  # readable: a space is ``▁``, a lone byte ``<0xEB>``
    new: int = -1  # the place of the new part; -1 where there is none
    id: int = -1  # the new part's id


class Way(NamedTuple):
    """One way to cut a word, and how likely a unigram model takes it to be."""

    pieces: tuple[str, ...]
    # Natural logarithms of the pieces' probabilities; None for bytes, which every way spells alike. Pieces are
    # taken to be independent, so a way's own is their sum (Kudo 2018, equation 1).
    log_probs: tuple[float | None, ...]


def merged(parts: Sequence[bytes], rank: Rank) -> list[tuple[list[bytes], int]]:
    """Return the parts after each merge, and the place of the new one (Sennrich et al. 2016, section 3.2).

    At each step the neighbours whose pair was learned first are joined; ``rank`` says when that was, or None.
    """
    now = list(parts)
    steps: list[tuple[list[bytes], int]] = []
    while True:
        ranked = ((rank(a, b), place) for place, (a, b) in enumerate(pairwise(now)))
        known = [(order, place) for order, place in ranked if order is not None]
        if not known:
            return steps
        _, place = min(known)
        now = [*now[:place], now[place] + now[place + 1], *now[place + 2 :]]
        steps.append((now, place))


def bpe_steps(segmenter: Pieces, word: str) -> list[Step]:
    """Return how SentencePiece's BPE joins the letters of a word; letters without a piece end as bytes."""
    tokenizer = segmenter.tokenizer
    letters = [letter.encode() for letter in SPACE + normalise(word)]

    def rank(left: bytes, right: bytes) -> int | None:
        found = tokenizer.find((left + right).decode())
        return None if found is None else round(-tokenizer.score(found))

    steps = [Step(tuple(letter.decode() for letter in letters))]
    for parts, place in merged(letters, rank):
        found = tokenizer.find(parts[place].decode())
        assert found is not None  # rank found it
        steps.append(Step(tuple(part.decode() for part in parts), place, found))
    spelt = tuple(token.stored for token in segmenter.tokens(word))
    return steps if spelt == steps[-1].parts else [*steps, Step(spelt)]


def byte_level_steps(segmenter: ByteLevel, word: str, first: bool) -> list[Step]:
    """Return how byte-level BPE joins the bytes of a word; ``first``: it begins the text, without a space."""
    text = normalise(word) if first else " " + normalise(word)
    alphabet = byte_alphabet()
    letter = {byte: name for name, byte in alphabet.items()}
    order, vocabulary = _merges(segmenter), segmenter.tokenizer.get_vocab()
    # Letters, digits and signs are never joined with each other (GPT-2's pattern).
    runs = [
        [bytes([alphabet[sign]]) for sign in run]
        for run, _ in segmenter.tokenizer.pre_tokenizer.pre_tokenize_str(text)
    ]
    steps = [_readable_step([part for run in runs for part in run])]
    for turn, run in enumerate(runs):
        before = [part for earlier in runs[:turn] for part in earlier]
        after = [part for later in runs[turn + 1 :] for part in later]
        for parts, place in merged(run, lambda left, right: order.get((left, right))):
            runs[turn] = parts
            stored = "".join(letter[byte] for byte in parts[place])
            steps.append(_readable_step([*before, *parts, *after], len(before) + place, vocabulary[stored]))
    return steps


def _readable_step(parts: Sequence[bytes], new: int = -1, token: int = -1) -> Step:
    return Step(tuple(readable(part)[0] for part in parts), new, token)


@cache
def _merges(segmenter: ByteLevel) -> dict[tuple[bytes, bytes], int]:
    alphabet = byte_alphabet()
    pairs = json.loads(segmenter.tokenizer.to_str())["model"]["merges"]
    spelt = ([bytes(alphabet[sign] for sign in side) for side in pair] for pair in pairs)
    return {(left, right): order for order, (left, right) in enumerate(spelt)}


def wordpiece_steps(segmenter: WordPiece, word: str) -> list[Step]:
    """Return how WordPiece takes the longest entry from the left, again and again (Wu et al. 2016)."""
    tokenizer = segmenter.tokenizer
    vocabulary = tokenizer.get_vocab()
    plain = tokenizer.normalizer.normalize_str(normalise(word))
    runs = [run for run, _ in tokenizer.pre_tokenizer.pre_tokenize_str(plain)]
    steps, done = [Step(tuple(runs))], list[str]()
    for turn, run in enumerate(runs):
        found, rest = list[str](), run
        while rest:
            prefix = "##" if found else ""
            longest = next((n for n in range(len(rest), 0, -1) if prefix + rest[:n] in vocabulary), 0)
            if not longest:
                # One missing letter, and the whole word is unknown.
                found, rest = [UNKNOWN], ""
            else:
                found, rest = [*found, prefix + rest[:longest]], rest[longest:]
            left = [f"##{rest}"] if rest else []
            place = len(done) + len(found) - 1
            steps.append(Step((*done, *found, *left, *runs[turn + 1 :]), place, vocabulary[found[-1]]))
        done += found
    return steps


def unigram_ways(segmenter: Pieces, word: str) -> list[Way]:
    """Return the likeliest ways to cut a word, the best, which Viterbi finds, first (Kudo 2018)."""
    tokenizer = segmenter.tokenizer
    ways = []
    for pieces in tokenizer.best(word, PATHS):
        found = [tokenizer.find(piece) for piece in pieces]
        ways.append(
            Way(tuple(pieces), tuple(None if place is None else tokenizer.score(place) for place in found))
        )
    return ways
