"""A review in its words, as the picture of `/sentiment` shows them. No Streamlit calls but caches."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from core.checkpoints import ModelFileError
from core.reorder import words_of
from core.sentiment import KINDS
from pages.loading import judge

SHOWN = 60  # words of a text that the picture shows


class Cut(NamedTuple):
    """A text in its words: as they are shown, and their pieces."""

    words: tuple[str, ...]
    ids: list[list[int]]

    @property
    def shown(self) -> int:
        """How many words the picture shows."""
        return min(len(self.words), SHOWN)

    @property
    def pieces(self) -> int:
        """How many pieces the text has."""
        return sum(map(len, self.ids))


@st.cache_resource(show_spinner=False, max_entries=64)
def cut_by(text: str, language: str, kind: str) -> Cut:
    """The words of a normalised text, and their pieces in the vocabulary of one kind of judge.

    Raises ``core.checkpoints.ModelFileError``, which is not cached.
    """
    found = judge(language, kind)
    ids = words_of(found, text)
    typed = text.split()
    # A sign that the vocabulary cannot give back is shown as it was typed.
    same = len(typed) == len(ids)
    return Cut(tuple(typed if same else map(found.tokenizer.decode, ids)), ids)


def cut(text: str, language: str) -> Cut | None:
    """The words of a normalised text; None where no model of the language can be read, and so no vocabulary."""
    for kind in KINDS:
        try:
            return cut_by(text, language, kind)
        except ModelFileError:
            continue
    return None


def first_problem(language: str) -> ModelFileError | None:
    """What is wrong with the first model of a language that cannot be read."""
    for kind in KINDS:
        try:
            judge(language, kind)
        except ModelFileError as error:
            return error
    return None
