"""What several browser-side parts have in common: scripts and styles joined, payloads, words of buttons."""

from ui.components.shared.payload import json_part
from ui.components.shared.scripts import DECODING, FOLDER, SHARED, joined_script
from ui.components.shared.styles import SAID, WIDE, joined_style
from ui.components.shared.words import player_words, said_words, save_words

__all__ = [
    "DECODING",
    "FOLDER",
    "SAID",
    "SHARED",
    "WIDE",
    "joined_script",
    "joined_style",
    "json_part",
    "player_words",
    "said_words",
    "save_words",
]
