"""The code beside the page `/sentiment`: what prints the numbers on the screen, and the same models in Keras."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

Feature = tuple[str, int, float, float | None]  # n-gram, how often, weight, idf

_BAG: Final = """# {language} · {kind}: every n-gram of the text that the model knows. ▁ is the space before a word
bias = {bias!r}
weights = {weights!r}

# A bag does not count: an n-gram is there or not
parts = dict(weights)
{end}"""
_TFIDF: Final = """import math

# {language} · {kind}: every n-gram of the text that the model knows. ▁ is the space before a word
bias = {bias!r}
weights = {weights!r}
counts = {counts!r}
idf = {idf!r}

values = {{gram: counts[gram] * idf[gram] for gram in weights}}
length = math.sqrt(sum(value * value for value in values.values()))
parts = {{gram: weights[gram] * values[gram] / length for gram in weights}}
{end}"""
_END: Final = """for gram, part in sorted(parts.items(), key=lambda item: -abs(item[1])):
    print(f"{part:+.2f}  {gram}")
print(f"logit {bias + sum(parts.values()):+.2f}")
"""
_JUDGE: Final = """import torch

from core.reorder import in_order, words_of  # in the folder of Glassbox
from core.sentiment import load_judge

judge = load_judge({language!r}, {kind!r})
words = words_of(judge, {text!r})
order = {order}
words = [words[i] for i in order] + words[len(order) :]


def logit(words):
    ids = [piece for word in words for piece in word]
    return judge.logits([ids], masked={masked})[0]

"""
_DELETION: Final = """
whole = logit(words)
for i in range(len(order)):
    print(f"{whole - logit(words[:i] + words[i + 1 :]):+.2f}")  # what leaving the word out takes away
print(f"logit {whole:+.2f}")
"""
_GRADIENTS: Final = """
model = judge.model
ids = torch.tensor([[piece for word in words for piece in word][:256]])
ids = torch.nn.functional.pad(ids, (0, max(0, {length} - ids.shape[1])))  # 0 is the padding
own = model.vectors(ids)
hidden = model.vectors(torch.where(ids == 0, 0, judge.mask))  # every piece hidden
steps = 64
slopes = torch.zeros_like(own)
for step in range(steps):
    point = (hidden + (step + 0.5) / steps * (own - hidden)).requires_grad_()
    slopes += torch.autograd.grad(model.classify(point, ids, masked={masked}).sum(), point)[0] / steps
by_piece = ((own - hidden) * slopes).sum(-1)[0]

place = 0
for word in words[: len(order)]:
    print(f"{{float(by_piece[place : place + len(word)].sum()):+.2f}}")
    place += len(word)
print(f"all hidden {{float(model.classify(hidden, ids, masked={masked})):+.2f}}")
print(f"logit {{logit(words):+.2f}}")
"""
_PLAIN: Final = """
print(f"logit {logit(words):+.2f}")
"""

KERAS: Final = """# Keras: the kinds of models
import keras
from keras import layers

# Bags of n-grams: what the text holds, a linear model on top
one = layers.TextVectorization(max_tokens=20_000, output_mode="multi_hot")
two = layers.TextVectorization(max_tokens=20_000, ngrams=2, output_mode="multi_hot")
tfidf = layers.TextVectorization(max_tokens=20_000, ngrams=2, output_mode="tf_idf")
letters = layers.TextVectorization(
    max_tokens=150_000, split="character", ngrams=5, output_mode="tf_idf"
)  # n-grams of letters: what stands inside words
bag = keras.Sequential([layers.Dense(1, activation="sigmoid")])

# Sequences: mask_zero=True makes the padding mask, and every layer after it takes it along
lstm = keras.Sequential(
    [
        layers.Embedding(8000, 128, mask_zero=True),
        layers.Bidirectional(layers.LSTM(128)),
        layers.Dropout(0.3),
        layers.Dense(1, activation="sigmoid"),
    ]
)


class Encoder(layers.Layer):
    def __init__(self, d_model=128, heads=4, d_hidden=512):
        super().__init__()
        self.attention = layers.MultiHeadAttention(heads, d_model // heads)
        self.feed_forward = keras.Sequential([layers.Dense(d_hidden, "relu"), layers.Dense(d_model)])
        self.norms = [layers.LayerNormalization(), layers.LayerNormalization()]
        self.supports_masking = True

    def call(self, x, mask=None):
        mask = None if mask is None else mask[:, None, :]
        x = self.norms[0](x + self.attention(x, x, attention_mask=mask))  # key=None: key = value
        return self.norms[1](x + self.feed_forward(x))


# PyTorch (import torch): __init__ and forward
class Classifier(torch.nn.Module):
    def __init__(self, vocabulary=8000, d_model=128):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, d_model, padding_idx=0)
        block = torch.nn.TransformerEncoderLayer(d_model, 4, 512, batch_first=True)
        self.encoder = torch.nn.TransformerEncoder(block, 2)
        self.output = torch.nn.Linear(d_model, 1)

    def forward(self, ids):
        padding = ids == 0
        x = self.encoder(self.embedding(ids), src_key_padding_mask=padding)  # no positions: a bag of pieces
        kept = (~padding)[..., None].float()
        return self.output((x * kept).sum(1) / kept.sum(1))  # the mean of what is no padding
"""


def bag_snippet(language: str, kind: str, bias: float, features: Sequence[Feature]) -> str:
    """Return code that adds up a bag's logit from the n-grams of the text, in plain Python."""
    template = _TFIDF if kind in ("tfidf", "characters") else _BAG
    return template.format(
        language=language,
        kind=kind,
        bias=bias,
        weights={name: weight for name, _count, weight, _idf in features},
        counts={name: count if kind == "tfidf" else 1 for name, count, _weight, _idf in features},
        idf={name: idf for name, _count, _weight, idf in features},
        end=_END,
    )


def judge_snippet(
    language: str, kind: str, text: str, order: Sequence[int], method: str, masked: bool, padded: int
) -> str:
    """Return code that asks a model and explains it by a method; ``method`` may be empty."""
    begin = _JUDGE.format(language=language, kind=kind, text=text, order=list(order), masked=masked)
    if method == "gradients":
        return begin + _GRADIENTS.format(masked=masked, length=1 if masked else padded)
    return begin + (_DELETION if method else _PLAIN)
