"""The three architectures side by side, each with its wiring, its attention on one sentence and what it is for."""

from ui.components.architectures.component import ArchitectureState, architecture_pictures
from ui.components.architectures.view import Architecture, AttentionPicture

__all__ = ["Architecture", "ArchitectureState", "AttentionPicture", "architecture_pictures"]
