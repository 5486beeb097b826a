"""What the two buttons under every picture say."""

from ui.i18n import _


def save_words() -> dict[str, str]:
    """Return the buttons' words, short and in full, in the reader's language."""
    return {
        "png": _("PNG"),
        "csv": _("CSV"),
        "save_png": _("Save this picture as PNG"),
        "save_csv": _("Save these numbers as CSV"),
    }
