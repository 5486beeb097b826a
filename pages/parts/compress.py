"""Compression between page and core: the translator by plan, its parts as rows, translations before and after."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import streamlit as st
from torch import Tensor

from core import compression
from core.numerics.compress import Plan, changed, compressed, parts_of, sizes, work
from core.text.corpora import Pair
from core.translator import Translator, direction_of
from pages.loading import translator
from ui.components.parts import Row, Weights
from ui.compress_page import Choice
from ui.i18n import N_, _

BINS: Final = 49  # an odd number: 0 lies in the middle of one
HELD: Final = 3  # compressed translators at once: each has 30 MB of weights
_KINDS: Final = {
    "self": N_("self-attention"),
    "cross": N_("source–target attention"),
    "dense": N_("feed-forward"),
}
_STACKS: Final = {"encoder": N_("Encoder {layer}, {kind}"), "decoder": N_("Decoder {layer}, {kind}")}


def plan_of(choice: Choice) -> Plan:
    """What core goes by."""
    per: Any = choice.per
    return Plan(choice.bits, per, choice.pruned / 100, frozenset(choice.kept))


def choice_of(name: str) -> Choice:
    """What a preset chooses on the page."""
    plan = compression.PRESETS[name]
    return Choice(plan.bits, plan.per, round(100 * plan.pruned), tuple(sorted(plan.kept)))


def preset_of(choice: Choice) -> str | None:
    """The preset that chooses the same."""
    return next((name for name in compression.PRESETS if choice_of(name) == choice), None)


def label_of(part: str) -> str:
    """A part in the reader's words."""
    if part == "embedding":
        return _("Embedding and output")
    if part == "rest":
        return _("Biases and norms")
    stack, layer, kind = part.split(".")
    return _(_STACKS[stack]).format(layer=int(layer) + 1, kind=_(_KINDS[kind]))


@st.cache_resource(show_spinner=False)
def weights() -> dict[str, Tensor]:
    """The translator's own, in fp32. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return {name: tensor.float().cpu() for name, tensor in translator().model.state_dict().items()}


@st.cache_resource(show_spinner=False, max_entries=HELD)
def smaller(choice: Choice) -> Translator:
    """The translator compressed as chosen, shared by all visitors."""
    return compression.smaller(translator(), plan_of(choice))


@st.cache_data(show_spinner=False, max_entries=64)
def rows_of(choice: Choice, language: str, alone: dict[str, float | None]) -> list[Row]:
    """The parts as the picture shows them. ``alone``: what chrF loses by each; ``language``: of the labels."""
    plan = plan_of(choice)
    given = weights()
    after = compressed(given, plan)
    loads, taken = work(given, plan), sizes(given, plan)
    return [
        Row(
            name=part,
            label=label_of(part),
            bits=plan.bits_of(part),
            kept=part in plan.kept,
            before=taken[part].before,
            after=taken[part].after,
            work=loads[part],
            lost=alone.get(part),
            histogram=Weights(
                *changed([given[name] for name in names], [after[name] for name in names], BINS)
            ),
        )
        for part, names in parts_of(given).items()
    ]


@st.cache_data(show_spinner=False, max_entries=256)
def said(choice: Choice | None, texts: tuple[str, ...]) -> list[str]:
    """What the translator answers; ``choice`` None: the shipped one."""
    model = translator() if choice is None else smaller(choice)
    return [model.translate(text, direction_of(text)) for text in texts]


@st.cache_resource(show_spinner=False)
def held_back() -> list[Pair]:
    """The pairs that are scored. Raises ``core.checkpoints.ModelFileError``, which is not cached."""
    return compression.held_back()


def names() -> list[str]:
    """The parts, in the order of the model."""
    return list(parts_of(weights()))


def bytes_of(choice: Choice) -> tuple[int, int]:
    """The whole model's size before and after."""
    taken = sizes(weights(), plan_of(choice)).values()
    return sum(one.before for one in taken), sum(one.after for one in taken)


def lost_by(known: dict[str, Any], name: str) -> float | None:
    """How much chrF falls, both directions' mean, where a part alone is compressed; None: not measured."""
    whole, one = known["plans"].get("fp16"), known["alone"].get(name)
    if not whole or not one:
        return None
    return float(np.mean([whole[way]["chrf2"] - one[way]["chrf2"] for way in ("ko-en", "en-ko")]))
