"""The badge that says where a picture's numbers come from, with the whole model card behind it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import streamlit as st

from ui.card_words import card_words
from ui.i18n import N_, _

Kind = Literal["computed", "counted", "trained", "recorded", "timed", "measured", "illustrative"]

_WORDS: Final[dict[Kind, str]] = {
    "computed": N_("Computed here"),
    "counted": N_("Counted here"),
    "trained": N_("Trained here"),
    "recorded": N_("Recorded beforehand"),
    "timed": N_("Measured here"),
    "measured": N_("Measured beforehand"),
    "illustrative": N_("Illustrative"),
}
_MEANING: Final[dict[Kind, str]] = {
    "computed": N_(
        "A trained model computed every number of this picture on this machine, from what was typed."
    ),
    "counted": N_(
        "No model: this machine counted and calculated every number of this picture from what was typed."
    ),
    "trained": N_("This machine trained the model while you watched."),
    "recorded": N_(
        "A real training, recorded beforehand; everything that is drawn is computed of the weights that were kept of "
        "it."
    ),
    "timed": N_("This machine measured these numbers when you asked; it may have been busy with other work."),
    "measured": N_(
        "These numbers were measured beforehand, with the models and by the command that the card names."
    ),
    "illustrative": N_("These numbers were chosen to explain an idea; no model computed them."),
}
_ICONS: Final[dict[Kind, str]] = {
    "computed": ":material/memory:",
    "counted": ":material/calculate:",
    "trained": ":material/model_training:",
    "recorded": ":material/history:",
    "timed": ":material/timer:",
    "measured": ":material/straighten:",
    "illustrative": ":material/draw:",
}
_MODELS: Final = {  # the models' names on the badge
    "translator": N_("translator"),
    "small models": N_("small models"),
    "small, blank-sinusoidal": N_("small model, sinusoidal positions"),
    "small, blank-learned": N_("small model, learned positions"),
    "small, blank-integers": N_("small model, raw integers"),
    "small, blank-rotary": N_("small model, rotary positions"),
    "vocabularies": N_("vocabularies"),
    "rule of 1,500": N_("rule of 1,500"),
    "recurrent translators": N_("LSTM translators"),
    "untrained": N_("untrained translator"),
    "small, next": N_("small model, next token"),
    "small, next-unmasked": N_("small model without the causal mask"),
    "small, blank-none": N_("small model, no positions"),
    "recurrent, none": N_("LSTM without attention"),
    "recurrent, dot": N_("LSTM, dot"),
    "recurrent, general": N_("LSTM, general"),
    "recurrent, concat": N_("LSTM, concat"),
    "language model, en": N_("English language model"),
    "language model, ko": N_("Korean language model"),
    "language model, en, untrained": N_("English language model, untrained"),
    "language model, ko, untrained": N_("Korean language model, untrained"),
    "judges of reviews, en": N_("judges of English reviews"),
    "judges of reviews, ko": N_("judges of Korean reviews"),
    "VAE, digits": N_("VAE of digits"),
    "autoencoder, digits-ae": N_("plain autoencoder of digits"),
    "VAE, digits-beta4": N_("VAE of digits, β = 4"),
    "VAE, digits-collapse": N_("VAE of digits, β = 100"),
    "VAE, clothes": N_("VAE of clothes"),
    "VAE, hangul": N_("VAE of syllables"),
    "VAE, faces": N_("VAE of faces"),
}
_DEVICES: Final = {"cpu": "CPU", "cuda": "GPU", "mps": "GPU"}


def provenance(
    kind: Kind,
    card: Mapping[str, Any] | None = None,
    device: Mapping[str, Any] | None = None,
    key: str = "page",
) -> None:
    """A compact badge: kind, model and device; pressed, it opens the model card.

    ``card`` is the model's card as read from JSON, ``device`` is what ``core.device.describe()`` returns;
    ``key`` tells two badges on one page apart.
    """
    with st.popover(badge_label(kind, card, device), icon=_ICONS[kind], key=f"glassbox-provenance-{key}"):
        st.text(_(_MEANING[kind]))
        if device:
            st.text(_("Device: {device}").format(device=device_words(device, in_full=True)))
        if card:
            st.text("\n".join(card_words(card)))
            st.caption(_("The whole card, as it lies beside the weights:"))
            st.html(card_table(card))


def badge_label(kind: Kind, card: Mapping[str, Any] | None, device: Mapping[str, Any] | None) -> str:
    """The badge's own words, safe as a Markdown label."""
    parts = [_(_WORDS[kind])]
    if card and card.get("name"):
        parts.append(_plain(_(_MODELS.get(str(card["name"]), str(card["name"])))))
    if device:
        parts.append(_plain(device_words(device)))
    return " · ".join(parts)


def device_words(device: Mapping[str, Any], in_full: bool = False) -> str:
    """The device in words: its kind, and in full its name and threads too; a GPU is always named."""
    kind, name = str(device.get("kind", "cpu")), str(device.get("name", ""))
    short = _DEVICES.get(kind, kind)
    if kind != "cpu" and name:
        short = f"{short} {name}"
    if not in_full:
        return short
    threads = device.get("threads")
    words = f"CPU {name}".strip() if kind == "cpu" else short
    return words + (", " + _("threads: {count}").format(count=threads) if threads else "")


def card_table(card: Mapping[str, Any]) -> str:
    """The whole card as an HTML table, nested names joined by dots, every value escaped."""
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>"
        for name, value in flatten(card)
    )
    return f'<table class="gb-card-table" data-glassbox-card>{rows}</table>'


def flatten(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of nested mappings and lists as ``("data.licence", "CC BY 4.0")`` pairs."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flatten(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple) and any(isinstance(item, Mapping | list | tuple) for item in value):
        for index, inner in enumerate(value, start=1):
            yield from flatten(inner, f"{name}[{index}]")
    elif isinstance(value, list | tuple):
        yield name, ", ".join(str(item) for item in value)
    else:
        yield name, str(value)


def _plain(text: str) -> str:
    """Text whose Markdown signs are taken literally."""
    return "".join("\\" + sign if sign in r"\`*_{}[]()<>#+-.!|~$:" else sign for sign in text)
