"""What several browser-side parts have in common: scripts and styles joined, payloads, words of buttons."""

from ui.components.shared.payload import json_part
from ui.components.shared.scripts import FOLDER, SHARED, joined_script
from ui.components.shared.styles import WIDE, joined_style
from ui.components.shared.words import save_words

__all__ = ["FOLDER", "SHARED", "WIDE", "joined_script", "joined_style", "json_part", "save_words"]
