"""BLEU with everything that goes into it (Papineni et al. 2002), equal to sacreBLEU's (Post 2018) to the last digits.

The words of the paper: modified n-gram precision pₙ (section 2.1.1), brevity penalty BP (2.2.2), and
BLEU = BP · exp(Σ wₙ ln pₙ) with wₙ = 1/N, N = 4 (2.3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sacrebleu
from sacrebleu.metrics import CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

from core.text import morphemes

LARGEST_ORDER: Final = 4
TOKENIZERS: Final = ("13a", "none", "char", "morpheme")
# A precision of 0 makes the mean 0; each way but the first puts something small in its place (Chen and Cherry 2014).
SMOOTHINGS: Final = ("none", "floor", "add-k", "exp")
SMOOTHING_VALUES: Final = {"none": None, "floor": 0.1, "add-k": 1.0, "exp": None}

_WORDS: Final = Tokenizer13a()


@dataclass(frozen=True)
class Gram:
    """One n-gram of the hypothesis: where it stands there and in each reference (first tokens, from 0)."""

    tokens: tuple[str, ...]
    places: tuple[int, ...]
    found: tuple[tuple[int, ...], ...]

    @property
    def reference(self) -> int:
        """The reference that holds it most often, the first of several; −1 where none holds it."""
        counts = [len(places) for places in self.found]
        return counts.index(max(counts)) if any(counts) else -1

    @property
    def limit(self) -> int:
        """The largest count in any one reference: more matches than that are not counted."""
        return max((len(places) for places in self.found), default=0)

    @property
    def matches(self) -> int:
        """How many of its places count."""
        return min(len(self.places), self.limit)

    @property
    def clipped(self) -> int:
        """How many of its places are clipped: references hold it, but not so often."""
        return len(self.places) - self.matches if self.limit else 0


@dataclass(frozen=True)
class Order:
    """All n-grams of one length n, in the order in which the hypothesis says them first."""

    n: int
    grams: tuple[Gram, ...]

    @property
    def matches(self) -> int:
        """The numerator of the modified precision."""
        return sum(gram.matches for gram in self.grams)

    @property
    def total(self) -> int:
        """Its denominator: the n-grams of the hypothesis."""
        return sum(len(gram.places) for gram in self.grams)

    @property
    def clipped(self) -> int:
        """What a precision without clipping would have counted beyond the matches."""
        return sum(gram.clipped for gram in self.grams)


@dataclass(frozen=True)
class Comparison:
    """One tokenized hypothesis beside its references."""

    hypothesis: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]
    orders: tuple[Order, ...]

    @property
    def closest(self) -> int:
        """The reference whose length counts: the closest, of two equally close the shorter, of those the first."""
        length = len(self.hypothesis)
        lengths = [len(reference) for reference in self.references]
        return min(range(len(lengths)), key=lambda i: (abs(lengths[i] - length), lengths[i]))

    @property
    def statistics(self) -> Statistics:
        """The counts that the score is made of."""
        return Statistics(
            tuple(order.matches for order in self.orders),
            tuple(order.total for order in self.orders),
            len(self.hypothesis),
            len(self.references[self.closest]),
        )


@dataclass(frozen=True)
class Statistics:
    """Counts of one sentence; those of a corpus are their sums. ``matches`` and ``totals`` by order."""

    matches: tuple[int, ...]
    totals: tuple[int, ...]
    length: int
    reference_length: int

    def __add__(self, other: Statistics) -> Statistics:
        return Statistics(
            tuple(a + b for a, b in zip(self.matches, other.matches, strict=True)),
            tuple(a + b for a, b in zip(self.totals, other.totals, strict=True)),
            self.length + other.length,
            self.reference_length + other.reference_length,
        )


@dataclass(frozen=True)
class Score:
    """BLEU from 0 to 100 and its parts: BLEU = 100 · brevity · (the product of the first ``used`` fractions)^(1/used).

    ``fractions``: (numerator, denominator) of each precision after smoothing; (0, 0) where there is no n-gram, or
    nothing at all has matched. ``used``: how many orders enter the mean.
    """

    value: float
    brevity: float
    fractions: tuple[tuple[float, float], ...]
    used: int

    @property
    def precisions(self) -> tuple[float, ...]:
        """The precisions after smoothing, from 0 to 1."""
        return tuple(top / bottom if bottom else 0.0 for top, bottom in self.fractions)


def tokenize(text: str, tokenizer: str) -> list[str]:
    """Return the tokens of a text.

    Args:
        tokenizer: ``13a`` (words, punctuation apart), ``none`` (what stands between spaces) and ``char`` are
            sacreBLEU's; ``morpheme`` is `core.text.morphemes`.

    Raises:
        ValueError: there is no such tokenizer.
        core.text.morphemes.MorphemesMissingError: the library for morphemes is not there.
    """
    line = text.rstrip()
    if tokenizer == "13a":
        return str(_WORDS(line)).split()
    if tokenizer == "none":
        return line.split()
    if tokenizer == "char":
        return " ".join(line).split()
    if tokenizer == "morpheme":
        return morphemes.morphemes(line)
    raise ValueError(f"no tokenizer is called {tokenizer!r}")


def compare(hypothesis: Sequence[str], references: Sequence[Sequence[str]]) -> Comparison:
    """Find each n-gram of a tokenized hypothesis, n = 1 … 4, in its tokenized references.

    Raises:
        ValueError: there is no reference.
    """
    if not references:
        raise ValueError("BLEU needs at least one reference")
    orders = []
    for n in range(1, LARGEST_ORDER + 1):
        there = [_places(reference, n) for reference in references]
        grams = [
            Gram(tokens, tuple(places), tuple(tuple(places_of.get(tokens, ())) for places_of in there))
            for tokens, places in _places(hypothesis, n).items()
        ]
        orders.append(Order(n, tuple(grams)))
    return Comparison(tuple(hypothesis), tuple(tuple(one) for one in references), tuple(orders))


def score(
    counts: Statistics, smoothing: str = "exp", value: float | None = None, *, effective: bool = True
) -> Score:
    """Return BLEU of one sentence's or a whole corpus' counts.

    Args:
        smoothing: one of `SMOOTHINGS`, as sacreBLEU names them.
        value: the small number of ``floor`` and ``add-k``; None: sacreBLEU's own.
        effective: orders longer than the hypothesis stay out of the mean, as sacreBLEU does for sentences.

    Raises:
        KeyError: there is no such smoothing.
    """
    small = SMOOTHING_VALUES[smoothing] if value is None else value
    brevity = brevity_penalty(counts.length, counts.reference_length)
    if not any(counts.matches):
        return Score(0.0, brevity, ((0.0, 0.0),) * LARGEST_ORDER, 0)
    fractions: list[tuple[float, float]] = []
    halvings = 1.0
    for n, (matches, total) in enumerate(zip(counts.matches, counts.totals, strict=True), start=1):
        top, bottom = float(matches), float(total)
        if smoothing == "add-k" and n > 1:  # Lin and Och 2004
            top, bottom = top + (small or 0.0), bottom + (small or 0.0)
        if bottom == 0:
            break
        if top == 0 and smoothing == "exp":  # NIST: each further zero counts half as much
            halvings *= 2
            top, bottom = 1.0, bottom * halvings
        elif top == 0 and smoothing == "floor":
            top = small or 0.0
        fractions.append((top, bottom))
    used = len(fractions) if effective else LARGEST_ORDER
    fractions += [(0.0, 0.0)] * (LARGEST_ORDER - len(fractions))
    if any(top == 0 for top, _ in fractions[:used]):
        return Score(0.0, brevity, tuple(fractions), used)
    mean = math.exp(sum(math.log(100.0 * top / bottom) for top, bottom in fractions[:used]) / used)
    return Score(brevity * mean, brevity, tuple(fractions), used)


def brevity_penalty(length: int, reference_length: int) -> float:
    """Return 1 for a hypothesis at least as long as its reference, else exp(1 − r/c); 0 for an empty one."""
    if length >= reference_length:
        return 1.0
    return math.exp(1 - reference_length / length) if length else 0.0


def sentence_bleu(
    hypothesis: str,
    references: Sequence[str],
    tokenizer: str = "13a",
    smoothing: str = "exp",
    value: float | None = None,
    *,
    effective: bool = True,
) -> Score:
    """Return BLEU of one sentence; arguments and errors as in `tokenize`, `compare` and `score`."""
    compared = compare(tokenize(hypothesis, tokenizer), [tokenize(one, tokenizer) for one in references])
    return score(compared.statistics, smoothing, value, effective=effective)


def corpus_bleu(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    tokenizer: str = "13a",
    smoothing: str = "exp",
    value: float | None = None,
    *,
    effective: bool = False,
) -> Score:
    """Return BLEU of a corpus: counts are added up first, so it is no mean of the sentences' scores.

    Args:
        references: one sequence of references for each hypothesis.

    Raises:
        ValueError: the two differ in length, a hypothesis has no reference, or there is no such tokenizer.
    """
    none = (0,) * LARGEST_ORDER
    counts = Statistics(none, none, 0, 0)
    for hypothesis, own in zip(hypotheses, references, strict=True):
        tokens = tokenize(hypothesis, tokenizer)
        counts += compare(tokens, [tokenize(one, tokenizer) for one in own]).statistics
    return score(counts, smoothing, value, effective=effective)


def signature(
    references: int,
    tokenizer: str = "13a",
    smoothing: str = "exp",
    value: float | None = None,
    *,
    effective: bool = True,
) -> str:
    """Return what has to be told beside a score so that others can repeat it, as sacreBLEU prints it."""
    small = SMOOTHING_VALUES[smoothing] if value is None else value
    how = smoothing if SMOOTHING_VALUES[smoothing] is None else f"{smoothing}[{small:.2f}]"
    cut = morphemes.name() if tokenizer == "morpheme" else tokenizer
    parts = {
        "nrefs": references,
        "case": "mixed",
        "eff": "yes" if effective else "no",
        "tok": cut,
        "smooth": how,
        "version": sacrebleu.__version__,
    }
    return "|".join(f"{name}:{part}" for name, part in parts.items())


def chrf(hypothesis: str, references: Sequence[str]) -> tuple[float, str]:
    """Return sacreBLEU's chrF2 (Popović 2015) from 0 to 100 and its signature: overlaps of 1 … 6 characters."""
    metric = CHRF()
    value = metric.sentence_score(hypothesis, list(references)).score
    return float(value), str(metric.get_signature())


def _places(tokens: Sequence[str], n: int) -> dict[tuple[str, ...], list[int]]:
    """Where each n-gram begins."""
    found: dict[tuple[str, ...], list[int]] = {}
    for start in range(len(tokens) - n + 1):
        found.setdefault(tuple(tokens[start : start + n]), []).append(start)
    return found
