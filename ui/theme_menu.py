"""Streamlit's corner menu, cut down to light or dark and spoken in the visitor's language."""

from __future__ import annotations

import json
from typing import Final

import streamlit as st

from ui.i18n import N_, _

# Streamlit speaks English only; its buttons are named by test ids. A style can replace what they say.
_CHOICES: Final = {"System": N_("System"), "Light": N_("Light"), "Dark": N_("Dark")}


def style() -> str:
    """The style sheet that translates the menu."""
    rules = [
        '[data-testid="stMainMenuItem-about"], [data-testid="stMainMenuDivider"], '
        '[data-testid="stMainMenuPopover"] [data-testid="stMainMenuList"] + div { display: none; }'
    ]
    for name, word in _CHOICES.items():
        button = f'[data-testid="stMainMenuItem-theme-{name}"]'
        rules.append(f"{button} {{ font-size: 0; }}")
        # JSON quotes a string as CSS does, and keeps Hangul readable.
        content = json.dumps(_(word), ensure_ascii=False)
        rules.append(f"{button}::after {{ content: {content}; font-size: 0.875rem; }}")
    return "\n".join(rules)


def translate_menu() -> None:
    """Put the style sheet into the page."""
    st.html(f"<style>{style()}</style>")
