"""What the BLEU page shows, asked of core and brought into the form that ui draws. No Streamlit calls but caches."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import sacrebleu
import streamlit as st

from core import bleu, ratings
from core.deletion import rank_correlation
from core.text import morphemes
from pages.loading import translator
from ui.components.bleu import BleuView, CutView, PackedOrder, PackedScore, Rated
from ui.i18n import N_, _

ENOUGH = 3  # translations from which on a rank correlation is asked for
ORIGINS = {
    "translator": N_("by the translator"),
    "paraphrase": N_("by a person: right, in other words"),
    "salad": N_("by a person: the right words in a wrong order"),
    "wrong": N_("by a person: one word makes it wrong"),
}


def tokenizers(wait: bool = False) -> tuple[str, ...]:
    """The tokenizers that work here now; ``wait``: until the library for morphemes has been loaded."""
    if wait and morphemes.available():
        with contextlib.suppress(morphemes.MorphemesMissingError):
            morphemes.morphemes("")
    if morphemes.state() == "ready":
        return bleu.TOKENIZERS
    return tuple(name for name in bleu.TOKENIZERS if name != "morpheme")


def loading() -> bool:
    """Whether the library for morphemes is still being loaded."""
    return morphemes.state() == "loading"


@st.cache_resource(show_spinner=False, max_entries=64)
def compared(
    hypothesis: str, references: tuple[str, ...], cutters: tuple[str, ...], waiting: bool = False
) -> BleuView:
    """One normalised translation beside its references, in every smoothing and all of these cuts."""
    chrf, signature = bleu.chrf(hypothesis, references)
    return BleuView(
        hypothesis=hypothesis,
        references=references,
        tokenizers=bleu.TOKENIZERS,
        smoothings=bleu.SMOOTHINGS,
        cuts={name: _cut(hypothesis, references, name) for name in cutters},
        chrf=chrf,
        chrf_signature=signature,
        waiting=waiting,
    )


def _cut(hypothesis: str, references: Sequence[str], tokenizer: str) -> CutView:
    tokens = [bleu.tokenize(text, tokenizer) for text in (hypothesis, *references)]
    comparison = bleu.compare(tokens[0], tokens[1:])
    return CutView(
        tokens=tokens[0],
        references=tokens[1:],
        orders=[_order(order) for order in comparison.orders],
        closest=comparison.closest,
        scores={
            how: _score(comparison.statistics, len(references), tokenizer, how) for how in bleu.SMOOTHINGS
        },
    )


def _order(order: bleu.Order) -> PackedOrder:
    return {
        "grams": [
            {
                "places": list(gram.places),
                "found": [list(places) for places in gram.found],
                "limit": gram.limit,
                "by": gram.reference,
                "matches": gram.matches,
            }
            for gram in order.grams
        ],
        "matches": order.matches,
        "total": order.total,
        "clipped": order.clipped,
    }


def _score(counts: bleu.Statistics, references: int, tokenizer: str, smoothing: str) -> PackedScore:
    found = bleu.score(counts, smoothing)
    return {
        "value": found.value,
        "brevity": found.brevity,
        "fractions": list(found.fractions),
        "used": found.used,
        "signature": bleu.signature(references, tokenizer, smoothing),
    }


def card() -> dict[str, Any]:
    """What the badge says of the numbers' origin."""
    found = {"name": "BLEU", "checked against": f"sacreBLEU {sacrebleu.__version__}", "chrF2": "sacreBLEU"}
    return {**found, "morphemes": morphemes.name()} if "morpheme" in tokenizers() else found


@st.cache_data(show_spinner=False)
def to_rate() -> list[tuple[ratings.Example, str, str]]:
    """What the class rates: (example, translation, kind). The translator's own are computed here, once a server.

    Raises ``core.checkpoints.ModelFileError``, which is not cached.
    """
    listed = []
    for place, example in enumerate(ratings.load()):
        own = (example, translator().translate(example.source, example.direction), "translator")
        other = (example, example.other, example.kind)
        # Which of the two comes first says nothing about who wrote it.
        listed += [own, other] if place % 3 else [other, own]
    return [entry for half in (0, 1) for entry in listed[half::2]]


def rated_list() -> list[Rated]:
    """The same with scores, and in the reader's words."""
    return [
        Rated(
            source=example.source,
            reference=example.reference,
            translation=translation,
            origin=_(ORIGINS[kind]),
            bleu=bleu.sentence_bleu(translation, [example.reference]).value,
            chrf=bleu.chrf(translation, [example.reference])[0],
        )
        for example, translation, kind in to_rate()
    ]


def corpus_scores() -> tuple[float, float]:
    """Corpus BLEU of the translator's own translations, and of those written for the page."""
    entries = to_rate()
    halves = [[entry for entry in entries if (entry[2] == "translator") == own] for own in (True, False)]
    own, others = (
        bleu.corpus_bleu([text for _e, text, _k in half], [[e.reference] for e, _t, _k in half]).value
        for half in halves
    )
    return own, others


def correlations(translations: Sequence[Rated], rated: dict[int, float]) -> dict[str, float | None]:
    """Spearman's correlation of the ratings with each score, over what has been rated."""
    means = list(rated.values())
    return {
        "BLEU": rank_correlation(means, [translations[place].bleu for place in rated]),
        "chrF2": rank_correlation(means, [translations[place].chrf for place in rated]),
    }
