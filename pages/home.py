"""The course map: what each page answers, and the shortest way in."""

from __future__ import annotations

import streamlit as st

from core import device
from core.checkpoints import ModelFileError
from pages.loading import translator
from ui import course, frame, home
from ui.i18n import _, current_language
from ui.problems import model_file_problem
from ui.provenance import provenance

LAYER, HEAD = 2, 0  # the last layer; one head as it is, never an average
EXAMPLES = {"ko": ("ko-en", "오늘 날씨가 어때요?"), "en": ("en-ko", "How is the weather today?")}


@st.cache_data(show_spinner=False)
def example_picture(direction: str, sentence: str) -> home.Picture:
    """The example's source–target attention, computed once for each language."""
    model = translator()
    source, target = model.source_ids(sentence, direction), model.target_ids(sentence, direction)
    trace = model.trace_ids(source, target)
    attention = trace.decoder.blocks.cross_attention
    assert attention is not None  # a translator's decoder has one
    return home.Picture(
        model.tokenizer.pieces(target),
        model.tokenizer.pieces(source),
        attention.weights[LAYER, HEAD].numpy(),
    )


def draw_picture() -> None:
    """The picture with its caption and its origin, or one sentence where the model cannot be used."""
    direction, sentence = EXAMPLES[current_language()]
    try:
        home.picture(example_picture(direction, sentence), sentence, LAYER + 1, HEAD + 1)
        provenance("computed", translator().card, device.describe())
    except ModelFileError as error:
        model_file_problem(error.kind, error.path.name)


frame.guard()
frame.header(_(course.HOME.title), _(course.HOME.question))
way_in, picture = st.columns([5, 6], gap="large", vertical_alignment="center")
with way_in:
    home.invitation()
with picture:
    draw_picture()
home.course_map()
