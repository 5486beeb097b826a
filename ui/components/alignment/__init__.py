"""What LSTM decoders look at: every step of several models, walked in the browser."""

from ui.components.alignment.picture import alignment_picture
from ui.components.alignment.view import KINDS, AlignmentState, LookView

__all__ = ["KINDS", "AlignmentState", "LookView", "alignment_picture"]
