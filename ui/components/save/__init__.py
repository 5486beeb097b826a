"""The row below a chart: its caption, and the two buttons that save its picture and its numbers."""

from ui.components.save.component import save_row, table_rows

__all__ = ["save_row", "table_rows"]
