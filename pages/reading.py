"""What the translator can read; a page that draws a sentence asks here first."""

from __future__ import annotations

from core.checkpoints import ModelFileError
from pages.loading import translator
from ui import frame, sentence
from ui.i18n import _
from ui.problems import model_file_problem


def readable(text: str, longest: int) -> bool:
    """Whether the translator can read a text of at most ``longest`` pieces; if not, one sentence has said why."""
    try:
        tokenizer = translator().tokenizer
        pieces = len(tokenizer.encode(text))
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name)
        return False
    except ValueError:
        frame.problem(_("This text holds half a character (a lone surrogate), which cannot be read."))
        return False
    if not pieces:
        frame.problem(_("Type a sentence, or pick one above: there is nothing to read yet."))
    elif pieces > longest:
        sentence.too_long(pieces, longest, tokenizer.first(text, longest))
    return 0 < pieces <= longest
