"""The pictures of the Tokens page: every vocabulary size is switched in the browser."""

from ui.components.tokens.labels import name_of
from ui.components.tokens.pairs import MEASURES, SOURCES, PairCounts, PairsState, pairs_picture
from ui.components.tokens.picture import tokens_picture
from ui.components.tokens.steps import METHODS, PackedStep, PackedWay, steps_picture
from ui.components.tokens.view import Cut, Pressed, Row, TokensState, TokensView

__all__ = [
    "MEASURES",
    "METHODS",
    "SOURCES",
    "Cut",
    "PackedStep",
    "PackedWay",
    "PairCounts",
    "PairsState",
    "Pressed",
    "Row",
    "TokensState",
    "TokensView",
    "name_of",
    "pairs_picture",
    "steps_picture",
    "tokens_picture",
]
