"""The attention canvas: one payload to the browser, every stage, layer and head switched there."""

from ui.components.attention.canvas import attention_canvas
from ui.components.attention.labels import attention_labels
from ui.components.attention.view import AttentionView, CanvasState, expected_arrays, pack

__all__ = ["AttentionView", "CanvasState", "attention_canvas", "attention_labels", "expected_arrays", "pack"]
