"""What the cards of the models that judge reviews say, for the page `/sentiment`."""

from __future__ import annotations

from typing import Any, Final

from core.checkpoints import ModelFileError
from core.sentiment import KINDS
from pages.loading import judge
from ui.components.judges import Figures

TESTS: Final = ("nsmc_test", "test-en")  # the test sets' names in the cards: a file each (`core.evaluate`)


def figures_of(card: dict[str, Any]) -> Figures:
    """What a line shows of its model's card: the test set's scores where there are any."""
    scores = card.get("scores", {})
    part = next((name for name in TESTS if name in scores), "dev")
    measured = scores.get(part, {})
    return Figures(
        accuracy=measured.get("accuracy"),
        reviews=measured.get("reviews", 0),
        part="dev" if part == "dev" else "test",
        bytes=card.get("file", {}).get("bytes", 0),
        seconds=card.get("seconds", 0.0) + card.get("pretraining", {}).get("seconds", 0.0),
        ms=measured.get("ms"),
    )


def card(language: str) -> dict[str, Any]:
    """What the badge says: the cards of the language's models that can be read, what they share standing first."""
    cards = {}
    for kind in KINDS:
        try:
            cards[kind] = judge(language, kind).card
        except ModelFileError:
            continue
    shared = ("data", "reviews", "licence", "tokenizer", "task")
    one = next(iter(cards.values()), {})
    own = {
        kind: {name: value for name, value in found.items() if name not in shared}
        for kind, found in cards.items()
    }
    return {
        "name": f"judges of reviews, {language}",
        **{name: one[name] for name in shared if name in one},
        **own,
    }
