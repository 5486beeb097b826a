"""The presets, the code and the questions of the page `/compress`."""

from __future__ import annotations

from typing import Final

from ui.compress_page import Choice
from ui.i18n import N_, _
from ui.predict import predict

PRESETS: Final = {  # those of core.compression
    "int8": "int8",
    "int4": "int4",
    "int4-tensor": N_("int4, one scale"),
    "three": N_("3 bits"),
    "mixed": N_("3 bits, some parts fp16"),
    "half": N_("50 % pruned"),
    "most": N_("80 % pruned"),
    "everything": N_("Everything pruned"),
}
FIRST: Final = {"ko": "지금 몇 시인지 아세요?", "en": "I would like a cup of coffee."}
TEXTS: Final = (
    "The weather is very nice today.",
    "Our school is close to the station.",
    "저는 매일 아침 학교에 갑니다.",
    "어제 친구와 함께 영화를 봤어요.",
    "이 책은 정말 재미있습니다.",
)

KERAS: Final = """# Keras: quantisation after training
import keras

model = keras.saving.load_model("translator.keras")
model.quantize("int8")  # Dense, EinsumDense and Embedding layers; or "int4", "float8"
model.save("translator-int8.keras")
"""

_SNIPPET: Final = """from core.compression import smaller
from core.numerics.compress import Plan, compressed, sizes
from core.translator import direction_of, load_translator  # in the folder of Glassbox

translator = load_translator()
plan = Plan(bits={bits}, per={per!r}, pruned={pruned}, kept=frozenset({kept!r}))
taken = sizes(translator.model.state_dict(), plan).values()
print(f"{{sum(one.before for one in taken) / 1e6:.2f}} MB -> {{sum(one.after for one in taken) / 1e6:.2f}} MB")

# One matrix by hand: the scale of a row is its largest weight / {largest}.
matrix = translator.model.state_dict()["embedding.weight"].float()
if plan.bits < 16:
    largest = 2 ** (plan.bits - 1) - 1
    scale = matrix.abs().amax(1, keepdim=True) / largest
    whole = (matrix / scale.clamp(min=1e-12)).round()
    print("whole numbers from", int(whole.min()), "to", int(whole.max()))

for text in {texts!r}:
    print(text, "->", smaller(translator, plan).translate(text, direction_of(text)))
"""


def snippet(choice: Choice, texts: tuple[str, ...]) -> str:
    """Return the code that compresses the translator as chosen and translates the first texts."""
    return _SNIPPET.format(
        bits=choice.bits, per=choice.per, pruned=choice.pruned / 100, kept=list(choice.kept),
        largest=2 ** (choice.bits - 1) - 1, texts=list(texts[:2]),
    )  # fmt: skip


def questions() -> None:
    """Predict, then look."""
    predict(
        "compress-size",
        _("Every weight of a model goes from fp32 to int8. How large is the file then?"),
        [_("half"), _("a quarter"), _("an eighth")],
        1,
        _(
            "A quarter: 8 of 32 bits, and a little more for the scales. Of fp16, as this app ships it, it is half."
        ),
    )
    predict(
        "compress-channel",
        _("Why does a scale for each row keep more than one scale for the whole matrix?"),
        [
            _("one large weight would set the scale for all"),
            _("rows are stored one by one"),
            _("it needs fewer bits"),
        ],
        0,
        _(
            "The largest weight decides how coarse the steps are. With one scale, a single large one makes them coarse "
            "for all rows: compare “int4” and “int4, one scale”."
        ),
    )
    predict(
        "compress-parallel",
        _(
            "Some layers keep 16 bits, others have 4. What happens on hardware that runs the layers in parallel?"
        ),
        [_("all become faster alike"), _("those with 4 bits wait for those with 16"), _("nothing changes")],
        1,
        _(
            "Work is unevenly shared: the parts with fewer bits are done early and wait. See the column “Work”."
        ),
    )
    predict(
        "compress-pruned",
        _("80 % of the weights are 0. How much faster is an ordinary matrix product then?"),
        [_("five times"), _("not at all"), _("twice")],
        1,
        _(
            "Not at all: zeros are multiplied like all other numbers. The file is smaller; speed needs hardware, or "
            "whole rows left out."
        ),
    )
