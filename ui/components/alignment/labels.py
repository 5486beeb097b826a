"""The words of the alignment picture."""

from __future__ import annotations

from typing import Final

from ui.components.shared import player_words, said_words, save_words
from ui.i18n import N_, _

_LABELS: Final = {
    "component": N_("What the decoder looks at, step by step"),
    "title": N_("{model}: “{text}”, step {step}"),
    "file": N_("alignment"),
    "caption": N_(
        "Luong's own form: the context c is joined with the present state, h̃ = tanh(W_c [c; h]), and h̃ chooses the "
        "token; nothing of it enters the next step (no input feeding). All four models learned from the same "
        "sentences, and each looks with states of its own."
    ),
    "models": N_("Model"),
    "model_none": N_("no attention"),
    "model_dot": "dot",
    "model_general": "general",
    "model_concat": "concat",
    "formula_none": N_("The last encoder state alone, at every step"),
    "formula_dot": "h · s",
    "formula_general": "h · W s",
    "formula_concat": "v · tanh(W[h; s])",
    "states_title": N_("Encoder states, and what the decoder takes from them"),
    "query": N_("reads “{token}”"),
    "context": N_("c = Σ weight × state"),
    "context_none": N_("c = the last state"),
    "attentional": "h̃ = tanh(W_c [c; h])",
    "score": N_("score"),
    "weight": N_("weight"),
    "sum": N_("sum"),
    "rounding": N_("rounding"),
    "row_title": N_("{token}: score {score}, weight {weight}"),
    "row_title_none": N_("{token}: weight {weight}; this model has no scores"),
    "row_hint": N_("Point at a row: its score and its weight. Press it to hold it fast."),
    "scale": N_("each cell: one number"),
    "grid_title": N_("Alignment: where each said token looked"),
    "grid_scale": N_("weight"),
    "grid_hint": N_("↓ said  → source; press a row to go there"),
    "told": N_("Reads “{read}”, looks most at “{most}” ({weight}), says “{said}” ({percent})."),
    "told_none": N_("Reads “{read}”, has nothing but the last state, says “{said}” ({percent})."),
    "next_title": N_("Next token: softmax over {count}"),
    "rest": N_("{count} others"),
    "rank": N_("rank of the chosen one: {rank}"),
    "entropy": N_("entropy {bits} bits"),
    "column_token": N_("token"),
    "column_rank": N_("rank"),
    "column_p": N_("probability"),
    "column_entropy": N_("entropy (bits)"),
    "column_vector": N_("vector"),
}


def alignment_labels() -> dict[str, str]:
    """Everything that the picture says, in the reader's language."""
    return {
        **{name: _(words) for name, words in _LABELS.items()},
        **player_words(),
        **said_words(),
        **save_words(),
    }
