"""Predict, then reveal: the visitor has to choose before the answer appears."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.i18n import _


def predict(key: str, question: str, options: Sequence[str], answer: int, explanation: str) -> None:
    """A question, its options, and the answer with its reason once a choice has been made and revealed.

    ``answer`` is the right option's index; ``key`` names the question. All strings come translated, so the
    choice is kept by its index and survives a change of language.
    """
    revealed = f"glassbox-revealed-{key}"
    with st.container(border=True, key=f"glassbox-predict-{key}"):
        st.markdown("**" + _("Predict first") + f"** · {question}")
        choice = _remembered_choice(key, question, options)
        if choice is None or not st.session_state.get(revealed):
            st.button(
                _("Reveal"),
                key=f"{revealed}-button",
                disabled=choice is None,
                help=_("Choose an answer first.") if choice is None else None,
                on_click=st.session_state.update,
                args=({revealed: True},),
            )
            return
        verdict = (
            _("Right.") if choice == answer else _("Not quite: {answer}.").format(answer=options[answer])
        )
        st.markdown(f"**{verdict}** {explanation}")


def _remembered_choice(key: str, question: str, options: Sequence[str]) -> int | None:
    kept = f"glassbox-choice-{key}"
    # The widget's own state is dropped when the visitor looks at another page; this copy is not.
    widget = f"{kept}-widget"
    choice = st.radio(
        question,
        range(len(options)),
        index=st.session_state.get(kept),
        format_func=lambda index: options[index],
        key=widget,
        label_visibility="collapsed",
        horizontal=True,
    )
    if choice is not None and choice != st.session_state.get(kept):
        st.session_state[kept] = choice
        st.session_state.pop(f"glassbox-revealed-{key}", None)
    return choice
