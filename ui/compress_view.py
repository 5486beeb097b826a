"""What the Compression page shows of sizes, translations and scores."""

from __future__ import annotations

import difflib
import html
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import streamlit as st

from ui.compress_page import BITS, PER, Choice
from ui.frame import caption
from ui.i18n import N_, _
from ui.table import table


class Progress(Protocol):
    """How far a scoring is."""

    @property
    def done(self) -> int:
        """Sentences that have been translated."""

    @property
    def total(self) -> int:
        """Sentences there are."""

    @property
    def seconds(self) -> float:
        """A token, known at the end."""

    @property
    def scores(self) -> Mapping[str, Mapping[str, Any]]:
        """What was found, by direction."""


_MARK: Final = (
    "background:color-mix(in srgb,#e69f00 35%,transparent);color:inherit;border-bottom:2px solid #e69f00"
)


def words_of(choice: Choice) -> str:
    """What was done, in words."""
    bits = _(BITS[str(choice.bits)])
    said = [bits if choice.bits == 16 else f"{bits}, {_(PER[choice.per])}"]
    if choice.pruned:
        said.append(_("{share} % pruned").format(share=choice.pruned))
    if choice.kept:
        said.append(_("parts in fp16: {count}").format(count=len(choice.kept)))
    return " · ".join(said)


def size(before: int, after: int) -> None:
    """How large the model was and is, as bars."""
    words = _("{before} MB in fp16 → {after} MB: {share} %").format(
        before=f"{before / 1e6:.2f}", after=f"{after / 1e6:.2f}", share=f"{100 * after / before:.1f}"
    )
    st.progress(min(1.0, after / before), text=words)


def explained(choice: Choice) -> None:
    """What a plan that leaves nothing means."""
    if choice.pruned == 100:
        caption(
            _(
                "Every matrix is 0, biases and norms alone are left: whatever is asked, all tokens are equally likely, "
                "and the model says the same, or nothing. The parts that stay in fp16 are not pruned."
            )
        )


def translations(sources: Sequence[str], before: Sequence[str], after: Sequence[str]) -> None:
    """The same sentences before and after; words that are others now are marked."""
    heads = "".join(
        f"<th scope='col'>{html.escape(words)}</th>" for words in (_("Sentence"), _("Before"), _("After"))
    )
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(source)}</th><td style='padding-right:1rem'>{html.escape(first)}</td>"
        f"<td>{_marked(first, last)}</td></tr>"
        for source, first, last in zip(sources, before, after, strict=True)
    )
    st.html(
        '<div style="overflow-x:auto"><table class="gb-card-table gb-translations" style="max-width:none" '
        f"data-glassbox-translations><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _marked(before: str, after: str) -> str:
    """A translation with the words that are not those of before marked; a mark and no colour alone tells them apart."""
    if not after:
        nothing = _("(nothing)")
        return f"<em>{html.escape(nothing)}</em>"
    old, new = before.split(), after.split()
    same = {
        place
        for block in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
        for place in range(block.b, block.b + block.size)
    }
    return " ".join(
        html.escape(word) if place in same else f"<mark style='{_MARK}'>{html.escape(word)}</mark>"
        for place, word in enumerate(new)
    )


def presets(known: Mapping[str, Any], labels: Mapping[str, str], chosen: str | None) -> None:
    """The table of what was measured beforehand."""
    rows = []
    for name, scores in known["plans"].items():
        label = labels.get(name, _("as it is shipped, fp16"))
        rows.append(
            [
                f"▸ {label}" if name == chosen else label,
                f"{scores['bytes'] / 1e6:.2f}",
                *_cells(scores),
                f"{scores['ms_a_token']:.1f}",
            ]
        )
    table([_("Model"), "MB", *_heads(), _("ms a token, widened to fp32")], rows, "compress-scores")


def _heads() -> list[str]:
    return ["BLEU ko→en", "chrF ko→en", _("BLEU en→ko, by characters"), "chrF en→ko"]


def _cells(scores: Mapping[str, Mapping[str, Any]]) -> list[str]:
    found = []
    for direction, bleu in (("ko-en", "bleu"), ("en-ko", "bleu_characters")):
        one = scores.get(direction)
        found += [f"{one[bleu]:.1f}", f"{one['chrf2']:.1f}"] if one else ["…", "…"]
    return found


_SAID: Final = {
    "waiting": N_("Waiting: this server computes as much as it can at once."),
    "running": N_("Translating held-back sentences: {done} of {total}."),
    "paused": N_("Paused."),
    "done": N_("Done: {total} sentences."),
    "stopped": N_("Stopped after {done} sentences."),
    "failed": N_("The scoring met an error and stopped; the server’s log says why."),
}


def progress(state: str, told: Progress | None, choice: Choice, *, stop: Callable[[], None]) -> None:
    """How far a scoring is, and what it has found."""
    done, total = (told.done, told.total) if told else (0, 1)
    st.progress(done / total, text=_(_SAID[state]).format(done=done, total=total))
    if state in ("waiting", "running"):
        st.button(_("Stop"), key="compress-stop", icon=":material/stop:", on_click=stop)
    if told and told.scores:
        each = "…" if math.isnan(told.seconds) else f"{1000 * told.seconds:.1f}"
        heads = [_("Model"), *_heads(), _("ms a token, widened to fp32")]
        table(heads, [[words_of(choice), *_cells(told.scores), each]], "compress-scored")
