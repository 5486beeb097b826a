"""Every string that the tokens picture shows. Names in braces are filled in by the browser."""

from __future__ import annotations

from typing import Final

from ui.components.shared import save_words
from ui.i18n import N_, _

# Names of the segmenters; those of methods are the same in every language.
NAMES: Final[dict[str, str]] = {
    "words": N_("Words"),
    "wordpiece": "WordPiece",
    "unigram": "Unigram",
    "bpe": "BPE",
    "bytelevel": N_("Byte-level BPE"),
    "characters": N_("Characters"),
    "jamo": N_("Jamo"),
}
ABOUT: Final[dict[str, str]] = {
    "words": N_("most frequent first"),
    "wordpiece": N_("BERT’s way"),
    "unigram": "SentencePiece",
    "bpe": "SentencePiece",
    "bytelevel": N_("GPT-2’s way"),
    "characters": N_("id: Unicode number"),
    "jamo": N_("Hangul taken apart"),
}
LABELS: Final[dict[str, str]] = {
    "component": N_("One sentence, seven tokenizers"),
    "alternative": N_(
        "Table: a row for each tokenizer with its tokens. Arrow keys go from token to token; the tokens of the other "
        "rows that stand for the same characters light up."
    ),
    "title": N_("“{text}” in tokens, vocabulary of {size}"),
    "caption": N_(
        "The same sentence as seven tokenizers hand it to the model. Words and WordPiece do not give every text back: "
        "unknown words, spacing and, with WordPiece, capitals are lost."
    ),
    "file": N_("tokens"),
    "size": N_("Vocabulary size"),
    "size_entries": N_("{size} entries"),
    "ids": N_("ids"),
    "hint": N_("Point at a token: the same characters light up in every row."),
    "legend_space": N_("a space"),
    "legend_byte": N_("a byte, not a whole character"),
    "legend_unknown": N_("unknown: lost"),
    "legend_unseen": N_("never seen in training"),
    "per_word": N_("{number} a word"),
    "count_tokens": N_("{count} tokens"),
    "count_unknown": N_("{count} unknown"),
    "count_byte": N_("{count} bytes"),
    "count_unseen": N_("{count} unseen"),
    "decoded": N_("Decoded again:"),
    "decoded_same": N_("the same text"),
    "token_id": N_("“{token}” · id {id}"),
    "token_character": N_("character {place}: “{text}” ({code})"),
    "token_characters": N_("characters {first}–{last}: “{text}”"),
    "token_empty": N_("no character of the text: the space put before it"),
    "token_byte": N_("bytes of “{text}”: {bytes}"),
    "token_unknown": N_("not in the vocabulary: “{text}” cannot be had back"),
    "token_unseen": N_("not in the training data: its vector would be untrained"),
    "token_stored": N_("stored as {stored}"),
    "span_character": N_("Character {place}: “{text}”"),
    "mark_byte": N_("byte"),
    "mark_unknown": N_("unknown"),
    "mark_unseen": N_("unseen"),
    "column_place": N_("place"),
    "column_token": N_("token"),
    "column_id": "id",
    "column_first": N_("first character"),
    "column_last": N_("last character"),
    "column_text": N_("stands for"),
    "column_mark": N_("mark"),
}


PAIRS: Final[dict[str, str]] = {
    "pairs_title": N_("Korean against English: tokens for the same meaning"),
    "pairs_file": N_("korean-english"),
    "korean": N_("Korean"),
    "english": N_("English"),
    "quotient": N_("Korean ÷ English"),
    "measure": N_("Count"),
    "measure_sentence": N_("for the same meaning"),
    "measure_word": N_("a word"),
    "source": N_("Sentences"),
    "source_corpus": N_("held-back pairs"),
    "source_typed": N_("the pair below"),
    "pairs_caption_corpus_sentence": N_(
        "Tokens a sentence, mean over {pairs} pairs that no vocabulary has seen; vocabulary of {size}."
    ),
    "pairs_caption_corpus_word": N_(
        "Tokens a word (what stands between spaces), over {pairs} pairs that no vocabulary has seen; vocabulary of "
        "{size}."
    ),
    "pairs_caption_typed_sentence": N_("Tokens of the two sentences below; vocabulary of {size}."),
    "pairs_caption_typed_word": N_(
        "Tokens a word (what stands between spaces) of the two sentences below; vocabulary of {size}."
    ),
    "pairs_alternative": N_("{kind}: Korean {korean}, English {english}."),
}
STEPS: Final[dict[str, str]] = {
    "steps_title": N_("How “{word}” is cut"),
    "steps_file": N_("steps"),
    "method": N_("Method"),
    "step": N_("Step"),
    "step_of": N_("step {step} of {steps}"),
    "step_back": N_("One step back"),
    "step_forward": N_("One step on"),
    "step_begin_bpe": N_("the letters, with a space in front"),
    "step_begin_bytelevel": N_("the bytes"),
    "step_begin_wordpiece": N_("the word"),
    "step_merge": N_("joined into “{token}” (id {id})"),
    "step_longest": N_("the longest entry that fits: “{token}” (id {id})"),
    "step_unknown": N_("a letter is missing: the whole word becomes [UNK]"),
    "step_bytes": N_("letters without a piece of their own are spelt in bytes"),
    "way_sum": N_("ln p = {sum}"),
    "way_best": N_("the likeliest way: this one is taken"),
    "way_less": N_("{times} times less likely"),
    "no_probability": N_("byte"),
    "about_bpe": N_(
        "BPE joins neighbours again and again: each time the pair that was learned first, which is the one that was "
        "most frequent in training (Sennrich et al. 2016)."
    ),
    "about_bytelevel": N_(
        "Byte-level BPE does the same with bytes: 256 of them spell every text, so nothing is ever unknown (Radford et "
        "al. 2019)."
    ),
    "about_wordpiece": N_(
        "WordPiece takes the longest entry from the left, then the longest of the rest, marked ## (Schuster and "
        "Nakajima 2012; Wu et al. 2016)."
    ),
    "about_unigram": N_(
        "A unigram model gives each piece a probability; a way to cut the word has the product of its pieces’, so the "
        "logarithms add up. The likeliest way is taken (Kudo 2018)."
    ),
}


def name_of(kind: str) -> str:
    """Return a segmenter's name in the running session's language."""
    return _(NAMES[kind])


def tokens_labels() -> dict[str, str]:
    """Return all visible strings of the picture in the running session's language."""
    return {
        **{name: _(message) for name, message in LABELS.items()},
        **{f"kind_{kind}": name_of(kind) for kind in NAMES},
        **{f"about_{kind}": _(message) for kind, message in ABOUT.items()},
        **save_words(),
    }


def pairs_labels() -> dict[str, str]:
    """Return all visible strings of the picture of Korean against English."""
    return {
        **{name: _(message) for name, message in PAIRS.items()},
        **{f"kind_{kind}": name_of(kind) for kind in NAMES},
        **_size_labels(),
        **save_words(),
    }


def steps_labels() -> dict[str, str]:
    """Return all visible strings of the picture of one word's cutting."""
    return {
        **{name: _(message) for name, message in STEPS.items()},
        **{f"method_{kind}": name_of(kind) for kind in NAMES},
        **_size_labels(),
        **save_words(),
    }


def _size_labels() -> dict[str, str]:
    return {name: _(LABELS[name]) for name in ("size", "size_entries")}
