"""The timeline of a translation: every step of every fork, walked in the browser."""

from ui.components.translate.picture import timeline_picture, told_action, told_state
from ui.components.translate.view import PARTS, TOPS, Action, Branch, TimelineView, TranslateState

__all__ = [
    "PARTS",
    "TOPS",
    "Action",
    "Branch",
    "TimelineView",
    "TranslateState",
    "timeline_picture",
    "told_action",
    "told_state",
]
