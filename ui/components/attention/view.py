"""What the attention canvas is given, and how it travels: words and choices, then the sentence's own numbers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypedDict

import numpy as np
from numpy.typing import NDArray

from ui.components.shared import json_part

WIRINGS: Final = (
    "self",
    "causal",
    "cross",
)  # the canvas' own names (stages.js); a browser test compares them


class CanvasEdit(TypedDict):
    """Numbers of one row, replaced by hand; `place` is a path such as "encoder.0.self.query"."""

    place: str
    head: int | None
    row: int
    column: int  # the first of the replaced numbers
    values: list[float]


class Made(TypedDict):
    """What of the choices the numbers of a view were computed with."""

    edits: list[CanvasEdit]
    off: list[list[Any]]
    random: bool
    syllable: bool
    syllables_fit: bool  # False: cut by character the sentence would be too long for the picture


class CanvasState(TypedDict, total=False):
    """What the user has chosen in the canvas; layer, head and cell count from 0."""

    wiring: str  # "self", "causal" or "cross"
    layer: int
    head: int
    stage: str  # "x", "qkv", "scores", ... "final": see STAGES in stages.js
    view: str  # "matrix", "lines", "products" or "heads"
    scale: bool  # ÷√d_k on
    mask: bool  # causal mask on
    plain: bool  # no projection: Q = K = V = X
    unit: bool  # every row of X divided by its length; counts only while `plain` is on
    all_heads: bool  # the line view draws every head
    cell: list[int] | None  # [panel, row, column]
    grain: str  # "piece", "word" or "syllable"
    random: bool  # the untrained twin
    off: list[list[Any]]  # heads switched off: [wiring, layer, head]
    edits: list[CanvasEdit]
    sentence: str  # the `AttentionView.sentence` that the edits belong to


@dataclass(frozen=True)
class AttentionView:
    """One sentence's pass through a model, ready to be drawn; the same for every session and rerun.

    The model is the translator, or a decoder alone: that has no source and one attention.

    `arrays` holds float32 arrays by the names and shapes of `expected_arrays`. The scores, weights and
    everything else that follows from them are derived in the browser with the textbook formulas.

    `weights_url` is where the browser can fetch byte ranges of the model's safetensors file.

    Raises `ValueError` where an array is missing or has another shape than the tokens call for.
    """

    source_tokens: tuple[str, ...]
    target_tokens: tuple[str, ...]
    arrays: Mapping[str, NDArray[np.float32]]
    heads: int
    weights_url: str = ""
    made: Made | None = None  # None: nothing was changed

    def __post_init__(self) -> None:
        encodes = any(name.startswith("encoder.") for name in self.arrays)
        if not self.target_tokens or (encodes and not self.source_tokens):
            raise ValueError("an attention view needs at least one token of each text that is read")
        query = self.arrays.get("decoder.self.query")
        if query is None or query.ndim != 4:
            raise ValueError("decoder.self.query must have the shape (layer, head, token, d_k)")
        for name, shape in expected_arrays(self).items():
            if name not in self.arrays:
                raise ValueError(f"the array {name} is missing")
            if tuple(self.arrays[name].shape) != shape:
                raise ValueError(f"{name} has the shape {tuple(self.arrays[name].shape)}, expected {shape}")

    @property
    def layers(self) -> int:
        """How many blocks the decoder has, and the encoder if there is one."""
        return self.arrays["decoder.self.query"].shape[0]

    @property
    def d_model(self) -> int:
        """The width of a token's vector."""
        return self.heads * self.arrays["decoder.self.query"].shape[-1]

    @property
    def wirings(self) -> tuple[str, ...]:
        """The attentions that there are."""
        return WIRINGS if self.source_tokens else ("causal",)

    @cached_property
    def sentence(self) -> str:
        """A name for the tokens: edits count rows, so they belong to these tokens and no others."""
        tokens = json.dumps([self.source_tokens, self.target_tokens])
        return hashlib.blake2b(tokens.encode(), digest_size=8).hexdigest()

    @cached_property
    def packed(self) -> bytes:
        """The sentence's own part of the payload; made once for a view, since reruns are frequent."""
        return _sentence_part(self)


def expected_arrays(view: AttentionView) -> dict[str, tuple[int, ...]]:
    """Return the name and shape of every array, S source and T target tokens; without a source, the decoder's alone.

    The order is the order in the blob. `embedding` is already multiplied by √d_model.
    """
    layers, heads, _target, d_k = view.arrays["decoder.self.query"].shape
    source, target, width = len(view.source_tokens), len(view.target_tokens), heads * d_k
    sides = [("decoder", target, {"self": target, **({"cross": source} if source else {})})]
    if source:
        sides.insert(0, ("encoder", source, {"self": source}))
    shapes: dict[str, tuple[int, ...]] = {}
    for side, tokens, attentions in sides:
        shapes[f"{side}.embedding"] = shapes[f"{side}.positional"] = (tokens, width)
        for attention, keys in attentions.items():
            name = f"{side}.{attention}"
            shapes[f"{name}.query"] = (layers, heads, tokens, d_k)
            shapes[f"{name}.key"] = shapes[f"{name}.value"] = (layers, heads, keys, d_k)
            shapes[f"{name}.output"] = (layers, tokens, width)
            shapes[f"{name}.norm.weight"] = shapes[f"{name}.norm.bias"] = (layers, width)
        shapes[f"{side}.feed_forward"] = (layers, tokens, width)
        shapes[f"{side}.feed_forward.norm.weight"] = (layers, width)
        shapes[f"{side}.feed_forward.norm.bias"] = (layers, width)
    return shapes


def pack(
    view: AttentionView,
    *,
    labels: Mapping[str, str],
    initial: Mapping[str, Any],
    key: str,
    restart: str = "",
) -> bytes:
    """Return the payload: words and choices as a small JSON part, then `view.packed`.

    A JSON part is its uint32 length and the text, padded with spaces to 4 bytes; all numbers are little-endian.
    """
    words = {"labels": dict(labels), "initial": dict(initial), "key": key, "restart": restart}
    return json_part(words) + view.packed


def _sentence_part(view: AttentionView) -> bytes:
    """A JSON part that says what is where, then one float32 blob.

    Its "digest" names the numbers and the tokens, so that the browser sees at once whether a rerun brought
    anything new.
    """
    layers, heads, _target, d_k = view.arrays["decoder.self.query"].shape
    places: dict[str, Any] = {}
    parts: list[bytes] = []
    offset = 0
    for name, shape in expected_arrays(view).items():
        values = np.ascontiguousarray(view.arrays[name], dtype="<f4")
        places[name] = {"shape": list(shape), "offset": offset}
        parts.append(values.tobytes())
        offset += values.size
    blob = b"".join(parts)
    header: dict[str, Any] = {
        "source_tokens": list(view.source_tokens),
        "target_tokens": list(view.target_tokens),
        "layers": layers,
        "heads": heads,
        "d_k": d_k,
        "d_model": heads * d_k,
        "arrays": places,
        "sentence": view.sentence,
        "made": view.made or {},
    }
    digest = hashlib.blake2b(json.dumps(header).encode(), digest_size=16)
    digest.update(blob)
    return json_part({**header, "weights_url": view.weights_url, "digest": digest.hexdigest()}) + blob
