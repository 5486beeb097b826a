"""What the trained LSTM translators look at: every step of all of them on one sentence."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core import device
from core.checkpoints import ModelFileError
from core.recurrent import LONGEST as MOST_STEPS
from core.recurrent import NAMES, Recurrent, alignment
from pages.loading import recurrent
from pages.reading import AUTO, direct, fits
from ui import alignment_url, frame, sentence, state
from ui.code_panel import code_panel
from ui.components.alignment import AlignmentState, LookView, alignment_picture
from ui.i18n import _, current_language
from ui.lessons import alignment as lesson
from ui.problems import model_file_problem
from ui.provenance import provenance

LONGEST = 128  # pieces of the source: more than the models learned from, so that this can be seen too
CANDIDATES = 5  # for the next token
_RESTART = "alignment-restart"


def pick(name: str) -> None:
    """Set this part up for a preset's sentence."""
    sentence.replace(lesson.PRESETS[name].sentence)
    st.session_state["direction"] = AUTO
    alignment_url.forget()
    st.session_state[_RESTART] = st.session_state.get(_RESTART, 0) + 1


def trained() -> None:
    """The sentence, and the picture or one sentence why there is none; nothing where the app comes without models."""
    found, broken = models()
    if not found and list(broken) == ["missing"]:
        return
    lesson.heading()
    for trouble, names in broken.items():
        model_file_problem(trouble, ", ".join(names), one_of_several=True)
    frame.preset_chips({name: _(one.label) for name, one in lesson.PRESETS.items()}, pick, key="sentence")
    text, asked = sentence.box(lesson.FIRST[current_language()], (AUTO, "ko-en", "en-ko"))
    if found and fits(next(iter(found.values())).tokenizer, text, LONGEST):
        show(found, text, direct(text, asked))


def models() -> tuple[dict[str, Recurrent], dict[str, list[str]]]:
    """The models that can be used, and the files of the others by what is wrong with them."""
    found: dict[str, Recurrent] = {}
    broken: dict[str, list[str]] = {}
    for name in NAMES:
        try:
            found[name] = recurrent(name)
        except ModelFileError as error:
            broken.setdefault(error.kind, []).append(error.path.name)
    return found, broken


def show(found: dict[str, Recurrent], text: str, direction: str) -> None:
    """The picture, and what belongs to it."""
    strange(found, text)
    looks = [looked(name, text, direction) for name in found]
    steps = {look.kind: len(look.ids) for look in looks}
    name = f"{direction}:{text}"
    alignment_url.belong(name)
    opening = alignment_url.from_url(steps, len(looks[0].source))
    told = alignment_picture(
        looks,
        key="seq2seq-alignment",
        text=text,
        sentence=name,
        initial=opening,
        restart=str(st.session_state.get(_RESTART, 0)),
    )
    chosen: AlignmentState = {**opening, **told}
    alignment_url.to_url(chosen, alignment_url.usual(steps))
    badges(found)
    look = next(look for look in looks if look.kind == chosen["model"])
    step = min(chosen["step"], len(look.ids) - 1)
    code_panel(lesson.snippet(look.kind, text, direction, step), lesson.KERAS, key="alignment")
    lesson.questions()


def strange(found: dict[str, Recurrent], text: str) -> None:
    """Say where a sentence is longer than what the models learned from."""
    model = min(found.values(), key=lambda one: one.trained_to)
    pieces = len(model.tokenizer.encode(text))
    if pieces > model.trained_to:
        said = _(
            "This sentence has {pieces} pieces; the LSTM models learned from sentences of at most {longest}. They try "
            "all the same."
        )
        state.note(said.format(pieces=pieces, longest=model.trained_to))


def badges(found: dict[str, Recurrent]) -> None:
    """A badge for each model, in the picture's order."""
    with st.container(horizontal=True, gap="small"):
        for name, model in found.items():
            provenance("computed", model.card, device.describe(), key=f"alignment-{name}")


@st.cache_resource(show_spinner=False, max_entries=128)  # up to 0.5 MB each
def looked(name: str, text: str, direction: str) -> LookView:
    """One model's decoding with everything recorded; equal requests of all visitors are computed once."""
    model = recurrent(name)
    found = alignment(model, text, direction, longest=MOST_STEPS)
    order = np.argsort(-found.log_probabilities, axis=1, kind="stable")[:, :CANDIDATES]
    likeliest = np.take_along_axis(found.log_probabilities, order, axis=1).astype(np.float64)
    tokens, pieces = found.tokens, model.tokenizer.pieces
    named = sorted({*order.ravel().tolist(), *tokens})
    return LookView(
        kind=name,
        source=tuple(pieces(found.source)),
        ids=tokens,
        pieces=tuple(pieces(tokens)),
        texts=tuple(
            model.tokenizer.decode(tokens[: step + 1]).replace("�", "…") for step in range(len(tokens))
        ),
        encoder=found.encoder_states,
        decoder=found.decoder_states,
        attentional=found.attentional,
        scores=found.scores,
        weights=found.weights,
        candidates=order,
        chances=np.exp(likeliest),
        said=tuple(found.log_probabilities[np.arange(len(tokens)), tokens].tolist()),
        entropy=tuple(found.entropy.tolist()),
        rank=tuple(found.rank.tolist()),
        ending=found.ending or "end",
        vocabulary=found.log_probabilities.shape[1],
        names=dict(zip(named, pieces(named), strict=True)),
    )
