"""The picture of the page `/sentiment`: words in an order that can be changed, and what seven models say of it."""

from ui.components.judges.labels import MISSING, NAMES
from ui.components.judges.picture import judges_picture, told_by
from ui.components.judges.view import METHODS, Figures, JudgesState, JudgesView, Line

__all__ = [
    "METHODS",
    "MISSING",
    "NAMES",
    "Figures",
    "JudgesState",
    "JudgesView",
    "Line",
    "judges_picture",
    "told_by",
]
