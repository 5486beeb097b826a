"""The seq2seq page's presets, its code and its questions."""

from __future__ import annotations

from typing import Final, NamedTuple

from ui.components.worked import WorkedState, usual
from ui.components.worked.view import LESSON_QUERY, LESSON_STATES, Matrix, Vector
from ui.i18n import N_, _
from ui.predict import predict


class Preset(NamedTuple):
    """One chip: a decoder state and the encoder's states."""

    label: str
    h: Vector
    states: Matrix

    def numbers(self) -> WorkedState:
        """The whole picture with these vectors."""
        found = usual(len(self.h))
        found["h"], found["states"] = list(self.h), [list(state) for state in self.states]
        return found


PRESETS: Final = {
    "lesson": Preset(N_("The lesson’s"), LESSON_QUERY, LESSON_STATES),
    "equal": Preset(N_("Equal states"), LESSON_QUERY, ((0.8, 0.2), (0.8, 0.2), (0.8, 0.2))),
    "one": Preset(N_("One state"), LESSON_QUERY, ((-0.4, 0.18),)),
    "opposite": Preset(N_("Opposite"), (0.9, 0.5), ((0.8, 0.6), (-0.8, -0.6))),
    "long": Preset(N_("Long and short"), LESSON_QUERY, ((0.4, 0.1), (2.4, 0.6), (-0.3, 0.8))),
}

_SNIPPET: Final = """import numpy as np

h = np.array({h})  # the decoder's state: (d,)
states = np.array({states})  # the encoder's: (state, d)
np.set_printoptions(precision=3, suppress=True)

# Luong et al. 2015, section 3.1: three scores of one state
{score}
scores = np.array([score(h, s) for s in states])
print("scores", scores)

powers = np.exp(scores - scores.max())  # subtracting the largest changes no share
weights = powers / powers.sum()
print("weights", weights.round(2))

parts = weights[:, None] * states  # (state, d)
print("weighted states", parts.round(2).tolist())
c = parts.sum(axis=0)  # (d,)
print("context", c.round(2))
{onward}"""
_SCORES: Final = {
    "dot": "def score(h, s):\n    return h @ s\n\n",
    "general": "W = np.array({general})  # (d, d)\n\n\ndef score(h, s):\n    return h @ W @ s\n\n",
    "concat": (
        "W = np.array({concat})  # (d, 2 d)\nv = np.array({v})  # (d,)\n\n\n"
        "def score(h, s):\n    return v @ np.tanh(W @ np.concatenate([h, s]))\n\n"
    ),
}
_ONWARD: Final = {
    "feed": (
        "\n# Input feeding: the next step's LSTM reads the context beside the embedding y of the word just said.\n"
        'print("joined to the next input", c.round(2))\n'
    ),
    "join": (
        "\n# Luong's own form: joined with the present state\nW_c = np.array({join})  # (d, 2 d)\n"
        "mixed = W_c @ np.concatenate([c, h])\n"
        'print("W_c[c; h]", mixed.round(2))\nprint("h~", np.tanh(mixed).round(2))\n'
    ),
}

KERAS: Final = """import keras

# A batch of one: query (1, 1, d), value (1, state, d). No key is given (key=None), so the values are the keys too.
query, value = h[None, None], states[None]

dot = keras.layers.Attention(score_mode="dot")
context, weights = dot([query, value], return_attention_scores=True)

# general: a layer without bias makes the keys, h . (W s)
key = keras.layers.Dense(d, use_bias=False)(value)
context, weights = keras.layers.Attention(score_mode="dot")([query, value, key], return_attention_scores=True)

# concat (additive): sum(v * tanh(query + key)). W = [W_h | W_s] becomes a layer for each, v is learned as its scale.
query_, key = keras.layers.Dense(d, use_bias=False)(query), keras.layers.Dense(d, use_bias=False)(value)
additive = keras.layers.AdditiveAttention()
context, weights = additive([query_, value, key], return_attention_scores=True)


class Decoder(keras.layers.Layer):
    # the context enters the next step: input feeding
    def __init__(self, d):
        super().__init__()
        self.cell = keras.layers.LSTMCell(d)
        self.attention = keras.layers.Attention(score_mode="dot")

    def call(self, y, c, lstm, states):  # y: the word just said (batch, embedding); c: the step before's context
        h, lstm = self.cell(keras.ops.concatenate([c, y], axis=-1), lstm)
        c = self.attention([h[:, None], states])[:, 0]
        return h, c, lstm


# PyTorch (import torch): __init__ and forward
class DecoderStep(torch.nn.Module):
    def __init__(self, d, embedding):
        super().__init__()
        self.cell = torch.nn.LSTMCell(d + embedding, d)

    def forward(self, y, c, lstm, states):
        h, cell = self.cell(torch.cat([c, y], dim=-1), lstm)
        weights = torch.softmax(torch.einsum("bd,bsd->bs", h, states), dim=-1)
        return h, torch.einsum("bs,bsd->bd", weights, states), (h, cell)
"""


def snippet(chosen: WorkedState) -> str:
    """Return code that prints the numbers on the screen."""
    numbers = {name: repr(chosen[name]) for name in ("h", "states", "general", "concat", "v", "join")}
    return _SNIPPET.format(
        **numbers,
        score=_SCORES[chosen["score"]].format(**numbers),
        onward=_ONWARD[chosen["use"]].format(**numbers),
    )


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "seq2seq-longer",
        _(
            "h becomes twice as long: (1.4, 0.6). With the score dot, what happens to the weights 0.70 and 0.30?"
        ),
        [_("They stay"), _("They move apart"), _("They come closer")],
        answer=1,
        explanation=_(
            "Every score doubles: 1.24 and −0.452. Softmax sees differences, and the difference has doubled too: 0.84 "
            "and 0.16. A longer h looks more sharply; type it above and see."
        ),
    )
    predict(
        "seq2seq-one",
        _("The source has one word, so there is one state, and its score is −5. What is its weight?"),
        [_("nearly 0"), "1", "−5"],
        answer=1,
        explanation=_(
            "Softmax shares out 1 among the states that are there: e⁻⁵ ÷ e⁻⁵ = 1. Attention can look somewhere else, "
            "but it cannot look nowhere. (Press “One state”: the score is negative there too.)"
        ),
    )
    predict(
        "seq2seq-between",
        _("You may choose h as you like. Where can the context c lie?"),
        [_("Anywhere"), _("Only between the states"), _("Only on one of the states")],
        answer=1,
        explanation=_(
            "The weights are positive and add up to 1, so c is a weighted mean: it stays inside the shaded shape, with "
            "two states on the line between them. Drag the tip of h and watch c walk along that line."
        ),
    )
