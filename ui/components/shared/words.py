"""What several pictures say: the two buttons under each of them, the player, and the line of what was said."""

from ui.i18n import _


def save_words() -> dict[str, str]:
    """Return the buttons' words, short and in full, in the reader's language."""
    return {
        "png": _("PNG"),
        "csv": _("CSV"),
        "save_png": _("Save this picture as PNG"),
        "save_csv": _("Save these numbers as CSV"),
    }


def player_words() -> dict[str, str]:
    """Return what `player.js` says."""
    return {
        "back": _("One step back"),
        "forward": _("One step forward"),
        "play": _("Play"),
        "pause": _("Pause"),
        "step": _("Step"),
        "step_of": _("step {step} of {steps}"),
    }


def said_words() -> dict[str, str]:
    """Return what `said.js` and `pieces.js` say."""
    return {
        "decoder": _("decoder"),
        "sign_start": _("⟨start⟩"),
        "sign_end": _("⟨end⟩"),
        "start_title": _("The decoder begins with this sign: it has said nothing yet."),
        "token_title": _("{token}: probability {percent}, rank {rank}, entropy {entropy} bits"),
        "legend_sure": _("probability of what was said"),
        "legend_entropy": _("entropy (full: 8 bits)"),
        "sure": _("On (geometric) average each token had {mean} (mean ln p = {log})."),
        "unsure": _(
            "The model is unsure: on (geometric) average a token had only {mean} (mean ln p = {log})."
        ),
        "lowest": _("Least sure: “{token}” at step {step} with {percent}."),
        "forced": _("Tokens that were given, not chosen: {count}."),
        "ending_loop": _("The model repeated itself, and was stopped after {count} tokens."),
        "ending_length": _("The model did not come to an end, and was cut off after {count} tokens."),
    }
