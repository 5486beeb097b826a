"""The heat map of any matrix: numbers as colours, one panel at a time, each with its own scale."""

from ui.components.heatmap.component import heatmap
from ui.components.heatmap.panels import HeatmapState, Panel, pack

__all__ = ["HeatmapState", "Panel", "heatmap", "pack"]
