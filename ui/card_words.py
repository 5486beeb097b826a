"""A model card in the reader's words: how large, how long it learned, from what, how good, under which licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.i18n import _


def card_words(card: Mapping[str, Any]) -> list[str]:
    """Sentences about what a card holds; a card without a field is silent about it."""
    return [
        sentence
        for sentence in (_size(card), _training(card), _data(card), _score(card), _licence(card))
        if sentence
    ]


def _size(card: Mapping[str, Any]) -> str:
    if not card.get("parameters"):
        return ""
    size = card.get("file", {}).get("bytes", 0) / 1e6
    return _("{parameters} parameters, {size} MB.").format(
        parameters=f"{card['parameters']:,}", size=f"{size:.1f}"
    )


def _training(card: Mapping[str, Any]) -> str:
    if not card.get("steps") or not card.get("seconds"):
        return ""
    return _("Trained for {steps} steps, {minutes} minutes on {device}.").format(
        steps=f"{card['steps']:,}", minutes=f"{card['seconds'] / 60:,.0f}", device=card.get("device", "CPU")
    )


def _data(card: Mapping[str, Any]) -> str:
    data = card.get("data")
    if not isinstance(data, Mapping) or not data:
        return ""
    return _("Learned from: {names}.").format(names=", ".join(str(name) for name in data))


def _score(card: Mapping[str, Any]) -> str:
    found = card.get("scores", {})
    both = [found.get(f"everyday, {direction}", {}).get("chrf2") for direction in ("ko-en", "en-ko")]
    if None in both:
        return ""
    return _("Held-back everyday sentences: chrF2 {first} into English, {second} into Korean.").format(
        first=f"{both[0]:.1f}", second=f"{both[1]:.1f}"
    )


def _licence(card: Mapping[str, Any]) -> str:
    licence = card.get("licence")
    name = licence.get("weights") if isinstance(licence, Mapping) else licence
    return _("Licence of the weights: {licence}.").format(licence=name) if name else ""
