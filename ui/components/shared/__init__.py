"""JavaScript that several components use: a component without a build step cannot import, so files are joined."""

from collections.abc import Sequence
from pathlib import Path

from ui.i18n import _

FOLDER = Path(__file__).parent
# Plain functions in reading order. Each file uses only those above it.
SHARED = ("elements.js", "drawing.js", "colours.js", "plot.js", "matrix.js", "export.js")


def joined_script(folder: Path, own: Sequence[str], shared: Sequence[str]) -> str:
    """Return the named files of ``SHARED``, then the component's own, as one module.

    Names are looked up in one scope, so two functions of the same name are a syntax error in the browser. Only
    the last file exports. Raises ``ValueError`` for a name that ``SHARED`` does not have.
    """
    unknown = set(shared) - set(SHARED)
    if unknown:
        raise ValueError(f"no shared script is called {', '.join(sorted(unknown))}")
    paths = [FOLDER / name for name in SHARED if name in shared] + [folder / name for name in own]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def save_words() -> dict[str, str]:
    """Return what the two buttons under every picture say when pointed at, in the reader's language."""
    return {"save_png": _("Save this picture as PNG"), "save_csv": _("Save these numbers as CSV")}
