"""The attention page's presets, its code and its questions."""

from __future__ import annotations

from typing import Final, NamedTuple

from ui.components.attention import CanvasState
from ui.i18n import N_, _
from ui.predict import predict
from ui.state import SEED


class Preset(NamedTuple):
    """One chip: a sentence, and the choices in the canvas that its lesson begins with."""

    label: str
    sentence: str
    choices: CanvasState
    direction: str = "auto"  # as in `ui.sentence.box`


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
        {"layer": 0, "head": 0, "plain": True, "unit": True, "scale": False, "cell": [0, 5, 2]},
    ),
    "heads": Preset(
        N_("Heads off"),
        "나는 아침에 커피를 마셨다.",
        {"layer": 0, "head": 0, "off": [["self", 0, head] for head in range(8)]},
    ),
    "next": Preset(N_("Decoder only"), "The cat sat on the", {}, "next"),
    "untrained": Preset(N_("Untrained"), "나는 아침에 커피를 마셨다.", {"random": True}),
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

ATTENTIONS: Final = {"self": "encoder.self", "causal": "decoder.self", "cross": "decoder.cross"}
_PARTS: Final = {
    "self": ("trace.encoder", "self_attention"),
    "causal": ("trace.decoder", "self_attention"),
    "cross": ("trace.decoder", "cross_attention"),
}


def snippet(text: str, direction: str, choices: CanvasState, target: str = "", language: str = "") -> str:
    """Return code that prints the weights on the screen, for a complete set of ``choices``.

    It uses `core` only to get at the vectors; the formulas are written out. ``target`` is a typed translation,
    ``language`` that of a decoder alone, which is then asked.
    """
    wiring, layer, head = choices["wiring"], choices["layer"], choices["head"]
    stack, attention = _PARTS[wiring]
    lines = (
        _going_on_lines(text, language, choices)
        if language
        else _trace_lines(text, direction, choices, target)
    )
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
    lines += _edited_scores(choices)
    if choices["scale"]:
        lines.append("scores = scores / np.sqrt(query.shape[-1])")
    if wiring == "causal" and choices["mask"]:
        lines.append("scores = np.where(np.tril(np.ones_like(scores)), scores, -np.inf)")
    lines += [
        "weights = np.exp(scores - scores.max(axis=-1, keepdims=True))",
        "weights = weights / weights.sum(axis=-1, keepdims=True)",
        "context = weights @ value",
    ]
    if choices["grain"] == "word":
        lines += _by_word(wiring)
    lines.append("print(weights.round(4))")
    return "\n".join(lines) + "\n"


def _trace_lines(text: str, direction: str, choices: CanvasState, target: str) -> list[str]:
    """The lines up to the trace: short for the model as it is, longer with what was changed."""
    by_syllable = choices["grain"] == "syllable"
    special = target or by_syllable or choices["random"] or choices["edits"] or choices["off"]
    if not special and choices["grain"] == "piece":
        return [
            "import numpy as np",
            "from core.translator import load_translator",
            "",
            f"trace = load_translator().trace({text!r}, {direction!r})",
        ]
    ids = "syllable_ids" if by_syllable else "source_ids"
    said = f"model.tokenizer.encode({target!r})" if target else "model.answer(source, longest=64)"
    return [
        "import numpy as np",
        "from core.changes import Changes, Edit, HeadOff",
        "from core.translator import load_translator, untrained",
        "",
        "model = load_translator()",
        f"source = model.{ids}({text!r}, {direction!r})",
        f"target = [2, *{said}]  # 2 is the start token",
        *([f"model = untrained(model, seed={SEED})"] if choices["random"] else []),
        _changes_line(choices),
        "trace = model.trace_ids(source, target, changes)",
    ]


def _going_on_lines(text: str, language: str, choices: CanvasState) -> list[str]:
    """The lines up to the trace of a decoder alone."""
    load = [
        f"model = load_language({language!r})",
        f"target = model.ids({text!r})  # the start token and the pieces",
    ]
    if not (choices["random"] or choices["edits"] or choices["off"]):
        return [
            "import numpy as np",
            "from core.language import load_language",
            "",
            *load,
            "trace = model.trace(target)",
        ]
    return [
        "import numpy as np",
        "from core.changes import Changes, Edit, HeadOff",
        "from core.language import load_language, untrained",
        "",
        *load,
        *([f"model = untrained(model, seed={SEED})"] if choices["random"] else []),
        _changes_line(choices),
        "trace = model.trace(target, changes)",
    ]


def _changes_line(choices: CanvasState) -> str:
    changes = [
        f"Edit({e['place']!r}, {e['row']}, {e['column']}, {tuple(e['values'])!r}, {e['head']!r})"
        for e in choices["edits"]
    ] + [f"HeadOff({ATTENTIONS[str(wiring)]!r}, {layer}, {head})" for wiring, layer, head in choices["off"]]
    return f"changes = Changes([{', '.join(changes)}])"


def _edited_scores(choices: CanvasState) -> list[str]:
    """The lines that put scores set by hand into their places."""
    attention = ATTENTIONS[choices["wiring"]].replace(".", f".{choices['layer']}.")
    shown = [
        e for e in choices["edits"] if e["place"] == f"{attention}.scores" and e["head"] == choices["head"]
    ]
    return [
        f"scores[{e['row']}, {e['column']}:{e['column'] + len(e['values'])}] = {e['values']!r}"
        for e in shown
        if not choices["plain"]
    ]


def _by_word(wiring: str) -> list[str]:
    """The lines that sum the weights over a word's keys and average them over its queries."""
    queries, keys = (
        ("source" if wiring == "self" else "target"),
        ("target" if wiring == "causal" else "source"),
    )
    return [
        "",
        "def words(ids):  # the places of each word's pieces; direction, start and end tokens stand alone",
        "    pieces, groups = model.tokenizer.pieces(ids), []",
        "    special = [p.startswith('<') and not p.startswith('<0x') and p.endswith('>') for p in pieces]",
        "    for i, piece in enumerate(pieces):",
        "        if i == 0 or special[i] or special[i - 1] or piece.startswith('▁'):",
        "            groups.append([])",
        "        groups[-1].append(i)",
        "    return groups",
        "",
        "weights = np.array([[weights[np.ix_(q, k)].sum() / len(q) "
        f"for k in words({keys})] for q in words({queries})])",
    ]


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
    predict(
        "attention-heads-off",
        _("All eight heads of one layer are switched off. What is left of that layer?"),
        [_("Nothing: the model stops"), _("The residual and the feed-forward network"), _("Random numbers")],
        answer=1,
        explanation=_(
            "The attention then adds only its bias; each word goes on by the residual connection, without a look at "
            "the others. Press “all off” and read what the model says."
        ),
    )
