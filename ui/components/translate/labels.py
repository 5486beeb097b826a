"""The words of the timeline picture."""

from __future__ import annotations

from typing import Final

from ui.components.shared import player_words, said_words, save_words
from ui.i18n import N_, _

_PARTS: Final = {
    "all": N_("All"),
    "encoder": N_("Encoder"),
    "embed": N_("Embedding"),
    "self": N_("Masked"),
    "cross": N_("Source–target"),
    "feed": N_("Feed-forward"),
    "softmax": N_("Softmax"),
}
_ABOUT: Final = {
    "all": N_("All parts of one step together."),
    "encoder": N_(
        "The encoder reads the whole source at once, and only once. Its output gives K and V for every step."
    ),
    "embed": N_("The token said last becomes a vector, and its position is added."),
    "self": N_("Masked self-attention: the new token looks at itself and at what was said before it."),
    "cross": N_("Source–target attention: Q comes from the decoder, K and V from the encoder."),
    "feed": N_("The feed-forward network works on the new token's vector alone."),
    "softmax": N_("Softmax over the whole vocabulary: each piece gets a probability. The likeliest is said."),
    "first": N_("First step: the encoder reads the source, the decoder begins with the start token."),
    "step": N_("The encoder rests: its K and V are kept. The decoder reads the token it said last."),
    "encoder_done": N_("The encoder worked once, before the first token. Its K and V are used again here."),
}


def timeline_labels() -> dict[str, str]:
    """Everything that the picture says, in the reader's language."""
    return {
        **{f"part_{name}": _(words) for name, words in _PARTS.items()},
        **{f"about_{name}": _(words) for name, words in _ABOUT.items()},
        **_whole(),
        **_panels(),
        **_forks(),
        **player_words(),
        **said_words(),
        **save_words(),
    }


def _whole() -> dict[str, str]:
    return {
        "component": _("Translation, step by step"),
        "title": _("Translation of “{text}”, step {step}"),
        "caption": _(
            "Every step was computed once, with everything recorded: stepping shows what is there. Arrow keys go "
            "through tokens and parts."
        ),
        "file": _("translation"),
        "source": _("source"),
        "parts": _("Part of the model"),
    }


def _panels() -> dict[str, str]:
    return {
        "softmax_title": _("Next token: softmax over {count}"),
        "top": _("bars"),
        "rank": _("rank of the chosen one: {rank}"),
        "entropy": _("entropy {bits} bits"),
        "entropy_adjusted": _("reshaped: {bits} bits"),
        "chosen_title": _("{token}: this is what was said"),
        "fork_title": _("{token}: say this instead, and go on from here"),
        "rest": _("{count} others"),
        "strip": _("u = {u} falls on “{token}”, rank {rank}."),
        "strip_forced": _("This token was given, not drawn."),
        "strip_wait": _("Release the slider: the sentence is drawn anew."),
        "self_title": _("Looks back at itself"),
        "cross_title": _("Looks at the source"),
        "layer": _("layer"),
        "head": _("head"),
        "mean": _("mean"),
        "mean_all": _("Mean over {layers} layers and {heads} heads"),
        "mean_layers": _("Head {head}, mean over {layers} layers"),
        "mean_heads": _("Layer {layer}, mean over {heads} heads"),
        "one_head": _("Layer {layer}, head {head}"),
        "diagram_title": _("Encoder and decoder: the part at work is lit"),
        "encoder_stack": _("encoder × {layers}, once"),
        "decoder_stack": _("decoder × {layers}, every step"),
        "box_self": _("self-attention"),
        "box_all": _("sees the whole source"),
        "box_feed": _("feed-forward"),
        "box_source": _("source"),
        "box_embed": _("embedding + position"),
        "box_masked": _("masked self-attention"),
        "box_cross": _("source–target attention"),
        "box_softmax": _("softmax"),
        "reads": _("reads: {token}"),
        "says": _("says: {token}"),
        "column_token": _("token"),
        "column_rank": _("rank"),
        "column_p": _("probability"),
        "column_q": _("probability, reshaped"),
        "column_weight": _("weight"),
        "column_entropy": _("entropy (bits)"),
    }


def _forks() -> dict[str, str]:
    return {
        "forks_title": _("Tree of forks"),
        "forks_none": _("Press another candidate among the bars: the model goes on from there."),
        "undo": _("Undo the last fork"),
        "branch_log": _("ln p = {log}"),
    }
