"""Mounts the picture of Korean against English: how many tokens each needs for the same meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypedDict, cast

import streamlit as st

from ui.components.shared import joined_script
from ui.components.tokens.labels import pairs_labels
from ui.components.tokens.picture import DRAWING, FOLDER, held_initial, no_change, style

_mount = st.components.v2.component(
    "glassbox_token_pairs",
    js=joined_script(FOLDER, ("life.js", "size.js", "pairs.js", "pairs_main.js"), shared=DRAWING),
    css=style("pairs.css"),
)
MEASURES: Final = ("sentence", "word")
SOURCES: Final = ("corpus", "typed")


class PairsState(TypedDict, total=False):
    """What has been chosen in the picture; its size is the tokens picture's."""

    size: int
    measure: str
    source: str


@dataclass(frozen=True)
class PairCounts:
    """Tokens and words of some sentence pairs, each as (Korean, English) in all."""

    sentences: int
    words: tuple[int, int]
    tokens: Mapping[str, Mapping[int, tuple[int, int]]]  # by kind and size; 0 for a kind without sizes

    def packed(self) -> dict[str, Any]:
        """The counts as JSON."""
        return {
            "sentences": self.sentences,
            "words": list(self.words),
            "tokens": {
                kind: {str(size): list(counts) for size, counts in sizes.items()}
                for kind, sizes in self.tokens.items()
            },
        }


def pairs_picture(
    corpus: PairCounts,
    typed: PairCounts | None,
    *,
    kinds: Sequence[str],
    sizes: Sequence[int],
    key: str,
    initial: PairsState,
    restart: str = "",
) -> PairsState:
    """Draw the picture and return what has been chosen in it; ``initial`` and ``restart`` as in `tokens_picture`."""
    sources = {"corpus": corpus.packed(), **({"typed": typed.packed()} if typed else {})}
    data = {
        "sources": sources,
        "kinds": list(kinds),
        "sizes": list(sizes),
        "labels": pairs_labels(),
        "initial": held_initial(key, restart, initial),
        "restart": restart,
        "key": key,
    }
    state: Any = _mount(key=key, data=data, on_state_change=no_change).get("state")
    if not isinstance(state, Mapping) or state.get("restart") != restart:
        return PairsState()
    return cast(PairsState, {name: value for name, value in state.items() if name != "restart"})
