"""The homonyms, their senses and the sentences that each begins with, all written for this page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ui.i18n import N_, _
from ui.predict import predict


class Homonym(NamedTuple):
    """A word, its senses as msgids, and sentences: (the sense's number, the sentence)."""

    language: str
    senses: tuple[str, ...]
    sentences: tuple[tuple[int, str], ...]


# A word is spelled in one way (눈이, not once 눈이 and once 눈을) and stands at the same place: then piece and position
# are the same in all its sentences, and whatever tells the vectors apart deeper down comes from the other words.
HOMONYMS: Final = {
    "배": Homonym(
        "ko",
        (N_("pear"), N_("ship"), N_("belly")),
        (
            (0, "배를 먹었어요"),
            (0, "배를 깎아서 먹었어요"),
            (1, "배를 타고 섬에 갔어요"),
            (1, "배를 타고 바다로 나갔어요"),
            (2, "배가 아파요"),
            (2, "배가 너무 아파서 병원에 갔어요"),
        ),
    ),
    "눈": Homonym(
        "ko",
        (N_("eye"), N_("snow")),
        (
            (0, "눈이 나빠서 안경을 써요"),
            (0, "눈이 너무 아파요"),
            (1, "눈이 많이 내려요"),
            (1, "눈이 와서 길이 미끄러워요"),
        ),
    ),
    "밤": Homonym(
        "ko",
        (N_("night"), N_("chestnut")),
        (
            (0, "밤을 새워 공부했어요"),
            (0, "밤을 산에서 보냈어요"),
            (1, "밤을 구워 먹었어요"),
            (1, "밤을 삶아서 먹었어요"),
        ),
    ),
    "말": Homonym(
        "ko",
        (N_("horse"), N_("speech")),
        (
            (0, "말을 타고 달렸어요"),
            (0, "말을 한 마리 키워요"),
            (1, "말을 천천히 해 주세요"),
            (1, "말을 너무 많이 했어요"),
        ),
    ),
    "다리": Homonym(
        "ko",
        (N_("leg"), N_("bridge")),
        (
            (0, "다리를 다쳐서 못 걸어요"),
            (0, "다리를 쭉 펴세요"),
            (1, "다리를 건너면 학교가 있어요"),
            (1, "다리를 새로 놓았어요"),
        ),
    ),
    "차": Homonym(
        "ko",
        (N_("tea"), N_("car")),
        (
            (0, "차를 한 잔 마셔요"),
            (0, "차를 따뜻하게 끓였어요"),
            (1, "차를 운전해서 회사에 가요"),
            (1, "차를 주차장에 세웠어요"),
        ),
    ),
    "사과": Homonym(
        "ko",
        (N_("apple"), N_("apology")),
        (
            (0, "사과를 먹었어요"),
            (0, "사과를 깎아 주세요"),
            (1, "사과를 받아 주세요"),
            (1, "사과를 하고 싶어요"),
        ),
    ),
    "bank": Homonym(
        "en",
        (N_("money"), N_("river")),
        (
            (0, "The bank is closed on Sunday."),
            (0, "The bank gave him some money."),
            (1, "The bank of the river was wet."),
            (1, "The bank is covered with grass."),
        ),
    ),
    "spring": Homonym(
        "en",
        (N_("season"), N_("water")),
        (
            (0, "The spring was warm this year."),
            (0, "The spring came after a long winter."),
            (1, "The spring was full of clear water."),
            (1, "The spring is near the mountain."),
        ),
    ),
    "light": Homonym(
        "en",
        (N_("lamp"), N_("not heavy")),
        (
            (0, "The light in my room is broken."),
            (0, "The light is too bright."),
            (1, "The light bag is mine."),
            (1, "The light coat is easy to carry."),
        ),
    ),
}

KERAS: Final = """# Keras: the cosine of two vectors
import keras

similarity = -keras.losses.cosine_similarity(first, second, axis=-1)

# PyTorch: torch.nn.functional.cosine_similarity(first, second, dim=-1)
"""


def snippet(sentences: Sequence[tuple[str, str, Sequence[int]]], stage: str, layer: int) -> str:
    """Return code that prints the cosines of one depth.

    ``sentences``: the text, its direction and the places of the word's pieces, the direction token being 0;
    ``stage`` and ``layer`` as in `core.homonyms.Depth`.
    """
    vector = {
        "embedding": "encoder.embedding",
        "position": "encoder.embedding + encoder.positional",
        "attention": f"encoder.blocks.self_sublayer.normalized[{layer}]",
        "feed_forward": f"encoder.blocks.feed_forward_sublayer.normalized[{layer}]",
    }[stage]
    listed = "".join(
        f"    ({text!r}, {direction!r}, {list(places)}),\n" for text, direction, places in sentences
    )
    return f"""import numpy as np
from core.translator import load_translator

translator = load_translator()
sentences = [  # text, direction, the places of the word's pieces
{listed}]
vectors = []
for text, direction, places in sentences:
    encoder = translator.trace(text, direction, target="").encoder
    vectors.append(({vector}).numpy()[places].mean(axis=0))
vectors = np.stack(vectors)
unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
cosines = unit @ unit.T
print(cosines.round(3))
"""


def question() -> None:
    """The question to answer before looking."""
    predict(
        "homonyms-embedding",
        _("배 is a pear in one sentence and a ship in another. What is the cosine of its two embeddings?"),
        [
            _("Near 0: the meanings have nothing in common"),
            _("Exactly 1"),
            _("That depends on the sentences"),
        ],
        answer=1,
        explanation=_(
            "The embedding is a table: the same piece has the same vector, whatever stands around it. Only attention "
            "can bring the sentence in. Step to the first depth and look."
        ),
    )
