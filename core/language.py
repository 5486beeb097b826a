"""The language models: one English and one Korean, which say what comes next."""

from __future__ import annotations

from pathlib import Path

from core import checkpoints

CONTEXT = 256  # pieces: as far as a model looks back


def tokenizer_of(language: str) -> Path:
    """Return where a language model's vocabulary lies."""
    return checkpoints.ASSETS / "tokenizers" / f"language-{language}.model"


def path_of(language: str) -> Path:
    """Return where a language model's weights lie."""
    return checkpoints.MODELS / f"language-{language}.safetensors"
