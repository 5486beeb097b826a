"""The trained LSTM translators' presets, their code and their questions."""

from __future__ import annotations

import html
from typing import Final, NamedTuple

import streamlit as st

from ui.i18n import N_, _
from ui.predict import predict


class Preset(NamedTuple):
    """One chip: a sentence."""

    label: str
    sentence: str


PRESETS: Final = {
    "weather": Preset("weather", "How's the weather today?"),
    "nalssi": Preset("날씨", "오늘 날씨가 어때?"),
    "station": Preset(N_("Station"), "The train left the station on time."),
    "long": Preset(
        N_("Long sentence"),
        "어제는 비가 많이 와서 집에 있었지만, 오늘은 날씨가 좋아서 친구와 함께 공원에 갔다.",
    ),
}
FIRST: Final = {"ko": "오늘 날씨가 어때?", "en": "How's the weather today?"}

_SNIPPET: Final = """import torch
from core.recurrent import alignment, load_recurrent

model = load_recurrent({kind!r})
found = alignment(model, {text!r}, {direction!r})
step = {step}  # counted from 0

states = torch.from_numpy(found.encoder_states)  # (source, hidden)
h = torch.from_numpy(found.decoder_states[step])  # (hidden,)
{score}
for piece, weight in zip(model.tokenizer.pieces(found.source), weights.tolist()):
    print(f"{{weight:.2f}}", piece)

c = weights @ states  # (hidden,)
attentional = torch.tanh(model.model.join.weight.cpu() @ torch.cat([c, h]))  # h~ = tanh(W_c [c; h]): (d_model,)
logits = model.model.embedding.weight.cpu() @ attentional  # (vocabulary,)
logits[[0, 1, 2]] = -torch.inf  # padding, unknown and start cannot be said
probabilities = logits.softmax(dim=0)
likeliest = int(probabilities.argmax())
print("says", model.tokenizer.pieces([likeliest])[0], round(probabilities[likeliest].item(), 3))
"""
_SCORES: Final = {
    "none": "\nweights = torch.zeros(len(states))\nweights[-1] = 1  # the last state alone, at every step\n",
    "dot": "scores = states @ h  # (source,)\nweights = scores.softmax(dim=0)\n",
    "general": (
        "W = model.model.attention.weight.cpu()  # (hidden, hidden)\n"
        "scores = states @ W.T @ h  # h . W s: (source,)\nweights = scores.softmax(dim=0)\n"
    ),
    "concat": (
        "W_h, W_s = model.model.attention.weight.cpu().chunk(2, dim=1)  # W = [W_h | W_s]\n"
        "v = model.model.attention.vector.cpu()\n"
        "scores = torch.tanh(W_h @ h + states @ W_s.T) @ v  # v . tanh(W [h; s]): (source,)\n"
        "weights = scores.softmax(dim=0)\n"
    ),
}

KERAS: Final = """# Keras: encoder, decoder and Luong's attention, the target known (teacher forcing)
import keras


class Seq2Seq(keras.Model):
    def __init__(self, vocabulary, d_model=128, hidden=256):
        super().__init__()
        self.embedding = keras.layers.Embedding(vocabulary, d_model, mask_zero=True)
        self.encoder = keras.layers.LSTM(hidden, return_sequences=True, return_state=True)
        self.decoder = keras.layers.LSTM(hidden, return_sequences=True)
        self.attention = keras.layers.Attention(score_mode="dot")
        self.join = keras.layers.Dense(d_model, "tanh", use_bias=False)  # W_c
        self.say = keras.layers.Dense(vocabulary, "softmax")

    def call(self, source, target):
        states, h, cell = self.encoder(self.embedding(source))
        queries = self.decoder(self.embedding(target), initial_state=[h, cell])
        context = self.attention([queries, states])  # key=None: key = value
        return self.say(self.join(keras.ops.concatenate([context, queries], axis=-1)))


# PyTorch (import torch): __init__ and forward
class Seq2Seq(torch.nn.Module):
    def __init__(self, vocabulary, d_model=128, hidden=256):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, d_model)
        self.encoder = torch.nn.LSTM(d_model, hidden, batch_first=True)
        self.decoder = torch.nn.LSTM(d_model, hidden, batch_first=True)
        self.join = torch.nn.Linear(2 * hidden, d_model, bias=False)  # W_c

    def forward(self, source, target):
        states, last = self.encoder(self.embedding(source))
        queries, _ = self.decoder(self.embedding(target), last)
        weights = torch.softmax(queries @ states.transpose(1, 2), dim=-1)
        joined = torch.tanh(self.join(torch.cat([weights @ states, queries], dim=-1)))
        return joined @ self.embedding.weight.T
"""


def heading() -> None:
    """The title of this part of the page, and its question."""
    title, question = _("The same in trained models"), _("Four LSTM translators: what does each look at?")
    st.html(
        f'<h2 class="gb-section">{html.escape(title)}</h2><p class="gb-caption">{html.escape(question)}</p>'
    )


def snippet(kind: str, text: str, direction: str, step: int) -> str:
    """Return code that prints a step's row of weights and the token it says; ``step`` is counted from 0."""
    return _SNIPPET.format(kind=kind, text=text, direction=direction, step=step, score=_SCORES[kind])


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "alignment-rows",
        _(
            "The alignment matrix has a row for each said token and a column for each source piece. What adds up to 1?"
        ),
        [_("Each row"), _("Each column"), _("The whole matrix")],
        answer=0,
        explanation=_(
            "Each step has a softmax of its own over the source, so each row adds up to 1. A source piece may be "
            "looked at by several tokens, or by none: a column adds up to anything."
        ),
    )
    predict(
        "alignment-none",
        _("The model without attention says its sixth token. What of the source is before it?"),
        [
            _("The sixth source piece"),
            _("The same last state as at the first token"),
            _("All states, weighted equally"),
        ],
        answer=1,
        explanation=_(
            "Switch to “no attention”: the same row is lit at every step. The whole sentence has to fit into this one "
            "vector, however long it is."
        ),
    )
