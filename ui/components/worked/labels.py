"""Every string that the worked example shows. Names in braces are filled in by the browser."""

from __future__ import annotations

from typing import Final

from ui.components.shared import save_words
from ui.i18n import N_, _

LABELS: Final[dict[str, str]] = {
    "component": N_("One decoder step looks at the encoder's states: a worked example"),
    "title": N_("Attention of one decoder step, worked out by hand"),
    "file": "seq2seq",
    "steps": N_("From the states to the context, step by step"),
    "widths": N_("Numbers in a vector"),
    "undo": N_("Undo"),
    "reset": N_("Start again"),
    "reset_title": N_("Back to the numbers this example began with"),
    "query": N_("decoder state h"),
    "state": N_("encoder state {name}"),
    "add": N_("+ state"),
    "remove": N_("Take {name} away"),
    "row": N_("row {number}"),
    "w_general": N_("W of general"),
    "w_concat": N_("W of concat"),
    "field_help": N_("Type or paste numbers; the up and down keys move the one at the caret by 0.1."),
    "light_step": N_("Show the steps up to this one"),
    "stage_1": N_("Score"),
    "stage_2": N_("Weight"),
    "stage_3": N_("Weighted state"),
    "stage_4": N_("Context"),
    "stage_5": N_("Where the context goes"),
    "formula_dot": "h · s",
    "formula_general": "h · W s",
    "formula_concat": "v · tanh(W[h; s])",
    "rounding": N_("rounding"),
    "three": N_("Three scores on the same states"),
    "choose_score": N_("Go on with this score"),
    "about_dot": N_("nothing to learn"),
    "note_identity": N_("W is the identity, so general gives what dot gives."),
    "note_identity_short": N_("W = identity: equal to dot"),
    "note_one": N_("One state: its weight is 1, whatever its score."),
    "note_zero_query": N_("h is zero: every score is 0, so every state weighs the same."),
    "note_zero_state": N_("A zero state adds nothing to the context, but takes its share of the weight."),
    "note_equal": N_("All scores are equal, so every state weighs the same."),
    "plane": N_("The same vectors as arrows"),
    "plane_drag": N_(
        "Drag a tip. c stays inside the shaded shape (with two states: on the line between them)."
    ),
    "plane_first_two": N_("Only the first two numbers of each vector are drawn."),
    "plane_alternative": N_("Arrows from the origin: {states}, h {query}, and their context c {context}."),
    "use": N_("Where the context goes"),
    "use_feed": N_("into the next step"),
    "use_join": N_("joined with h"),
    "about_feed": N_(
        "Input feeding: c is joined with the embedding y of the word just said and enters the next step's LSTM. "
        "(Luong et al. feed h̃ there.)"
    ),
    "about_join": N_("Luong's own form: c is joined with the present h, and h̃ chooses this step's word."),
    "step_now": N_("LSTM, step t"),
    "step_next": N_("LSTM, t + 1"),
    "joined_input": N_("[c; y] joined"),
    "word_now": N_("→ word t"),
    "wrong": N_("{name}: {what} The picture stays as it was."),
    "wrong_empty": N_("nothing is there; {wanted} numbers are needed."),
    "wrong_word": N_("“{word}” is not a number."),
    "wrong_not_finite": N_("NaN and infinity cannot be calculated with."),
    "wrong_length": N_("{wanted} numbers are needed, not {given}."),
    "wrong_large": N_("numbers go from −{largest} to {largest} here."),
    "no_state": N_("Attention needs at least one state to look at, so this one stays."),
    "most_states": N_("There is room for {most} states."),
    "caption": N_(
        "h asks every encoder state for a score; softmax makes the scores into weights that add up to 1; the weighted "
        "states add up to the context c. In the words of attention: h is the query, the states are keys and values."
    ),
    "column_state": N_("encoder state"),
    "column_score": N_("score"),
    "column_weight": N_("weight"),
    "column_part": N_("weighted"),
    "column_vector": N_("vector"),
}


def worked_labels() -> dict[str, str]:
    """Return all visible strings in the reader's language."""
    return {**{name: _(message) for name, message in LABELS.items()}, **save_words()}
