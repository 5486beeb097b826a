"""Sentences for what can go wrong. The details stay in the server's log."""

from __future__ import annotations

from typing import Final

from ui.frame import problem
from ui.i18n import N_, _

_MODEL_FILE: Final = {
    "missing": N_(
        "The model file {name} is missing, so this page cannot compute anything; other pages go on working."
    ),
    "truncated": N_(
        "The model file {name} is cut short, so this page cannot use it; other pages go on working."
    ),
    "altered": N_("The model file {name} is not the one its card describes, so this page does not use it."),
    "unreadable": N_(
        "The model file {name} cannot be read, so this page cannot use it; other pages go on working."
    ),
}

_ONE_OF_SEVERAL: Final = {
    "missing": N_("Missing: {name}. What needs it is left out; the rest of this page goes on."),
    "truncated": N_("Cut short: {name}. What needs it is left out; the rest of this page goes on."),
    "altered": N_(
        "Not what its card describes: {name}. What needs it is left out; the rest of this page goes on."
    ),
    "unreadable": N_("Cannot be read: {name}. What needs it is left out; the rest of this page goes on."),
}


def model_file_problem(kind: str, file_name: str, *, one_of_several: bool = False) -> None:
    """Say in one sentence what is wrong with a model file; ``kind`` is the error's own word for it.

    ``one_of_several``: the page has other models and goes on with them.
    """
    sentences = _ONE_OF_SEVERAL if one_of_several else _MODEL_FILE
    problem(_(sentences.get(kind, sentences["unreadable"])).format(name=file_name))


def half_character() -> str:
    """The sentence for a text that holds a lone surrogate."""
    return _("This text holds half a character (a lone surrogate), which cannot be read.")


def half_character_problem() -> None:
    """Say that a text holds a lone surrogate."""
    problem(half_character())


def show_script_error(_error: Exception) -> bool:
    """Show one sentence in place of the traceback, which Streamlit has already written to the log."""
    problem(
        _("This page met an error and stopped; the other pages go on working, and the server's log says why.")
    )
    return True
