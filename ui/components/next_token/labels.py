"""What the picture of the next token says."""

from __future__ import annotations

from ui.components.shared import save_words
from ui.i18n import _


def next_labels() -> dict[str, str]:
    """The picture's words in the reader's language; numbers go into the braces in the browser."""
    return {
        **save_words(),
        "sign_start": _("⟨start⟩"),
        "sign_end": _("⟨end⟩"),
        "component": _("The next token"),
        "title": _("After “{text}”, T = {t}"),
        "file": _("next token"),
        "caption": _(
            "All {count} tokens are computed by the model and are here in the browser: nothing is left out before "
            "temperature and cuts act. ␣ is a space before the word. Bar: what is left; mark: the model's own p."
        ),
        "say-drawn": _("Say it"),
        "say-drawn_title": _("Append the drawn token; the model reads on"),
        "undo": _("Undo"),
        "undo_title": _("Take the last token back"),
        "anew": _("From the start"),
        "anew_title": _("Back to the text as it was typed"),
        "say_title": _("Append “{token}”"),
        "bars_title": _("Next token: softmax over {count}"),
        "head_token": _("token"),
        "head_logit": "logit",
        "head_p": "p",
        "head_left": _("left"),
        "find": _("Find a token"),
        "not_found": _("No token holds “{text}”: it is said in several."),
        "hidden": _("{count} others"),
        "both_ways": _(
            "“{token}” at T = {t}: softmax(logits / T) = {logits}; softmax(ln p / T) = {logs}. The same: ln p is the "
            "logits less one number for all."
        ),
        "both_ways_zero": _("T = 0 is the limit: “{token}” has 1, all others exactly 0."),
        "stages_title": _("In this order: T → top-k → top-p → min-p → draw"),
        "stage_model": _("model"),
        "stage_temperature": "T",
        "stage_top_k": "top-k",
        "stage_top_p": "top-p",
        "stage_min_p": "min-p",
        "stage_draw": _("draw"),
        "off": _("off"),
        "kept": _("{count} left, {bits} bits"),
        "others": _("{count} others together: {percent}"),
        "others_short": _("{count} others"),
        "cut": _("{count} tokens are cut: {percent}"),
        "cut_short": _("{percent} cut"),
        "why": _(
            "Why “{token}” (rank {rank})? The number u = {u} falls into its piece of the strip, {low} to {high}."
        ),
        "curve_title": _("All {count} tokens by rank: p before and after (both axes logarithmic)"),
        "several_title": _("The same u at other temperatures"),
        "several_facts": _("“{token}”, rank {rank}; {count} left, {bits} bits"),
        "several_note": _(
            "top-k, top-p and min-p as set above. A cold model draws its favourite; a hot one goes down the list."
        ),
    }
