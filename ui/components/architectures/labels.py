"""Every string of the three columns. Names in braces are filled in by the browser."""

from __future__ import annotations

from typing import Final

from ui.i18n import N_, _

LABELS: Final[dict[str, str]] = {
    "component": N_("Three architectures side by side"),
    "png": N_("PNG"),
    "csv": N_("CSV"),
    "layer": N_("Layer {number} of {count}"),
    "head": N_("Head {number} of {count}"),
    "one_back": N_("One back: {what}"),
    "one_on": N_("One on: {what}"),
    "which": N_("Which attention"),
    "layer_name": N_("layer"),
    "head_name": N_("head"),
    "cell": N_("query {query}, key {key}: {weight}"),
    "axes": N_("↓ query → key"),
    "strongest": N_("{query} looks most at {key}: {weight}"),
    "missing": N_("Without its model file there is no attention to show here."),
    # The columns
    "encoder_title": N_("Encoder only"),
    "encoder_use": N_("to understand: BERT and its kind"),
    "encoder_facts": N_("Query, key and value all come from the sentence. Every word sees every word."),
    "encoder_given": N_("The last word is a blank; what belongs there?"),
    "decoder_title": N_("Decoder only"),
    "decoder_use": N_("to go on: GPT and its kind"),
    "decoder_facts": N_(
        "Query, key and value all come from its own prefix; what comes later is masked. Keys and values are "
        "this prefix, not stored knowledge."
    ),
    "decoder_given": N_("Given all but the last word; how does it go on?"),
    "both_title": N_("Encoder–decoder"),
    "both_use": N_("to translate: the first Transformer"),
    "both_facts": N_(
        "The encoder looks at the sentence, the decoder at what it has said (masked). In between, the query "
        "comes from the decoder, key and value from the encoder."
    ),
    "both_given": N_("The sentence, and its translation"),
    # The attentions
    "picture_encoder": N_("self-attention"),
    "picture_prefix": N_("masked self-attention"),
    "picture_source": N_("encoder"),
    "picture_causal": N_("decoder, masked"),
    "picture_cross": N_("source–target"),
    # The boxes of the diagrams
    "box_sentence": N_("the sentence"),
    "box_self": N_("self-attention"),
    "box_vectors": N_("a vector for every token"),
    "box_prefix": N_("its own prefix"),
    "box_masked": N_("masked self-attention"),
    "box_next": N_("the next token"),
    "box_said": N_("said so far"),
    "box_cross": N_("source–target attention"),
    "box_again": N_("appended"),
    "diagram_encoder": N_(
        "Diagram: the sentence gives Q, K and V of the self-attention, which gives a vector for every token."
    ),
    "diagram_decoder": N_(
        "Diagram: the prefix gives Q, K and V of the masked self-attention, which gives the next token; that is "
        "appended to the prefix."
    ),
    "diagram_both": N_(
        "Diagram: the sentence gives Q, K and V of the encoder's self-attention. What has been said gives Q, K and V "
        "of the decoder's masked self-attention; from it comes Q of the source–target attention, from the encoder "
        "K and V. It gives the next token, which is appended."
    ),
}


def architecture_labels() -> dict[str, str]:
    """Return all visible strings of the columns in the running session's language."""
    return {name: _(message) for name, message in LABELS.items()}
