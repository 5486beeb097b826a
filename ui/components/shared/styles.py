"""Style sheets that several components use; a component's own comes last."""

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
WIDE: Final = _FOLDER / "wide.css"  # for pictures that scroll sideways
SAID: Final = _FOLDER / "decoding.css"  # for pictures that step through what a model said


def joined_style(*sheets: Path) -> str:
    """Return the style sheets as one, in this order."""
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
