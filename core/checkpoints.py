"""Weights as safetensors and, beside each file, a JSON model card. Nothing is pickled."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

ASSETS = Path(__file__).resolve().parent.parent / "assets"
MODELS = ASSETS / "models"

SCALE = ".scale"  # behind the name of a matrix: its rows' scales, where it is kept in int8

CARD_PARTS = ("file", "tokenizer", "architecture", "scores")  # objects within a card

Kind = Literal["missing", "truncated", "altered", "unreadable"]
_SENTENCES: dict[Kind, str] = {
    "missing": "The file {name} is missing.",
    "truncated": "The file {name} is cut short.",
    "altered": "The file {name} is not the one that its card describes.",
    "unreadable": "The file {name} cannot be read.",
}


class ModelFileError(Exception):
    """A model's file is missing, truncated, altered or unreadable; ``str()`` is one sentence."""

    def __init__(self, kind: Kind, path: Path) -> None:
        super().__init__(_SENTENCES[kind].format(name=path.name))
        self.kind = kind
        self.path = path


def save(path: Path, weights: Mapping[str, Tensor], card: Mapping[str, Any], *, int8: bool = False) -> None:
    """Write ``weights`` in fp16 to ``path`` and the card beside it, each atomically, the card last.

    Whole numbers stay what they are.

    ``int8``: matrices become eight-bit whole numbers, and a scale for each row: half the file.

    The card gains the weights' SHA-256 and size, so that a file that was cut or changed is noticed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    written: dict[str, Tensor] = {}
    for name, tensor in weights.items():
        plain = tensor.detach().cpu()
        if not plain.is_floating_point():
            written[name] = plain.contiguous()
        elif int8 and plain.dim() == 2:
            written[name], written[name + SCALE] = to_int8(plain)
        else:
            written[name] = plain.half().contiguous()
    write_tensors(path, written)
    kind = "int8, a scale for each row" if int8 else "float16"
    file = {"name": path.name, "sha256": sha256(path), "bytes": path.stat().st_size, "dtype": kind}
    write_card(path, {**card, "file": file})


def to_int8(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """Return a matrix (row, column) as whole numbers from −127 to 127 and its rows' scales in fp16 (row,)."""
    scale = (matrix.float().abs().amax(1) / 127).half()
    divisor = torch.where(scale > 0, scale.float(), 1.0)
    return (matrix.float() / divisor[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def _from_int8(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Undo `to_int8` where it was done; every number is then one that fp16 holds, as of any other file."""
    scales = {name.removesuffix(SCALE): t.float() for name, t in weights.items() if name.endswith(SCALE)}
    plain = {}
    for name, tensor in weights.items():
        if name in scales:
            plain[name] = (tensor.float() * scales[name][:, None]).half().float()
        elif not name.endswith(SCALE):
            plain[name] = tensor.float() if tensor.is_floating_point() else tensor
    return plain


def load(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Return the weights of ``path`` in fp32, whole numbers as they are, and its card.

    Raises:
        ModelFileError: a file is missing, or is not what the card says.
    """
    card = read_card(path)
    if not path.exists():
        raise ModelFileError("missing", path)
    file = card.get("file", {})
    if path.stat().st_size < file.get("bytes", 0):
        raise ModelFileError("truncated", path)
    if sha256(path) != file.get("sha256"):
        raise ModelFileError("altered", path)
    try:
        return _from_int8(load_file(path)), card
    except (SafetensorError, OSError) as error:
        raise ModelFileError("unreadable", path) from error


def read_card(path: Path) -> dict[str, Any]:
    """Return the card beside ``path``.

    Raises:
        ModelFileError: there is none, or it is not a JSON object, or one of `CARD_PARTS` in it is not.
    """
    card_path = path.with_suffix(".json")
    try:
        card = json.loads(card_path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelFileError("missing", card_path) from error
    except (OSError, ValueError) as error:
        raise ModelFileError("unreadable", card_path) from error
    if not isinstance(card, dict) or not all(isinstance(card.get(part, {}), dict) for part in CARD_PARTS):
        raise ModelFileError("unreadable", card_path)
    return card


def add_scores(path: Path, name: str, scores: Mapping[str, Any]) -> None:
    """Keep ``scores`` in the card beside ``path`` under ``name``.

    Raises:
        ModelFileError: there is no card, or it is not a JSON object.
    """
    card = read_card(path)
    card.setdefault("scores", {})[name] = dict(scores)
    write_card(path, card)


def write_tensors(
    path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, str] | None = None
) -> None:
    """Write a safetensors file so that a reader sees the old one or the new one, never half of it."""
    part = path.with_suffix(".part")
    save_file(dict(tensors), part, metadata=dict(metadata or {}))
    part.chmod(0o644)  # safetensors leaves it to its writer alone; the app may run as another user
    os.replace(part, path)


def sha256(path: Path) -> str:
    """Return the digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parameters(weights: Mapping[str, Tensor]) -> int:
    """Return how many numbers ``weights`` holds."""
    return sum(tensor.numel() for tensor in weights.values())


def load_into(module: torch.nn.Module, weights: Mapping[str, Tensor], path: Path) -> None:
    """Give a module its weights.

    Raises:
        ModelFileError: the names or shapes do not fit the architecture of the card.
    """
    try:
        module.load_state_dict(dict(weights))
    except RuntimeError as error:
        raise ModelFileError("altered", path) from error


def write_card(path: Path, card: Mapping[str, Any]) -> None:
    """Write the card beside ``path``, so that a reader sees the old one or the new one."""
    part = path.with_suffix(".json.part")
    part.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(part, path.with_suffix(".json"))
