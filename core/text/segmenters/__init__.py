"""Seven ways to cut a text into the tokens that a model reads, all with one face."""

from core.text.segmenters.segmenter import Segmenter, Token
from core.text.segmenters.shelf import EXEMPT, KINDS, SIZED, SIZES, Shelf, load_shelf

__all__ = ["EXEMPT", "KINDS", "SIZED", "SIZES", "Segmenter", "Shelf", "Token", "load_shelf"]
