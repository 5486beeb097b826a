"""The Translate page's presets, its code and its questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ui.components.sampling import SamplerState
from ui.components.translate import TranslateState
from ui.i18n import N_, _
from ui.lessons.sampling import RESHAPED
from ui.predict import predict


class Preset(NamedTuple):
    """One chip: a sentence, and how the next token is chosen."""

    label: str
    sentence: str
    mode: str = "greedy"
    temperature: float = 1.0  # of sampling


PRESETS: Final = {
    "weather": Preset("weather", "How's the weather today?"),
    "nalssi": Preset("날씨", "오늘 날씨가 어때?"),
    "station": Preset(N_("Station"), "The train left the station on time."),
    "long": Preset(
        N_("Long sentence"),
        "어제는 비가 많이 와서 집에 있었지만, 오늘은 날씨가 좋아서 친구와 함께 공원에 갔다.",
    ),
    "pear": Preset(N_("Pear or ship"), "배를 타고 가면서 배를 먹었다."),
    "drawn": Preset(N_("Sampled"), "How's the weather today?", "sample", 0.7),
}
FIRST: Final = {"ko": "오늘 날씨가 어때?", "en": "How's the weather today?"}

# What a person would say: the two lanes compare with it.
REFERENCES: Final = {
    "How's the weather today?": "오늘 날씨가 어때?",
    "오늘 날씨가 어때?": "How's the weather today?",
    "The train left the station on time.": "기차는 제시간에 역을 떠났다.",
    "배를 타고 가면서 배를 먹었다.": "I ate a pear while I was on a boat.",
    "어제는 비가 많이 와서 집에 있었지만, 오늘은 날씨가 좋아서 친구와 함께 공원에 갔다.": (
        "Yesterday it rained a lot and I stayed at home, but today the weather was nice, so I went to the park "
        "with a friend."
    ),
}
WRONG: Final = {"ko-en": "cat", "en-ko": "고양이"}  # the token that is put in by hand, to begin with

KERAS: Final = """# Keras: a decoder layer, and the loop that says one token at a time
import keras
import numpy as np


class DecoderLayer(keras.layers.Layer):
    def __init__(self, heads=8, d_model=256, d_hidden=1024):
        super().__init__()
        self.self_attention = keras.layers.MultiHeadAttention(heads, d_model // heads)
        self.cross_attention = keras.layers.MultiHeadAttention(heads, d_model // heads)
        self.feed_forward = keras.Sequential([keras.layers.Dense(d_hidden, "relu"), keras.layers.Dense(d_model)])
        self.norms = [keras.layers.LayerNormalization() for _ in range(3)]

    def call(self, x, encoded):
        x = self.norms[0](x + self.self_attention(x, x, use_causal_mask=True))
        x = self.norms[1](x + self.cross_attention(query=x, value=encoded))  # key=None: key = value
        return self.norms[2](x + self.feed_forward(x))


def translate(transformer, source, start, end, longest=64):
    said = [start]
    while len(said) <= longest:
        probabilities = transformer.predict([source[None], np.array([said])], verbose=0)[0, -1]
        said.append(int(np.argmax(probabilities)))
        if said[-1] == end:
            break
    return said[1:]


# PyTorch (import torch): __init__ and forward
class DecoderLayer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.TransformerDecoderLayer(256, 8, 1024, batch_first=True)

    def forward(self, x, encoded):
        future = torch.nn.Transformer.generate_square_subsequent_mask(x.shape[1])
        return self.layer(x, encoded, tgt_mask=future)
"""

_BEGINNING: Final = """import numpy as np
from core.translator import load_translator

model = load_translator()
source = model.source_ids({text!r}, {direction!r})
target = {target!r}  # 2 is the start token, then what has been said
trace = model.trace_ids(source, target)

logits = trace.logits[-1].numpy()  # one for each piece of the vocabulary
logits[[0, 1, 2]] = -np.inf  # padding, unknown and start cannot be said
probabilities = np.exp(logits - logits.max())
probabilities /= probabilities.sum()
entropy = -np.sum(probabilities[probabilities > 0] * np.log2(probabilities[probabilities > 0]))
likeliest = np.argsort(-probabilities, kind="stable")
for piece in likeliest[:{top}]:
    print(model.tokenizer.pieces([int(piece)])[0], probabilities[piece].round(4))
print("entropy", entropy.round(2))
"""
_ONE_HEAD: Final = """
{comment}
attention = trace.decoder.blocks.{attention}
query = attention.query[{layer}, {head}, -1].numpy()  # of the decoder's last token
key = attention.key[{layer}, {head}].numpy()  # of {keys}
scores = key @ query / np.sqrt(len(query))
{name} = np.exp(scores - scores.max())
{name} /= {name}.sum()
print({name}.round(3))
"""
_MEAN: Final = """
{comment}
weights = trace.decoder.blocks.{attention}.weights[:, :, -1].numpy()  # (layer, head, key)
{name} = weights[{layers}, {heads}].mean((0, 1))
print({name}.round(3))
"""
_SAMPLED: Final = (
    """
# Temperature, then top-k, top-p and min-p, over the sorted probabilities
from core.decoding.sampling import uniform

values = np.log(np.maximum(probabilities[likeliest].astype(float), 1e-300))
values = values - values[0]
values[probabilities[likeliest] == 0] = -np.inf
"""
    + RESHAPED
    + """u = uniform({seed}, len(target) - 1)
drawn = likeliest[np.searchsorted(np.cumsum(left), u, side="right")]
print("u", round(u, 4), model.tokenizer.pieces([int(drawn)])[0], left[:{top}].round(4))
"""
)


def snippet(
    text: str,
    direction: str,
    said: Sequence[int],
    chosen: TranslateState,
    sampler: SamplerState | None = None,
) -> str:
    """Return code that prints the bars and both rows of attention of a step; ``said``: the tokens before it."""
    parts = [_BEGINNING.format(text=text, direction=direction, target=[2, *said], top=chosen["top"])]
    if sampler is not None:
        parts.append(_SAMPLED.format(**sampler, top=chosen["top"]))
    parts.append(
        _look("self_attention", "itself", chosen["self_layer"], chosen["self_head"], "the tokens said so far")
    )
    parts.append(
        _look("cross_attention", "source", chosen["cross_layer"], chosen["cross_head"], "the encoder")
    )
    return "".join(parts)


def _look(attention: str, name: str, layer: int, head: int, keys: str) -> str:
    comment = (
        "# Masked self-attention" if attention == "self_attention" else "# Source-target attention"
    ) + ": layers and heads are counted from 0"
    name = f"looks_at_{name}"
    if layer >= 0 and head >= 0:
        return _ONE_HEAD.format(
            comment=comment, attention=attention, layer=layer, head=head, keys=keys, name=name
        )
    layers, heads = (f"{one}:{one + 1}" if one >= 0 else ":" for one in (layer, head))
    return _MEAN.format(comment=comment, attention=attention, layers=layers, heads=heads, name=name)


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "translate-encoder",
        _("A translation has 7 tokens. How often does the encoder read the source?"),
        [_("Once"), _("7 times, once a token"), _("8 times, once more for the start token")],
        answer=0,
        explanation=_(
            "The encoder's output does not depend on what has been said, so its K and V are computed once and kept. "
            "In the diagram it is lit at step 1 alone."
        ),
    )
    predict(
        "translate-query",
        _("In the source–target attention, where does the query come from?"),
        [_("From the encoder"), _("From the decoder"), _("From both")],
        answer=1,
        explanation=_(
            "The decoder asks: what in the source do I need for the next token? Q is the decoder's, K and V are the "
            "encoder's."
        ),
    )
    predict(
        "translate-training",
        _("What does the decoder read while it is trained?"),
        [
            _("Its own words, as later in use"),
            _("The reference, shifted by one token"),
            _("Nothing but the source"),
        ],
        answer=1,
        explanation=_(
            "That is teacher forcing: all steps can be trained at once, and one mistake does not spoil the rest. In "
            "use there is no reference, and a mistake is read again at every later step."
        ),
    )
    predict(
        "translate-greedy",
        _(
            "Greedy search takes the likeliest token at every step. Is the whole sentence then the likeliest one?"
        ),
        [_("Yes, always"), _("Not always"), _("Only for short sentences")],
        answer=1,
        explanation=_(
            "A less likely token may open the way to a better continuation. Beam search keeps several beginnings "
            "open; press another candidate and compare the ln p of both branches."
        ),
    )
