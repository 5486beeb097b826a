"""A number bit by bit, its neighbours, and all floating-point formats side by side; computed in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypedDict, cast

import streamlit as st

from ui.components.shared import joined_script, joined_style, save_words
from ui.components.tokens.picture import FOLDER as TOKENS
from ui.components.tokens.picture import held_initial, no_change
from ui.i18n import N_, _

FOLDER: Final = Path(__file__).parent
NUMBERS: Final = ("formats.js", "written.js")
_SHARED: Final = (
    "elements.js", "drawing.js", "svg.js", "colours.js", "export.js", "snapshot.js", "controls.js", "life.js",
    "tell.js", "numbers.js", "curves.js",
)  # fmt: skip

# Registered when imported, once in a process: registering again would replace the running definition.
_mount = st.components.v2.component(
    "glassbox_bits",
    js=joined_script(FOLDER, (*NUMBERS, "row.js", "axis.js", "table.js", "main.js"), shared=_SHARED),
    css=joined_style(TOKENS / "base.css", FOLDER / "bits.css"),
)


class BitsState(TypedDict, total=False):
    """What has been chosen in the picture."""

    form: str  # one of `core.numerics.formats.FORMATS`
    number: str  # as it was typed; or its bits, as hexadecimal digits after 0x


def bits_picture(*, key: str, initial: BitsState, restart: str) -> None:
    """Draw the picture. ``initial`` counts at the first call and again whenever ``restart`` is another one."""
    held = held_initial(key, restart, cast(Mapping[str, Any], initial))
    data = {
        "labels": {**{name: _(words) for name, words in LABELS.items()}, **save_words()},
        "initial": dict(held),
        "restart": restart,
    }
    _mount(key=key, data=data, on_state_change=no_change)


def told_by(key: str, restart: str) -> BitsState:
    """Return what the browser has told of the picture; nothing where it began anew since."""
    held = st.session_state.get(key)
    told: Any = held.get("state") if isinstance(held, Mapping) else None
    if not isinstance(told, Mapping) or told.get("restart") != restart:
        return BitsState()
    return BitsState(form=str(told["form"]), number=str(told["number"]))


LABELS: Final[dict[str, str]] = {
    "component": N_("A number bit by bit"),
    "file": N_("Number formats"),
    "format": N_("Format"),
    "number": N_("Number"),
    "bits": N_("The bits, which can be toggled"),
    "bit_of": N_("{part}, bit {place}"),
    "sign": N_("Sign"),
    "exponent": N_("Exponent"),
    "mantissa": N_("Mantissa"),
    "about_fp64": N_("Double precision, 64 bits"),
    "about_fp32": N_("Single precision, 32 bits"),
    "about_fp16": N_("Half precision, 16 bits"),
    "about_bf16": N_("The upper half of fp32: its range, with 8 bits of precision"),
    "about_e5m2": N_("Eight bits with the range of fp16 (OCP)"),
    "about_e4m3": N_("Eight bits without infinity (OCP, called e4m3fn in libraries)"),
    "exponent_told": N_("{stored} − {bias} → {power}"),
    "exponent_zero": N_("all zeros: subnormal, {power}"),
    "exponent_full": N_("all ones: no number"),
    "mantissa_told": N_("{lead} + {whole} / {count} = {value}"),
    "mantissa_infinite": N_("all zeros: infinity"),
    "mantissa_nan": N_("not a number"),
    "kind_zero": N_("zero"),
    "kind_subnormal": N_("subnormal: fewer digits count"),
    "kind_normal": N_("normal"),
    "kind_infinite": N_("infinity"),
    "kind_nan": N_("not a number"),
    "digits": N_("{count} digits"),
    "down": N_("The next smaller number"),
    "up": N_("The next larger number"),
    "none_beyond": N_("none"),
    "gap": N_("{gap} away"),
    "special_one": "1",
    "special_tenth": "0.1",
    "special_smallest": N_("smallest"),
    "special_normal": N_("smallest normal"),
    "special_largest": N_("largest"),
    "special_infinite": "∞",
    "special_nan": "NaN",
    "about_one": N_("One"),
    "about_tenth": N_("A tenth, which no binary format holds"),
    "about_smallest": N_("The smallest positive number"),
    "about_normal": N_("The smallest number with all its digits"),
    "about_largest": N_("The largest number"),
    "about_infinite": N_("Infinity, or what stands in its place"),
    "about_nan": N_("Not a number"),
    "read_empty": N_("Type a number: 0.1, 1e-5, 2^-24 or bits as 0x3c00. The last one is still shown."),
    "read_not": N_("“{text}” is no number. The last one is still shown."),
    "read_too_long": N_("These are more than the {bits} bits of {form}. The last number is still shown."),
    "read_pattern": N_("Read as the bits of {form}."),
    "read_nan": N_("NaN has many patterns; this is the one that computations give."),
    "read_infinite": N_("Infinity is a pattern of its own."),
    "read_no_infinity": N_("{form} has no infinity: NaN stands in its place."),
    "read_comma": N_("The comma was read as a decimal point."),
    "read_over": N_("Too large for {form}, whose largest number is {largest}: it becomes infinity."),
    "read_over_nan": N_(
        "Too large for {form}, whose largest number is {largest}: it becomes NaN, as the standard has it. (PyTorch’s "
        "cast keeps {largest} instead.)"
    ),
    "read_under": N_("Too small for {form}, whose smallest number is {smallest}: it becomes 0."),
    "read_exact": N_("{form} holds this number exactly."),
    "read_rounded": N_("{form} stores the nearest number, {stored}: {share} off."),
    "bars": N_("Where the numbers of every format lie, on a logarithmic axis"),
    "bars_title": N_("Where the numbers lie (hatched: subnormal; line: this number)"),
    "spacing": N_("How far apart neighbouring numbers of every format are, by their size"),
    "spacing_title": N_("From a number to the next one (dashed: next to 1)"),
    "head_format": N_("Format"),
    "head_bits_of": N_("Sign + exponent + mantissa"),
    "head_smallest": N_("Smallest"),
    "head_smallest_normal": N_("Smallest normal"),
    "head_largest": N_("Largest"),
    "head_resolution": N_("From 1 to the next"),
    "head_lesson": N_("The lesson says"),
    "caption": N_(
        "Every bit is computed in the browser, exactly; typed decimals are rounded once, to the nearest number, a tie "
        "to the even one. The lesson’s 1e−3, 1e−7 and 1e−16 are the exact 2⁻¹⁰, 2⁻²³ and 2⁻⁵² in round words."
    ),
}
