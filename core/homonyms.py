"""One word in several sentences: its vector at every depth of the encoder, and how alike these vectors are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from core.text.normalise import normalise
from core.trace import StackTrace
from core.translator import Translator

# How far the mean cosine of equal senses must lie above that of different ones. Chosen by us, and stated on the
# page: cosines have no natural threshold (hidden vectors share a direction: Ethayarajh 2019).
CLEARLY, SLIGHTLY = 0.10, 0.03

Verdict = Literal["clearly", "slightly", "hardly", "reversed", "unknown"]
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


class Depth(NamedTuple):
    """A place on the word's way through the encoder; ``layer`` counts from 0 and is −1 before the first."""

    stage: Literal["embedding", "position", "attention", "feed_forward"]
    layer: int


@dataclass(frozen=True)
class Occurrence:
    """The word in one sentence."""

    pieces: tuple[str, ...]  # the pieces that hold the word's letters
    places: tuple[int, ...]  # where they stand, the direction token being 0
    vectors: NDArray[np.float32]  # (depth, d_model): the mean of these pieces' vectors


class SenseMeans(NamedTuple):
    """Mean cosines of the pairs of sentences, NaN where there is no such pair. Both: (depth,)."""

    same: NDArray[np.float64]
    other: NDArray[np.float64]


def depths(layers: int) -> tuple[Depth, ...]:
    """Return the depths of an encoder, in order: 2 + 2 a layer.

    What a layer's attention starts from is the depth before it. After the attention and after the feed-forward
    network the residual and LayerNorm are included.
    """
    inside = [
        depth
        for layer in range(layers)
        for depth in (Depth("attention", layer), Depth("feed_forward", layer))
    ]
    return (Depth("embedding", -1), Depth("position", -1), *inside)


def find_word(text: str, word: str) -> tuple[int, int] | None:
    """Return where ``word`` stands in ``text``, as first and last + 1 letter, or ``None``.

    A word of its own comes first, then the beginning of a longer one (배가), then, in Hangul, any place (군밤).
    Capitals do not matter.
    """
    if not word:
        return None
    found = []
    for match in re.finditer(re.escape(word), text, re.IGNORECASE):
        begins = match.start() == 0 or not text[match.start() - 1].isalnum()
        ends = match.end() == len(text) or not text[match.end()].isalnum()
        if begins or not word.isascii():
            found.append((not begins, not ends, match.span()))
    return min(found)[-1] if found else None


def pieces_of_word(pieces: Sequence[str], text: str, word: str) -> list[int]:
    """Return which of the ``pieces`` of ``normalise(text)`` hold a letter of ``word``; none if it is not there.

    Counted in bytes, since a letter that the vocabulary does not know is divided into its bytes.
    """
    text = normalise(text)
    span = find_word(text, normalise(word))
    if span is None:
        return []
    first, last = (len(text[:place].encode()) for place in span)
    parts = [_bytes_of(piece) for piece in pieces]
    end = len(text.encode()) - sum(map(len, parts))  # 0, or −1 where the first piece begins with a space
    places = []
    for place, part in enumerate(parts):
        begin, end = end, end + len(part)
        if begin < last and end > first:
            places.append(place)
    return places


def _bytes_of(piece: str) -> bytes:
    byte = _BYTE.fullmatch(piece)
    return bytes.fromhex(byte[1]) if byte else piece.replace("▁", " ").encode()


def word_vectors(encoder: StackTrace, places: Sequence[int]) -> NDArray[np.float32]:
    """Return the mean vector of the tokens at ``places`` at every one of `depths`: (depth, d_model)."""
    stages = [encoder.embedding, encoder.embedding + encoder.positional]
    for block in encoder.layers:
        stages += [block.self_sublayer.normalized, block.feed_forward_sublayer.normalized]
    mean = torch.stack([stage[list(places)].mean(0) for stage in stages])
    return np.ascontiguousarray(mean.cpu().numpy(), dtype=np.float32)


@torch.inference_mode()
def read_word(translator: Translator, text: str, word: str, direction: str) -> Occurrence | None:
    """Return ``word`` as the encoder reads it in ``text``, or ``None`` where it does not stand there.

    Raises:
        ValueError: the text or the word holds a lone surrogate.
        KeyError: the direction is neither ``ko-en`` nor ``en-ko``.
    """
    ids = translator.source_ids(text, direction)
    pieces = translator.tokenizer.pieces(ids)
    # The first token asks for the language, the last one ends the sentence.
    places = [place + 1 for place in pieces_of_word(pieces[1:-1], text, word)]
    if not places:
        return None
    _, encoder = translator.model.encode(torch.tensor([ids], device=translator.device), record=True)
    assert encoder is not None  # it was asked for
    return Occurrence(tuple(pieces[place] for place in places), tuple(places), word_vectors(encoder, places))


def cosines(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """Return the cosine of every two sentences at every depth.

    ``vectors``: a sentence each, (depth, d_model). The answer: (depth, sentence, sentence).
    """
    stacked = np.stack(vectors, axis=1).astype(np.float64)  # (depth, sentence, d_model)
    unit = stacked / np.linalg.norm(stacked, axis=-1, keepdims=True).clip(min=1e-12)
    return np.clip(unit @ unit.transpose(0, 2, 1), -1.0, 1.0)


def sense_means(cosine: NDArray[np.float64], senses: Sequence[int]) -> SenseMeans:
    """Return the mean cosine of the pairs with the same sense and of those with different ones.

    ``cosine``: (depth, sentence, sentence); ``senses``: a number for each sentence.
    """
    sense = np.asarray(senses)
    first, second = np.triu_indices(len(sense), 1)
    same = sense[first] == sense[second]
    pairs = cosine[:, first, second]  # (depth, pair)

    def mean(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        return pairs[:, chosen].mean(1) if chosen.any() else np.full(len(cosine), np.nan)

    return SenseMeans(mean(same), mean(~same))


def verdict(same: float, other: float) -> Verdict:
    """Return how well two mean cosines tell the senses apart; ``unknown`` where one of them is missing."""
    gap = same - other
    if np.isnan(gap):
        return "unknown"
    if gap >= CLEARLY:
        return "clearly"
    if gap >= SLIGHTLY:
        return "slightly"
    return "hardly" if gap > -SLIGHTLY else "reversed"


def nearest_agree(cosine: NDArray[np.float64], senses: Sequence[int]) -> tuple[int, int]:
    """Return for how many sentences the most alike other one has the same sense, and of how many that is asked.

    ``cosine``: (sentence, sentence). A sentence that is the only one of its sense is not asked.
    """
    sense = np.asarray(senses)
    others = np.where(np.eye(len(sense), dtype=bool), -np.inf, cosine)
    asked = [i for i in range(len(sense)) if (sense == sense[i]).sum() > 1]
    return sum(int(sense[others[i].argmax()] == sense[i]) for i in asked), len(asked)
