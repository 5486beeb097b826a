"""Three architectures side by side: which attention each has, and where query, key and value come from."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core import architectures as example
from core import device
from core.checkpoints import ModelFileError
from core.small import SmallModel
from core.translator import Translator
from pages.loading import small, translator
from ui import architectures as lesson
from ui.components.architectures import Architecture, AttentionPicture, architecture_pictures
from ui.folded import folded
from ui.i18n import _
from ui.problems import half_character_problem, model_file_problem
from ui.provenance import provenance

LONGEST = 64  # pieces
ENCODER, DECODER = "blank-sinusoidal", "next"  # the small models, by their names in `core.small`


@st.fragment  # a change in this lesson does not run the rest of the page
def architectures(text: str, direction: str) -> None:
    """The folded lesson on the page's sentence; closed, it costs nothing."""
    panel = folded(
        "architectures", _("Three architectures: encoder, decoder, both"), ":material/view_column:"
    )
    if panel is None:
        lesson.forget_url()
        return
    with panel:
        draw(text, direction)


def draw(text: str, direction: str) -> None:
    """The box, the three columns, and whose numbers they are."""
    said = lesson.said_box()
    try:
        translator().tokenizer.encode(said)
    except ModelFileError:
        pass  # the column says so
    except ValueError:
        half_character_problem()
        said = ""
    builders: dict[str, Callable[[], Architecture]] = {
        "encoder": lambda: encoder_only(text),
        "decoder": lambda: decoder_only(text),
        "both": lambda: encoder_decoder(text, direction, said),
    }
    columns = []
    for name, build in builders.items():
        try:
            columns.append(build())
        except ModelFileError as error:
            model_file_problem(error.kind, error.path.name)
            columns.append(Architecture(name))
    place = architecture_pictures(columns, key="architectures", initial=lesson.place_from_url())
    lesson.keep_in_url(said, place)
    badges()
    lesson.question()


def badges() -> None:
    """A badge for each model that is there, in the order of the columns."""
    loaders: dict[str, Callable[[], Translator | SmallModel]] = {
        ENCODER: lambda: small(ENCODER),
        DECODER: lambda: small(DECODER),
        "translator": translator,
    }
    with st.container(horizontal=True, gap="small"):
        for name, load in loaders.items():
            try:
                card = load().card
            except ModelFileError:
                continue
            provenance("computed", card, device.describe(), key=f"architectures-{name}")


@st.cache_resource(show_spinner=False, max_entries=64)
def small_attention(name: str, text: str) -> AttentionPicture:
    """A small model's attention on the first pieces of a sentence."""
    model = small(name)
    ids = model.ids(text)[:LONGEST]
    pieces = model.tokenizer.pieces(ids)
    weights = model.trace(ids).blocks.self_attention.weights.numpy()
    return AttentionPicture("prefix" if model.model.causal else "encoder", pieces, pieces, weights)


@st.cache_resource(show_spinner=False, max_entries=64)
def guesses(name: str, text: str) -> list[example.Guess]:
    """What a small model puts into the blank, or says next."""
    model = small(name)
    if model.model.causal:
        return example.go_on(model, text)
    return example.fill_last_word(model, text)


def encoder_only(text: str) -> Architecture:
    """The model that fills a blank."""
    return Architecture(
        "encoder",
        [small_attention(ENCODER, text)],
        example.with_blank(text),
        guesses(ENCODER, text),
        small_words(small(ENCODER)),
    )


def decoder_only(text: str) -> Architecture:
    """The model that goes on: from the text without its last word, or from its only one."""
    given = example.cut_last_word(text).before.strip() or text
    return Architecture(
        "decoder",
        [small_attention(DECODER, text)],
        given,
        guesses(DECODER, given),
        small_words(small(DECODER)),
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def translator_attentions(text: str, direction: str, said: str) -> tuple[list[AttentionPicture], str]:
    """The translator's three attentions and what its decoder read: its own translation unless one is typed."""
    model = translator()
    text = model.tokenizer.first(text, LONGEST)  # another model's pieces may be longer ones
    source = model.source_ids(text, direction)
    target = model.target_ids(text, direction, said or None, longest=LONGEST)
    trace = model.trace_ids(source, target)
    read, spoken = model.tokenizer.pieces(source), model.tokenizer.pieces(target)
    cross = trace.decoder.blocks.cross_attention
    assert cross is not None  # a translator's decoder has one
    pictures = [
        AttentionPicture("source", read, read, trace.encoder.blocks.self_attention.weights.numpy()),
        AttentionPicture("causal", spoken, spoken, trace.decoder.blocks.self_attention.weights.numpy()),
        AttentionPicture("cross", spoken, read, cross.weights.numpy()),
    ]
    return pictures, model.tokenizer.decode(target)


def encoder_decoder(text: str, direction: str, said: str) -> Architecture:
    """The translator."""
    pictures, spoken = translator_attentions(text, direction, said)
    config = translator().model.config
    words = _("The translator: {encoder} + {decoder} layers.").format(
        encoder=config.encoder_layers, decoder=config.decoder_layers
    )
    if said:
        words = _("The decoder reads what was typed.") + " " + words
    return Architecture("both", pictures, text, [(spoken, None)], words)


def small_words(model: SmallModel) -> str:
    """How small the small model is: its answers are no measure of what the architecture can do."""
    config = model.model.config
    return _("A small model of our own: {layers} layers, {parameters} parameters. Expect little.").format(
        layers=config.encoder_layers or config.decoder_layers,
        parameters=f"{sum(p.numel() for p in model.model.parameters()):,}",
    )
