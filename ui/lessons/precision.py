"""The presets, the code and the questions of the page `/precision`."""

from __future__ import annotations

from typing import Final, NamedTuple

from ui import frame
from ui.components.bits import BitsState
from ui.components.step import StepState
from ui.i18n import N_, _
from ui.precision_page import FIRST_NUMBER, FIRST_STEP
from ui.predict import predict


class Number(NamedTuple):
    """One chip of the bits."""

    label: str
    chosen: BitsState


class Step(NamedTuple):
    """One chip of the step."""

    label: str
    chosen: StepState


NUMBERS: Final = {
    "tenth": Number("0.1", FIRST_NUMBER),
    "next": Number(N_("next to 1"), {"form": "fp16", "number": "0x3c01"}),
    "update": Number("1e−3 × 1e−5", {"form": "fp16", "number": "1e-8"}),
    "over": Number("65520", {"form": "fp16", "number": "65520"}),
    "bf16": Number(N_("bf16’s range"), {"form": "bf16", "number": "1e-8"}),
}
STEPS: Final = {
    "product": Step(N_("1e−3 × 1e−5 in fp16"), FIRST_STEP),
    "usual": Step(N_("1e−3 × 1e−3 in fp16"), {**FIRST_STEP, "grad": 1e-3}),
    "gradient": Step(N_("A gradient of 1e−8"), {**FIRST_STEP, "grad": 1e-8, "lr": 0.1}),
    "single": Step(N_("Lost in fp32, too"), {**FIRST_STEP, "form": "fp32"}),
    "bf16": Step(N_("bf16: range without digits"), {**FIRST_STEP, "form": "bf16", "lr": 0.01, "grad": 0.1}),
    "chance": Step(
        N_("Stochastic rounding"), {**FIRST_STEP, "form": "bf16", "grad": 0.01, "rule": "stochastic"}
    ),
    "master": Step(N_("A master copy"), {**FIRST_STEP, "grad": 1e-3, "master": True}),
}

KERAS: Final = """# Keras: sixteen bits for the arithmetic, fp32 for the weights
import keras

keras.mixed_precision.set_global_policy("mixed_float16")  # or "mixed_bfloat16"

inputs = keras.Input((784,))
x = keras.layers.Dense(64, activation="relu")(inputs)  # computes in float16, keeps its weights in float32
outputs = keras.layers.Dense(10, activation="softmax", dtype="float32")(x)  # the loss needs the digits
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy")
# Under this policy compile() wraps the optimizer in keras.optimizers.LossScaleOptimizer: a dynamic loss scale.
"""

_SNIPPET: Final = """from fractions import Fraction

import torch

from core.numerics.formats import FORMATS  # in the folder of Glassbox
from core.numerics.update import update

form = FORMATS[{form!r}]
pattern = {pattern}
print(f"{{pattern:0{{form.bits}}b}}", form.kind(pattern), form.decode(pattern))
for up in (False, True):
    beside = form.beside(pattern, up)
    print("next larger" if up else "next smaller", None if beside is None else form.decode(beside))
print("PyTorch:", torch.tensor(form.decode(pattern), dtype=torch.float64).to(torch.{dtype}).item())

step = update(FORMATS[{step_form!r}], weight={w!r}, rate={lr!r}, gradient={grad!r})
print(step)
"""

_DTYPES: Final = {
    "fp64": "float64", "fp32": "float32", "fp16": "float16", "bf16": "bfloat16", "e5m2": "float8_e5m2",
    "e4m3": "float8_e4m3fn",
}  # fmt: skip


def snippet(bits: BitsState, step: StepState) -> str:
    """Return the code that computes what both pictures show."""
    return _SNIPPET.format(
        form=bits["form"], pattern=_pattern(bits["number"]), dtype=_DTYPES[bits["form"]], step_form=step["form"],
        w=float(step["w"]), lr=float(step["lr"]), grad=float(step["grad"]),
    )  # fmt: skip


def _pattern(number: str) -> str:
    """What was typed as Python."""
    text = number.strip().replace("−", "-").replace(",", ".").lower()
    if text.startswith("0x"):
        return text
    if "nan" in text or "inf" in text or "∞" in text:
        return f"form.encode(float({text.replace('∞', 'inf')!r}))"
    if "^" in text or "**" in text:
        base, _sign, power = text.replace("**", "^").partition("^")
        return f"form.encode({'-' if base.startswith('-') else ''}Fraction(2) ** {int(power)})"
    return f"form.encode(Fraction({text!r}))"


def step_head() -> None:
    """What the second picture asks."""
    frame.caption(
        _(
            "One step of gradient descent: the gradient is stored, multiplied by the learning rate, and taken from the "
            "weight. In sixteen bits it can be lost in three places; master copies and loss scaling mend two different "
            "ones."
        )
    )


def questions() -> None:
    """Predict, then look."""
    predict(
        "precision-bits",
        _("How many bits have half, single and double precision?"),
        ["8, 16, 32", "16, 32, 64", "32, 64, 128"],
        1,
        _("16, 32 and 64. Near 1 they tell numbers apart that differ by 2⁻¹⁰, 2⁻²³ and 2⁻⁵²."),
    )
    predict(
        "precision-product",
        _("lr = 1e−3, gradient = 1e−5, all in fp16. What is lr × gradient?"),
        ["1e−8", "0", _("about 6e−8, the smallest number")],
        1,
        _(
            "0: 1e−8 is less than half of 6e−8, fp16’s smallest number. The gradient itself survives; multiplied by a "
            "loss scale before, or with the update in fp32, the product does, too."
        ),
    )
    predict(
        "precision-absorbed",
        _("And 1 − 1e−8 in fp32?"),
        ["0.99999999", _("exactly 1"), "0"],
        1,
        _(
            "Exactly 1: fp32 holds 1e−8, but below 1 its numbers are 2⁻²⁴ ≈ 6e−8 apart. That is absorption and no "
            "underflow: a loss scale does not help."
        ),
    )
    predict(
        "precision-scale",
        _("Loss scaling multiplies the loss by 1,024. Where must the gradient be divided again?"),
        [_("in fp16, at once"), _("in fp32, before the update"), _("nowhere")],
        1,
        _(
            "In fp32. Divided in fp16, what the scale has rescued underflows at once: see “unscaled in fp16” in the "
            "training above."
        ),
    )
