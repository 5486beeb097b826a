"""The one normalisation that every text passes through before it is tokenized."""

from __future__ import annotations

import unicodedata

# The training data write quotation marks and dashes plainly; a typographic one would be a stranger to the model.
_PLAIN = {
    **dict.fromkeys("‘’‚‛ʼ′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    # SentencePiece writes a space as this block; a user's own must not come back as a space.
    "\u2581": "_",
}
_JOINERS = "\u200c\u200d"  # they hold emoji families and Persian words together


def normalise(text: str) -> str:
    """Return ``text`` in the form that ``decode(encode(text))`` gives back.

    In this order: Unicode NFC; typographic quotation marks and dashes made plain, U+2581 made an underscore;
    control and format characters (categories Cc and Cf) removed, the two zero-width joiners and white space
    excepted; each run of white space made one space, none at the ends; NFC again. Idempotent.

    Raises:
        ValueError: the text holds a lone surrogate, which is no character and has no UTF-8 form.
    """
    for position, character in enumerate(text):
        if "\ud800" <= character <= "\udfff":
            raise ValueError(f"lone surrogate U+{ord(character):04X} at position {position}")
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            kept.append(" ")
        elif character in _JOINERS or unicodedata.category(character) not in ("Cc", "Cf"):
            kept.append(_PLAIN.get(character, character))
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def matching_key(text: str) -> str:
    """Return ``text`` reduced to its letters and digits in lower case: equal keys mean the same sentence.

    Used to keep held-back sentences out of training. A text without letters and digits is its own key.
    """
    plain = normalise(text)
    return "".join(c for c in plain.casefold() if c.isalnum()) or plain
