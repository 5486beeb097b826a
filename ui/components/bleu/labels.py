"""Every string that the BLEU pictures show. Names in braces are filled in by the browser."""

from __future__ import annotations

from typing import Final

from ui.components.shared import save_words
from ui.i18n import N_, _

TOKENIZERS: Final[dict[str, str]] = {
    "13a": N_("Words"),
    "none": N_("Spaces"),
    "char": N_("Characters"),
    "morpheme": N_("Morphemes"),
}
ABOUT: Final[dict[str, str]] = {
    "13a": N_("13a: punctuation stands apart"),
    "none": N_("none: what stands between spaces"),
    "char": N_("char: every letter or syllable"),
    "morpheme": N_("Kiwi: stems, particles, endings"),
}
SMOOTHINGS: Final[dict[str, str]] = {
    "none": N_("none: one precision of 0 makes BLEU 0"),
    "floor": N_("floor: 0.1 in place of 0 matches"),
    "add-k": N_("add-k: from p₂ on, 1 is added above and below"),
    "exp": N_("exp: 0 matches count as 1/2, the next 0 as 1/4, and so on; sacreBLEU’s usual way"),
}
LABELS: Final[dict[str, str]] = {
    "component": N_("BLEU of one translation, n-gram by n-gram"),
    "title": N_("BLEU of “{text}”"),
    "file": "BLEU",
    "tok": N_("Cut into"),
    "smooth": N_("Smoothing"),
    "missing": N_("Needs a library that is not installed: pip install -r requirements-morphemes.txt"),
    "waiting": N_("Being loaded: it appears in a few seconds"),
    "hypothesis": N_("Translation"),
    "reference": N_("Reference {number}"),
    "reference_only": N_("Reference"),
    "grams": N_("{n}-grams"),
    "grams_alternative": N_(
        "The translation’s n-grams of length {n}. Left and right arrow keys go from one to the next, up and down "
        "change the length."
    ),
    "no_grams": N_("The translation is too short for {n}-grams."),
    "hint": N_("Point at an n-gram: what it matched lights up. Press it to keep it lit."),
    "counted": N_("counted"),
    "clipped": N_("clipped"),
    "absent": N_("in no reference"),
    "info_counted": N_("“{gram}”: counted (number {nth} of {count}). {reference} has it {limit}×."),
    "info_clipped": N_(
        "“{gram}”: clipped (number {nth} of {count}). No reference has it more than {limit}× ({reference}); those are "
        "used up."
    ),
    "info_absent": N_("“{gram}”: no reference has it, so it does not count."),
    "lengths": N_("n-gram precision"),
    "precision": N_("p{n}: {matches} of {total} {n}-grams count"),
    "count_clipped": N_("{count} clipped"),
    "brevity": N_("Brevity penalty BP"),
    "brevity_axis": N_("length ÷ closest reference’s length"),
    "brevity_short": N_("{length} tokens against {reference}: BP = exp(1 − {reference}/{length}) = {value}"),
    "brevity_long": N_("{length} tokens against {reference}: not shorter, so BP = 1"),
    "brevity_empty": N_("no token at all: BP = 0"),
    "no_match": N_("No token of the translation stands in a reference: BLEU = 0."),
    "fewer": N_("The translation is too short for longer n-grams, so the mean takes p₁ to p{n} only."),
    "fewer_one": N_("The translation has one token, so the mean takes p₁ only."),
    "signature": N_("Signature"),
    "caption": N_(
        "p₁ to p₄: the share of the translation’s n-grams that a reference has too, none counted more often than in "
        "one reference. BLEU is their geometric mean times the brevity penalty."
    ),
    "column_part": N_("part"),
    "column_value": N_("value"),
    "column_gram": N_("n-gram"),
    "column_place": N_("place"),
    "column_verdict": N_("verdict"),
    "column_limit": N_("most in one reference"),
}
CUTS: Final[dict[str, str]] = {
    "cuts_component": N_("The same sentences, cut in four ways"),
    "cuts_title": N_("“{text}” cut in four ways, and the BLEU of each"),
    "cuts_file": "bleu-cuts",
    "cuts_caption": N_(
        "Same translation, same reference, other tokens, another BLEU: a score means something only beside its "
        "signature. In Korean a word with another particle is another word; characters and morphemes see what is "
        "alike in both."
    ),
    "column_cut": N_("cut into"),
    "column_tokens": N_("tokens"),
}
RATING: Final[dict[str, str]] = {
    "rate_component": N_("Translations to rate from 1 to 5"),
    "rate_help": N_("1 useless … 5 perfect"),
    "source": N_("Original"),
    "vote": N_("Rate this translation {rating} of 5"),
    "votes": N_("mean {mean}, votes: {count}"),
    "undo": N_("Undo"),
    "reset": N_("Start again"),
    "hidden": N_("BLEU appears once it is rated"),
}


def name_of(tokenizer: str) -> str:
    """Return a tokenizer's name in the running session's language."""
    return _(TOKENIZERS[tokenizer])


def bleu_labels(waiting: bool = False) -> dict[str, str]:
    """Return all visible strings of the main picture; ``waiting``: a missing tokenizer is being loaded."""
    return {
        **{name: _(message) for name, message in LABELS.items()},
        **_missing(waiting),
        **_tokenizer_labels(),
        **{f"smooth_{name}": name for name in SMOOTHINGS},
        **{f"about_smooth_{name}": _(message) for name, message in SMOOTHINGS.items()},
        **save_words(),
    }


def cuts_labels(waiting: bool = False) -> dict[str, str]:
    """Return all visible strings of the picture of four cuts; ``waiting`` as in `bleu_labels`."""
    wanted = ("hypothesis", "reference", "reference_only", "signature")
    return {
        **{name: _(message) for name, message in CUTS.items()},
        **{name: _(LABELS[name]) for name in wanted},
        **_missing(waiting),
        **_tokenizer_labels(),
        **save_words(),
    }


def rating_labels() -> dict[str, str]:
    """Return all visible strings of the list to rate."""
    own = {**RATING, "reference": LABELS["reference_only"]}
    return {name: _(message) for name, message in own.items()}


def _missing(waiting: bool) -> dict[str, str]:
    message = LABELS["waiting" if waiting else "missing"]
    return {"missing": _(message)}


def _tokenizer_labels() -> dict[str, str]:
    return {
        **{f"tok_{name}": _(message) for name, message in TOKENIZERS.items()},
        **{f"about_{name}": _(message) for name, message in ABOUT.items()},
    }
