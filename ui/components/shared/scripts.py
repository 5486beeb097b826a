"""JavaScript that several components use: without a build step there is no import, so files are joined."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
# Plain functions in reading order. Each file uses only those above it.
SHARED: Final = (
    "payload.js",
    "elements.js",
    "drawing.js",
    "svg.js",
    "colours.js",
    "plot.js",
    "matrix.js",
    "export.js",
    "snapshot.js",
    "controls.js",
    "life.js",
    "tell.js",
    "numbers.js",
    "curves.js",
    "sampler.js",
)
# Below them what only pictures of a decoding use.
DECODING: Final = ("player.js", "pieces.js", "said.js")


def joined_script(folder: Path, own: Sequence[str], shared: Sequence[str]) -> str:
    """Return the named files of ``SHARED`` and ``DECODING``, then the component's own, as one module.

    Names are looked up in one scope, so two functions of the same name are a syntax error in the browser. Only
    the last file exports. Raises ``ValueError`` for a name that neither has.
    """
    known = (*SHARED, *DECODING)
    unknown = set(shared) - set(known)
    if unknown:
        raise ValueError(f"no shared script is called {', '.join(sorted(unknown))}")
    paths = [FOLDER / name for name in known if name in shared] + [folder / name for name in own]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)
