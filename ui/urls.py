"""Every address that the app uses, in one place: paths are relative to the server's root."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
MODELS_PATH: Final = "/models"
MODELS_FOLDER: Final = ROOT / "assets" / "models"
PAGES_FOLDER: Final = ROOT / "pages"

SENTENCE: Final = "text"  # the query parameter that carries a visitor's sentence from page to page


def model_url(file_name: str) -> str:
    """Where the browser fetches a model file, in whole or by byte ranges."""
    return f"{MODELS_PATH}/{file_name}"
