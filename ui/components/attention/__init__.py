"""The attention canvas: one payload to the browser, every stage, layer and head switched there."""

from ui.components.attention.canvas import attention_canvas, canvas_state
from ui.components.attention.labels import attention_labels
from ui.components.attention.view import (
    WIRINGS,
    AttentionView,
    CanvasEdit,
    CanvasState,
    Made,
    expected_arrays,
    pack,
)

__all__ = [
    "WIRINGS",
    "AttentionView",
    "CanvasEdit",
    "CanvasState",
    "Made",
    "attention_canvas",
    "attention_labels",
    "canvas_state",
    "expected_arrays",
    "pack",
]
