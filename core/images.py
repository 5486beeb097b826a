"""Sets of small pictures: digits, clothes, Hangul syllables, drawn faces; to learn from, to choose by, to test on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

SYLLABLES: Final = "가나다라마바사아자차카타파하"  # one of each initial consonant, with the same vowel
# Of fonts whole families are kept apart, so that no weight of a seen one is.
TEST_FAMILIES: Final = ("NanumSquareRound", "Noto Serif CJK KR", "BM JUA_TTF", "Baekmuk Gulim")
DEV_FAMILIES: Final = ("NanumBarunpen", "BM HANNA Pro", "Baekmuk Headline")
DEV: Final = 5000  # the last training pictures of a set that comes with a test part
FACES: Final = 1000  # the last ones are the test, as many before them choose the weights


@dataclass(frozen=True)
class Images:
    """Pictures of one kind. ``labels`` holds each one's class, or for faces its attributes.

    Shapes: pictures (count, height, width) or (count, height, width, 3); labels (count,), attributes
    (count, attribute).
    """

    name: str
    parts: dict[str, tuple[Pixels, Pixels]]  # "train", "dev" and "test": pictures and labels
    classes: tuple[str, ...]  # by label; of faces: the attributes

    @property
    def shape(self) -> tuple[int, ...]:
        """Height, width and, where there are colours, 3."""
        return self.parts["train"][0].shape[1:]


def file_of(folder: Path, name: str) -> Path:
    """Return where the data folder keeps the pictures of a set."""
    return folder / "images" / f"{_FILES[name]}.npz"


def load_images(folder: Path, name: str) -> Images:
    """Return one of `NAMES` from the data's folder.

    Raises:
        FileNotFoundError: the folder does not hold the set.
        KeyError: there is no such set.
    """
    with np.load(file_of(folder, name)) as arrays:
        return _READERS[name](arrays)


def _digits(arrays: np.lib.npyio.NpzFile) -> Images:
    return Images("digits", _official(arrays), classes=tuple("0123456789"))


def _clothes(arrays: np.lib.npyio.NpzFile) -> Images:
    return Images("clothes", _official(arrays), classes=tuple(map(str, arrays["class_names"])))


def _official(arrays: np.lib.npyio.NpzFile) -> dict[str, tuple[Pixels, Pixels]]:
    pictures, labels = arrays["x_train"], arrays["y_train"]
    return {
        "train": (pictures[:-DEV], labels[:-DEV]),
        "dev": (pictures[-DEV:], labels[-DEV:]),
        "test": (arrays["x_test"], arrays["y_test"]),
    }


def _hangul(arrays: np.lib.npyio.NpzFile) -> Images:
    syllables = list(map(str, arrays["syllables"]))
    wanted = {syllables.index(one): label for label, one in enumerate(SYLLABLES)}
    chosen = np.isin(arrays["syllable"], list(wanted))
    labels = np.array([wanted[int(one)] for one in arrays["syllable"][chosen]], dtype=np.uint8)
    pictures, families = arrays["x"][chosen], arrays["font_families"][arrays["font"][chosen]]
    apart = {"dev": np.isin(families, DEV_FAMILIES), "test": np.isin(families, TEST_FAMILIES)}
    apart["train"] = ~(apart["dev"] | apart["test"])
    return Images("hangul", {p: (pictures[at], labels[at]) for p, at in apart.items()}, tuple(SYLLABLES))


def _faces(arrays: np.lib.npyio.NpzFile) -> Images:
    pictures, attributes = arrays["x"], arrays["attributes"]
    ends = {
        "train": slice(None, -2 * FACES),
        "dev": slice(-2 * FACES, -FACES),
        "test": slice(-FACES, None),
    }
    parts = {part: (pictures[at], attributes[at]) for part, at in ends.items()}
    return Images("faces", parts, tuple(map(str, arrays["attribute_names"])))


_FILES: Final = {
    "digits": "mnist",
    "clothes": "fashion_mnist",
    "hangul": "hangul_glyphs",
    "faces": "drawn_faces",
}
_READERS: Final[dict[str, Callable[[np.lib.npyio.NpzFile], Images]]] = {
    "digits": _digits,
    "clothes": _clothes,
    "hangul": _hangul,
    "faces": _faces,
}
NAMES: Final = tuple(_FILES)


def as_shares(pictures: Pixels) -> NDArray[np.float32]:
    """Return pictures as rows of numbers from 0 to 1: (count, …) → (count, pixel)."""
    return (pictures.reshape(len(pictures), -1) / np.float32(255)).astype(np.float32)
