"""The Temperature page's presets, its code and its questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ui.components.sampling import USUAL, SamplerState
from ui.folded import folded
from ui.i18n import N_, _
from ui.lessons.sampling import RESHAPED
from ui.predict import predict


class Preset(NamedTuple):
    """One chip: a text to go on from, and what the controls stand at."""

    label: str
    prompt: str
    sampler: dict[str, float] = {}  # noqa: RUF012  read only


PRESETS: Final = {
    "cat": Preset("The cat sat on the …", "The cat sat on the"),
    "koyangi": Preset("고양이가 의자 위에 …", "고양이가 의자 위에"),
    "greedy": Preset(N_("T = 0: greedy"), "Once upon a time, there was a little", {"temperature": 0.0}),
    "hot": Preset(N_("T = 2: hot"), "The cat sat on the", {"temperature": 2.0}),
    "nucleus": Preset(N_("top-p 0.9 at T = 2"), "The cat sat on the", {"temperature": 2.0, "top_p": 0.9}),
    "empty": Preset(N_("Nothing typed"), ""),
}
FIRST: Final = {"ko": "고양이가 의자 위에", "en": "The cat sat on the"}


def sampler_of(preset: Preset) -> SamplerState:
    """What the controls stand at for a preset."""
    return {**USUAL, **preset.sampler}  # type: ignore[typeddict-item]


KERAS: Final = """# Keras: a language model's loop, and temperature by hand
import keras
import numpy as np


def next_token(model, tokens, temperature, rng):
    probabilities = model.predict(np.array([tokens]), verbose=0)[0, -1]
    if temperature == 0:
        return int(np.argmax(probabilities))
    logits = np.log(probabilities) / temperature  # the same as dividing the logits
    probabilities = np.exp(logits - logits.max())
    probabilities /= probabilities.sum()
    return int(rng.choice(len(probabilities), p=probabilities))


class Generator(keras.Model):
    def __init__(self, vocabulary, d_model=256, heads=8):
        super().__init__()
        self.embedding = keras.layers.Embedding(vocabulary, d_model)
        self.attention = keras.layers.MultiHeadAttention(heads, d_model // heads)
        self.output_layer = keras.layers.Dense(vocabulary)

    def call(self, tokens):
        x = self.embedding(tokens)
        x = x + self.attention(x, x, use_causal_mask=True)  # key=None: key = value
        return self.output_layer(x)


# PyTorch (import torch): __init__ and forward
class Generator(torch.nn.Module):
    def __init__(self, vocabulary, d_model=256, heads=8):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, d_model)
        self.attention = torch.nn.MultiheadAttention(d_model, heads, batch_first=True)
        self.output_layer = torch.nn.Linear(d_model, vocabulary)

    def forward(self, tokens):
        x = self.embedding(tokens)
        future = torch.nn.Transformer.generate_square_subsequent_mask(tokens.shape[1])
        x = x + self.attention(x, x, x, attn_mask=future)[0]
        return self.output_layer(x)
"""

_SNIPPET: Final = (
    """import numpy as np
from core.decoding.sampling import uniform
from core.language import load_language

model = load_language({language!r})
ids = {ids!r}  # 2 is the start token, then the text's pieces
logits = model.logits(ids).astype(float)  # one for each piece of the vocabulary, -inf for what no text holds
log_p = logits - logits.max()
log_p -= np.log(np.exp(log_p).sum())

# In this order: temperature, top-k, top-p, min-p
likeliest = np.argsort(-log_p, kind="stable")
values = log_p[likeliest] - log_p.max()
"""
    + RESHAPED
    + """
u = uniform({seed}, {place})
drawn = int(likeliest[np.searchsorted(np.cumsum(left), u, side="right")])
for token, share in list(zip(likeliest, left))[:12]:
    print(model.pieces[token], logits[token].round(2), np.exp(log_p[token]).round(4), share.round(4))
print("u", round(u, 4), "->", model.pieces[drawn], "of", np.count_nonzero(left))
"""
)


def snippet(language: str, ids: Sequence[int], sampler: SamplerState, place: int) -> str:
    """Return code that prints the table, and what is drawn; ``place``: how many tokens have been said."""
    return _SNIPPET.format(language=language, ids=list(ids), place=place, **sampler)


def side_by_side_sentence(longest: int) -> str:
    """The caption of the texts side by side."""
    return _(
        "Each row takes the same numbers u, one a token, at its own T; the cuts are those set above. T = 0 needs no "
        "number. At most {longest} tokens; ⟨end⟩ where the model ends the text itself."
    ).format(longest=longest)


def extremes(read: int) -> None:
    """What the ends of every control mean, and odd texts, in a fold; ``read``: the most pieces that are read."""
    panel = folded(
        "extremes", _("At the ends: T = 0, k = 0, p = 0, no text, too long a text"), ":material/rule:"
    )
    if panel is None:
        return
    lines = (
        _(
            "**T = 0** is the limit, taken exactly: the likeliest token has 1, all others 0. Of equals, the lower id."
        ),
        _(
            "**T = 100** is the most that can be typed: nearly even, almost log₂ of the vocabulary's size in bits."
        ),
        _(
            "**top-k 0**, and any k from the vocabulary's size on, cuts nothing. **k = 1** is greedy at any T."
        ),
        _("**top-p 1** cuts nothing. **p = 0** leaves one token: the likeliest is never cut."),
        _("**min-p 0** cuts nothing. **min-p 1** leaves the likeliest, and what is just as likely."),
        _("**No text**: the model reads its start token alone, and says how texts begin."),
        _(
            "**Another language or an emoji** is read byte by byte. The model has hardly seen any: it guesses."
        ),
        _(
            "**A long text**: the model reads the last {read} pieces; what stands before counts for nothing."
        ).format(read=read),
    )
    panel.markdown("\n".join(f"- {line}" for line in lines))


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "temperature-order",
        _("You raise the temperature from 1 to 2. Which token is then the likeliest?"),
        [_("The same as before"), _("Another one"), _("It depends on the seed")],
        answer=0,
        explanation=_(
            "exp(ln p / T) grows with p whatever T is: temperature never changes the order, only the distances."
        ),
    )
    predict(
        "temperature-logits",
        _("Dividing the logits by T, or dividing ln p by T: what differs after the softmax?"),
        [_("The hot one is flatter"), _("Nothing"), _("Only T = 1 agrees")],
        answer=1,
        explanation=_(
            "ln p is the logits less one number for all tokens; a softmax does not see what is taken from all."
        ),
    )
    predict(
        "temperature-nucleus",
        _("At T = 2 with top-p 0.9: how many of the vocabulary's tokens stay?"),
        [_("About ten"), _("About a hundred"), _("Thousands")],
        answer=2,
        explanation=_(
            "A hot distribution has a long tail of tiny probabilities that together weigh much. A program that keeps "
            "only the fifty likeliest would never see it. Press the chip and read the number."
        ),
    )
    predict(
        "temperature-zero",
        _("What is T = 0?"),
        [
            _("A division by zero: not allowed"),
            _("The limit: always the likeliest token"),
            _("The same as T = 1"),
        ],
        answer=1,
        explanation=_(
            "As T falls towards 0 the likeliest token's share goes to 1: greedy search. The page takes the limit "
            "itself, exactly."
        ),
    )
