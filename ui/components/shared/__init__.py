"""What several browser-side parts have in common: scripts joined into one module, payloads, words of buttons."""

from ui.components.shared.payload import json_part
from ui.components.shared.scripts import DECODING, FOLDER, SHARED, joined_script
from ui.components.shared.words import player_words, said_words, save_words

__all__ = [
    "DECODING",
    "FOLDER",
    "SHARED",
    "joined_script",
    "json_part",
    "player_words",
    "said_words",
    "save_words",
]
