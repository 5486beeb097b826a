"""The positions page's presets, its code and its questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ui.i18n import N_, _
from ui.predict import predict


class Preset(NamedTuple):
    """One chip: a sentence, and what the page begins with."""

    label: str
    sentence: str
    choices: Mapping[str, Any]


PRESETS: Final = {
    "morning": Preset(N_("Morning"), "나는 아침에 ___ 마셨다", {"kind": "sinusoidal"}),
    "dog": Preset(N_("Dog"), "개가 ___ 물었다", {"kind": "learned", "metric": "length"}),
    "school": Preset(N_("School"), "I ___ to school every day", {"kind": "rotary"}),
    "integers": Preset(N_("Just add 0, 1, 2"), "The dog ___ the cat.", {"kind": "integers"}),
}
FIRST: Final = {"ko": "나는 아침에 ___ 마셨다", "en": "I ___ to school every day"}

KERAS: Final = """# Keras: three ways to give positions
import keras
import keras_hub


# 1. As in the textbook: the integer position goes through an Embedding layer, and the learned vector is added.
class PositionalEmbedding(keras.layers.Layer):
    def __init__(self, length, vocabulary, d_model):
        super().__init__()
        self.tokens = keras.layers.Embedding(vocabulary, d_model)
        self.positions = keras.layers.Embedding(length, d_model)

    def call(self, ids):
        positions = keras.ops.arange(keras.ops.shape(ids)[-1])
        return self.tokens(ids) + self.positions(positions)


# 2. The same from the library, and 3. sines and cosines:
learned = keras_hub.layers.PositionEmbedding(sequence_length=64)
sinusoidal = keras_hub.layers.SinePositionEncoding()
# x = tokens(ids); x + learned(x), or x + sinusoidal(x)
# Rotary: keras_hub.layers.RotaryEmbedding() turns queries and keys inside the attention.


# PyTorch (import torch): __init__ and forward
class PositionalEmbedding(torch.nn.Module):
    def __init__(self, length, vocabulary, d_model):
        super().__init__()
        self.tokens = torch.nn.Embedding(vocabulary, d_model)
        self.positions = torch.nn.Embedding(length, d_model)

    def forward(self, ids):
        return self.tokens(ids) + self.positions(torch.arange(ids.shape[-1]))
"""

_SINES: Final = """pair = np.arange(0, {width}, 2)
angle = np.arange({length})[:, None] / 10_000 ** (pair / {width})
table = np.empty(({length}, {width}))
table[:, 0::2], table[:, 1::2] = np.sin(angle), np.cos(angle)
"""
_TABLES: Final = {
    "sinusoidal": _SINES,
    "rotary": _SINES,
    "learned": (
        "from core.small import load_small\n\n"
        'table = load_small("blank-learned").model.positions.table.numpy()\n'
    ),
    "integers": "table = np.arange({length})[:, None] * np.ones({width})\n",
    "none": "table = np.zeros(({length}, {width}))\n",
}
_ALIKE: Final = {
    "dot": "alike = table @ table[{position}]  # the dot product of position {position} with each position\n",
    "cosine": (
        "length = np.linalg.norm(table, axis=1)\n"
        "alike = (table @ table[{position}]) / (length * length[{position}])\n"
    ),
    "length": "alike = np.linalg.norm(table, axis=1)\n",
}
_TURNED: Final = """
from core.order.tables import rotary_pair
from core.small import load_small

model = load_small("blank-rotary")
pair = rotary_pair(model.model, model.ids({text!r}))
query, key = pair.query[{head}, {query}], pair.key[{head}, {key}]
distance = np.arange(1 - {length}, {length})[:, None]  # the key's position minus the query's
angle = distance / 10_000 ** (np.arange(0, {width}, 2) / {width})
turned = np.empty((2 * {length} - 1, {width}))
turned[:, 0::2] = key[0::2] * np.cos(angle) - key[1::2] * np.sin(angle)
turned[:, 1::2] = key[0::2] * np.sin(angle) + key[1::2] * np.cos(angle)
alike = turned @ query
"""
_SHUFFLE: Final = """
# Shuffle the words: the encoder's outputs in both orders
import torch
from core.small import load_small

model = load_small("blank-{kind}")
ids = model.ids({text!r})
order = {order}
with torch.inference_mode():
    plain = model.model.read(torch.tensor([ids]))[0][0]
    shuffled = model.model.read(torch.tensor([[ids[i] for i in order]]))[0][0]
largest = (shuffled - plain[order]).abs().max().item()
print(f"{{largest:.1e}}")
"""


def snippet(text: str | None, order: Sequence[int], choices: Mapping[str, Any], length: int = 64) -> str:
    """Return code that prints the table, the curve beside it and max |Δ| of the chosen kind.

    ``text`` is ``None`` where there is no sentence; ``choices`` are those of the main picture.
    """
    kind = choices["kind"]
    width = 24 if kind == "rotary" else 256 if kind == "sinusoidal" and choices["wide"] else 96
    values = {
        "text": text, "kind": kind, "length": length, "width": width, "order": list(order),
        "position": choices["row"], **{name: choices[name] for name in ("head", "query", "key")},
    }  # fmt: skip
    parts = ["import numpy as np\n\n", _TABLES[kind].format(**values), "print(table.round(4))\n"]
    if kind != "rotary":
        parts.append(_ALIKE[choices["metric"]].format(**values))
    elif text is not None:
        parts.append(_TURNED.format(**values))
    if kind != "rotary" or text is not None:
        parts.append("print(alike.round(4))\n")
    if text is not None and len(order) > 1:
        parts.append(_SHUFFLE.format(**values))
    return "".join(parts)


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "positions-shuffle",
        _("An encoder without positions reads a shuffled sentence. What happens to its outputs?"),
        [
            _("They change completely"),
            _("They are the same vectors, shuffled the same way"),
            _("All of them become equal"),
        ],
        answer=1,
        explanation=_(
            "Attention is a sum over all words, and a sum does not ask for the order. Look at the row “None” under "
            "“Shuffle the words”: what remains is rounding."
        ),
    )
    predict(
        "positions-layernorm",
        _("5 is added to every dimension of a word's vector. What does LayerNorm do to it?"),
        [_("It keeps the 5"), _("It takes the 5 away entirely"), _("It divides the 5 by √d")],
        answer=1,
        explanation=_(
            "LayerNorm subtracts the mean over the dimensions, and the mean has grown by exactly 5. Move the slider: "
            "the lower curve stays."
        ),
    )
    predict(
        "positions-parameters",
        _("Which positions have numbers that training sets?"),
        [_("Learned ones alone"), _("Learned and sinusoidal ones"), _("Sinusoidal and rotary ones")],
        answer=0,
        explanation=_(
            "Sines, cosines and turns are formulas and go on beyond any length. The learned table has 64 × 96 numbers "
            "and ends at position 63."
        ),
    )
