"""The causal mask taken away: two small decoders, alike but for the mask, in training and alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core import device
from core.checkpoints import ModelFileError
from core.small import LONGEST, MASKED, UNMASKED
from core.unmasked import Alone, Reading, alone, reading
from pages.loading import small
from ui import frame
from ui.components.heatmap import Panel, heatmap
from ui.components.lanes import LaneColumn, LaneView, lanes_picture
from ui.folded import folded
from ui.i18n import _
from ui.problems import model_file_problem
from ui.provenance import provenance
from ui.table import table
from ui.translate_parts import shown


class Seen(NamedTuple):
    """One decoder: how it reads the whole text, and what it says after the first half of it."""

    reading: Reading
    alone: Alone


@st.cache_resource(show_spinner=False, max_entries=64)
def run(name: str, text: str, beginning: str) -> Seen:
    """One of the two decoders; equal requests of all visitors are computed once."""
    model = small(name)
    return Seen(reading(model, text), alone(model, beginning))


@st.fragment  # a change in this part does not run the rest of the page
def unmasked(text: str) -> None:
    """The folded part, on the sentence of the page."""
    panel = folded("unmasked", _("Without the causal mask: what would leak"), ":material/visibility:")
    if panel is None:
        return
    with panel:
        try:
            tokens = len(small(MASKED).ids(text))
            small(UNMASKED)
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name, one_of_several=True)
            return
        if tokens > LONGEST:
            frame.problem(
                _("For the small models this sentence has {pieces} pieces; at most {longest} fit.").format(
                    pieces=tokens, longest=LONGEST
                )
            )
            return
        draw(text)


def draw(text: str) -> None:
    """The comparison in numbers, the losses token by token, the attention with its upper triangle."""
    frame.caption(
        _(
            "Two small decoders, trained alike on the same text, one with the causal mask and one without it. Without "
            "it every token sees the one that it is to say: in training it need only be copied."
        )
    )
    beginning = first_half(text)
    names = {MASKED: _("with the causal mask"), UNMASKED: _("without the mask")}
    seen = {name: run(name, text, beginning) for name in names}
    table(
        [
            _("model"),
            _("loss a token, as in training (nats)"),
            _("attention to later tokens"),
            _("alone, after “{beginning}”").format(beginning=beginning),
        ],
        [
            [
                words,
                f"{seen[name].reading.loss:.3f}",
                f"{seen[name].reading.mean_ahead:.1%}",
                "".join(guess.piece for guess in seen[name].alone.said).replace("▁", " ").strip() or "–",
            ]
            for name, words in names.items()
        ],
        "unmasked",
    )
    lanes_picture(
        [_lane(seen[name].reading, words) for name, words in names.items()],
        key="translate-unmasked-lanes",
        title=_("Loss with and without the causal mask"),
        caption=_(
            "Bars: −ln p of the token that comes next, in nats, as in training; orange where the model's best is "
            "another one. A low loss without the mask is copied, not learned."
        ),
        text=text,
        file=_("causal mask"),
    )
    columns = st.columns(2)
    for column, (name, words) in zip(columns, names.items(), strict=True):
        with column:
            _attention(name, words, seen[name].reading)
    frame.caption(
        _(
            "In use there is no later token: nothing stands to the right of what was said last. The model without "
            "the mask has learned to look there, and so it fails alone. That is why the decoder is masked in training."
        )
    )
    provenance("computed", small(UNMASKED).card, device.describe(), key="unmasked")


def first_half(text: str) -> str:
    """The first half of a text's words, at least one: what the models go on from."""
    words = text.split()
    return " ".join(words[: max(1, len(words) // 2)])


def _lane(found: Reading, title: str) -> LaneView:
    return LaneView(
        title,
        _("next token"),
        [
            LaneColumn(
                shown(read),
                shown(wanted),
                float(loss),
                shown(best.piece),
                best.probability,
                best.piece == wanted,
            )
            for read, wanted, loss, best in zip(
                found.pieces, found.wanted, found.losses, found.best, strict=True
            )
        ],
    )


def _attention(name: str, words: str, found: Reading) -> None:
    labels = [shown(piece) for piece in found.pieces]
    caption = _("Attention {which}: each row is a token, each column one that it looks at.").format(
        which=words
    )
    means: list[tuple[str, str, NDArray[np.float32]]] = [("mean", _("mean"), found.mean_weights)]
    for layer, weights in enumerate(found.layer_means, start=1):
        means.append((f"layer{layer}", _("layer {number}, mean of the heads").format(number=layer), weights))
    heatmap(
        [
            Panel(
                weights, name=short, label=label, row_labels=labels, column_labels=labels, low=0.0, high=1.0
            )
            for short, label, weights in means
        ],
        key=f"translate-unmasked-{name}",
        labels={
            "title": words,
            "caption": caption,
            "row": _("token"),
            "column": _("looks at"),
        },
        height=300,
        steps=False,
    )
