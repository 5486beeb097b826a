"""The attention page's presets, its code and its questions."""

from __future__ import annotations

from typing import Final, NamedTuple

from ui.components.attention import CanvasState
from ui.i18n import N_, _
from ui.predict import predict


class Preset(NamedTuple):
    """One chip: a sentence, and the choices in the canvas that its lesson begins with."""

    label: str
    sentence: str
    choices: CanvasState


# "The train left the station on time" is the textbook's own figure (Chollet, Deep Learning with Python):
# attention without projections makes a new vector for "station" out of its neighbours.
PRESETS: Final = {
    "train": Preset(N_("Train"), "기차가 제시간에 역을 떠났다", {}),
    "pear": Preset(N_("Pear or ship"), "배를 타고 가면서 배를 먹었다", {}),
    "weather": Preset(N_("Weather"), "How is the weather today?", {"wiring": "cross", "layer": 2, "head": 1}),
    "station": Preset(
        N_("Station: Q = K = V = X"),
        "The train left the station on time.",
        # Rows of length 1 and no ÷√d_k: a longer vector would see itself alone. The cell is station → train.
        {"plain": True, "unit": True, "scale": False, "cell": [0, 5, 2]},
    ),
}
FIRST: Final = {"ko": "기차가 제시간에 역을 떠났다", "en": "The train left the station on time."}

KERAS: Final = """# Keras: __init__ and call
import keras


class Block(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.attention = keras.layers.MultiHeadAttention(num_heads=8, key_dim=32)
        self.norm = keras.layers.LayerNormalization()

    def call(self, x):
        # Self-attention: one sequence is query, key and value; key=None means key = value.
        # Causal: self.attention(x, x, use_causal_mask=True)
        # Source-target: self.attention(query=x, value=encoded)
        return self.norm(x + self.attention(x, x))


# PyTorch (import torch): __init__ and forward
class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = torch.nn.MultiheadAttention(256, 8, batch_first=True)
        self.norm = torch.nn.LayerNorm(256)

    def forward(self, x):
        attended, weights = self.attention(x, x, x)  # query, key, value: here the key has to be named
        return self.norm(x + attended)
"""

_PARTS: Final = {
    "self": ("trace.encoder", "self_attention"),
    "causal": ("trace.decoder", "self_attention"),
    "cross": ("trace.decoder", "cross_attention"),
}


def snippet(text: str, direction: str, choices: CanvasState) -> str:
    """Return code that prints the weights on the screen, for a complete set of ``choices``.

    It uses `core` only to get at the vectors; the formulas are written out.
    """
    wiring, layer, head = choices["wiring"], choices["layer"], choices["head"]
    stack, attention = _PARTS[wiring]
    lines = [
        "import numpy as np",
        "from core.translator import load_translator",
        "",
        f"trace = load_translator().trace({text!r}, {direction!r})",
    ]
    if choices["plain"]:
        lines += _plain_inputs(stack, wiring, layer)
        if choices["unit"]:
            lines += [
                "query, key, value = (x / np.linalg.norm(x, axis=-1, keepdims=True) for x in (query, key, value))"
            ]
    else:
        lines += [
            f"attention = {stack}.blocks.{attention}",
            f"layer, head = {layer}, {head}  # counted from 0",
            "query = attention.query[layer, head].numpy()",
            "key = attention.key[layer, head].numpy()",
            "value = attention.value[layer, head].numpy()",
        ]
    lines.append("scores = query @ key.T")
    if choices["scale"]:
        lines.append("scores = scores / np.sqrt(query.shape[-1])")
    if wiring == "causal" and choices["mask"]:
        lines.append("scores = np.where(np.tril(np.ones_like(scores)), scores, -np.inf)")
    lines += [
        "weights = np.exp(scores - scores.max(axis=-1, keepdims=True))",
        "weights = weights / weights.sum(axis=-1, keepdims=True)",
        "context = weights @ value",
        "print(weights.round(4))",
    ]
    return "\n".join(lines) + "\n"


def _plain_inputs(stack: str, wiring: str, layer: int) -> list[str]:
    """The lines that take Q, K and V from the attention's input itself."""
    if wiring == "cross":
        return [
            f"query = {stack}.blocks.self_sublayer.normalized[{layer}].numpy()",
            "key = value = trace.encoder.blocks.feed_forward_sublayer.normalized[-1].numpy()",
        ]
    if layer == 0:
        return [f"query = key = value = ({stack}.embedding + {stack}.positional).numpy()"]
    return [f"query = key = value = {stack}.blocks.feed_forward_sublayer.normalized[{layer - 1}].numpy()"]


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "attention-future",
        _("In the encoder's self-attention, may a word look at a word that comes after it?"),
        [_("Yes, at every word"), _("No, only at what came before")],
        answer=0,
        explanation=_(
            "The encoder reads the whole source at once. Only the decoder must not see what it has not said yet: "
            "switch the wiring to “causal” and look above the diagonal."
        ),
    )
    predict(
        "attention-scale",
        _("What happens to the rows of weights when the scores are not divided by √d_k?"),
        [_("They become more even"), _("They become sharper"), _("Nothing: softmax evens it out")],
        answer=1,
        explanation=_(
            "Larger scores make softmax steeper: the entropy of the rows falls. Switch “÷√d_k” off and read the number."
        ),
    )
    predict(
        "attention-none",
        _("An attention layer is called with query and value alone. What stands in for the key?"),
        [_("The query"), _("The value"), _("A matrix of ones")],
        answer=1,
        explanation=_("key=None means key = value: the same sequence is searched and gathered from."),
    )
