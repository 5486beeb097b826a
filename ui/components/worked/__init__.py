"""The worked example of seq2seq attention as an editable picture, computed in the browser."""

from ui.components.worked.picture import worked_picture
from ui.components.worked.view import (
    LARGEST,
    MOST_STATES,
    SCORES,
    USES,
    WIDTHS,
    WorkedState,
    usual,
)

__all__ = [
    "LARGEST",
    "MOST_STATES",
    "SCORES",
    "USES",
    "WIDTHS",
    "WorkedState",
    "usual",
    "worked_picture",
]
