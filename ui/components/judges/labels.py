"""Every string that the picture of the judges shows. Names in braces are filled in by the browser."""

from __future__ import annotations

from typing import Final

from ui.components.shared import save_words
from ui.i18n import N_, _

NAMES: Final[dict[str, str]] = {
    "unigram": N_("Bag of pieces"),
    "bigram": N_("Bag of pairs"),
    "tfidf": N_("TF–IDF, with pairs"),
    "characters": N_("TF–IDF of characters"),
    "lstm": "LSTM",
    "encoder-none": N_("Encoder, no positions"),
    "encoder": N_("Encoder, positions"),
}
ABOUT: Final[dict[str, str]] = {
    "unigram": N_("Which pieces the text holds, each counted once: logistic regression."),
    "bigram": N_("Which pieces and which pairs of neighbours the text holds: logistic regression."),
    "tfidf": N_("Pieces and pairs, counted and weighed by how rare they are: logistic regression."),
    "characters": N_(
        "Runs of one to five letters, spaces among them, weighed by how rare they are: logistic regression."
    ),
    "lstm": N_(
        "A bidirectional LSTM, read from both ends. Before it saw a label it guessed hidden pieces of the same reviews."
    ),
    "encoder-none": N_(
        "A Transformer encoder without positions: a bag of pieces, too. Before it saw a label it guessed hidden pieces."
    ),
    "encoder": N_(
        "A Transformer encoder with sinusoidal positions. Before it saw a label it guessed hidden pieces."
    ),
}
MISSING: Final[dict[str, str]] = {
    "missing": N_("{name} is missing; the other models go on."),
    "truncated": N_("{name} is cut short; the other models go on."),
    "altered": N_("{name} is not what its card describes; the other models go on."),
    "unreadable": N_("{name} cannot be read; the other models go on."),
}
LABELS: Final[dict[str, str]] = {
    "component": N_("Seven models judge one text"),
    "title": N_("“{text}”, judged by seven models"),
    "file": N_("sentiment"),
    "words": N_(
        "The words in their present order. Left and right arrow keys go from word to word, with Shift they move it; up "
        "and down choose the model."
    ),
    "lines": N_("The models; press one to see what each word adds to its logit."),
    "hint": N_("Drag a word to another place. Press a model: the words show what each adds to its logit."),
    "method": N_("What words add"),
    "method_deletion": N_("Word deletion"),
    "method_gradients": N_("Integrated gradients"),
    "about_deletion": N_("How far the logit falls when the word is left out."),
    "about_gradients": N_(
        "The logit’s slopes, added up on the way from a text of hidden pieces to this one (64 steps)."
    ),
    "exact": N_("exact: the logit is a sum"),
    "mask": N_("Padding mask"),
    "about_mask": N_(
        "Off: the text is filled up to 64 pieces, and the sequence models read the filling like words. A bag has no "
        "padding."
    ),
    "shuffle": N_("Shuffle"),
    "undo": N_("Undo"),
    "back": N_("Typed order"),
    "about_back": N_("Back to the order as it was typed"),
    "unpleasant": N_("unpleasant"),
    "pleasant": N_("pleasant"),
    "logit": N_("logit"),
    "sigma": N_("σ(logit)"),
    "accuracy": N_("accuracy"),
    "size": N_("size"),
    "training": N_("training"),
    "review": N_("a review"),
    "of_test": N_("of {count}"),
    "of_dev": N_("of {count} (dev)"),
    "about_test": N_("accuracy on {count} held-back reviews: the test set"),
    "about_dev": N_(
        "accuracy on {count} held-back reviews: the development set, on which it was also chosen"
    ),
    "megabytes": N_("{size} MB"),
    "seconds": N_("{count} s"),
    "minutes": N_("{count} min"),
    "milliseconds": N_("{count} ms"),
    "blind": N_("order unseen"),
    "about_blind": N_("No other order of the words can move this model’s logit."),
    "about_typed": N_("the typed order: logit {logit}"),
    "sum_bias": N_("bias"),
    "sum_hidden": N_("all hidden"),
    "sum_words": N_("words"),
    "sum_gaps": N_("n-grams over gaps"),
    "sum_rest": N_("words not shown"),
    "sum_rounding": N_("rounding"),
    "sum_integral": N_("the integral’s error, rounding"),
    "sum_left": N_("left over: effects of deletion need not add up"),
    "tip_none": N_("“{word}”: this model does not know its pieces, so it adds nothing."),
    "tip_gap": N_("N-grams from “{first}” into “{second}”: {value}"),
    "tip_word": N_("“{word}”: {value}"),
    "tip_more": N_("and {count} more"),
    "tip_deletion": N_("“{word}”: {value}. Without it the logit is {without}."),
    "tip_gradients": N_("“{word}”: {value} of the way from hidden pieces to the text."),
    "line": N_("{name}: logit {logit}, pleasant with {share}"),
    "waiting": N_("being computed"),
    "caption": N_(
        "Orange adds towards pleasant, blue towards unpleasant. The thin tick on each line is where the typed order "
        "stood. None of these numbers is attention, which explains nothing by itself."
    ),
    "column_model": N_("model"),
    "column_place": N_("place"),
    "column_word": N_("word"),
    "column_adds": N_("adds"),
    "column_gap": N_("the gap behind adds"),
    "column_typed": N_("logit, typed order"),
    "column_reviews": N_("held-back reviews"),
    "column_bytes": N_("bytes"),
    "column_seconds": N_("training, s"),
    "column_ms": N_("ms a review"),
}


def judges_labels() -> dict[str, str]:
    """Return all visible strings in the reader's language."""
    return {
        **{name: _(message) for name, message in LABELS.items()},
        **{f"kind_{name}": _(message) for name, message in NAMES.items()},
        **{f"about_kind_{name}": _(message) for name, message in ABOUT.items()},
        **save_words(),
    }
