"""What a model can read; a page that draws a sentence asks here first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.checkpoints import ModelFileError
from core.language import Language
from core.text.normalise import normalise
from core.text.tokenizer import Tokenizer
from core.translator import Translator, direction_of
from pages.loading import translator
from pages.parts.translate import script_of
from ui import frame, sentence, state, translate_page
from ui.i18n import _
from ui.problems import half_character_problem, model_file_problem

AUTO: Final = "auto"  # the direction that the sentence's own script names


def readable(text: str, longest: int, load: Callable[[], Translator | Language] = translator) -> bool:
    """Whether a model can read a text of at most ``longest`` pieces; if not, one sentence has said why."""
    try:
        tokenizer = load().tokenizer
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name)
        return False
    return fits(tokenizer, text, longest)


def fits(tokenizer: Tokenizer, text: str, longest: int) -> bool:
    """Whether a text has one to ``longest`` pieces; if not, one sentence has said why."""
    try:
        pieces = len(tokenizer.encode(text))
    except ValueError:
        half_character_problem()
        return False
    if not pieces:
        frame.problem(_("Type a sentence, or pick one above: there is nothing to read yet."))
    elif pieces > longest:
        sentence.too_long(pieces, longest, tokenizer.first(text, longest))
    return 0 < pieces <= longest


def normalised(*texts: str) -> tuple[str, ...] | None:
    """The texts in their normal form; None where one cannot be read, and then one sentence has said why."""
    try:
        return tuple(normalise(text) for text in texts)
    except ValueError:
        half_character_problem()
        return None


def direct(text: str, asked: str) -> str:
    """The direction to translate in; says so where the sentence is not in the language that it was given for."""
    found = script_of(text)
    if found is None:
        state.note(
            _("This sentence is neither Korean nor English. The model tries all the same; do not trust it.")
        )
    elif asked not in (AUTO, found):
        translate_page.wrong_direction(found, found)
    return direction_of(text) if asked == AUTO else asked
